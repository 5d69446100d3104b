"""Each invented plan carried past the reform; two of them into wards, one into a city."""

from __future__ import annotations

from tests.plans.moving.moves import Reformed

TWINS = {
    "na_luong": Reformed(
        words="""
            issuer: XÃ NÀ LƯỜNG → PHƯỜNG NÀ KHOANG
            place: Nà Lường → Nà Khoang
            preamble/0: xã Nà Lường → phường Nà Khoang
            preamble/0: xã → phường
            blocks/2/text: xã → phường ×2
            blocks/3/text: xã → phường
            blocks/10/text: xã → phường
            blocks/11/text: xã → phường
            blocks/12/text: xã → phường
            blocks/12/text: phòng Nội vụ huyện → Sở Nội vụ
            blocks/12/text: xã → phường
            tasks/0/lead/0: xã → phường
            tasks/1/lead/0: xã → phường
            tasks/2/content: xã → phường
            tasks/2/lead/0: xã → phường
            tasks/3/lead/0: xã → phường
            tasks/4/content: xã → phường
            tasks/4/lead/0: xã → phường
            tasks/5/lead/0: xã → phường
            tasks/5/lead/1: xã → phường
            tasks/6/lead/0: xã → phường
            tasks/7/lead/0: xã → phường
            tasks/8/lead/0: xã → phường
            tasks/9/lead/0: xã → phường
            tasks/10/lead/0: xã → phường
            tasks/10/lead/1: xã → phường
            tasks/11/lead/0: xã → phường
            tasks/12/lead/0: xã → phường
            recipients/0: Phòng Nội vụ huyện → Sở Nội vụ
            recipients/2: xã → phường
            recipients/3: xã → phường
            recipients/4: xã → phường
        """,
        asked="""
            blocks/7/text: bộ phận … Thống kê → ?
            blocks/12/text: Công chức … Thống kê → ?
            tasks/0/content: Cụm thi đua số 05 → ?
            tasks/0/lead/1: Văn phòng - Thống kê → ?
            tasks/1/content: Cụm thi số 05 → ?
            tasks/1/lead/1: Văn phòng - Thống kê → ?
            tasks/2/lead/1: Văn phòng - Thống kê → ?
            tasks/3/lead/1: Văn phòng - Thống kê → ?
            tasks/5/content: UBND huyện → UBND thành phố
            tasks/5/lead/2: Văn phòng - Thống kê → ?
            tasks/7/lead/1: Văn phòng - Thống kê → ?
            tasks/11/lead/1: Văn phòng - Thống kê → ?
            tasks/13/lead/0: Văn phòng - Thống kê → ?
            recipients/1: Cụm thi đua số 05 → ?
        """,
    ),
    "doai_trung": Reformed(
        words="""
            issuer: XÃ ĐOÀI TRUNG → XÃ ĐOÀI KHÊ
            place: Đoài Trung → Đoài Khê
            blocks/15/text: Hội đồng … thưởng huyện → Hội đồng … thưởng tỉnh
            blocks/41/text: Phòng Nội vụ huyện → Sở Nội vụ
            tasks/10/content: Phòng Nội vụ huyện → Sở Nội vụ
            recipients/0: Phòng Nội vụ huyện → Sở Nội vụ
            appendix/reference: xã Đoài Trung → xã Đoài Khê
        """,
        asked="""
            preamble/0: Nghị định … Chính phủ → Nghị định … Chính phủ
            blocks/10/text: Nghị định số 98/2023/NĐ-CP → Nghị định số 152/2025/NĐ-CP
            blocks/10/text: huyện → ?
            blocks/11/text: Công chức … Xã hội → ?
            blocks/11/text: Đoài Trung → Đoài Khê
            blocks/15/text: Cụm thi đua số 3 → ?
            blocks/25/text: Cụm thi đua số 3 → ?
            blocks/26/text: huyện → ?
            blocks/32/text: huyện → ?
            blocks/34/text: huyện → ?
            blocks/36/text: công chức … Xã hội → ?
            blocks/38/text: Công chức … Thống kê → ?
            blocks/43/text: Công chức … Kế toán → ?
            tasks/1/lead/0: Công chức … Thống kê → ?
            tasks/4/content: Hội đồng … thưởng huyện → ?
            tasks/7/support/0: Công chức … Xã hội → ?
            tasks/8/content: huyện → ?
            tasks/10/lead/1: Công chức … Thống kê → ?
            closing: công chức … Thống kê → ?
        """,
    ),
    "diem_hai": Reformed(
        words="""
            issuer: XÃ DIÊM HẢI → XÃ HẢI LẠC
            place: Diêm Hải → Hải Lạc
            blocks/60/text: UBND huyện, UBND tỉnh → UBND tỉnh
            blocks/76/text: UBND huyện → UBND tỉnh
            blocks/76/text: Phòng Nội vụ → Sở Nội vụ
            closing: Hội đồng … thưởng huyện → Hội đồng … thưởng tỉnh
            recipients/0: Phòng Nội vụ huyện → Sở Nội vụ
        """,
        asked="""
            blocks/11/text: Diêm Hải → Hải Lạc
            blocks/42/text: huyện → ?
            blocks/64/text: Diêm Hải → Hải Lạc
            blocks/64/text: ban văn hóa → ?
            blocks/71/text: Văn phòng … dân xã → ?
            blocks/74/text: Ban văn hóa xã → ?
            blocks/74/text: huyện → ?
            blocks/75/text: Công chức … Kế toán → ?
            blocks/76/text: Văn phòng … dân xã → ?
            closing: Văn phòng UBND xã → ?
            parts/campaign/theme: Diêm Hải → Hải Lạc
        """,
    ),
    "muong_than": Reformed(
        words="""
            place: Mường Thàn → Pa Thàn
            preamble/4: huyện Mường Thàn → xã Pa Thàn
            blocks/10/text: huyện Mường Thàn → xã Pa Thàn
            tasks/1/note: huyện Mường Thàn → xã Pa Thàn
            tasks/4/note: huyện Mường Thàn → xã Pa Thàn
            tasks/10/content: Ban TĐKT tỉnh → Sở Nội vụ
            recipients/1: Ban TĐKT tỉnh → Sở Nội vụ
            recipients/2: huyện Mường Thàn → xã Pa Thàn
            recipients/3: huyện Mường Thàn → xã Pa Thàn
            signature_post: HUYỆN MƯỜNG THÀN → XÃ PA THÀN
        """,
        asked="""
            issuer: CỤM THI … VÙNG CAO → ?
            subject: Cụm thi … vùng cao → ?
            preamble/0: Luật Thi … ngày 26/11/2003 → Luật Thi … ngày 15/6/2022
            preamble/1: Nghị định … Khen thưởng → Nghị định … phân cấp
            preamble/4: Cụm thi … vùng cao → ?
            blocks/2/text: các huyện, thị xã vùng cao → ?
            blocks/5/text: Cụm thi đua vùng cao → ?
            blocks/11/text: Phòng Nội … thị xã → ?
            blocks/15/text: UBND thị xã Tà Vài → ?
            blocks/22/text: huyện → xã
            blocks/24/text: các huyện, thị xã → ?
            blocks/26/text: Phòng Nội vụ huyện Mường Thàn → ?
            tasks/1/content: các huyện, thị xã → ?
            tasks/2/content: từng huyện, thị xã → ?
            closing: Cụm thi … vùng cao → ?
            closing: các huyện, thị xã → ?
            recipients/2: TT Huyện ủy → TT Đảng ủy xã
            recipients/4: các huyện → ?
            recipients/4: UBND thị xã Tà Vài → ?
            signature_lines/0: CỤM THI … VÙNG CAO → ?
        """,
    ),
    "trang_son": Reformed(
        words="""
            issuer: HUYỆN TRẢNG SƠN → PHƯỜNG TRẢNG KHÊ
            place: Trảng Sơn → Trảng Khê
            subject: huyện Trảng Sơn → phường Trảng Khê
            preamble/1: huyện → phường
            preamble/1: HĐND huyện → HĐND phường
            blocks/1/text: huyện → phường
            blocks/6/text: huyện → phường
            blocks/8/text: huyện → phường
            blocks/14/text: Hội đồng … thưởng huyện → Hội đồng … thưởng phường
            blocks/20/text: huyện và xã → phường
            blocks/21/text: huyện → phường
            blocks/25/text: Hội đồng … thưởng huyện → Hội đồng … thưởng phường
            blocks/26/text: UBND huyện → UBND phường
            blocks/27/text: UBND huyện → UBND phường
            blocks/28/text: huyện → phường
            blocks/30/text: huyện → phường
            tasks/1/content: huyện → phường
            tasks/1/content: Ban Thi … thưởng tỉnh → Sở Nội vụ
            tasks/2/content: Hội đồng … thưởng huyện → Hội đồng … thưởng phường
            tasks/8/content: huyện → phường
            tasks/14/content: Hội đồng … thưởng huyện → Hội đồng … thưởng phường
            closing: huyện Trảng Sơn → phường Trảng Khê
            closing: UBND huyện → UBND phường
            recipients/0: Ban TĐKT tỉnh → Sở Nội vụ
            recipients/1: HĐND huyện → HĐND phường
            recipients/2: UBND huyện → UBND phường
            recipients/3: huyện → phường
            recipients/4: HĐ TĐKT huyện → HĐ TĐKT phường
            recipients/7: huyện → phường
        """,
        asked="""
            preamble/1: các xã, thị trấn → ?
            preamble/1: Trảng Sơn → Trảng Khê
            blocks/1/text: một số xã → ?
            blocks/5/text: mỗi xã, thị trấn → ?
            blocks/17/text: các xã, thị trấn → ?
            blocks/19/text: Trảng Sơn → Trảng Khê
            blocks/21/text: mỗi xã, thị trấn → ?
            blocks/25/text: Phòng Nội vụ → ?
            blocks/28/text: Trảng Sơn → Trảng Khê
            blocks/29/text: Phòng Tài chính - Kế hoạch → ?
            blocks/29/text: các xã → ?
            tasks/0/content: xã Bàu Khế → ?
            tasks/1/content: Cụm thi đua số III → ?
            tasks/3/content: các huyện → ?
            tasks/3/content: Cụm thi đua số 3 → ?
            tasks/9/content: Cụm thi đua số III → ?
            tasks/10/content: các xã, thị trấn → ?
            tasks/13/content: sáu xã, thị trấn → ?
            closing: từng xã, thị trấn → ?
            closing: Phòng Nội vụ → ?
            recipients/1: TT.HU → TT.Đảng ủy phường
            recipients/6: các xã, thị trấn → ?
        """,
    ),
}
