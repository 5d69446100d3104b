"""Every address of the program, out of its own table, with the rows that each should open."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

Values = Mapping[tuple[str, str], Mapping[str, Any]]
"""(name of an address or of its app, parameter) → what may stand there, each with the word that tells it apart."""

SEARCHES = {
    "plans:list": (
        "?q=thi+dua",
        "?q=nong+thon+moi",
        "?q=khong+co+tu+nay",
        "?xep=ten",
        "?trang=1000",
        "?loai=annual&trang_thai=draft",
    ),
    "campaigns:list": ("?q=thi+dua", "?q=khong+co+tu+nay", "?xep=ten", "?trang=1000", "?trang_thai=running"),
    "campaigns:board": ("?cot=8", "?tinh_trang=con-thieu"),
    "campaigns:registrations": ("?q=thon", "?tinh_trang=waiting"),
    "units:list": ("?q=an",),
    "units:parts": ("?q=thon",),
    "units:people": ("?q=nguyen", "?xep=-bo-phan"),
}
"""Queries that people put to the lists, beside none: words of all rows, of some, of none; a sort; the last page."""


@dataclass(frozen=True, slots=True)
class Address:
    label: str
    url: str
    """Empty where a parameter has no row to stand for."""


def addresses(values: Values) -> Iterator[Address]:
    for name, parameters in _routes(get_resolver(), ()):
        choices = [_values_of(values, name, parameter) for parameter in parameters]
        if not all(choices):
            yield Address(name, "")
        for chosen in itertools.product(*choices):
            words = [word for word, _ in chosen]
            url = reverse(name, kwargs={key: value for key, (_, value) in zip(parameters, chosen, strict=True)})
            for query in ("", *SEARCHES.get(name, ())):
                yield Address(" ".join(filter(None, [name, *words, query])), url + query)


def _routes(resolver: URLResolver, spaces: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """Full names with their parameters. Only named addresses exist here; a nameless one is an error of the table."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _routes(entry, (*spaces, *filter(None, [entry.namespace])))
        elif isinstance(entry, URLPattern):
            if not entry.name:
                raise LookupError(f"an address without a name: {entry.pattern}")
            yield ":".join([*spaces, entry.name]), list(entry.pattern.converters)


def _values_of(values: Values, name: str, parameter: str) -> list[tuple[str, Any]]:
    app = name.partition(":")[0]
    return list((values.get((name, parameter)) or values.get((app, parameter)) or {}).items())
