"""What the signs of publishers mean, in words."""

from collections.abc import Mapping
from typing import Final

SYMBOL_TEXTS: Final[Mapping[str, str]] = {
    "": "no sign",
    "c": "confidential",
    "k": "rounds to zero",
    "low": "rounds to zero",
    "u": "low reliability",
    "x": "not available",
    "z": "not applicable",
    "[x]": "not available, in outturn files",
    "[z]": "not applicable, in outturn files",
    "[n]": "not available, in outturn files",
}
