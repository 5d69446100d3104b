"""The list, a cluster, a season and the pages that change them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from clusters.models import Cluster, Member, Receipt, ScoreSheet, Season, Step
from clusters.running.planning import draft_plan
from plans import interchange
from plans.models import Plan
from plans.services import create_plan
from tests.clusters.running.desk import NAMES, TODAY, primary, told, typed_members, typed_rows
from tests.factories import Role, UserFactory
from tests.plans.files import read_file


def listed(answer) -> list[str]:
    return [row.cluster.name for row in answer.context["rows"]]


# -- The list ------------------------------------------------------------------------------


def test_the_empty_list_teaches_and_offers_to_begin(desk):
    page = desk.page("list")

    assert "Chưa có cụm, khối thi đua nào" in page.content.decode()
    assert primary(page) == ["Lập cụm, khối"]
    assert primary(desk.page("list", who=desk.binh)) == []


def test_the_menu_leads_there(desk):
    assert f'href="{reverse("clusters:list")}"' in desk.window(desk.nga).get("/").content.decode()


def test_the_list_says_how_each_year_stands_and_what_is_next(desk):
    desk.season(state="running")
    desk.cluster(name="Cụm chưa dùng")

    rows = {row.cluster.name: row for row in desk.page("list").context["rows"]}

    found = rows["Cụm thi đua số 2"]
    assert (found.word, found.season.member_count) == ("Đang thi đua", 4)
    assert found.coming == "Ký giao ước thi đua: còn 12 ngày"
    assert (rows["Cụm chưa dùng"].season, rows["Cụm chưa dùng"].word) == (None, "Chưa có năm thi đua")


def test_filters_by_year_organiser_state_and_words(desk):
    first = desk.season(year=2026, state="running").cluster
    desk.season(desk.cluster(name="Cụm thi đua Điện Biên"), year=2025, criteria=desk.criteria(year=2025))
    mine = desk.cluster(desk.communes[0], "Cụm thi đua các thôn")
    desk.an.memberships.create(unit=desk.province, role=Role.OFFICER)

    def found(**query) -> list[str]:
        return sorted(listed(desk.page("list", who=desk.an, **query)))

    both = [first.name, mine.name]
    assert found() == sorted(both)  # the top bar's year is 2026; one without years stands in all
    assert found(nam="2025") == sorted(["Cụm thi đua Điện Biên", mine.name])
    assert found(nam="", q="dien bien") == ["Cụm thi đua Điện Biên"]
    assert found(nam="", don_vi=str(desk.communes[0].pk)) == [mine.name]
    assert found(nam="", trang_thai="running") == [first.name]
    assert found(nam="2025", trang_thai="running") == []


def test_members_see_a_year_once_it_is_no_draft_and_strangers_never(desk):
    season = desk.season()
    assert (listed(desk.page("list", who=desk.an)), listed(desk.page("list", who=desk.cuong))) == ([], [])

    Season.objects.update(state="running")
    assert listed(desk.page("list", who=desk.an)) == ["Cụm thi đua số 2"]
    assert listed(desk.page("list", who=desk.cuong)) == []
    assert desk.page("season", season.pk, who=desk.cuong).status_code == 404


# -- A cluster and its years ---------------------------------------------------------------


def test_a_cluster_is_made_with_its_first_year(desk):
    answer = desk.post("new", name="Cụm thi đua số 5", kind="cluster", year="2026")

    season = Season.objects.get()
    assert answer.url == reverse("clusters:season", args=[season.pk])
    assert (season.cluster.unit, season.year) == (desk.province, 2026)


def test_a_name_that_is_there_is_told_at_its_field(desk):
    desk.cluster()

    answer = desk.post("new", name="Cụm thi đua số 2", kind="cluster", year="2026")

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])
    assert Cluster.objects.count() == 1


def test_one_click_makes_the_next_year(desk):
    source = desk.season()
    page = desk.page("cluster", source.cluster_id)
    assert primary(page) == ["Lập năm thi đua 2027"]

    answer = desk.post("season_new", source.cluster_id, year="2027")

    made = Season.objects.get(year=2027)
    assert answer.url == reverse("clusters:season", args=[made.pk])
    assert made.members.count() == 4
    again = desk.post("season_new", source.cluster_id, year="2026")
    assert (again.status_code, Season.objects.count()) == (422, 2)  # that year is not offered any more


def test_only_the_organiser_runs_it(desk):
    season = desk.season(state="running")

    for who, status in ((desk.binh, 403), (desk.an, 403), (desk.cuong, 404)):
        for name in ("settings", "members", "timetable", "handover", "season_discard"):
            assert desk.page(name, season.pk, who=who).status_code == status, (who, name)
        assert desk.post("move", season.pk, who=who, viec="mo-cham").status_code == status
    assert primary(desk.page("season", season.pk, who=desk.an)) == []
    assert Season.objects.get().state == "running"


def test_a_cluster_is_renamed_and_one_never_used_goes(desk):
    cluster = desk.cluster()

    desk.post("edit", cluster.pk, name="Cụm thi đua miền núi", kind="block")
    assert Cluster.objects.values_list("name", "kind").get() == ("Cụm thi đua miền núi", "block")
    assert desk.post("discard", cluster.pk).url == reverse("clusters:list")
    assert not Cluster.objects.exists()


# -- A season ------------------------------------------------------------------------------


def test_a_draft_says_what_is_missing_and_the_button_leads_there(desk):
    season = desk.season()
    season.members.filter(role="head").update(role="member")

    page = desk.page("season", season.pk)

    assert "Chọn Trưởng cụm." in page.context["missing"].todo
    assert primary(page) == ["Chọn Trưởng cụm"]
    assert page.context["standing"] == "Đang chuẩn bị, còn 1 việc trước khi bắt đầu."


def test_a_year_goes_through_its_states_by_its_one_button(desk):
    season = desk.season()
    url = reverse("clusters:season", args=[season.pk])

    for button, move, state in (
        ("Bắt đầu năm thi đua", "bat-dau", "running"),
        ("Mở chấm điểm", "mo-cham", "scoring"),
    ):
        assert primary(desk.page("season", season.pk)) == [button]
        assert desk.post("move", season.pk, viec=move).url == url
        assert Season.objects.get().state == state
    page = desk.page("season", season.pk)
    assert ScoreSheet.objects.count() == 4
    assert (
        page.context["standing"] == "Đang chấm điểm: 0/4 đơn vị đã gửi điểm tự chấm; ký giao ước thi đua còn 12 ngày."
    )
    assert [member.name for member in page.context["missing"].self_open] == [f"Xã {name}" for name in NAMES]


def test_a_year_that_is_not_ready_says_so_and_stays(desk):
    season = desk.season()
    season.members.all().delete()

    desk.post("move", season.pk, viec="bat-dau")

    assert Season.objects.get().state == "draft"
    assert told(desk.page("season", season.pk)) == ["Thêm ít nhất hai đơn vị thành viên. Chọn Trưởng cụm."]


def test_the_timetable_counts_the_days_and_says_what_is_late(desk):
    season = desk.season(state="running")
    season.steps.filter(order=2).update(due=dt.date(2026, 2, 17))

    page = desk.page("season", season.pk)

    assert [(shown.kind, shown.left, shown.is_late) for shown in page.context["steps"]] == [
        ("Ký giao ước thi đua", "còn 12 ngày", False),
        ("Gửi báo cáo", "quá hạn 3 ngày", True),
    ]
    desk.post("step_done", season.pk, season.steps.get(order=2).pk)
    assert season.steps.get(order=2).done_on == TODAY
    desk.post("step_done", season.pk, season.steps.get(order=2).pk, bo="1")
    assert season.steps.get(order=2).done_on is None


def test_who_has_not_sent_its_paper_is_named(desk):
    season = desk.season(state="running")
    season.steps.filter(order=2).update(due=dt.date(2026, 3, 10))
    step, members = season.steps.get(order=2), list(season.members.all())
    Receipt.objects.create(member=members[0], step=step, received_on=TODAY)
    Receipt.objects.create(member=members[1], step=step, waived="Bão lũ")
    Receipt.objects.create(member=members[2], step=step, signed_on=TODAY)  # the day of receipt counts

    assert desk.page("season", season.pk).context["papers_missing"] == [(step, 2, "Xã Cẩm Sơn, Xã Đông Hải")]
    season.steps.filter(order=2).update(due=dt.date(2026, 11, 30))
    assert desk.page("season", season.pk).context["papers_missing"] == []


def test_a_block_is_a_block_on_every_page(desk):
    season = desk.season(desk.cluster(name="Khối thi đua các cơ quan", kind="block"))

    for name in ("season", "settings", "members", "timetable"):
        words = desk.page(name, season.pk).content.decode()
        main = words[words.index("<main") : words.index("</main>")]
        assert "cụm" not in main.lower().replace("cụm thi đua</a>", ""), name


def test_a_member_reads_and_is_led_to_its_own_sheet(desk):
    season = desk.season(state="scoring")
    sheet = ScoreSheet.objects.create(member=season.members.get(order=1))
    season.members.filter(order=2).update(barred_reason="Chủ tịch xã bị khiển trách")

    page = desk.page("season", season.pk, who=desk.an)
    words = page.content.decode()

    assert primary(page) == ["Tự chấm điểm"]
    assert reverse("clusters:sheet", args=[sheet.pk]) in words
    assert "khiển trách" in desk.page("season", season.pk).content.decode()
    assert "khiển trách" not in words
    assert "history" not in page.context


# -- Rules ---------------------------------------------------------------------------------


def typed_settings(season: Season, **changed):
    said = {
        "criteria": f"{season.criteria.name} (năm {season.criteria.year})",
        "quotas": "02 Cờ thi đua, 01 Bằng khen",
        "has_cross": "on",
        "late_from": "signed",
        "late_in": "working",
        "explain_days": "7",
        "shows": "all",
        "version": season.version,
    }
    return said | changed


def test_rules_are_saved(desk):
    season = desk.season()

    answer = desk.post("settings", season.pk, **typed_settings(season))

    assert answer.status_code == 302
    season.refresh_from_db()
    assert (season.has_cross, season.has_head, season.late_from, season.late_in) == (True, False, "signed", "working")
    assert [str(quota) for quota in season.quotas.all()] == ["02 Cờ thi đua", "01 Bằng khen"]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"quotas": "hai cờ"}, "quotas"), ({"criteria": "Bộ khác"}, "criteria"), ({"explain_days": "x"}, "explain_days")],
)
def test_a_rule_that_does_not_fit_is_told_at_its_field(desk, change, field):
    season = desk.season()

    answer = desk.post("settings", season.pk, **typed_settings(season, **change))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_a_stale_page_shows_both_and_then_lets_choose(desk):
    season = desk.season()
    desk.post("settings", season.pk, **typed_settings(season))

    answer = desk.post("settings", season.pk, **typed_settings(season, explain_days="9"))

    assert answer.status_code == 409
    assert answer.context["form"].errors["explain_days"] == ["Người khác vừa lưu: «7»."]
    desk.post("settings", season.pk, **typed_settings(season, explain_days="9", version="2"))
    season.refresh_from_db()
    assert season.explain_days == 9


# -- Members -------------------------------------------------------------------------------


def test_units_below_come_in_all_at_once_or_by_typing(desk):
    cluster = desk.cluster()
    season = Season.objects.create(cluster=cluster, year=2026)
    assert desk.page("members", season.pk).context["groups"] == [("unit:xã", "xã", 4)]

    desk.post("members_add", season.pk, place="xa cam son")
    desk.post("members_add", season.pk, names="Xã An Bình\n- Công an tỉnh\n\nxã cẩm sơn")
    desk.post("members_add", season.pk, nhom="unit:xã")

    assert list(season.members.values_list("name", "unit__name")) == [
        ("Xã Cẩm Sơn", "Cẩm Sơn"),
        ("Xã An Bình", "An Bình"),
        ("Công an tỉnh", None),
        ("Xã Bình Minh", "Bình Minh"),
        ("Xã Đông Hải", "Đông Hải"),
    ]


def test_villages_and_offices_of_a_commune_come_in_by_their_kind(desk):
    cluster = desk.cluster(desk.communes[0], "Cụm các thôn")
    season = Season.objects.create(cluster=cluster, year=2026)

    desk.post("members_add", season.pk, who=desk.an, nhom="part:village")

    assert list(season.members.values_list("name", "part")) == [(part.name, part.pk) for part in desk.villages]


def test_nobody_named_is_said(desk):
    season = desk.season()

    for said, field in (({}, "place"), ({"place": "Xã không có"}, "place")):
        answer = desk.post("members_add", season.pk, **said)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_the_rows_are_saved_in_the_order_typed(desk):
    season = desk.season()
    rows = typed_members(season)
    rows[3] |= {"order": 1}
    rows[2] |= {"is_excluded": "on", "exclusion_reason": "Mới thành lập"}
    rows[1] |= {"is_removed": "on"}

    answer = desk.post("members", season.pk, **typed_rows("dv", rows, there=4, version=season.version))

    assert answer.status_code == 302
    assert list(season.members.values_list("name", "role", "is_excluded", "unit__name")) == [
        ("Xã Đông Hải", "member", False, "Đông Hải"),
        ("Xã An Bình", "head", False, "An Bình"),
        ("Xã Cẩm Sơn", "member", True, "Cẩm Sơn"),
    ]


def test_a_row_that_does_not_fit_is_told_at_its_field(desk):
    season = desk.season()
    rows = typed_members(season)
    rows[2] |= {"is_excluded": "on"}

    answer = desk.post("members", season.pk, **typed_rows("dv", rows, there=4, version=season.version))

    assert answer.status_code == 422
    assert [list(row.errors) for row in answer.context["rows"]] == [[], [], ["exclusion_reason"], []]
    assert not Member.objects.filter(is_excluded=True).exists()


def test_who_belongs_to_a_member_does_not_judge_it_on_the_page(desk):
    season = desk.season()
    both = UserFactory(role=Role.REVIEWER, unit=desk.province)
    both.memberships.create(unit=desk.communes[2], role=Role.OFFICER)
    rows = typed_members(season)
    rows[2] |= {"barred_reason": "Kỷ luật"}

    answer = desk.post("members", season.pk, who=both, **typed_rows("dv", rows, there=4, version=season.version))

    assert answer.status_code == 422
    assert "Không ai tự quyết định về đơn vị của mình" in answer.content.decode()
    assert not Member.objects.exclude(barred_reason="").exists()


# -- Timetable -----------------------------------------------------------------------------


def typed_steps(season: Season) -> list[dict]:
    return [
        {"pk": row.pk, "order": row.order, "kind": row.kind, "text": row.text, "due": f"{row.due:%d/%m/%Y}"}
        for row in season.steps.order_by("order")
    ]


def test_a_line_is_added_behind_the_others_and_blank_rows_say_nothing(desk):
    season = desk.season()
    rows = [*typed_steps(season), {"kind": "meeting", "text": "Họp bình xét", "due": "20/12/2026"}, {"kind": "other"}]

    answer = desk.post("timetable", season.pk, **typed_rows("viec", rows, there=2, version=season.version))

    assert answer.status_code == 302
    assert list(season.steps.values_list("kind", "due")) == [
        ("pledge", dt.date(2026, 3, 4)),
        ("report", dt.date(2026, 11, 30)),
        ("meeting", dt.date(2026, 12, 20)),
    ]


def test_a_stale_timetable_is_told(desk):
    season = desk.season()
    rows = typed_steps(season)
    rows[0] |= {"due": "05/03/2026"}

    answer = desk.post("timetable", season.pk, **typed_rows("viec", rows, there=2, version=9))

    assert answer.status_code == 409
    assert Step.objects.get(pk=rows[0]["pk"]).due == dt.date(2026, 3, 4)


# -- Plan and handover ---------------------------------------------------------------------


def test_the_plan_is_drafted_once_and_opened_to_write_on(desk):
    desk.nga.memberships.create(unit=desk.province, role=Role.OFFICER)
    season = desk.season()

    answer = desk.post("draft_plan", season.pk)

    plan = Plan.objects.get()
    assert answer.url == reverse("plans:editor", args=[plan.pk])
    assert desk.post("draft_plan", season.pk).url == reverse("plans:plan", args=[plan.pk])
    page = desk.window(desk.nga).get(reverse("plans:plan", args=[plan.pk])).content.decode()
    assert reverse("clusters:season", args=[season.pk]) in page


def test_lines_that_differ_from_the_plan_are_taken_from_it(desk):
    season = desk.season()
    plan = draft_plan(season, actor=desk.nga, today=TODAY)
    plan.tasks.filter(order=2).update(due=dt.date(2026, 12, 10))

    assert "1 việc ghi khác kế hoạch" in desk.page("season", season.pk).content.decode()
    desk.post("timetable_follow", season.pk)
    assert season.steps.get(order=2).due == dt.date(2026, 12, 10)


def test_a_plan_leads_to_the_season_that_is_made_of_it(desk):
    desk.nga.memberships.create(unit=desk.province, role=Role.OFFICER)
    plan = create_plan(interchange.read(read_file("muong_than")), actor=desk.nga, unit=desk.province)
    address = f"?ke-hoach={plan.pk}"
    shown = desk.window(desk.nga).get(reverse("plans:plan", args=[plan.pk])).content.decode()
    assert reverse("clusters:new") + address in shown

    form = desk.window(desk.nga).get(reverse("clusters:new") + address).context["form"]
    assert (form["name"].value(), form["kind"].value()) == ("Cụm thi đua các huyện vùng cao", "cluster")
    desk.post("new", query=address, name="Cụm thi đua các huyện vùng cao", kind="cluster")

    season = Season.objects.get()
    assert (season.plan, season.year, season.steps.count()) == (plan, 2023, 12)


def test_a_handover_proposes_the_deputy_and_closes_the_year(desk):
    season = desk.season(state="published")
    page = desk.page("handover", season.pk)
    assert page.context["form"].fields["to"].initial.name == "Xã Bình Minh"
    assert primary(page) == ["Ghi nhận bàn giao"]

    desk.post("handover", season.pk, to="Xã Cẩm Sơn", day="19/02/2026", items="Bảng điểm")

    season.refresh_from_db()
    assert (season.state, season.handed_to.name, season.handed_over_on) == (
        "closed",
        "Xã Cẩm Sơn",
        dt.date(2026, 2, 19),
    )
    assert primary(desk.page("season", season.pk)) == ["Lập năm thi đua 2027"]
    desk.post("season_new", season.cluster_id, year="2027")
    assert Member.objects.get(season__year=2027, role="head").name == "Xã Cẩm Sơn"
