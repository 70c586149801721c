"""The inspections of an authority as dated facts: for timeline, table, paper and workbook."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.contract import AreaDetail
from dashboard.words.periods import day

MACHINE_READ = "machine_read"
NOT_HELD = "not held"


@dataclass(frozen=True)
class Inspection:
    """One inspection: when, of which kind, and what was judged how."""

    published_on: str
    inspected_on: str
    published: str
    inspected: str
    kind: str
    grades: tuple[tuple[str, str], ...]
    """Judgement and grade, both in words."""
    is_machine_read: bool
    source: str

    @property
    def grade_words(self) -> str:
        """All grades in one line."""
        return "; ".join(f"{label}: {grade}" for label, grade in self.grades) or "none given"


def inspections_of(area: AreaDetail) -> tuple[Inspection, ...]:
    """Return all inspections held, newest first."""
    labels = {judgement["judgement"]: judgement["label"] for judgement in area["judgements"]}
    grades = {held["grade"]: held.get("grade_label") for held in area["judgements"]}
    return tuple(_inspection(held, labels, grades) for held in area["inspections"])


def _inspection(
    held: Mapping[str, Any], labels: Mapping[str, str], grades: Mapping[str, str | None]
) -> Inspection:
    return Inspection(
        published_on=held["published_on"] or "",
        inspected_on=held["inspected_on"] or "",
        published=day(held["published_on"]),
        inspected=day(held["inspected_on"]) or NOT_HELD,
        kind=words_of(str(held.get("kind") or held["framework"])),
        grades=tuple(
            (labels.get(name) or words_of(name), grades.get(grade) or words_of(grade))
            for name, grade in held["grades"].items()
        ),
        is_machine_read=held["basis"] == MACHINE_READ,
        source=str(held.get("source") or ""),
    )


def words_of(name: str) -> str:
    """Return a name of letters and underscores as words; one in capitals as it is."""
    return f"{name[:1].upper()}{name[1:]}".replace("_", " ")
