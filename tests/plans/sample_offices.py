"""Offices that start papers from a template, and the templates filled for them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from documents.dates import PartialDate
from documents.tree import Paper
from plans import interchange, samples
from plans.interchange import PlanData
from plans.paper import compose
from plans.samples import Cited, SampleNames
from plans.samples.loading import FOLDER

CODES = [sample.code for sample in samples.ALL]
TABLES = {
    "commune_annual": "columns-5",
    "province_annual": "columns-6",
    "council_programme": "columns-5",
    "cluster_plan": "columns-6",
    "closing_conference": "columns-5",
}
WITHOUT_TASKS = {"commune_campaign", "council_decision"}
YEARS = (2026, 2027, 2028, 2031)

CITED = Cited("08", PartialDate(2026, 1, 6))
COMMUNE = SampleNames(kind="xã", name="Vân Khê", province_name="Lam Giang")
KNOWN = replace(
    COMMUNE,
    chairman="Nông Đức Khiêm",
    vice_chairman="Trần Thị Thu Hằng",
    cluster="03",
    members="xã Vân Khê, xã Minh Lãm, phường Lam Thành",
    superior_plan=CITED,
    own_plan=CITED,
    resolution=CITED,
    regulation=CITED,
    council_decision=CITED,
    cluster_decision=CITED,
    meeting=PartialDate(2026, 3, 5),
)
WARD = SampleNames(kind="phường", name="3", province_kind="thành phố", province_name="Lam Thành", village="tổ dân phố")
ISLAND = SampleNames(kind="đặc khu", name="Hòn Mây", province_name="Lam Giang", village="khu phố")
PROVINCE = SampleNames(kind="tỉnh", name="Lam Giang", vice_chairman="Trần Thị Thu Hằng")
CITY = SampleNames(kind="thành phố", name="Hồ Chí Minh", place="Thành phố Hồ Chí Minh", communes="xã, phường, đặc khu")
OFFICES = {"commune": (COMMUNE, KNOWN, WARD, ISLAND), "province": (PROVINCE, CITY)}


def each() -> list[Any]:
    """Every template with every office that issues such a paper."""
    return [
        pytest.param(sample.code, names, id=f"{sample.code}, {names.unit}{' known' * (names is KNOWN)}")
        for sample in samples.ALL
        for level in sample.for_levels
        for names in OFFICES[level]
    ]


def first_office(code: str) -> SampleNames:
    return OFFICES[samples.get(code).for_levels[0]][0]


@cache
def filled(code: str, names: SampleNames, year: int = 2026) -> PlanData:
    return samples.fill(code, names, year)


def as_file(code: str, names: SampleNames, year: int = 2026) -> dict[str, Any]:
    return interchange.write(filled(code, names, year))


def paper_of(code: str, names: SampleNames) -> Paper:
    return compose(filled(code, names))


def source(name: str) -> str:
    return (FOLDER / f"{name}.json").read_text(encoding="utf-8")
