"""Minutes of a season: of the meeting, of the count of votes, of the handover (Decree 30, Phụ lục III, Mẫu 1.9)."""

from __future__ import annotations

from collections.abc import Sequence

from clusters.models import Ballot
from clusters.papers import tables
from clusters.papers.facts import Facts
from clusters.papers.frames import (
    DOTS,
    Head,
    Texts,
    day_words,
    frozen_words,
    header,
    item_title,
    items,
    paragraphs,
    recipients,
    subject,
)
from clusters.papers.kinds import Sort
from clusters.papers.people import in_sentence, lines, name_of
from clusters.papers.results import Results
from documents import tree
from documents.composing import named, numbered, side_by_side
from documents.dates import PartialDate


def _minutes(
    sort: Sort, facts: Facts, texts: Texts, head: Head, body: Sequence[tree.Block], signed: tree.Signatories
) -> tree.Paper:
    began = f"{texts['begins'].strip() or DOTS}, {day_words(head)}"
    return tree.Paper(
        header=header(sort, texts, head),
        title=sort.title,
        subject=subject(sort.kind, facts),
        preamble=(),
        body=(
            *paragraphs(f"Thời gian bắt đầu: {began}.", f"Địa điểm: {texts['venue'].strip() or DOTS}."),
            *body,
        ),
        signatories=signed,
        recipients=recipients(texts),
        signature=tree.Signature(()),
    )


def meeting(sort: Sort, facts: Facts, texts: Texts, head: Head) -> tree.Paper:
    results = facts.results
    ended = texts["ends"].strip() or DOTS
    body = (
        *named("Thành phần tham dự", texts["present"]),
        *paragraphs(f"Vắng mặt: {'; '.join(lines(texts['absent']))}." if lines(texts["absent"]) else ""),
        *paragraphs(f"Chủ trì: {texts['chair'].strip() or DOTS}.", f"Thư ký: {texts['secretary'].strip() or DOTS}."),
        *numbered(
            ("Kết quả chấm điểm", _scores(results)),
            ("Ý kiến thảo luận", items(texts["opinions"])),
            ("Kết quả bỏ phiếu", _votes(facts)),
            ("Đơn vị được suy tôn, đề nghị khen thưởng", _commended(facts)),
            ("Kết luận", items(texts["conclusion"])),
        ),
        *paragraphs(
            f"Cuộc họp kết thúc vào {ended} cùng ngày. Biên bản đã được thông qua, các thành viên dự họp nhất trí./."
        ),
    )
    return _minutes(
        sort, facts, texts, head, body, side_by_side(("THƯ KÝ", texts["secretary"]), ("CHỦ TRÌ", texts["chair"]))
    )


def _scores(results: Results | None) -> tuple[tree.Block, ...]:
    if results is None:
        return ()
    return (*paragraphs(frozen_words(results)), tables.results_table(results))


def _votes(facts: Facts) -> tuple[tree.Block, ...]:
    return tuple(block for ballot in facts.ballots for block in (_ballot_words(ballot), tables.ballot_table(ballot)))


def _ballot_words(ballot: Ballot) -> tree.Paragraph:
    """«Bỏ phiếu suy tôn tặng Cờ thi đua: phát ra 12 phiếu, thu về 12 phiếu, hợp lệ 11 phiếu.»"""
    return tree.Paragraph(
        f"{ballot_name(ballot)}: phát ra {ballot.issued:02} phiếu, thu về {ballot.collected:02} phiếu, "
        f"hợp lệ {ballot.valid:02} phiếu, không hợp lệ {ballot.collected - ballot.valid:02} phiếu."
    )


def ballot_name(ballot: Ballot) -> str:
    if ballot.purpose == Ballot.Purpose.TIE:
        return f"Bỏ phiếu phân hạng các đơn vị bằng điểm ở hạng {ballot.rank}"
    return f"Bỏ phiếu suy tôn đề nghị tặng {ballot.award}"


