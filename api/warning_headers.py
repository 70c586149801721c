"""Warnings as a header, for answers whose body has no room for them, such as CSV."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

WARNINGS: Final = "X-Warnings"
THEIR_BODY_SAYS: Final = frozenset({"json", "xlsx", "jsonstat"})
"""Formats that hold their warnings: in `meta`, on a sheet of notes, as notes."""

MOST_WARNINGS: Final = 5
MOST_CHARACTERS: Final = 200
"""Of one warning; some servers between here and a reader refuse long headers."""

_CUT: Final = "..."
_PLAIN: Final = str.maketrans({"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"'})
_NO_LETTER: Final = re.compile(r"[^\x20-\x7e]+")


def warning_headers(format: str, warnings: Sequence[str]) -> Mapping[str, str]:
    """Return the header of warnings; none where there are none or the body says them.

    It is a list of strings as RFC 8941 has them. Where some are left out, the last says how many.
    """
    if not warnings or format in THEIR_BODY_SAYS:
        return {}
    told = list(warnings[:MOST_WARNINGS])
    if len(warnings) > MOST_WARNINGS:
        left_out = len(warnings) - MOST_WARNINGS
        told.append(f"and {left_out} more: ask for JSON, whose meta.warnings has all")
    return {WARNINGS: ", ".join(map(_string, told))}


def _string(text: str) -> str:
    """Return a text as a string of a header: short, ASCII only, quotes and slashes escaped."""
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    short = _NO_LETTER.sub("?", re.sub(r"\s+", " ", letters))
    if len(short) > MOST_CHARACTERS:
        short = short[: MOST_CHARACTERS - len(_CUT)] + _CUT
    escaped = short.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
