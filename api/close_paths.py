"""Addresses that are close to one at which there is nothing."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

VERSION: Final = "v1"
CLOSE: Final = 0.7
"""How alike a part of a path must be to one of ours, from 0 to 1."""
MOST: Final = 3


def close_paths(path: str, formats_of: Mapping[str, Sequence[str]], suffix: str = "") -> list[str]:
    """Return paths of the API that were likely meant, the closest first.

    In: the path that was asked for, without its suffix; the formats of our paths, whose parts in
    braces are anything; and the suffix, which is kept where a path has it.
    """
    parts = _parts(path)
    alike: dict[str, float] = {}
    for known, formats in formats_of.items():
        ours = _parts(known)
        close = _alike(parts, ours)
        if close is not None:
            found = "/".join(_filled(parts, ours))
            end = f".{suffix}" if suffix in formats else ""
            alike[f"/{VERSION}/{found}{end}"] = close
    return sorted(alike, key=lambda one: -alike[one])[:MOST]


def other_suffixes(path: str, formats_of: Mapping[str, Sequence[str]]) -> tuple[str, list[str]]:
    """Return a suffix that is no format of its path, and the paths with those that are.

    Both are empty where the path is not one of ours with a suffix.
    """
    begin, dot, suffix = path.rpartition(".")
    parts = _parts(begin)
    for known, formats in formats_of.items() if dot and "/" not in suffix else ():
        if _alike(parts, _parts(known)) == 1.0:
            return suffix, [begin, *(f"{begin}.{one}" for one in formats if one != "json")]
    return "", []


def _parts(path: str) -> list[str]:
    parts = [part for part in path.split("/") if part]
    return parts[1:] if parts[:1] == [VERSION] else parts


def _filled(parts: Iterable[str], ours: Iterable[str]) -> list[str]:
    pairs = zip(parts, ours, strict=True)
    return [part if known.startswith("{") else known for part, known in pairs]


def _alike(parts: Sequence[str], ours: Sequence[str]) -> float | None:
    """Return how alike a path is to one of ours, None where it is not, or says nothing."""
    if len(parts) != len(ours) or not parts:
        return None
    fixed = [
        difflib.SequenceMatcher(None, part[:80].casefold(), known).ratio()
        for part, known in zip(parts, ours, strict=True)
        if not known.startswith("{")
    ]
    return min(fixed) if fixed and min(fixed) >= CLOSE else None
