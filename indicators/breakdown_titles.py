"""What the codes of breakdowns mean to a reader: the list of titles, and those of an indicator."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import StringConstraints

from indicators.cells import BREAKDOWN_COLUMNS, TOTAL
from indicators.checked_files import Checked, Problem, read_checked, suggestion
from indicators.model import Indicator
from indicators.parts import Part, Text

BREAKDOWNS_FILE: Final = Path(__file__).parent / "breakdowns.yaml"

Titles = Mapping[str, Mapping[str, str]]
"""Breakdown to code to title, in the order of reading; the whole comes first."""

_Codes = Mapping[Annotated[str, StringConstraints(pattern=r"^(_T|[A-Z0-9_]+)$")], Text]


class BreakdownList(Part):
    """The codes of each breakdown with their titles."""

    sex: _Codes
    age: _Codes
    ethnicity: _Codes
    need: _Codes
    placement: _Codes
    reason: _Codes
    role: _Codes
    school_phase: _Codes


@cache
def read_titles(path: Path = BREAKDOWNS_FILE) -> tuple[Titles, tuple[Problem, ...]]:
    """Return the titles of a file, none if it is faulty, and every problem in it."""
    checked, problems = read_checked(path, BreakdownList)
    if checked is None:
        return {}, tuple(problems)
    titles = {name: dict(getattr(checked.model, name)) for name in BREAKDOWN_COLUMNS}
    faults = (
        checked.problem((name,), f"the whole, {TOTAL}, comes first")
        for name, codes in titles.items()
        if next(iter(codes), "") != TOTAL
    )
    return titles, tuple(faults)


def unknown_codes(entry: Checked[Indicator], titles: Titles) -> Iterator[Problem]:
    """Yield the codes of a definition that have no title."""
    for place, source in enumerate(entry.model.sources):
        for name, breakdown in source.breakdowns.items():
            known = titles.get(name)
            for spelling, code in breakdown.codes.items():
                if known is not None and code not in known:
                    where = ("sources", place, "breakdowns", name, "codes", spelling)
                    near = suggestion(code, known)
                    message = f"'{code}' has no title in {BREAKDOWNS_FILE.name}{near}"
                    yield entry.problem(where, message)


def with_titles(indicator: Indicator, titles: Titles) -> Indicator:
    """Return a definition that carries the titles of the codes it is broken down by."""
    used: dict[str, set[str]] = {}
    for source in indicator.sources:
        for name, breakdown in source.breakdowns.items():
            used.setdefault(name, {TOTAL}).update(breakdown.codes.values())
    own = {
        name: {code: title for code, title in codes.items() if code in used[name]}
        for name, codes in titles.items()
        if name in used
    }
    return indicator.model_copy(update={"breakdown_titles": own})
