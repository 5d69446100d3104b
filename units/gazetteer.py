"""The table of administrative units, before and after 1 July 2025, out of the ``vietnamadminunits`` package.

Only its data files are read: importing the package would need libraries for maps that we
have no use for. It holds two snapshots without dates of their own, so what merged before
June 2025 is entered by hand. Source of the reform: Resolution 202/2025/QH15 (provinces) and
the Standing Committee's resolutions of 16 June 2025 (communes), in operation from 1 July 2025.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from core import audit
from core.errors import AppError
from core.text import fold
from units.models import Succession, Unit

REFORM = dt.date(2025, 7, 1)
_LAST_DAY_BEFORE = REFORM - dt.timedelta(days=1)
_OLD = "-CU"
"""Ends the codes of ended communes and provinces: today's table reuses their numbers for other units."""

_OLD_PROVINCES = "SELECT DISTINCT provinceKey, provinceShort FROM admin_units_legacy"

Kind = Unit.Kind


@dataclass(frozen=True, slots=True)
class Row:
    """A unit of the table; ``key`` is how the package's mapping names it, ``above`` the key of its parent."""

    key: str
    kind: str
    code: str
    title: str
    above: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One succession by keys."""

    old: str
    new: str
    is_whole: bool


@transaction.atomic
def load_province(words: str, *, actor: Any) -> dict[str, Any]:
    """Units and successions of one province of today. Loading it again adds only what is missing."""
    rows, steps = read_province(words)
    units, added = _store_units(rows)
    known = set(Succession.objects.filter(new_unit__in=units.values()).values_list("old_unit", "new_unit"))
    successions = [
        Succession(date=REFORM, old_unit=units[step.old], new_unit=units[step.new], is_whole=step.is_whole)
        for step in steps
        if (units[step.old].pk, units[step.new].pk) not in known
    ]
    Succession.objects.bulk_create(successions)
    province = units[rows[0].key]
    if added or successions:
        changes = {"units": (None, added), "successions": (None, len(successions))}
        audit.record("units.units.loaded", province, actor=actor, unit_id=province.pk, changes=changes)
    return {
        "province": province.code,
        "name": str(province),
        "units": len(rows),
        "units_added": added,
        "successions": len(steps),
        "successions_added": len(successions),
    }


def read_province(words: str) -> tuple[list[Row], list[Step]]:
    """The province (first), its old districts and communes, today's communes; and who follows whom."""
    folder = _data_folder()
    mapping = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    with closing(sqlite3.connect(f"file:{folder / 'dataset.db'}?mode=ro", uri=True)) as table:
        new_key, province = _find_province(table, mapping["DICT_PROVINCE"], words)
        old_keys = mapping["DICT_PROVINCE"][new_key]
        is_merged = old_keys != [new_key]
        today = f"new:{new_key}"
        rows = [Row(today, Kind.PROVINCE, province[0], province[1], "", REFORM if is_merged else None)]
        steps: list[Step] = []
        for old_key in old_keys:
            above = today
            if is_merged:
                above = f"old:{old_key}"
                rows.append(_old_province(table, old_key, above))
                steps.append(Step(above, today, True))
            rows += _old_units(table, old_key, above)
        rows += _new_communes(table, new_key, today)
    return rows, steps + _commune_steps(mapping, new_key)


def _data_folder() -> Path:
    package = importlib.util.find_spec("vietnamadminunits")
    if package is None or not package.submodule_search_locations:
        raise AppError(
            "Chưa có dữ liệu đơn vị hành chính; hãy cài bằng lệnh "
            ".venv/bin/pip install --no-deps -r requirements-units.txt."
        )
    return Path(package.submodule_search_locations[0]) / "data"


def _find_province(
    table: sqlite3.Connection, mapping: dict[str, list[str]], words: str
) -> tuple[str, tuple[str, str]]:
    wanted = fold(words)
    for key, code, title, short in table.execute(
        "SELECT DISTINCT provinceKey, provinceCode, province, provinceShort FROM admin_units"
    ):
        if wanted in {code, fold(title), fold(short)}:
            return key, (code, title)
    merged = {fold(short): key for key, short in table.execute(_OLD_PROVINCES)}
    if wanted in merged:
        heir = next(new for new, olds in mapping.items() if merged[wanted] in olds)
        (title,) = table.execute("SELECT province FROM admin_units WHERE provinceKey = ?", [heir]).fetchone()
        raise AppError(f"«{words}» đã hợp nhất từ ngày 01/07/2025; hãy nạp {title}.")
    raise AppError(f"Không có tỉnh, thành phố nào là «{words}» trong 34 tỉnh, thành phố từ ngày 01/07/2025.")


