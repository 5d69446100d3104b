"""A season with all that its papers speak of: scores of every stage, a tie, ballots, commendations, a handover."""

from __future__ import annotations

import datetime as dt

from clusters.models import Assignment, Ballot, BallotCount, Commendation, Criterion, Entry, Quota, Receipt
from clusters.states import SheetStage, Stage
from tests.clusters.season import Round, a_round
from tests.factories import PersonFactory

NAMES_14 = tuple(
    f"{name} Trung Thượng"
    for name in (
        "An Bình", "Bình Minh", "Cẩm Sơn", "Đông Hải", "Gia Phú", "Hòa Lạc", "Khánh Thiện", "Liên Minh",
        "Mường Khương", "Nghĩa Thuận", "Ông Đình", "Phong Châu", "Quảng Oai", "Suối Bạc",
    )
)  # fmt: skip
FLAG, CERTIFICATE = "Cờ thi đua của Ủy ban nhân dân tỉnh", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"
HELD = dt.date(2026, 12, 28)


def a_scene(**more) -> Round:
    """Everybody has a chairman; scores differ, the first member has a criterion without target."""
    found = a_round(**more)
    for place, commune in enumerate(found.communes):
        PersonFactory(unit=commune, full_name=f"Nguyễn Thị Người {place + 1}", post="Chủ tịch UBND xã")
    _score(found)
    return found


def _score(found: Round) -> None:
    step = found.season.steps.get()
    for place, sheet in enumerate(found.sheets):
        member = sheet.member
        Receipt.objects.create(
            member=member, step=step, received_on=dt.date(2026, 11, 28) + dt.timedelta(days=8 * (place == 1))
        )
        for code, target in (("I.1", 100), ("I.2", 5), ("I.3", 60)):
            is_assigned = (place, code) != (0, "I.2")
            Assignment.objects.create(
                member=member,
                criterion=found.criteria[code],
                target=target if is_assigned else None,
                is_assigned=is_assigned,
            )
        say(found, place, "I.1", actual=100 - place)
        if place:
            say(found, place, "I.2", actual=5)
        say(found, place, "I.3", actual=60 + place % 5)
        say(found, place, "II.2", actual=72 - 3 * place)
        say(found, place, "III", actual=place % 4)
        say(found, place, "II.3", Stage.HEAD, deduction="2.5", reason=f"Vắng {place + 1:02} buổi sinh hoạt cụm")
        say(found, place, "I.1", Stage.REVIEW, actual=99 - place, reason="Theo số của Thuế cơ sở")
        sheet.stage = SheetStage.DONE
        sheet.save(update_fields=["stage"])


def say(found: Round, place: int, code: str, stage: Stage = Stage.SELF, **fields) -> Entry:
    return Entry.objects.create(sheet=found.sheets[place], criterion=found.criteria[code], stage=stage, **fields)


def vote(found: Round) -> None:
    """A count for the flag; the second of the votes is commended, too, with a certificate, against its rank."""
    season, members = found.season, found.members
    for order, award in enumerate((FLAG, CERTIFICATE), start=1):
        Quota.objects.create(season=season, order=order, award=award, count=1)
    voters = len(members)
    ballot = Ballot.objects.create(
        season=season, purpose="commend", award=FLAG, held_on=HELD, voters=voters, issued=voters, collected=voters,
        valid=voters - 1, tellers="Lò Văn Kiểm, xã An Bình\nQuàng Thị Phiếu, xã Bình Minh\nTrần Văn Ba, xã Cẩm Sơn",
    )  # fmt: skip
    for place, member in enumerate(members):
        BallotCount.objects.create(ballot=ballot, member=member, votes=max(voters - 1 - 2 * place, 0))
    Commendation.objects.create(season=season, member=members[0], award=FLAG, ballot=ballot)
    Commendation.objects.create(
        season=season, member=members[3], award=CERTIFICATE, ballot=ballot, reason="Có mô hình mới được nhân rộng."
    )


def many_leaves(found: Round, count: int = 180) -> None:
    """Chấm theo lối trừ, below a third group: long words as offices write them."""
    group = found.criteria["II"]
    rows = [
        Criterion(
            set=group.set, parent=group, order=100 + number, code=f"II.{number + 3}", maximum=1, kind="manual",
            title=f"Thực hiện nhiệm vụ số {number} về cải cách hành chính, chuyển đổi số, dân chủ ở cơ sở, tiếp dân",
            starts_full=True, guidance="Không thực hiện thì không có điểm; chậm một tuần trừ 0,25 điểm.",
        )
        for number in range(1, count + 1)
    ]  # fmt: skip
    Criterion.objects.bulk_create(rows)
    found.criteria |= {row.code: row for row in rows}
