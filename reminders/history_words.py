"""What the history says of each act on reminders, and of names that are no fields."""

WORDS: dict[str, str] = {
    # calendar addresses
    "reminders.feed.made": "Tạo địa chỉ lịch",
    "reminders.feed.revoked": "Hủy địa chỉ lịch",
    # how a unit and a person want to be reminded
    "reminders.settings.hours": "Đổi giờ nhắc",
    "reminders.settings.weekly": "Bật, tắt bản tổng hợp tuần cho lãnh đạo",
    "reminders.settings.ladder": "Đổi mốc nhắc",
    "reminder_ladder": "Mốc nhắc",
    "reminders.settings.days_added": "Ghi ngày nghỉ riêng, ngày làm bù",
    "reminders.settings.day_removed": "Bỏ ngày nghỉ riêng, ngày làm bù",
    "own_days": "Ngày",
    "reminders.settings.wording": "Sửa mẫu lời nhắc",
    "digest_greeting": "Lời mở đầu thư nhắc việc",
    "digest_closing": "Lời kết thư nhắc việc",
    "zalo_request": "Tin nhắn Zalo gửi thôn, trường, cơ quan",
    "letter_opening": "Lời mở đầu công văn đôn đốc",
    "letter_closing": "Lời kết công văn đôn đốc",
    "weekly_greeting": "Lời mở đầu bản tổng hợp tuần cho lãnh đạo",
    "reminders.preference.changed": "Đổi cách nhận nhắc việc",
    # messages
    "reminders.message.resent": "Gửi lại lời nhắc",
    # what is asked of villages, schools, offices, and what comes
    "reminders.request.made": "Lập yêu cầu gửi",
    "reminders.request.changed": "Sửa yêu cầu gửi",
    "reminders.request.discarded": "Xóa yêu cầu đang soạn",
    "reminders.request.asked": "Gửi yêu cầu cho các nơi",
    "reminders.request.closed": "Kết thúc yêu cầu",
    "reminders.request.reopened": "Mở lại yêu cầu",
    "reminders.links.renewed": "Lập liên kết mới cho các nơi",
    "reminders.link.renewed": "Lập liên kết mới",
    "reminders.ask.told": "Đã nhắn",
    "reminders.answer.came": "Nhận nội dung gửi về",
    "reminders.answer.returned": "Trả lại nội dung gửi về",
    "reminders.answers.seen": "Đã xem nội dung gửi về",
    "parts": "Các nơi",
    "parts_added": "Thêm nơi",
    "parts_removed": "Bỏ nơi",
    "files": "Tệp",
    # who is told of a deadline, until when nobody is
    "reminders.snooze.set": "Tạm hoãn nhắc",
    "reminders.snooze.ended": "Thôi tạm hoãn nhắc",
    "reminders.watcher.added": "Nhắc thêm người",
    "reminders.watcher.removed": "Thôi nhắc thêm người",
    "deadline": "Việc",
}