def _commended(facts: Facts) -> tuple[tree.Block, ...]:
    barred = [f"{in_sentence(member.name)} ({member.barred_reason.rstrip('.')})" for member in facts.barred]
    table = (tables.commended_table(facts),) if facts.commendations else ()
    quotas = f"Số lượng được đề nghị: {facts.quotas}." if facts.quotas and table else ""
    return (*paragraphs(quotas), *table, *paragraphs(f"Không suy tôn: {'; '.join(barred)}." if barred else ""))


def count(sort: Sort, facts: Facts, texts: Texts, head: Head) -> tree.Paper:
    tellers = lines(texts["tellers"])
    rounds: list[tree.Block] = []
    for number, ballot in enumerate(facts.ballots, start=1):
        held = PartialDate(ballot.held_on.year, ballot.held_on.month, ballot.held_on.day).in_words()
        rounds += [
            *item_title(f"{number}.", ballot_name(ballot)),
            tree.Item("-", f"Bỏ phiếu {held};"),
            tree.Item("-", f"Số người được bỏ phiếu: {ballot.voters:02};"),
            tree.Item("-", f"Số phiếu phát ra: {ballot.issued:02}; số phiếu thu về: {ballot.collected:02};"),
            tree.Item(
                "-",
                f"Số phiếu hợp lệ: {ballot.valid:02}; không hợp lệ: {ballot.collected - ballot.valid:02}. Kết quả:",
            ),
            tables.ballot_table(ballot),
        ]
    body = (
        *named("Tổ kiểm phiếu gồm", texts["tellers"]),
        *rounds,
        *paragraphs(
            f"Việc kiểm phiếu kết thúc vào {texts['ends'].strip() or DOTS} cùng ngày. Phiếu đã kiểm được niêm phong, "
            "lưu cùng biên bản này./."
        ),
    )
    first, *others = tellers if len(tellers) > 1 else [*tellers, "", ""][:2]
    each = [tree.Signatory("THÀNH VIÊN", "", name_of(who)) for who in others]
    signed = (*each, tree.Signatory("TỔ TRƯỞNG", "", name_of(first)))
    return _minutes(
        sort, facts, texts, head, body, tree.Signatories("TỔ KIỂM PHIẾU", signed, 3 if len(signed) > 2 else 2)
    )


def handover(sort: Sort, facts: Facts, texts: Texts, head: Head) -> tree.Paper:
    giver, receiver = lines(texts["giver"]), lines(texts["receiver"])
    witness = texts["witness"].strip()
    word = facts.head_word
    body: list[tree.Block] = [
        *named(
            f"Bên giao: {facts.leader.name}, {word} năm {facts.season.year}" if facts.leader else "Bên giao",
            texts["giver"],
        ),
        *named(_receiving(facts), texts["receiver"]),
        *paragraphs(f"Chứng kiến: {witness}." if witness else ""),
        *paragraphs("Hai bên thống nhất bàn giao các nội dung sau:"),
        *(
            tree.Item(f"{number}.", f"{item.rstrip('.')}.")
            for number, item in enumerate(lines(texts["items"]), start=1)
        ),
        *paragraphs(
            f"Việc bàn giao kết thúc vào {texts['ends'].strip() or DOTS} cùng ngày. Biên bản được lập thành 03 bản có "
            "giá trị như nhau, mỗi bên giữ 01 bản, 01 bản gửi cơ quan tổ chức./."
        ),
    ]
    sides = [("ĐẠI DIỆN BÊN GIAO", giver[0] if giver else ""), ("ĐẠI DIỆN BÊN NHẬN", receiver[0] if receiver else "")]
    if witness:
        sides.append(("NGƯỜI CHỨNG KIẾN", witness))
    return _minutes(sort, facts, texts, head, body, side_by_side(*sides))


def _receiving(facts: Facts) -> str:
    to = next((one for one in facts.members if one.pk == facts.season.handed_to_id), None)
    return f"Bên nhận: {to.name}, {facts.head_word} năm {facts.season.year + 1}" if to else "Bên nhận"
