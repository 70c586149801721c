"""Which published files are known to hold no figures of an indicator, and why each is left out."""

import fnmatch
from functools import cache
from pathlib import Path
from typing import Final

from indicators.checked_files import read_checked
from indicators.parts import Part, Text

LEFT_OUT_FILE: Final = Path(__file__).parents[1] / "left_out.yaml"


class _Group(Part):
    """Files that are left out for one reason."""

    names: tuple[Text, ...]
    reason: Text


class _LeftOut(Part):
    """The whole list."""

    files: tuple[_Group, ...]


class LeftOutError(Exception):
    """The list of files that are left out is faulty; the message places every fault."""


def reason_to_leave_out(file_name: str) -> str:
    """Return why a file of this name (with or without .gz) is not read; '' if it is not listed."""
    name = file_name.casefold().removesuffix(".gz")
    for group in _listed():
        if any(fnmatch.fnmatchcase(name, pattern.casefold()) for pattern in group.names):
            return group.reason
    return ""


@cache
def _listed() -> tuple[_Group, ...]:
    checked, problems = read_checked(LEFT_OUT_FILE, _LeftOut)
    if checked is None or problems:
        raise LeftOutError("\n".join(map(str, problems)))
    return checked.model.files
