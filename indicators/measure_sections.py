"""How measures are grouped and counted, and what changed from version to version."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

from pydantic import StringConstraints

from indicators.parts import Part, Text

SectionId = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9_]+$")]


class Section(Part):
    """Measures that stand together in templates and control totals, each with how it is counted."""

    title: Text
    measures: Mapping[str, Text]


class Edition(Part):
    """One version of a collection: what changed, and in which measures."""

    version: Text
    says: Text
    measures: tuple[str, ...] = ()


def section_of(sections: Mapping[str, Section], measure: str) -> str:
    """Return the section that a measure stands in, or nothing."""
    held = (code for code, section in sections.items() if measure in section.measures)
    return next(held, "")


def counted_how(sections: Mapping[str, Section], measure: str) -> str:
    """Return how a measure is counted, or nothing where that is not said."""
    section = sections.get(section_of(sections, measure))
    return "" if section is None else section.measures[measure]


def changed_since(changes: Sequence[Edition], version: str) -> tuple[str, ...]:
    """Return the measures that changed after a version."""
    versions = [edition.version for edition in changes]
    later = changes[versions.index(version) + 1 :]
    return tuple(dict.fromkeys(code for edition in later for code in edition.measures))


def sections_fault(sections: Mapping[str, Section], measures: Iterable[str]) -> str:
    """Return what is wrong with sections: each measure stands in one, if there are any."""
    placed = [code for section in sections.values() for code in section.measures]
    known = set(measures)
    unknown = [code for code in placed if code not in known]
    if unknown:
        return f"'{unknown[0]}' stands in a section and is no measure"
    odd = [code for code in known if placed.count(code) != 1]
    return f"{min(odd)} must stand in exactly one section" if sections and odd else ""


def editions_fault(changes: Sequence[Edition], version: str) -> str:
    """Return what is wrong with a history of versions: the last is the current one."""
    if changes and changes[-1].version != version:
        return f"the last of the changes must be version {version}"
    return ""
