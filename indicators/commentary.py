"""What authorities say of their figures: the words, and the file that public processes read."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from indicators.cells import BREAKDOWN_COLUMNS, TOTAL, Breakdown
from indicators.lasting_files import replace_file

FORMAT: Final = 1
FILE_NAME: Final = "commentary.json"
MOST_CHARACTERS: Final = 500
_EQUALS: Final = "="
_AND: Final = ";"


class CommentKind(StrEnum):
    """What a comment is; things going well are recorded as readily as problems."""

    GOING_WELL = "going_well"
    CONCERN = "concern"
    CONTEXT = "context"


class CommentReason(StrEnum):
    """What lies behind a figure, in one token."""

    SYSTEM_CHANGE = "system_change"
    PRACTICE_CHANGE = "practice_change"
    DEMAND = "demand"
    DEFINITION = "definition"
    DATA_QUALITY = "data_quality"
    IMPROVEMENT = "improvement"
    OTHER = "other"


class CommentaryError(Exception):
    """The file of comments is there but cannot be read."""


@dataclass(frozen=True)
class Figure:
    """The figure that a comment is about; a total unless a breakdown is named."""

    indicator: str
    area: str
    period: str
    breakdown: Breakdown = Breakdown()  # noqa: RUF009 - frozen

    def __str__(self) -> str:
        part = breakdown_text(self.breakdown)
        return f"{self.indicator}, {self.area}, {self.period}{f' ({part})' if part else ''}"


@dataclass(frozen=True)
class Words:
    """What an authority says of a figure."""

    kind: CommentKind
    reason: CommentReason
    text: str
    link: str = ""


@dataclass(frozen=True)
class Comment:
    """One accepted comment, as it is published: of whom by role, never by name."""

    id: str
    version: int
    indicator: str
    area: str
    period: str
    breakdown: str
    kind: CommentKind
    reason: CommentReason
    text: str
    link: str
    author_role: str
    written_on: str
    checked_on: str


@dataclass(frozen=True)
class Commentary:
    """All accepted comments, by figure."""

    place_set: str
    comments: tuple[Comment, ...] = ()
    format: int = field(default=FORMAT)


_FILE: Final = TypeAdapter(Commentary)


def breakdown_text(breakdown: Breakdown) -> str:
    """Write a breakdown in one text such as `sex=F;age=10_15`; blank for a total."""
    codes = zip(BREAKDOWN_COLUMNS, breakdown.codes, strict=True)
    return _AND.join(f"{name}{_EQUALS}{code}" for name, code in codes if code != TOTAL)


def read_breakdown(text: str) -> Breakdown:
    """Return the breakdown that breakdown_text wrote; raises ValueError for another text."""
    parts = [part.partition(_EQUALS) for part in text.split(_AND) if part]
    for name, _, code in parts:
        if name not in BREAKDOWN_COLUMNS or not code:
            known = ", ".join(BREAKDOWN_COLUMNS)
            msg = f"'{name}' is not a breakdown; write COLUMN=CODE with a column of {known}"
            raise ValueError(msg)
    return Breakdown(**{name: code for name, _, code in parts})


def read_commentary(path: Path) -> Commentary | None:
    """Read the file; None when there is none yet; raises CommentaryError when it is damaged."""
    try:
        found = _FILE.validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        msg = f"{path.name} cannot be read ({error.error_count()} faults); the store writes it"
        raise CommentaryError(msg) from error
    if found.format != FORMAT:
        msg = f"{path.name} has format {found.format}; this version reads {FORMAT}"
        raise CommentaryError(msg)
    return found


def write_commentary_file(path: Path, commentary: Commentary) -> None:
    """Replace the file in one step: a reader sees the old one or the new one, never a part."""
    replace_file(path, _FILE.dump_json(commentary, indent=1) + b"\n")