def _old_province(table: sqlite3.Connection, old_key: str, key: str) -> Row:
    code, title = table.execute(
        "SELECT DISTINCT provinceCode, province FROM admin_units_legacy WHERE provinceKey = ?", [old_key]
    ).fetchone()
    return Row(key, Kind.PROVINCE, f"{code}{_OLD}", title, "", None, _LAST_DAY_BEFORE)


def _old_units(table: sqlite3.Connection, old_key: str, above: str) -> list[Row]:
    """Districts and their communes. Five island districts had no commune below: the mapping names them alone."""
    districts: dict[str, Row] = {}
    communes: list[Row] = []
    for district_key, district_code, district, ward_key, ward_code, ward in table.execute(
        "SELECT districtKey, districtCode, district, wardKey, wardCode, ward FROM admin_units_legacy"
        " WHERE provinceKey = ? ORDER BY districtCode, wardCode",
        [old_key],
    ):
        name = f"old:{old_key}_{district_key}_"
        if district_key not in districts:
            districts[district_key] = Row(name, Kind.DISTRICT, district_code, district, above, None, _LAST_DAY_BEFORE)
        if ward:
            key = f"{name}{ward_key}"
            communes.append(Row(key, Kind.COMMUNE, f"{ward_code}{_OLD}", ward, name, None, _LAST_DAY_BEFORE))
    return [*districts.values(), *communes]


def _new_communes(table: sqlite3.Connection, new_key: str, above: str) -> list[Row]:
    found = table.execute(
        "SELECT wardKey, wardCode, ward FROM admin_units WHERE provinceKey = ? ORDER BY wardCode", [new_key]
    )
    return [Row(f"{above}_{key}", Kind.COMMUNE, code, title, above, REFORM) for key, code, title in found]


def _commune_steps(mapping: dict[str, Any], new_key: str) -> list[Step]:
    whole = mapping["DICT_PROVINCE_WARD_NO_DIVIDED"].get(new_key, {})
    divided = mapping["DICT_PROVINCE_WARD_DIVIDED"].get(new_key, {})
    steps = [Step(f"old:{old}", f"new:{new_key}_{ward}", True) for ward, olds in whole.items() for old in olds]
    steps += [
        Step(f"old:{old}", f"new:{new_key}_{share['newWardKey']}", False)
        for old, shares in divided.items()
        for share in shares
    ]
    return steps


def _store_units(rows: list[Row]) -> tuple[dict[str, Unit], int]:
    """Key → unit; parents stand before their children in ``rows``, so each level is written at once."""
    known = {unit.code: unit for unit in Unit.objects.filter(code__in=[row.code for row in rows])}
    units: dict[str, Unit] = {}
    added = 0
    for kind in (Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE):
        level = [row for row in rows if row.kind == kind]
        for row in level:
            _check_same(row, known.get(row.code))
        missing = [_unit(row, units.get(row.above)) for row in level if row.code not in known]
        known |= {unit.code: unit for unit in Unit.objects.bulk_create(missing)}
        units |= {row.key: known[row.code] for row in level}
        added += len(missing)
    return units, added


def _check_same(row: Row, unit: Unit | None) -> None:
    if unit is not None and fold(str(unit)) != fold(row.title):
        raise AppError(
            f"Mã {row.code} đang thuộc về {unit}, trong danh mục là {row.title}; hãy sửa mã đơn vị đó trước."
        )


def _unit(row: Row, parent: Unit | None) -> Unit:
    designation, name = _split(row.title)
    unit = Unit(
        kind=row.kind,
        code=row.code,
        designation=designation,
        name=name,
        parent=parent,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
    unit.search = fold(f"{designation} {name} {row.code}")  # bulk_create does not call save()
    return unit


def _split(title: str) -> tuple[str, str]:
    """«Thị trấn Đồng Đăng» → («thị trấn», «Đồng Đăng»)."""
    for designation in ("thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "quận", "huyện", "phường", "xã"):
        if title.lower().startswith(f"{designation} "):
            return designation, title[len(designation) + 1 :]
    raise AppError(f"Không đọc được loại đơn vị trong tên «{title}».")
