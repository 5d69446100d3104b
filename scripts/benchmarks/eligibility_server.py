"""eligibility_server.py NAME SMALL COUNT ROUNDS: judging COUNT nominees of one round, in a database NAME of its own.

Prints what it took as JSON: pairs of seconds (out of rows, out of the same facts without a database), queries of a
round with SMALL nominees and of the one with COUNT.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 -- models need the set-up above, here and below
from django.test.utils import CaptureQueriesContext  # noqa: E402

from awards.conditions import shipped_conditions  # noqa: E402
from awards.dossiers.checking import check_round  # noqa: E402
from awards.eligibility import Judgement, judge  # noqa: E402
from awards.judging import cases_of, judge_nominees  # noqa: E402
from awards.models import (  # noqa: E402
    Decision,
    Grant,
    Initiative,
    Nominee,
    Proposal,
    Rating,
    Round,
    Subject,
)
from scripts.benchmarks.page_server import analyze, own_database  # noqa: E402
from scripts.benchmarks.report import NotMeasured  # noqa: E402
from scripts.benchmarks.timing import interleaved, timed  # noqa: E402
from units.models import Unit  # noqa: E402

YEAR, BACK = 2026, 6
"""Years of history: as many as the longest condition asks for, and one more."""
AWARDS = ("LDTT", "CSTDCS", "CSTDT", "BKT", "BKTTg", "GK")
_LEVELS = ("HTT", "HTXSNV", "HTXSNV", "HTT", "HTNV")
_STORY = "Tham mưu {} giải pháp cải cách thủ tục hành chính, rút ngắn thời gian giải quyết hồ sơ của người dân"


@transaction.atomic
def fill(count: int) -> Round:
    """Half of the people were kept by another commune until a merger in 2025; every third has an initiative."""
    province = Unit.objects.create(kind="province", designation="tỉnh", name=f"Vĩnh Hà {count}", code=f"T-{count}")
    old, new = (
        Unit.objects.create(
            kind="commune", designation="xã", name=f"Vân Khê {name}", code=f"X-{count}-{name}", parent=province
        )
        for name in ("cũ", "mới")
    )
    award_round = Round.objects.create(unit=new, name="Xét khen thưởng năm 2026", year=YEAR)
    received = dt.date(YEAR, 9, 15)
    proposal = Proposal.objects.create(round=award_round, day=received, received_on=received)
    before = _subjects(old, count // 2)
    subjects = _subjects(new, count, before)
    histories = [(subject, before[at] if at < len(before) else subject) for at, subject in enumerate(subjects)]
    Rating.objects.bulk_create(
        (
            Rating(subject=now if year >= 2025 else then, year=year, level=_LEVELS[(at + year) % len(_LEVELS)])
            for at, (now, then) in enumerate(histories)
            for year in range(YEAR - BACK + 1, YEAR + 1)
        ),
        batch_size=2_000,
    )
    _grants(new, histories)
    nominees = Nominee.objects.bulk_create(
        (_nominee(award_round, proposal, subject, at) for at, subject in enumerate(subjects)), batch_size=1_000
    )
    _initiatives(new, nominees)
    return award_round


def _subjects(unit: Unit, count: int, before: list[Subject] | None = None) -> list[Subject]:
    earlier = before or []
    rows = [
        Subject(
            unit=unit,
            name=f"Nguyễn Thị Hoa {at}",
            birth_year=1960 + at % 40,
            continues=earlier[at] if at < len(earlier) else None,
        )
        for at in range(count)
    ]
    for row in rows:
        row.fill_search()
    return Subject.objects.bulk_create(rows, batch_size=1_000)


def _grants(unit: Unit, histories: list[tuple[Subject, Subject]]) -> None:
    for year in range(YEAR - 4, YEAR):
        decision = Decision.objects.create(
            unit=unit, state="issued", number=f"{year}/QĐ-UBND", day=dt.date(year, 12, 20)
        )
        Grant.objects.bulk_create(
            (
                Grant(
                    unit=unit,
                    decision=decision,
                    order=at + 1,
                    subject=now if year >= 2025 else then,
                    kind="person",
                    name=now.name,
                    award="CSTDCS" if (at + year) % 3 else "LDTT",
                    award_name="Chiến sĩ thi đua cơ sở",
                    year=year,
                    achievement=_STORY.format(at + year),
                )
                for at, (now, then) in enumerate(histories)
            ),
            batch_size=1_000,
        )


def _nominee(award_round: Round, proposal: Proposal, subject: Subject, at: int) -> Nominee:
    row = Nominee(
        round=award_round,
        proposal=proposal,
        order=at + 1,
        subject=subject,
        name=subject.name,
        birth_year=subject.birth_year,
        award=AWARDS[at % len(AWARDS)],
        year=YEAR,
        achievement=_STORY.format(at),
    )
    row.fill_search()
    return row


def _initiatives(unit: Unit, nominees: list[Nominee]) -> None:
    ideas = [
        Initiative(unit=unit, title=f"Số hóa hồ sơ {one.order}", year=YEAR, scope="province", is_recognised=True)
        for one in nominees[::3]
    ]
    made = Initiative.objects.bulk_create(ideas, batch_size=1_000)
    authors, bases = Initiative.authors.through, Nominee.initiatives.through
    pairs = list(zip(made, nominees[::3], strict=True))
    authors.objects.bulk_create(authors(initiative=idea, subject=one.subject) for idea, one in pairs)
    bases.objects.bulk_create(bases(initiative=idea, nominee=one) for idea, one in pairs)


def nominees_of(award_round: Round) -> list[Nominee]:
    return list(award_round.nominees.select_related("round", "proposal").order_by("pk"))


def queries_of(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def measure(small: int, count: int, rounds: int) -> dict[str, object]:
    few, many = fill(small), fill(count)
    analyze()
    conditions = shipped_conditions()
    cases = cases_of(nominees_of(many))

    def out_of_rows() -> dict[int, Judgement]:
        return judge_nominees(nominees_of(many))

    def out_of_memory() -> dict[int, Judgement]:
        return {pk: judge(case, conditions) for pk, case in cases.items()}

    if out_of_rows() != out_of_memory() or len(cases) != count:
        raise NotMeasured("Xét từ cơ sở dữ liệu và xét cùng số liệu trong bộ nhớ cho kết quả khác nhau.")
    pairs = interleaved(rounds, lambda: timed(out_of_rows), lambda: timed(out_of_memory))
    return {
        "database": connection.vendor,
        "pairs": [(ours.clock, bare.clock) for ours, bare in pairs],
        "queries": [queries_of(lambda one=one: judge_nominees(nominees_of(one))) for one in (few, many)],
        "check_queries": [queries_of(lambda one=one: check_round(one, with_impediments=True)) for one in (few, many)],
        "check": [timed(lambda: check_round(many, with_impediments=True)).clock for _ in range(rounds)],
    }


def main() -> int:
    name, *numbers = sys.argv[1:]
    with own_database(name):
        found = measure(*map(int, numbers))
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
