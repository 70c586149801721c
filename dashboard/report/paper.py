"""The report as paper: what Typst is told, as data, and the template that sets it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

import orjson

from dashboard.components.authority_rows import more_of, spine_words, trend_line
from dashboard.components.authority_standing import (
    first_of,
    past_clauses,
    standing_sentence,
    unlike_clauses,
)
from dashboard.components.text import stage_words
from dashboard.report.inspections import Inspection
from dashboard.report.line import Beside, Line
from dashboard.report.lines import is_any_compared
from dashboard.report.profile import STAGES
from dashboard.report.report import BRIEF_METHOD, METHOD, PRACTICE, STANDING, Report
from dashboard.svg.spine import SMALL, spine
from dashboard.svg.style import page_style
from dashboard.typesetting import typeset
from dashboard.words.comments import kind_and_reason, who_and_when
from dashboard.words.numbers import NO_VALUE, number

_SIDES: Final = (("outcome", "Outcomes"), ("performance", "Performance"))
_MOST_INSPECTIONS: Final = 5
_DATA: Final = "report.json"
_PAPER: Final = "ua-1"
"""PDF/UA: a document that those who listen can read."""


async def as_pdf(report: Report) -> bytes:
    """Return the report as a tagged PDF; the same report gives the same bytes."""
    content = orjson.dumps(told(report))
    drawings = dict(_drawings(report))
    published = datetime.fromisoformat(report.profile.meta["published_at"])
    return await typeset(
        _template(), {_DATA: content, **drawings}, standards=(_PAPER,), dated=published
    )


@cache
def _template() -> str:
    return files("dashboard").joinpath("report", "paper.typ").read_text(encoding="utf-8")


def told(report: Report) -> Mapping[str, Any]:
    """Return all that the paper says, as plain data: no text in it is ever taken for markup."""
    profile = report.profile
    return {
        "title": report.title,
        "name": report.name,
        "practice": PRACTICE if report.is_practice else "",
        "about": _about(report),
        "sentence": report.sentence,
        "standing": _standing(report),
        "heads": _heads(report),
        "stages": _stages(report),
        "context": [_row(line, report) for line in report.lines if line.kind == "context"],
        "inspections": list(map(_inspection, report.inspections[:_MOST_INSPECTIONS])),
        "comments": _comments(report),
        "definitions": [
            {"title": held.line.short_title, "text": _first_sentence(held.text)}
            for held in report.definitions
        ],
        "sources": list(report.sources),
        "method": METHOD,
        "how": (
            "In the drawings the line runs from the lowest to the highest of the authorities large "
            "enough to rank, the box holds the middle half and the bar is their median; triangles "
            f"mark {profile.country}, the diamond {report.name}."
        ),
        "foot": [
            f"Release {report.release}, published {report.published}. {STANDING} "
            f"Definitions: {report.definitions_address}",
            f"Sources: {report.publishers}. {BRIEF_METHOD}",
        ],
        "address": report.page_address,
        "definitions_address": report.definitions_address,
        "attribution": profile.meta["attribution"],
    }


def _first_sentence(text: str) -> str:
    """Return the first sentence; the whole stands where definitions do."""
    first, stop, _ = text.partition(". ")
    return f"{first}{stop.strip()}"


def _about(report: Report) -> list[str]:
    area = report.profile.area
    children = area["population_0_17"]
    count = ""
    if children:
        count = f"{number(children['count'])} children aged 0 to 17 (mid-{children['mid_year']})"
    return [word for word in (area["type_label"], area["region_name"], count, report.scope) if word]


def _standing(report: Report) -> Mapping[str, Any]:
    profile = report.profile
    if not profile.unlike and not profile.changed:
        return {"sentence": "", "lists": []}
    lists = (
        ("Unlike others", profile.unlike, unlike_clauses),
        ("Unlike its own past", profile.changed, past_clauses),
    )
    return {
        "sentence": standing_sentence(profile),
        "lists": [
            {
                "title": title,
                "items": [
                    {
                        "title": line.short_title,
                        "value": line.words,
                        "said": [list(clause) for clause in clauses(line)],
                    }
                    for line in first_of(lines)
                ],
            }
            for title, lines, clauses in lists
        ],
    }


def _heads(report: Report) -> list[str]:
    first = report.profile.lines[0]
    heads = [report.name, *(held.name for held in (first.country, first.region) if held)]
    model = next((held.model for line in report.profile.lines for held in line.neighbours), "")
    return [*heads, f"Neighbours {model}, median"] if model else heads


def _stages(report: Report) -> list[Mapping[str, Any]]:
    """Return the stages; one without performance shares its place with one without outcomes."""
    made: list[dict[str, Any]] = []
    for name in STAGES:
        sides = [_side(name, *side, report) for side in _SIDES]
        empty = [not side["rows"] for side in sides]
        if all(empty):
            continue
        before = made[-1] if made else None
        if before and any(empty) and before["empty"] == [not held for held in empty]:
            place = empty.index(False)
            before["sides"][place] = sides[place]
            before["empty"] = [False, False]
        else:
            made.append({"sides": sides, "empty": empty})
    return list(made)


def _side(stage: str, kind: str, title: str, report: Report) -> dict[str, Any]:
    held = [line for line in report.lines if (line.stage, line.kind) == (stage, kind)]
    return {
        "title": f"{stage_words(stage)}: {title.lower()}",
        "rows": [_row(line, report) for line in held],
    }


def _row(line: Line, report: Report) -> Mapping[str, Any]:
    note = f"{line.period_words} ({line.flags})" if line.flags else line.period_words
    cannot = next((held.short_reason for held in line.beside if held.reason), "")
    is_silent = line.has_value and not is_any_compared(line)
    return {
        "title": line.short_title,
        "note": note,
        "cannot": f"cannot compare: {cannot}" if cannot and is_silent else "",
        "value": line.words,
        "unit": line.unit_words if line.has_value else "",
        "trend": trend_line(line) if line.has_value else "",
        "spine": _file(line) if line.spine and line.has_value else "",
        "alt": spine_words(line, report.profile.country),
        "cells": [_cell(held, is_silent) for held in (line.country, line.region)][: _width(report)],
        "neighbours": [
            {
                "model": held.model,
                **_cell(held, is_silent),
                "more": more_of(held) if place == 0 else "",
            }
            for place, held in enumerate(line.neighbours)
        ],
    }


def _width(report: Report) -> int:
    first = report.profile.lines[0]
    return sum(held is not None for held in (first.country, first.region))


def _cell(held: Beside | None, is_silent: bool) -> Mapping[str, Any]:
    if held is None:
        return {"figure": NO_VALUE, "outcome": "", "differs": False}
    outcome = held.short_reason if held.reason else held.outcome
    return {
        "figure": held.words,
        "outcome": "" if is_silent else outcome,
        "differs": held.is_different,
    }


def _inspection(held: Inspection) -> Mapping[str, str]:
    return {
        "date": held.published,
        "inspected": held.inspected,
        "kind": held.kind,
        "grades": held.grade_words,
        "note": "read by machine from the report" if held.is_machine_read else "",
    }


def _comments(report: Report) -> list[Mapping[str, str]]:
    titles = {line.indicator: line.short_title for line in report.lines}
    return [
        {
            "title": titles[row["indicator"]],
            "kind": ": ".join(filter(None, kind_and_reason(row))),
            "text": row["text"],
            "who": who_and_when(row),
        }
        for row in report.comments
    ]


def _file(line: Line) -> str:
    return f"spine-{line.indicator}.svg"


def _drawings(report: Report) -> Iterator[tuple[str, bytes]]:
    """Return the spines of the page, with the style of the page in them."""
    drawn: Sequence[Line] = [line for line in report.lines if line.spine and line.has_value]
    style = page_style()
    for line in drawn:
        if line.spine is not None:
            svg = spine(line.indicator, line.short_title, "", line.spine, SMALL)
            rules = f"<style>{style.used_by(svg)}</style>"
            head, mark, rest = svg.partition(">")
            yield _file(line), style.filled(f"{head}{mark}{rules}{rest}").encode()
