"""Each real plan carried past the reform: what is certain and what is asked, in short."""

from __future__ import annotations

from tests.plans.moving.moves import Reformed

REAL = {
    "cuong_loi": Reformed(
        words="""
            issuer: XÃ CƯỜNG LỢI → XÃ TÂN AN
            place: Cường Lợi → Tân An
            preamble/0: xã Cường Lợi → xã Tân An
            blocks/10/text: UBND huyện → UBND tỉnh
            blocks/10/text: phòng Nội vụ huyện → Sở Nội vụ
            recipients/0: Phòng Nội vụ huyện → Sở Nội vụ
        """,
        asked="""
            blocks/10/text: công chức … Thống kê → ?
            tasks/0/content: cụm thi đua số 02 → ?
            tasks/0/lead/1: Văn phòng - Thống kê → ?
            tasks/1/content: Cụm thi đua số 02 → ?
            tasks/1/content: Cụm thi số 02 → ?
            tasks/1/lead/1: Văn phòng - Thống kê → ?
            tasks/2/content: cấp huyện → cấp tỉnh
            tasks/2/content: Cụm số 02 → ?
            tasks/2/lead/1: Văn phòng - Thống kê → ?
            tasks/3/lead/1: Văn phòng - Thống kê → ?
            tasks/4/lead/1: Văn phòng - Thống kê → ?
            tasks/5/lead/1: Văn phòng - Thống kê → ?
            tasks/6/lead/1: Văn phòng - Thống kê → ?
            tasks/7/content: Cụm thi đua số 02 → ?
            tasks/7/lead/1: Văn phòng - Thống kê → ?
            tasks/8/lead/1: Văn phòng - Thống kê → ?
            tasks/9/lead/1: Văn phòng - Thống kê → ?
            tasks/11/lead/1: Văn phòng - Thống kê → ?
            recipients/1: Cụm thi đua số 02 → ?
        """,
    ),
    "minh_tien": Reformed(
        words="""
            issuer: XÃ MINH TIẾN → XÃ TÂN AN
            place: Minh Tiến → Tân An
            blocks/13/text: UBND huyện → UBND tỉnh
            blocks/13/text: Hội đồng … thưởng huyện → Hội đồng … thưởng tỉnh
            blocks/17/text: Hội đồng … thưởng huyện → Hội đồng … thưởng tỉnh
            recipients/0: Phòng Nội vụ huyện → Sở Nội vụ
            appendix/reference: xã Minh Tiến → xã Tân An
        """,
        asked="""
            blocks/10/text: Công chức … Xã hội → ?
            blocks/13/text: Cụm thi đua huyện → Cụm thi đua các xã, phường
            blocks/17/text: Cụm thi đua huyện → Cụm thi đua các xã, phường
            blocks/29/text: công chức … Xã hội → ?
            blocks/30/text: huyện → ?
            blocks/31/text: Công chức … Thống kê → ?
            tasks/4/content: Hội đồng … thưởng huyện → ?
            tasks/5/content: huyện → ?
        """,
    ),
    "cam_linh": Reformed(
        words="""
            issuer: XÃ CẨM LĨNH → XÃ TÂN AN
            place: Cẩm Lĩnh → Tân An
            blocks/59/text: UBND huyện, UBND tỉnh → UBND tỉnh
            blocks/70/text: tỉnh, huyện → tỉnh
            closing: Hội đồng … thưởng huyện → Hội đồng … thưởng tỉnh
        """,
        asked="""
            blocks/40/text: Cẩm Lĩnh → Tân An
            blocks/71/text: Ban văn hóa xã → ?
            blocks/72/text: Văn phòng UBND xã → ?
            closing: Văn phòng UBND → ?
            recipients/0: Ban Thi … thưởng huyện → Sở Nội vụ
            recipients/1: TT. Huyện uỷ → TT. Tỉnh ủy
        """,
    ),
    "tuan_giao": Reformed(
        words="""
            place: Tuần Giáo → Tân An
            preamble/4: huyện Tuần Giáo → xã Tân An
            blocks/9/text: huyện Tuần Giáo → xã Tân An
            recipients/0: Ban TĐKT tỉnh Điện Biên → Sở Nội vụ tỉnh Thử Nghiệm
            recipients/2: huyện Tuần Giáo → xã Tân An
            recipients/3: huyện Tuần Giáo → xã Tân An
            signature_post: HUYỆN TUẦN GIÁO → XÃ TÂN AN
        """,
        asked="""
            issuer: CỤM THI ĐUA HUYỆN VÙNG THẤP → ?
            subject: Cụm thi đua vùng thấp → ?
            preamble/0: Luật Thi … ngày 26/11/2003 → Luật Thi … ngày 15/6/2022
            preamble/1: Nghị định … năm 2013 → Nghị định … phân cấp
            preamble/4: Cụm thi đua vùng thấp → ? ×2
            blocks/2/text: các huyện, … vùng thấp → ?
            blocks/5/text: Các huyện, thị xã, thành phố → ?
            blocks/5/text: Cụm thi đua vùng thấp → ?
            blocks/10/text: Cụm thi đua vùng thấp → ?
            blocks/19/text: các huyện, thị xã, thành phố → ?
            blocks/19/text: cụm thi đua vùng thấp → ?
            tasks/0/content: Cụm thi đua vùng thấp → ?
            tasks/2/content: Cụm thi đua vùng thấp → ?
            tasks/4/content: Cụm thi đua vùng thấp → ?
            tasks/7/content: Cụm thi đua vùng thấp → ?
            tasks/8/content: Cụm thi … vùng thấp → ?
            closing: Cụm thi đua huyện vùng thấp → ?
            recipients/1: TT Huyện ủy Tuần Giáo → TT Đảng ủy xã
            recipients/4: các huyện → ?
            recipients/4: UBND thị xã Mường Lay → ?
            recipients/4: UBND thành phố Điện Biên Phủ → ?
            signature_lines/0: CỤM THI ĐUA HUYỆN VÙNG THẤP → ?
        """,
    ),
    "vinh_cuu": Reformed(
        words="""
            issuer: HUYỆN VĨNH CỬU → XÃ TÂN AN
            place: Vĩnh Cửu → Tân An
            subject: huyện Vĩnh Cửu → xã Tân An
            preamble/1: huyện → xã
            blocks/3/text: huyện → xã
            blocks/10/text: Hội đồng … thưởng huyện → Hội đồng … thưởng xã
            blocks/11/text: UBND huyện → UBND xã
            blocks/13/text: huyện → xã
            blocks/21/text: Hội đồng … thưởng huyện → Hội đồng … thưởng xã
            blocks/22/text: UBND huyện → UBND xã
            blocks/23/text: huyện → xã ×2
            blocks/24/text: Ban Thi đua, Khen thưởng tỉnh → Sở Nội vụ
            tasks/0/content: huyện Vĩnh Cửu → xã Tân An
            tasks/1/content: Ban Thi … thưởng tỉnh → Sở Nội vụ
            tasks/2/content: Hội đồng … thưởng huyện → Hội đồng … thưởng xã
            tasks/4/content: huyện → xã ×2
            tasks/5/content: Hội đồng … thưởng huyện → Hội đồng … thưởng xã
            tasks/6/content: huyện → xã
            tasks/12/content: Hội đồng … thưởng huyện → Hội đồng … thưởng xã
            closing: huyện Vĩnh Cửu → xã Tân An
            closing: UBND huyện → UBND xã
            recipients/0: Ban TĐKT tỉnh → Sở Nội vụ
            recipients/1: HĐND huyện → HĐND xã
            recipients/2: huyện → xã
            recipients/5: huyện → xã
        """,
        asked="""
            preamble/1: Vĩnh Cửu → Tân An
            blocks/3/text: Đại hội … thứ XI → ?
            blocks/15/text: huyện → xã
            blocks/21/text: Phòng Nội vụ → ?
            tasks/1/content: cụm thi đua số II → ?
            tasks/3/content: các huyện → ?
            tasks/3/content: cụm thi đua số II → ?
            tasks/9/content: Cụm thi đua số 2 → ?
            closing: các xã, thị trấn → ?
            closing: Phòng Nội vụ → ?
            recipients/1: TT.HU → TT.Đảng ủy xã
        """,
    ),
}
