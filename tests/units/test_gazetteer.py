"""Loading a province, on a small table of the same shape as the package's."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command

from core.errors import AppError
from core.models import AuditEntry
from units import gazetteer
from units.gazetteer import load_province
from units.models import Succession, Unit
from units.services import create_unit

OLD = [
    # province, key, code, district, key, code, ward, key, code
    ("Tỉnh Hà Trung", "tinhhatrung", "02", "Huyện Đông", "huyendong", "024", "Xã Một", "xamot", "00688"),
    ("Tỉnh Hà Trung", "tinhhatrung", "02", "Huyện Đông", "huyendong", "024", "Thị trấn Hai", "thitranhai", "00691"),
    ("Tỉnh Hà Trung", "tinhhatrung", "02", "Huyện Đảo", "huyendao", "030", None, None, None),
    ("Tỉnh Vĩnh Hà", "tinhvinhha", "08", "Thành phố Tây", "thanhphotay", "070", "Phường Ba", "phuongba", "02200"),
    ("Thành phố Biển", "thanhphobien", "48", "Quận Bắc", "quanbac", "490", "Phường Bốn", "phuongbon", "20200"),
]
NEW = [
    ("Tỉnh Vĩnh Hà", "Vĩnh Hà", "tinhvinhha", "08", "Xã Một", "xamot", "00688"),
    ("Tỉnh Vĩnh Hà", "Vĩnh Hà", "tinhvinhha", "08", "Phường Ba", "phuongba", "02200"),
    ("Tỉnh Vĩnh Hà", "Vĩnh Hà", "tinhvinhha", "08", "Đặc khu Đảo", "dackhudao", "00700"),
    ("Thành phố Biển", "Biển", "thanhphobien", "48", "Phường Bốn", "phuongbon", "20200"),
]
MAPPING = {
    "DICT_PROVINCE": {"tinhvinhha": ["tinhhatrung", "tinhvinhha"], "thanhphobien": ["thanhphobien"]},
    "DICT_PROVINCE_WARD_NO_DIVIDED": {
        "tinhvinhha": {
            "xamot": ["tinhhatrung_huyendong_xamot"],
            "phuongba": ["tinhvinhha_thanhphotay_phuongba"],
            "dackhudao": ["tinhhatrung_huyendao_"],
        },
        "thanhphobien": {"phuongbon": ["thanhphobien_quanbac_phuongbon"]},
    },
    "DICT_PROVINCE_WARD_DIVIDED": {
        "tinhvinhha": {"tinhhatrung_huyendong_thitranhai": [{"newWardKey": "xamot"}, {"newWardKey": "phuongba"}]}
    },
}


@pytest.fixture
def table(tmp_path, monkeypatch) -> Path:
    with closing(sqlite3.connect(tmp_path / "dataset.db")) as database:
        database.execute(
            "CREATE TABLE admin_units_legacy (province, provinceKey, provinceCode, district, districtKey,"
            " districtCode, ward, wardKey, wardCode, provinceShort)"
        )
        for row in OLD:
            short = row[0].removeprefix("Tỉnh ").removeprefix("Thành phố ")
            database.execute("INSERT INTO admin_units_legacy VALUES (?,?,?,?,?,?,?,?,?,?)", (*row, short))
        database.execute(
            "CREATE TABLE admin_units (province, provinceShort, provinceKey, provinceCode, ward, wardKey, wardCode)"
        )
        database.executemany("INSERT INTO admin_units VALUES (?,?,?,?,?,?,?)", NEW)
        database.commit()
    (tmp_path / "converter_2025.json").write_text(json.dumps(MAPPING))
    monkeypatch.setattr(gazetteer, "_data_folder", lambda: tmp_path)
    return tmp_path


def test_a_merged_province_comes_with_its_past(db, table):
    told = load_province("vinh ha", actor=None)

    ended, begun = dt.date(2025, 6, 30), dt.date(2025, 7, 1)
    units = Unit.objects.order_by("code").values_list(
        "code", "designation", "name", "parent__code", "valid_from", "valid_to"
    )
    assert list(units) == [
        ("00688", "xã", "Một", "08", begun, None),
        ("00688-CU", "xã", "Một", "024", None, ended),
        ("00691-CU", "thị trấn", "Hai", "024", None, ended),
        ("00700", "đặc khu", "Đảo", "08", begun, None),
        ("02-CU", "tỉnh", "Hà Trung", None, None, ended),
        ("02200", "phường", "Ba", "08", begun, None),
        ("02200-CU", "phường", "Ba", "070", None, ended),
        ("024", "huyện", "Đông", "02-CU", None, ended),
        ("030", "huyện", "Đảo", "02-CU", None, ended),
        ("070", "thành phố", "Tây", "08-CU", None, ended),
        ("08", "tỉnh", "Vĩnh Hà", None, begun, None),
        ("08-CU", "tỉnh", "Vĩnh Hà", None, None, ended),
    ]
    followed = Succession.objects.values_list("old_unit__code", "new_unit__code", "is_whole", "date")
    assert sorted(followed) == [
        ("00688-CU", "00688", True, begun),
        ("00691-CU", "00688", False, begun),
        ("00691-CU", "02200", False, begun),
        ("02-CU", "08", True, begun),
        ("02200-CU", "02200", True, begun),
        ("030", "00700", True, begun),
        ("08-CU", "08", True, begun),
    ]
    assert told == {
        "province": "08",
        "name": "tỉnh Vĩnh Hà",
        "units": 12,
        "units_added": 12,
        "successions": 7,
        "successions_added": 7,
    }
    assert Unit.objects.get(code="02200").search == "phuong ba 02200"


def test_a_province_that_did_not_merge_goes_on(db, table):
    load_province("48", actor=None)

    assert list(Unit.objects.order_by("code").values_list("code", "kind", "parent__code")) == [
        ("20200", "commune", "48"),
        ("20200-CU", "commune", "490"),
        ("48", "province", None),
        ("490", "district", "48"),
    ]
    assert Unit.objects.get(code="48").valid_from is None


def test_loading_twice_adds_nothing(db, table):
    load_province("Tỉnh Vĩnh Hà", actor=None)
    before = (Unit.objects.count(), Succession.objects.count(), AuditEntry.objects.count())

    told = load_province("Tỉnh Vĩnh Hà", actor=None)

    assert (told["units_added"], told["successions_added"]) == (0, 0)
    assert (Unit.objects.count(), Succession.objects.count(), AuditEntry.objects.count()) == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Nơi khác", "Không có tỉnh, thành phố nào là «Nơi khác» trong 34 tỉnh, thành phố từ ngày 01/07/2025."),
        ("Hà Trung", "«Hà Trung» đã hợp nhất từ ngày 01/07/2025; hãy nạp Tỉnh Vĩnh Hà."),
    ],
)
def test_an_unknown_province_is_said(db, table, words, sentence):
    with pytest.raises(AppError) as refusal:
        load_province(words, actor=None)

    assert str(refusal.value) == sentence


def test_a_code_that_another_unit_holds_stops_the_load_whole(db, table):
    create_unit(actor=None, kind="commune", designation="xã", name="Khác", code="02200")

    with pytest.raises(AppError, match="Mã 02200 đang thuộc về xã Khác, trong danh mục là Phường Ba"):
        load_province("Vĩnh Hà", actor=None)

    assert Unit.objects.count() == 1


def test_the_command_prints_json_and_says_when_the_table_is_missing(db, table, capsys, monkeypatch):
    call_command("load_units", "Biển")
    assert json.loads(capsys.readouterr().out)["units_added"] == 4

    monkeypatch.undo()
    monkeypatch.setattr(gazetteer.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit):
        call_command("load_units", "Biển")
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Chưa có dữ liệu đơn vị hành chính")
