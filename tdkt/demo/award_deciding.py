"""Last year's decisions of the demonstration: issued, entered, paid, published; one award is taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from awards.certificates import naming
from awards.certificates.handing import hand_over
from awards.collecting.rounds import move_round
from awards.deciding.candidates import desk_of
from awards.deciding.issuing import Outside, paper_of, publish, record_issue, record_outside
from awards.deciding.paying import Choice, choose, pay_out, pay_table
from awards.deciding.printing import printed
from awards.deciding.sending import send_up
from awards.deciding.services import draft
from awards.models import Decision, Grant, Nominee, Round
from awards.money import By
from awards.register.revoking import Revocation, note_recovered, revoke
from awards.states import NomineeState, RoundState
from tdkt.demo.award_last_year import FARMERS
from tdkt.demo.award_scene import Scene, date_back_decisions
from units.models import Person

_TITLES = ("LDTT", "CSTDCS", "TTLDTT")
_LIED = (
    "Qua xác minh đơn của hội viên: thành tích giúp đỡ 5 hộ thoát nghèo kê khai không đúng sự thật "
    "(Luật số 06/2022/QH15, Điều 93)."
)
_READ_BY = "Từng người xem, ký vào danh sách"
_NO_FUND = "Chi theo hương ước của thôn, không chi từ ngân sách xã."


def decide(scene: Scene, found: Round) -> None:
    """Titles, the village's title and commendations each by a decision; what the province decides goes up."""
    day = dt.date(found.year, 12, 22)
    first = scene.next_number(found.year, 411)
    for at, awards in enumerate((_TITLES, ("TVH",), ("GK",))):
        issue(scene, found, awards, number=first + at, day=day)
    decisions = list(found.decisions.all())
    publish(found, actor=scene.officer, decision_ids=[one.pk for one in decisions])
    _of_the_province(scene, found)
    date_back_decisions(scene, found.decisions.all())
    for one in decisions:
        _hand_over(scene, one, dt.date(found.year, 12, 30))
    _take_back(scene, found)
    move_round(found, actor=scene.officer, to=RoundState.DONE)


def issue(scene: Scene, found: Round, awards: Collection[str], *, number: int, day: dt.date) -> Decision:
    groups = [one.key for one in desk_of(found, scene.today).here if one.award.code in awards]
    return record(scene, draft(found, actor=scene.officer, groups=groups), number=number, day=day)


def record(scene: Scene, decision: Decision, *, number: int, day: dt.date, settles: bool = True) -> Decision:
    """As the chairman signed it. ``settles``: also what is paid where there are two readings."""
    typed = {"number": str(number), "symbol": "QĐ-UBND", "date": day, "signer": scene.chairman}
    paper = paper_of(printed(decision), **typed)
    record_issue(decision, actor=scene.officer, version=decision.version, paper=paper, is_confirmed=True)
    decision.refresh_from_db()
    if settles:
        _settle_money(scene, decision)
    return decision


def _settle_money(scene: Scene, decision: Decision) -> None:
    """Of two readings the higher one, as the commune did all year."""
    choices = {}
    for one in pay_table(decision).questions:
        best = max(one.sums, key=lambda found: found.amount, default=None)
        choices[one.key] = Choice(best.multiplier) if best else Choice(reason=_NO_FUND)
    if choices:
        choose(decision, actor=scene.officer, choices=choices)


def _hand_over(scene: Scene, decision: Decision, day: dt.date) -> None:
    """Names were read over before; all but the last two came for their money."""
    assert decision.day is not None  # issued
    before = decision.day - dt.timedelta(days=2)
    naming.confirm(decision, actor=scene.officer, nominee_ids=None, by=_READ_BY, day=before)
    day = scene.not_after(day)
    due = [line.grant.pk for line in pay_table(decision).due if line.grant is not None]
    if paid := due[: max(len(due) - 2, 1)]:
        pay_out(decision, actor=scene.officer, grant_ids=paid, day=day)
    hand_over(decision, actor=scene.officer, grant_ids=None, day=day)


# -- Of the province ---------------------------------------------------------------------------


def _of_the_province(scene: Scene, found: Round) -> None:
    groups = [one.key for one in desk_of(found, scene.today).above]
    send_up(found, actor=scene.officer, groups=groups, day=dt.date(found.year, 12, 24))
    sent = list(found.nominees.filter(state=NomineeState.SENT).select_related("commendation__decision"))
    refused = {one.pk: why for one in sent if (why := _refusal(one))}
    said = Outside(
        By.PROVINCE.value,
        "312/QĐ-UBND",
        scene.not_after(dt.date(found.year + 1, 2, 10)),
        f"Ủy ban nhân dân {scene.province}",
    )
    given = [one.pk for one in sent if one.pk not in refused]
    decision = record_outside(found, actor=scene.officer, said=said, given=given, refused=refused)
    if decision is not None:
        publish(found, actor=scene.officer, decision_ids=[decision.pk])


def _refusal(nominee: Nominee) -> str:
    """What the province gave instead, where the season of its cluster says so."""
    row = nominee.commendation
    if row is None or not row.granted_award:
        return ""
    paper = f" ({row.decision})" if row.decision else ""
    return f"Tỉnh tặng hình thức khác: {row.granted_award}{paper}."[:300]


# -- Taken back ----------------------------------------------------------------------------------


def _take_back(scene: Scene, found: Round) -> None:
    """The money came back in part."""
    liar = Person.objects.filter(part__unit=scene.commune, part__name="Thôn Bến Đò").order_by("pk")[3]
    grant = Grant.objects.get(nominee__proposal__part__name=FARMERS, nominee__round=found, name=liar.full_name)
    year = found.year + 1
    day = scene.not_after(dt.date(year, 3, 17))
    number = f"{scene.next_number(day.year, 21)}/QĐ-UBND"
    data = Revocation(number, day, _LIED, grant.money or 0, scene.chairman)
    made = revoke(grant, actor=scene.officer, data=data)
    date_back_decisions(scene, [made.decision])
    note_recovered(made, actor=scene.officer, amount=(grant.money or 0) // 2, day=scene.not_after(dt.date(year, 4, 2)))
