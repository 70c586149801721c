"""What a place set says beside its places: the framework of indicators, and known problems."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from typing import Final

from reference import shapes
from reference.periods import PeriodError, parse_period
from reference.tables import Row, TableError, read_table

AREA_KINDS: Final = ("outcome", "enabler", "across")
"""Kinds of places of the framework; `across` is what concerns all of them."""

NOBODY: Final = "nobody"
NOT_BY_AUTHORITY: Final = "not_by_authority"
NOT_HERE: Final = "not_here"
GAPS: Final = (NOBODY, NOT_BY_AUTHORITY, NOT_HERE)
"""Why a place is empty: nobody measures it, it is measured and not published by authority, or it is
published by authority and this service does not hold it."""


@dataclass(frozen=True)
class FrameworkDomain:
    """A part of a place of the framework; `gap` and `why_empty` say why it has no indicator."""

    domain: str
    description: str = ""
    gap: str = ""
    why_empty: str = ""


@dataclass(frozen=True)
class FrameworkArea:
    """One place of the framework, an outcome or an enabler, with its domains in order."""

    area: str
    kind: str
    description: str = ""
    gap: str = ""
    why_empty: str = ""
    domains: tuple[FrameworkDomain, ...] = ()


@dataclass(frozen=True)
class KnownProblem:
    """Figures that are missing or not what they seem; without areas it concerns all of them."""

    areas: tuple[str, ...]
    first_period: str
    last_period: str
    publication: str
    what_happened: str
    what_totals_hold: str = ""
    source: str = ""


def read_framework(folder: Traversable) -> tuple[FrameworkArea, ...]:
    """Read the framework; a line without a domain begins a place. Raises TableError."""
    areas: list[FrameworkArea] = []
    for area in read_table(folder, shapes.FRAMEWORK, _line):
        if area.kind:
            areas.append(area)
        elif areas and areas[-1].area == area.area:
            areas[-1] = replace(areas[-1], domains=areas[-1].domains + area.domains)
        else:
            (found,) = area.domains
            msg = (
                f"framework.csv: found domain '{found.domain}' of '{area.area}', expected it below "
                "the line of that place, which has no domain; move it there"
            )
            raise TableError(msg)
    return tuple(areas)


def read_known_problems(folder: Traversable) -> tuple[KnownProblem, ...]:
    """Read the known problems; raises TableError."""
    return read_table(folder, shapes.KNOWN_PROBLEMS, _problem)


def area_codes(problems: Iterable[KnownProblem]) -> Iterable[str]:
    """Return every area that a problem names."""
    return (code for problem in problems for code in problem.areas)


def _line(row: Row) -> FrameworkArea:
    gap = row.choice("gap", ("", *GAPS))
    why_empty = row.text_or_blank("why_empty")
    if bool(gap) != bool(why_empty):
        row.refuse("why_empty", "a reason where there is a gap, and none elsewhere")
    area, description = row.text("area"), row.text("description")
    domain = row.text_or_blank("domain")
    if domain:
        row.choice("kind", ("",))
        return FrameworkArea(
            area, "", domains=(FrameworkDomain(domain, description, gap, why_empty),)
        )
    return FrameworkArea(area, row.choice("kind", AREA_KINDS), description, gap, why_empty)


def _problem(row: Row) -> KnownProblem:
    return KnownProblem(
        areas=row.words("areas"),
        first_period=_period(row, "first_period"),
        last_period=_period(row, "last_period"),
        publication=row.text("publication"),
        what_happened=row.text("what_happened"),
        what_totals_hold=row.text_or_blank("what_totals_hold"),
        source=row.text("source"),
    )


def _period(row: Row, column: str) -> str:
    try:
        return parse_period(row.text(column)).id
    except PeriodError:
        row.refuse(column, "a period such as RY2025, AY2024-25, FY2024-25 or SEP2025")
