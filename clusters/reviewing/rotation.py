"""Who cross-checks whom: everybody checks one other and is checked by one other, never by itself. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence


def rotated(keys: Sequence[str], past: Mapping[str, str], *, year: int = 0) -> dict[str, str]:
    """Key → who checks it; nothing for fewer than two.

    ``past``: the same of last year. Its pairs come back only where there is no other way, and then one at most (two
    of two members). ``year`` turns the circle on, so that years without a past differ too.
    """
    count = len(keys)
    if count < 2:
        return {}
    shifts = [(year + step) % (count - 1) + 1 for step in range(count - 1)]
    # Where two would check each other, another circle is taken if it is as good.
    best = min(shifts, key=lambda shift: (_repeats(_shifted(keys, shift), past), shift * 2 == count))
    found = _shifted(keys, best)
    for key in [key for key in keys if past.get(key) == found[key]]:
        _find_another(key, found, keys, past)
    return found


def _shifted(keys: Sequence[str], shift: int) -> dict[str, str]:
    return {key: keys[(place + shift) % len(keys)] for place, key in enumerate(keys)}


def _repeats(pairs: Mapping[str, str], past: Mapping[str, str]) -> int:
    return sum(past.get(key) == checker for key, checker in pairs.items())


def _find_another(key: str, pairs: dict[str, str], keys: Sequence[str], past: Mapping[str, str]) -> None:
    """Pass checkers on along the shortest chain of allowed pairs that frees ``key`` from the one of last year.

    There is such a chain wherever any arrangement without the pair exists (augmenting path of a matching).
    """
    own = pairs[key]
    holder = {checker: one for one, checker in pairs.items()}
    came: dict[str, str] = {}
    waiting = deque([key])
    while waiting:
        one = waiting.popleft()
        for checker in keys:
            if checker == one or past.get(one) == checker or checker in came or checker == pairs[one]:
                continue
            came[checker] = one
            if checker == own:
                _pass_on(pairs, came, checker, key)
                return
            waiting.append(holder[checker])


def _pass_on(pairs: dict[str, str], came: Mapping[str, str], checker: str, first: str) -> None:
    while True:
        one = came[checker]
        before = pairs[one]
        pairs[one] = checker
        if one == first:
            return
        checker = before
