"""What the writers of the plans got wrong by Decree 30, with the words concerned: reported, never repaired.

D11 a basis that is no basis by form · D14 markers other than ``1.`` and ``a)`` or out of order · D15 capital
letters as headings · D16 no ``./.`` at the end · D21 spacing · E3 the archive line · F1 «PHỤ LỤC» in capitals ·
H capital letters, spelling of tones, sentences that begin small.
"""

from __future__ import annotations

import pytest

from plans import interchange
from plans.paper import compose
from tests.layout.content import content_findings
from tests.plans.files import every_plan, read_file

FINDINGS: dict[str, list[tuple[str, str]]] = {
    "diem_hai": [
        ("D14", "2.1. Mục tiêu chung"),
        ("D14", "2.2. Mục tiêu cụ thể"),
        ("D14", "3.1. Trong năm 2025, toàn xã"),
        ("D14", "3.2. Các phong trào thi đua"),
        ("D14", "4.1. Thi đua trong sản xuất,"),
        ("D14", "4.2. Thi đua xây dựng nông"),
        ("D14", "4.3. Thi đua trên lĩnh vực"),
        ("D14", "4.4. Thi đua cải cách hành"),
        ("D14", "4.5. Thi đua quản lý đất"),
        ("D14", "4.6. Thi đua trên lĩnh vực"),
        ("D14", "4.7. Thi đua xây dựng Đảng,"),
        ("D21", "số 128/UBND - NV ngày"),
        ("H", "chuyến đi. tổ đội"),
        ("H", "sinh học. cán bộ"),
        ("H", "quá hạn. vận động"),
        ("H", "uỷ"),
    ],
    "doai_trung": [
        ("D11", "Căn cứ: Luật Thi đua, khen"),
        ("D14", "2.1. Phong trào thường xuyên"),
        ("D14", "2.2. Phong trào theo chuyên đề"),
        ("D14", "7. Tham gia đầy đủ các"),
        ("D14", "e) Đề xuất với Ủy ban"),
        ("F1", "PHỤ LỤC"),
        ("H", "hoá"),
    ],
    "muong_than": [
        ("D11", "Căn cứ biên bản hội nghị"),
        ("H", "của nhân dân các"),
    ],
    "na_luong": [
        ("E3", "- Lưu: VP."),
    ],
    "trang_son": [
        ("D11", "Thực hiện Kế hoạch số 302/KH-UBND"),
        ("D15", "A. TÌNH HÌNH NĂM 2023"),
        ("D15", "B. KẾ HOẠCH NĂM 2024"),
        ("D14", "a. Quyết định chủ đề thi"),
        ("D14", "b. Đề nghị điều chỉnh tiêu"),
        ("D14", "a. Học tập, quán triệt Chỉ"),
        ("D14", "b. Thực hiện các phong trào"),
        ("D14", "c. Thi đua cải cách thủ"),
        ("D14", "d. Tìm, bồi dưỡng và giới"),
        ("D14", "đ. Lập hồ sơ khen thưởng"),
        ("D14", "e. Củng cố Hội đồng Thi"),
        ("D14", "g. Tự kiểm tra ít nhất"),
        ("D14", "a. Hướng dẫn các đơn vị"),
        ("D14", "b. Thẩm định hồ sơ trong"),
        ("D14", "c. Chủ trì cùng Ủy ban"),
        ("D16", "Trên đây là Kế hoạch công"),
        ("H", "lớp nhân dân, doanh"),
    ],
    "cam_linh": [
        ("D14", "2.1. Mục tiêu chung"),
        ("D14", "2.2. Mục tiêu cụ thể"),
        ("D14", "3.1. Trong năm 2024, toàn xã"),
        ("D14", "3.2. Phát động các phong trào"),
        ("D14", "4.1. Thi đua phát triển sản"),
        ("D14", "4.2. Về xây dựng nông thôn"),
        ("D14", "4.3. Về văn hoá- xã hội"),
        ("D14", "4.4. Công tác cải cách hành"),
        ("D14", "4.5. Về quản lý đất đai,"),
        ("D14", "4.6. Công tác tài chính; đầu"),
        ("D14", "4.7. Quốc phòng, an ninh:"),
        ("D21", "số 351/UBND - NV ngày"),
        ("H", "của nhà nước, các"),
        ("H", "của nhân dân; nâng"),
        ("H", "cho nhân dân; huy"),
        ("H", "của nhân dân. Đẩy"),
        ("H", "xã hội. rà soát"),
        ("H", "lớp nhân dân về"),
        ("H", "lớp nhân dân tích"),
        ("H", "hoá"),
        ("H", "toả"),
        ("H", "uỷ"),
    ],
    "cuong_loi": [
        ("E3", "- Lưu: VP."),
    ],
    "minh_tien": [
        ("D11", "Căn cứ: Luật Thi đua, khen"),
        ("D14", "e) Đề xuất các giải pháp"),
        ("F1", "PHỤ LỤC"),
    ],
    "tuan_giao": [
        ("D11", "Căn cứ biên bản bàn giao"),
        ("H", "và nhân dân các"),
        ("H", "hoá"),
    ],
    "vinh_cuu": [
        ("D11", "Thực hiện Kế hoạch số 274/KH-UBND"),
        ("D14", "a. Tham mưu Chủ tịch UBND"),
        ("D14", "b. Kiến nghị, đề xuất các"),
        ("D14", "a. Tiếp tục thực hiện đổi"),
        ("D14", "b. Tiếp tục triển khai có"),
        ("D14", "c. Đẩy mạnh các phong trào"),
        ("D14", "d. Tiếp tục thực hiện tốt"),
        ("D14", "đ. Thực hiện nghiêm các quy"),
        ("D14", "e. Đổi mới, nâng cao chất"),
        ("D14", "g. Thường xuyên tổ chức kiểm"),
        ("D14", "a. Chủ trì, phối hợp các"),
        ("D14", "b. Phối hợp với Ủy ban"),
        ("D14", "c. Phối hợp với Ban Thi"),
        ("D16", "Trên đây là Kế hoạch công"),
        ("H", "lớp nhân dân, huy"),
    ],
}


@pytest.mark.parametrize("name", every_plan())
def test_the_findings_are_exactly_these(name):
    paper = compose(interchange.read(read_file(name)))

    found = [(finding.check, " ".join(finding.words.split()[:6])) for finding in content_findings(paper)]

    assert found == FINDINGS[name]
