"""The sheets of a workbook beside the profile: what it is, what stands out, definitions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from dashboard.components.authority_standing import past_clauses, unlike_clauses
from dashboard.components.text import kind_words, stage_words
from dashboard.report.report import METHOD, PRACTICE, STANDING, Report
from dashboard.words.comments import kind_and_reason, part_words, who_and_when
from dashboard.words.numbers import unit_heading

Line: TypeAlias = tuple[str, str]
"""What, and what of it."""
Value: TypeAlias = str | date


@dataclass(frozen=True)
class Sheet:
    """One table: its columns with how wide they are, and its rows."""

    name: str
    title: str
    note: str
    columns: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[Value]]


def read_first(report: Report) -> list[Line]:
    """Return what a reader must know before any number."""
    meta = report.profile.meta
    return [
        *([("Practice", PRACTICE)] if report.is_practice else []),
        ("In one sentence", report.sentence),
        ("What this is", f"How {report.name} stands in each indicator of children’s social care, "
         f"beside others and its own past. {report.scope}"),
        ("Release", f"{report.release}, published {report.published}"),
        ("Standing", f"{STANDING} {meta['not_official']}"),
        ("Method", METHOD),
        ("Missing figures", "A missing figure is never nought: in its place stands why."),
        ("Neighbours", "The median is the value of the neighbour in the middle, the mean their "
         "average; the comparison is with all of them taken together."),
        *(("Source", source) for source in report.sources),
        ("Licence", f"{meta['licence']}. {meta['attribution']}"),
        ("The same as a page", report.page_address),
        ("Definitions", f"On the sheet Definitions, and at {report.definitions_address}"),
    ]  # fmt: skip


def more_sheets(report: Report) -> list[Sheet]:
    """Return the sheets after the profile; all are there, also where one has no row."""
    return [_standing(report), _definitions(report), _inspections(report), _comments(report)]


def _standing(report: Report) -> Sheet:
    profile = report.profile
    rows = [
        (words, line.short_title, stage_words(line.stage), kind_words(line.kind), line.words,
         "; ".join(f"{outcome} than {whom}" for outcome, whom in clauses(line)), line.agreement)
        for words, lines, clauses in (
            ("Unlike others", profile.unlike, unlike_clauses),
            ("Unlike its own past", profile.changed, past_clauses),
        )
        for line in lines
    ]  # fmt: skip
    return Sheet(
        "What stands out",
        "what stands out",
        f"Of all {len(profile.lines)} indicators, those that differ by more than chance explains, "
        "also when all are looked at together; the surest first.",
        (("Against", 18), ("Indicator", 30), ("Stage", 18), ("Kind", 30), ("Value", 11),
         ("How it differs", 60), ("On which comparators it rests", 60)),
        rows,
    )  # fmt: skip


def _definitions(report: Report) -> Sheet:
    rows = [
        (held.line.short_title, held.line.title, held.text, kind_words(held.line.kind),
         unit_heading(held.line.unit), _good(held.line.direction), held.publisher, held.source,
         _day(held.published_on), held.designation, held.line.indicator)
        for held in report.definitions
    ]  # fmt: skip
    return Sheet(
        "Definitions",
        "what the indicators count",
        f"All definitions: {report.definitions_address}",
        (("Indicator", 28), ("In full", 40), ("Definition", 70), ("Kind", 22), ("Unit", 11),
         ("Which way is good", 14), ("Publisher", 24), ("Publication", 40), ("Published on", 14),
         ("Came out as", 22), ("Indicator id", 30)),
        rows,
    )  # fmt: skip


def _good(direction: str) -> str:
    words = {"higher_is_better": "Higher", "lower_is_better": "Lower"}
    return words.get(direction, "Neither")


def _inspections(report: Report) -> Sheet:
    rows = [
        (_day(held.published_on), _day(held.inspected_on) or held.inspected, held.kind, label,
         grade, "Read by machine from the report" if held.is_machine_read else "Official list",
         held.source)
        for held in report.inspections
        for label, grade in held.grades or (("None", "none given"),)
    ]  # fmt: skip
    return Sheet(
        "Inspections",
        "inspections, newest first",
        "That an inspection lies near a change in a figure does not say that one led to the other.",
        (("Published on", 14), ("Inspected on", 14), ("Kind", 26), ("Judgement", 28),
         ("Grade", 24), ("Read from", 30), ("Source", 34)),
        rows,
    )  # fmt: skip


def _comments(report: Report) -> Sheet:
    titles = {line.indicator: line for line in report.lines}
    rows = [
        (titles[row["indicator"]].short_title, titles[row["indicator"]].period_label,
         part_words(row, {}), ": ".join(filter(None, kind_and_reason(row))), row["text"],
         who_and_when(row), row["link"] or "")
        for row in report.comments
    ]  # fmt: skip
    none = f"{report.name} has written nothing about the figures in this report."
    return Sheet(
        "Comments",
        "what the authority says of its figures",
        "In the words of the authority, checked before they are shown." if rows else none,
        (("Indicator", 30), ("Period", 24), ("Part", 18), ("Kind", 26), ("Comment", 80),
         ("Who and when", 40), ("Link", 30)),
        rows,
    )  # fmt: skip


def _day(text: str) -> Value:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return text
