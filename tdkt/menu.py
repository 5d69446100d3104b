"""The left menu as data. An app that gains pages adds its line here, in the order of the office's work."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True, slots=True)
class Entry:
    label: str
    url_name: str
    icon: str
    besides: str = ""
    """Other pages that belong to it lie under this path."""


@dataclass(frozen=True, slots=True)
class Shown:
    label: str
    url: str
    icon: str
    is_here: bool


SEARCH_URL_NAME = "plans:list"

ENTRIES = (
    Entry("Việc của tôi", "home", "house", besides="/nhac-viec/"),
    Entry("Kế hoạch", "plans:list", "file-text"),
    Entry("Phong trào", "campaigns:list", "flag"),
    Entry("Cụm thi đua", "clusters:list", "trophy"),
    Entry("Khen thưởng", "awards:list", "award"),
    Entry("Sổ văn bản", "documents:register", "book-text"),
    Entry("Đơn vị", "units:list", "landmark"),
)


def address(url_name: str) -> str:
    """Blank where the app has no such page yet."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def entries_for(path: str) -> list[Shown]:
    """The entries whose pages exist; the one that ``path`` lies under is marked."""
    found = [(entry, address(entry.url_name)) for entry in ENTRIES]
    return [Shown(entry.label, url, entry.icon, _lies_under(path, entry, url)) for entry, url in found if url]


def _lies_under(path: str, entry: Entry, url: str) -> bool:
    is_its_own = path == url if entry.url_name == "home" else path.startswith(url)
    return is_its_own or bool(entry.besides and path.startswith(entry.besides))
