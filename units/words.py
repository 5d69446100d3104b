"""Audit codes of units in the words of the history."""

HISTORY = {
    "units.unit.added": "Lập đơn vị",
    "units.unit.changed": "Sửa thông tin đơn vị",
    "units.units.loaded": "Nạp danh mục đơn vị hành chính",
    "units.succession.recorded": "Ghi kế thừa",
    "units.part.added": "Thêm bộ phận",
    "units.parts.added": "Thêm các bộ phận",
    "units.part.changed": "Sửa bộ phận",
    "units.part.ended": "Thôi dùng bộ phận",
    "units.issuer.added": "Thêm cơ quan ban hành",
    "units.issuer.changed": "Sửa cơ quan ban hành",
    "units.person.added": "Thêm người",
    "units.person.changed": "Sửa thông tin người",
    "units.role.granted": "Giao vai trò",
    "units.role.ended": "Thôi vai trò",
    "units.user.invited": "Lập liên kết mời",
    "units.user.invitation_withdrawn": "Rút liên kết mời",
    "units.user.password_offered": "Cấp liên kết đặt mật khẩu",
    "units.user.created": "Mở tài khoản",
    "units.user.password_set": "Đặt mật khẩu mới",
    "units.user.email_changed": "Đổi thư điện tử",
    # what one act did to many rows
    "units": "số đơn vị",
    "successions": "số lượt kế thừa",
}
