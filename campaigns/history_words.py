"""What the history says of each act on campaigns, and of names that are no fields."""

WORDS: dict[str, str] = {
    # the campaign itself, its waves and movements
    "campaigns.campaign.created": "Lập phong trào",
    "campaigns.campaign.changed": "Sửa thông tin phong trào",
    "campaigns.campaign.plan_drafted": "Lập dự thảo kế hoạch của phong trào",
    "campaigns.campaign.launched": "Ghi nhận đã phát động",
    "campaigns.campaign.closed": "Ghi đã tổng kết phong trào",
    "campaigns.campaign.reopened": "Mở lại phong trào",
    "campaigns.campaign.dropped": "Ghi không thực hiện phong trào",
    "campaigns.campaign.prepared": "Chuẩn bị lại phong trào",
    "campaigns.campaign.discarded": "Xóa phong trào cùng dự thảo kế hoạch",
    "campaigns.waves.changed": "Sửa các đợt thi đua",
    "campaigns.movements.changed": "Sửa các chuyên đề",
    # targets, shares, results
    "campaigns.target.added": "Thêm chỉ tiêu",
    "campaigns.target.changed": "Sửa chỉ tiêu",
    "campaigns.target.removed": "Bỏ chỉ tiêu",
    "campaigns.target.moved": "Đổi thứ tự chỉ tiêu",
    "campaigns.shares.given": "Giao chỉ tiêu cho các nơi",
    "campaigns.result.recorded": "Ghi kết quả",
    "campaigns.result.corrected": "Sửa kết quả đã ghi",
    # who takes part
    "campaigns.registration.sent": "Ghi đăng ký thi đua",
    "campaigns.registration.changed": "Sửa đăng ký thi đua",
    "campaigns.registration.sent_again": "Gửi lại đăng ký thi đua",
    "campaigns.registration.approved": "Duyệt đăng ký thi đua",
    "campaigns.registration.returned": "Trả lại đăng ký thi đua",
    "campaigns.registration.taken_out": "Xóa đăng ký thi đua",
    "campaigns.answers.taken": "Nhận nội dung gửi về vào đăng ký",
    "campaigns.pledge.saved": "Lưu giao ước thi đua",
    # reports and those who stood out
    "campaigns.review.begun": "Lập báo cáo",
    "campaigns.review.written": "Sửa lời báo cáo",
    "campaigns.review.restored": "Dùng lại lời dự thảo của báo cáo",
    "campaigns.review.discarded": "Xóa dự thảo báo cáo",
    "campaigns.review.issued": "Ghi nhận báo cáo đã ban hành",
    "campaigns.exemplar.added": "Ghi điển hình tiên tiến",
    "campaigns.exemplar.changed": "Sửa điển hình tiên tiến",
    "campaigns.exemplar.removed": "Bỏ điển hình tiên tiến",
    # tables of superiors
    "campaigns.table.received": "Nhận bảng của cấp trên để điền",
    "campaigns.table.mapped": "Chọn số liệu cho các ô của bảng cấp trên",
    "campaigns.table.put_away": "Bỏ bảng của cấp trên",
}
