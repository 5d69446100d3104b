from __future__ import annotations

from tests.campaigns.results.conftest import _summer, office

__all__ = ["_summer", "office"]
