"""The report of half a year: every figure counted anew from the rows, and found in JSON, PDF and Word."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.core.management import call_command

from campaigns.models import Campaign, Exemplar, Movement, Registration, Result, Share, Target, Wave
from campaigns.reporting.printing import report_of
from campaigns.reporting.selectors import any_review, figures_of
from documents.proofreading import context_of, proofread
from documents.rendering import render
from documents.rendering.text import render_text
from documents.tree import Picture
from plans.proofreading.sources import known_laws, whose
from tests.campaigns.reporting import rows
from tests.campaigns.reporting.rows import PERIOD, Movement2024
from tests.layout.content import content_findings
from tests.layout.pdf import check_pdf
from tests.layout.word import check_docx
from tests.layout.words import docx_words, pdf_words, text_words

pytestmark = pytest.mark.django_db
LAST = dt.date(2024, 6, 30)


@pytest.fixture
def made() -> Movement2024:
    return rows.movement()


@pytest.fixture
def content(made, tmp_path) -> dict:
    return exported(made.campaign, tmp_path)


def exported(campaign: Campaign, tmp_path, to: str = "json"):
    out = tmp_path / f"report.{to}"
    call_command("campaign_report", campaign.pk, period=PERIOD, to=to, out=str(out), stdout=io.StringIO())
    return json.loads(out.read_text()) if to == "json" else out.read_bytes()


def newest(target: Target, **whose: object) -> Decimal | None:
    """By the rows alone: not replaced, of the latest period that ends by June."""
    order = {"2024-Q1": 1, "2024-H1": 2}
    found = [row for row in Result.objects.filter(target=target, **whose) if not hasattr(row, "replaced_by")]
    return max(found, key=lambda row: order[row.period]).value if found else None


def by_hand(target: Target) -> tuple[Decimal | None, str]:
    """The value, and «5/6» where it is a sum."""
    whole = newest(target, part=None)
    if whole is not None or not target.adds_up:
        return whole, ""
    values = dict(Result.objects.filter(target=target, replaced_by=None).values_list("part", "value"))
    expected = Share.objects.filter(target=target).count() or 6
    return (sum(values.values()), f"{len(values)}/{expected}") if values else (None, "")


def percent_by_hand(target: Target, value: Decimal | None, parts: str) -> Decimal | None:
    if value is None or (parts and parts.split("/")[0] != parts.split("/")[1]):
        return None
    if target.comparison in ("<=", "<"):
        return Decimal(100)
    return (value * 100 / target.low).quantize(Decimal("0.1"), ROUND_HALF_UP)


def plain(figure: Decimal | None) -> str | None:
    return None if figure is None else f"{figure.normalize():f}"


def shown(figure: Decimal) -> str:
    whole, _, rest = f"{figure.normalize():f}".partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else "")


def test_every_figure_of_the_targets_is_that_of_the_rows(made, content):
    found = []
    for target in made.targets:
        value, parts = by_hand(target)
        percent = percent_by_hand(target, value, parts)
        found.append((target.pk, plain(value), plain(percent), parts or None))

    said = [
        (
            row["target"],
            row["value"],
            row["percent"],
            f"{row['parts']['reported']}/{row['parts']['expected']}" if row["is_sum"] else None,
        )
        for row in content["targets"]
    ]

    assert said == found
    assert [row["value"] for row in content["targets"]] == ["1280", "1970", "94.5", "1.2", "97.9", "2", "0.9", None]


def test_each_target_is_judged_and_the_judgements_are_counted(content):
    assert [row["status"] for row in content["targets"]] == [
        *("ahead", "partial", "in_progress", "reached", "in_progress", "kept", "on_time", "no_data")
    ]
    assert content["counts"] == {
        **{"total": 8, "reached": 1, "kept": 1, "ahead": 1, "on_time": 1},
        **{"in_progress": 2, "partial": 1, "no_data": 1},
    }


def test_places_registrations_and_exemplars_are_those_of_the_rows(made, content):
    reached = {village.name: [0, 0, 0] for village in made.villages}
    for share in Share.objects.select_related("part", "target"):
        value = newest(share.target, part=share.part)
        tally = reached[share.part.name]
        tally[0] += 1
        tally[1] += value is not None
        tally[2] += value is not None and value >= share.low
    states = list(Registration.objects.values_list("state", flat=True))

    assert {row["name"]: [row["shares"], row["reported"], row["reached"]] for row in content["places"]} == reached
    assert content["best"][0]["names"] == ["Thôn 1", "Thôn 2", "Thôn 4"]
    assert content["weakest"][0]["names"] == ["Thôn 3", "Thôn 5"]
    assert content["registrations"] == {
        "approved": states.count("approved"),
        "waiting": states.count("sent"),
        "returned": states.count("returned"),
        "missing": 7 - len(states),
        "people": 0,
    }
    in_time = Exemplar.objects.filter(day__lte=LAST).order_by("kind", "day")
    assert [row["exemplar"] for row in content["exemplars"]] == [row.pk for row in in_time]
    assert content["proposed"] == [
        {"name": row.name, "place": row.part.name, "proposed": row.proposed} for row in in_time
    ]
    assert [row["name"] for row in content["movements"]] == list(Movement.objects.values_list("name", flat=True))


def test_a_forecast_is_called_one_and_never_stands_in_a_final_report(made):
    interim = report_of(any_review(made.campaign, PERIOD))
    final = any_review(made.campaign, "2024-Y")

    forecast = [target.forecast for target in interim.figures.targets if target.forecast is not None]
    assert forecast == [Decimal(2574), Decimal(4), Decimal("3.6")]
    assert "Dự báo cả năm nếu giữ tốc độ hiện nay (là dự báo, không phải kết quả)" in interim.lines["findings"]
    assert final.is_final
    assert [target.forecast for target in report_of(final).figures.targets] == [None] * 8
    assert "dự báo" not in "".join(report_of(final).lines.values()).lower()


def test_pdf_and_word_say_the_words_of_the_text_and_every_figure_of_the_json(made, content, tmp_path):
    paper = report_of(any_review(made.campaign, PERIOD)).paper()
    words = text_words(render_text(paper))
    pdf, word = exported(made.campaign, tmp_path, "pdf"), exported(made.campaign, tmp_path, "docx")

    assert pdf_words(pdf, paper) == words
    assert docx_words(word) == words
    said = render_text(paper)
    for row in content["targets"]:
        for name in ("value", "percent", "forecast"):
            if row[name] is not None:
                assert shown(Decimal(row[name])) in said, row["text"]
    assert "5/6 thôn" in said
    assert "5/7 nơi đã đăng ký (đã duyệt 3, chờ duyệt 1, trả lại để bổ sung 1)" in said


def test_the_paper_keeps_the_decree_and_needs_no_proofreading(made, tmp_path):
    paper = report_of(any_review(made.campaign, PERIOD)).paper()
    context = context_of(paper, year=2024, laws=known_laws(), whose=whose(made.unit))

    assert proofread(paper, context) == ()
    assert content_findings(paper) == []
    assert check_pdf(paper, render(paper, "pdf")) == []
    assert check_docx(paper, render(paper, "docx")) == []


def test_the_chart_is_vector_graphics_in_both_and_the_photograph_is_there(made, tmp_path):
    pdf, word = exported(made.campaign, tmp_path, "pdf"), exported(made.campaign, tmp_path, "docx")

    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        drawn = [name for name in archive.namelist() if name.endswith(".svg")]
        assert len(drawn) == 1
        assert "58,2\u00a0%" in archive.read(drawn[0]).decode()
        assert sorted(name.rpartition(".")[2] for name in archive.namelist() if "/media/" in name) == [
            *("jpg", "png", "svg")
        ]
    assert pdf.count(b"/Subtype /Image") == 1  # the photograph; the chart is drawn


def test_what_is_printed_of_a_photograph_does_not_tell_where_it_was_taken(made):
    body = report_of(any_review(made.campaign, PERIOD)).paper().body

    [found] = [block for block in body if isinstance(block, Picture)]
    assert found.caption == "Bà Hà Thị Sương, Thôn 2"
    assert (found.media_type, found.size) == ("image/jpeg", (640, 420))
    assert b"Exif" not in found.content


def test_a_review_of_a_wave_tells_its_own_targets_and_exemplars(made):
    first, second = Wave.objects.order_by("order")
    target = made.targets[rows.ROADS]
    target.wave = second
    target.save()
    Exemplar.objects.filter(kind="collective").update(wave=second)

    found = figures_of(made.campaign, PERIOD, wave=first)

    assert [one.target for one in found.targets] == [one.pk for one in made.targets if one != target]
    assert [one.kind for one in found.exemplars] == ["person"]


def test_figures_cost_the_same_queries_however_many_rows_there_are(made, django_assert_num_queries):
    with django_assert_num_queries(9) as before:
        figures_of(made.campaign, PERIOD)
    for order in range(9, 30):
        target = Target.objects.create(
            campaign=made.campaign, order=order, text=f"Chỉ tiêu {order}", low=10, measure="cây", adds_up=True
        )
        for village in made.villages:
            Share.objects.create(target=target, part=village, low=1)
            rows.add(target, 2, part=village)

    with django_assert_num_queries(len(before)):
        found = figures_of(made.campaign, PERIOD)

    assert len(found.targets) == 29


class TestCommand:
    def refused(self, capsys, *said: object) -> str:
        with pytest.raises(SystemExit) as stopped:
            call_command("campaign_report", *map(str, said))
        assert stopped.value.code == 1
        return capsys.readouterr().err.strip()

    def test_it_says_what_it_wrote(self, made, tmp_path, capsys):
        out = tmp_path / "bc.pdf"

        call_command("campaign_report", str(made.campaign.pk), "--period", PERIOD, "--to", "pdf", "--out", str(out))

        assert json.loads(capsys.readouterr().out) == {
            **{"campaign": made.campaign.pk, "period": PERIOD, "file": str(out), "bytes": out.stat().st_size}
        }
        assert out.read_bytes().startswith(b"%PDF")

    def test_a_wrong_id_period_format_or_folder_is_told_in_one_sentence(self, made, tmp_path, capsys):
        pk, out = made.campaign.pk, tmp_path / "bc.pdf"

        assert self.refused(capsys, pk + 1, "--period", PERIOD, "--to", "pdf", "--out", out) == (
            f"Không có phong trào nào mang mã số {pk + 1}."
        )
        assert self.refused(capsys, pk, "--period", "2024-H3", "--to", "pdf", "--out", out).startswith(
            "Kỳ «2024-H3» không đúng mẫu. Ghi như 2024-M03 (tháng)"
        )
        assert self.refused(capsys, pk, "--period", PERIOD, "--to", "xlsx", "--out", out) == (
            "Không có định dạng xlsx. Chọn một trong: pdf, docx, json."
        )
        gone = tmp_path / "không có" / "bc.json"
        assert (
            self.refused(capsys, pk, "--period", PERIOD, "--to", "json", "--out", gone)
            == f"Không ghi được vào {gone}."
        )
        assert not out.exists()
