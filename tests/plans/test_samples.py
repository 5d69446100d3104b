"""The templates from which a plan is started: complete, in order, right in their days, law and names."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from string import Template

import pytest

from core.errors import UnfitField
from documents.dates import PartialDate
from documents.times import read_time
from documents.tree import Article, EnactingLine
from plans import interchange, samples
from plans.models import Plan
from plans.samples import NOBODY_YET, SampleNames
from plans.samples.loading import FOLDER, legal_bases, read_template
from plans.samples.names import paper_words
from tests.factories import IssuerFactory, UnitFactory
from tests.plans.drafting import days_meant, days_named, misplaced_markers, open_ends, prose, strings, unexplained
from tests.plans.files import every_plan, read_file
from tests.plans.printed import words_of_file
from tests.plans.sample_offices import (
    CITY,
    CODES,
    COMMUNE,
    KNOWN,
    OFFICES,
    TABLES,
    WARD,
    WITHOUT_TASKS,
    YEARS,
    as_file,
    each,
    filled,
    first_office,
    paper_of,
    source,
)
from tests.test_fixture_plans import carries

# -- What there is ------------------------------------------------------------------------


def test_every_template_is_said_and_every_said_one_is_there() -> None:
    assert sorted([*CODES, "legal"]) == sorted(path.stem for path in FOLDER.glob("*.json"))
    assert [sample.kind for sample in samples.ALL] == [json.loads(source(code))["kind"] for code in CODES]
    assert {sample.kind for sample in samples.ALL} == {*interchange.KINDS} - {"other"}


def test_whoever_chooses_reads_one_label_and_one_sentence() -> None:
    labels = [sample.label for sample in samples.ALL]

    assert len(set(labels)) == len(labels)
    assert [s.explanation for s in samples.ALL if s.explanation.count(".") != 1 or s.explanation[-1] != "."] == []
    assert {level for sample in samples.ALL for level in sample.for_levels} == {"commune", "province"}


def test_the_kinds_of_the_file_are_those_of_the_database() -> None:
    assert sorted(Plan.Kind.values) == sorted(interchange.KINDS)


@pytest.mark.parametrize("name", [*CODES, "legal"])
def test_a_file_is_nfc_and_indented_by_one(name: str) -> None:
    text = source(name)

    assert text == unicodedata.normalize("NFC", text)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("code", CODES)
def test_every_place_holder_is_explained_and_filled(code: str) -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`(\w+)`", readme.partition("## Placeholders")[2].partition("## legal.json")[0]))
    known = {*COMMUNE.words(), *paper_words(2026, "", PartialDate(2026)), *legal_bases(dt.date(2026, 1, 1))}

    found = [Template(text) for text in strings(json.loads(source(code)))]
    used = {name for template in found for name in template.get_identifiers()}

    assert all(template.is_valid() for template in found)
    assert used >= {"year", "number", "date", "place", "unit" if code != "province_annual" else "province"}
    assert used - explained == used - known == set()
    assert explained <= known
    assert [text for text in strings(as_file(code, first_office(code))) if "$" in text] == []


# -- As long as the real plan of its kind -------------------------------------------------


@pytest.mark.parametrize("name", every_plan())
def test_a_template_is_at_least_as_long_as_the_plan_of_its_kind(name: str) -> None:
    plan = read_file(name)
    level = "province" if name in ("vinh_cuu", "trang_son") else "commune"  # districts are now the province's work
    [code] = [sample.code for sample in samples.ALL if sample.kind == plan["kind"] and level in sample.for_levels]

    ours = as_file(code, first_office(code))

    assert len(words_of_file(ours)) >= len(words_of_file(plan))
    assert len(ours["tasks"]) >= len(plan["tasks"])
    for part in ("targets", "waves", "thematic"):
        assert len(ours.get("campaign", {}).get(part, [])) >= len(plan.get("campaign", {}).get(part, []))


@pytest.mark.parametrize(
    ("code", "least_words", "least_tasks"),
    [("council_programme", 1800, 12), ("closing_conference", 1600, 12), ("council_decision", 900, 0)],
)
def test_where_no_plan_of_the_kind_is_at_hand_it_is_a_whole_paper_still(
    code: str, least_words: int, least_tasks: int
) -> None:
    ours = as_file(code, COMMUNE)

    assert len(words_of_file(ours)) >= least_words
    assert len(ours["tasks"]) >= least_tasks


# -- The form -----------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "names"), each())
def test_it_is_in_order_ends_its_sentences_and_explains_its_abbreviations(code: str, names: SampleNames) -> None:
    plan = as_file(code, names)

    assert (misplaced_markers(plan), open_ends(plan), unexplained(plan)) == ([], [], {})
    assert prose(plan)[-1].endswith("./.")
    assert "\n".join(strings(plan)).count("./.") == 1


@pytest.mark.parametrize("code", CODES)
def test_the_preamble_cites_its_sources_and_then_says_what_follows(code: str) -> None:
    *bases, announcement = [text for text in filled(code, first_office(code)).preamble if text != text.upper()]
    if samples.get(code).kind == "decision":
        bases, announcement = [*bases, announcement], "QUYẾT ĐỊNH:"

    assert len(bases) >= 3
    assert [text for text in bases if not text.startswith(("Căn cứ", "Thực hiện", "Theo"))] == []
    assert [text[-1] for text in bases] == [*";" * (len(bases) - 1), "."]
    assert announcement.endswith(":")


@pytest.mark.parametrize(("code", "names"), each())
def test_it_knows_no_district(code: str, names: SampleNames) -> None:
    assert "huyện" not in "\n".join(strings(as_file(code, names))).casefold()


@pytest.mark.parametrize("code", CODES)
def test_its_table_stands_where_it_is_told(code: str) -> None:
    plan = json.loads(source(code))

    blocks = [block["layout"] for block in plan["blocks"] if block["type"] == "tasks"]
    layouts = [*blocks, *([plan["appendix"]["layout"]] if plan["appendix"] else [])]

    assert layouts == ([] if code in WITHOUT_TASKS else [TABLES[code]])


def test_the_council_has_a_head_and_a_series_of_its_own() -> None:
    header = paper_of("council_programme", KNOWN).header

    assert (header.superior, header.issuer) == ("UBND XÃ VÂN KHÊ", ("HỘI ĐỒNG", "THI ĐUA - KHEN THƯỞNG"))
    assert header.number_line == "Số:        /CTr-HĐTĐKT"
    assert paper_of("council_programme", KNOWN).signature.post == "CHỦ TỊCH UBND XÃ VÂN KHÊ"


def test_the_decision_says_who_decides_and_runs_in_articles() -> None:
    paper = paper_of("council_decision", KNOWN)

    assert [part.text for part in paper.preamble if isinstance(part, EnactingLine)] == [
        "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ VÂN KHÊ",
        "QUYẾT ĐỊNH:",
    ]
    assert [block.marker for block in paper.body if isinstance(block, Article)] == ["Điều 1.", "Điều 5.", "Điều 6."]
    assert paper.signature.lines == ("CHỦ TỊCH",)


@pytest.mark.parametrize("names", OFFICES["commune"], ids=lambda names: names.unit)
def test_the_campaign_says_every_target_wave_and_movement_in_its_text(names: SampleNames) -> None:
    plan = as_file("commune_campaign", names)
    campaign, text = plan["campaign"], "\n".join(prose(plan))
    said = [campaign["theme"], *campaign["thematic"], *(wave["as_printed"] for wave in campaign["waves"])]

    lost = [target for target in campaign["targets"] if not any(carries(entry, target) for entry in prose(plan))]

    assert (len(campaign["targets"]), len(campaign["waves"]), len(campaign["thematic"])) == (25, 2, 11)
    assert lost == []
    assert [said_word for said_word in said if said_word not in text] == []


# -- Days ---------------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("code", [code for code in CODES if code not in WITHOUT_TASKS])
def test_every_time_is_read_and_means_what_it_says(code: str, year: int) -> None:
    plan = as_file(code, first_office(code), year)
    tasks = plan["tasks"]

    problems = [read_time(task["time_text"], year, quarter=task["quarter"]).problem for task in tasks]

    assert problems == [""] * len(tasks)
    assert [(task["start"], task["due"]) for task in tasks] == [days_meant(task, year) for task in tasks]
    assert [task["no"] for task in tasks] == list(range(1, len(tasks) + 1))
    assert [task["time_text"] for task in tasks if task.get("ongoing")] == [
        task["time_text"] for task in tasks if task["time_text"].startswith("Thường xuyên")
    ]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("code", CODES)
def test_no_day_contradicts_the_year_or_the_paper(code: str, year: int) -> None:
    plan = as_file(code, first_office(code), year)
    issued, end = dt.date(year, samples.get(code).month, 1), dt.date(year + 1, 1, 31)

    due = [dt.date.fromisoformat(task["due"]) for task in plan["tasks"]]

    assert plan["date"] == f"{year}-{issued.month:02d}"
    assert [day for day in (*due, *days_named(plan)) if not issued <= day <= end] == []
    assert [task["content"] for task in plan["tasks"] if task["start"] and task["start"] > task["due"]] == []


@pytest.mark.parametrize("year", YEARS)
def test_the_waves_of_the_campaign_follow_one_another(year: int) -> None:
    first, second = as_file("commune_campaign", COMMUNE, year)["campaign"]["waves"]

    days = [first["start"], first["end"], second["start"], first["review_by"], second["end"], second["review_by"]]

    assert days == sorted(days)
    assert {day[:4] for day in days} == {str(year)}


def test_the_days_of_a_commune_in_2026() -> None:
    found = [(str(task.start or ""), str(task.due)) for task in filled("commune_annual", COMMUNE).tasks]

    assert found == [
        ("2026-01-01", "2026-01-31"),
        ("2026-01-01", "2026-01-31"),
        ("", "2026-02-14"),
        ("", "2026-02-20"),
        ("2026-01-01", "2026-03-31"),
        ("2026-05-01", "2026-05-31"),
        ("2026-04-01", "2026-06-30"),
        ("", "2026-06-24"),
        ("", "2026-07-09"),
        ("2026-08-01", "2026-08-31"),
        ("2026-07-01", "2026-09-30"),
        ("2026-10-01", "2026-10-31"),
        ("", "2026-11-24"),
        ("", "2026-12-09"),
        ("2026-12-01", "2027-01-31"),
        ("2026-01-01", "2026-12-31"),
    ]


@pytest.mark.parametrize(
    ("today", "month"), [(dt.date(2025, 11, 21), 3), (dt.date(2026, 2, 1), 3), (dt.date(2026, 11, 21), 11)]
)
def test_a_paper_is_dated_in_its_usual_month_or_later(today: dt.date, month: int) -> None:
    assert samples.likely_date("cluster_plan", 2026, today) == PartialDate(2026, month)


# -- Law ----------------------------------------------------------------------------------


def test_the_law_is_known_without_a_gap_since_2024() -> None:
    rows = json.loads(source("legal"))

    days = [(dt.date.fromisoformat(row["from"]), row["to"] and dt.date.fromisoformat(row["to"])) for row in rows]
    assert days[0][0] == dt.date(2024, 1, 1)
    assert days[-1][1] is None
    assert [first for first, _ in days[1:]] == [last + dt.timedelta(days=1) for _, last in days[:-1]]
    with pytest.raises(LookupError):
        legal_bases(dt.date(2023, 12, 31))


@pytest.mark.parametrize(
    ("date", "is_amended"),
    [(PartialDate(2026, 9, 30), False), (PartialDate(2026, 10), True), (PartialDate(2027), True)],
)
def test_the_law_of_the_day_is_cited(date: PartialDate, is_amended: bool) -> None:
    plan = samples.fill("commune_annual", COMMUNE, 2026, date=date)

    cited = "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"
    amended = f"{cited}; Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng ngày 23 tháng 4 năm 2026"
    assert plan.preamble[1] == (f"{amended};" if is_amended else f"{cited};")
    assert "Nghị định số 152/2025/NĐ-CP" in plan.preamble[2]


@pytest.mark.parametrize("date", [PartialDate(2025), PartialDate(2025, 6, 30), None])
def test_the_time_of_districts_is_refused(date: PartialDate | None) -> None:
    with pytest.raises(UnfitField) as refusal:
        samples.fill("commune_annual", COMMUNE, 2025, date=date)

    sentence = "Mẫu này dùng cho chính quyền địa phương hai cấp, từ ngày 01/7/2025 trở đi."
    assert (refusal.value.field, str(refusal.value)) == ("year", sentence)


# -- Names --------------------------------------------------------------------------------


def test_what_nobody_knows_yet_is_seen_and_nothing_else_is_open() -> None:
    unknown, known = ("\n".join(prose(as_file("council_decision", names))) for names in (COMMUNE, KNOWN))

    assert "Quyết định số …/QĐ-UBND ngày … tháng … năm … của Ủy ban nhân dân tỉnh Lam Giang" in unknown
    assert "Quyết định số 08/QĐ-UBND ngày 06 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh Lam Giang" in known
    assert (unknown.count(NOBODY_YET), known.count(NOBODY_YET)) == (17, 15)
    assert "…" not in known.replace(NOBODY_YET, "")


@pytest.mark.parametrize("code", [code for code in CODES if code not in ("council_decision", "province_annual")])
def test_with_every_name_known_nothing_stays_open(code: str) -> None:
    assert [text for text in strings(as_file(code, KNOWN)) if "…" in text] == []


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (COMMUNE, ("xã Vân Khê", "tỉnh Lam Giang", "tỉnh", "Tỉnh ủy", "Phòng Kinh tế", "Trưởng các thôn", "Vân Khê")),
        (
            WARD,
            (
                *("Phường 3", "thành phố Lam Thành", "thành phố", "Thành ủy", "Phòng Kinh tế, Hạ tầng và Đô thị"),
                *("Tổ trưởng các tổ dân phố", "Phường 3"),
            ),
        ),
        (
            CITY,
            (
                *("Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh", "Thành phố", "Thành ủy", "Phòng Kinh tế"),
                *("Trưởng các thôn", "Thành phố Hồ Chí Minh"),
            ),
        ),
    ],
    ids=["commune", "ward with a number", "city"],
)
def test_names_are_written_as_an_office_writes_them(names: SampleNames, expected: tuple[str, ...]) -> None:
    said = names.words()

    keys = ("unit", "province", "province_kind", "province_party", "economy_office", "heads_start", "place")
    assert tuple(said[key] for key in keys) == expected


@pytest.mark.django_db
def test_names_come_from_the_rows_of_unit_and_issuer() -> None:
    province = UnitFactory(province=True, name="Lam Giang")
    unit = UnitFactory(name="Vân Khê", parent=province, village_word="bản")
    committee = IssuerFactory(unit=unit, name_lines="UỶ BAN NHÂN DÂN\nXÃ VÂN KHÊ", place="Vân Khê")
    council = IssuerFactory(unit=unit, name_lines="HỘI ĐỒNG", superior="UBND XÃ VÂN KHÊ", place="Vân Khê")

    names = samples.names_of(unit, committee, chairman="Nông Đức Khiêm")

    assert names == SampleNames(
        kind="xã",
        name="Vân Khê",
        province_name="Lam Giang",
        village="bản",
        place="Vân Khê",
        issuer="UỶ BAN NHÂN DÂN XÃ VÂN KHÊ",
        chairman="Nông Đức Khiêm",
    )
    assert samples.names_of(unit, council).words()["issuer"] == "ỦY BAN NHÂN DÂN XÃ VÂN KHÊ"


def test_a_place_holder_that_is_not_filled_is_an_error(tmp_path) -> None:
    path = tmp_path / "open.json"
    path.write_text('{"year": "$year", "subject": "$nowhere"}', encoding="utf-8")

    with pytest.raises(KeyError, match="nowhere"):
        read_template(path, {"year": "2026"})
