"""The history of a campaign tells what was done with all that is in it, page by page."""

from __future__ import annotations

from campaigns.results.targets import TargetRow, remove_target, save_targets
from campaigns.running.history import history_page
from core import audit
from tests.campaigns.running.desk import NAME


def test_acts_on_its_parts_stand_in_it_also_of_those_that_are_gone(desk):
    made = desk.campaign()
    trees, rice = save_targets(made, [TargetRow("Trồng cây"), TargetRow("Sản lượng lúa")], version=1, actor=desk.an)
    made.refresh_from_db()
    remove_target(made, rice, version=made.version, actor=desk.an)
    made.refresh_from_db()

    lines = history_page(made, "").lines

    assert [line.what for line in lines] == ["Bỏ chỉ tiêu", "Thêm chỉ tiêu: Trồng cây", "Lập phong trào"]
    assert [(change.name, change.old) for change in lines[0].changes] == [("Chỉ tiêu", "Sản lượng lúa")]
    assert trees in made.targets.all()


def test_what_is_older_is_on_the_next_page(desk):
    made = desk.campaign()
    for number in range(60):
        audit.record(
            "campaigns.campaign.changed",
            made,
            actor=desk.an,
            unit_id=made.unit_id,
            changes={"state": ("draft", f"running {number}")},
        )

    pages = [desk.page("campaign", made.pk, lich_su=number).context["history"] for number in (1, 2)]

    assert [(len(page.lines), page.newer, page.older) for page in pages] == [(50, None, 2), (11, 1, None)]
    assert pages[1].lines[-1].what == "Lập phong trào"
    assert str(made) == NAME
