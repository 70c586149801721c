"""Rules about codes, values and statuses (C01, C03 to C12, D05)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from etl.findings import Finding, Place, quoted
from etl.submissions.calendar import Calendar, closed
from etl.submissions.rules import finding
from etl.submissions.wire import (
    NOTE_LENGTH,
    STATUSES,
    SYMBOLS,
    WITH_NOTE,
    WITHOUT_VALUE,
    WireRow,
    read_period,
    write_period,
)
from indicators.checked_files import suggestion
from indicators.measures import (
    ALL,
    TOTAL_TYPE,
    Collection,
    Measure,
    Measures,
    load_measures,
)
from reference.areas import Area, AreaKind, UnknownAreaError
from reference.periods import Period, PeriodError
from reference.places import PlaceSet

_NEGATIVE: Final = re.compile(r"-\d+")
_JOINED: Final = re.compile(r"[^a-z]+")
_CODE_LIKE: Final = re.compile(r"[A-Z0-9_+.-]{1,40}")
_PEOPLE: Final = frozenset({"children"})


@dataclass(frozen=True)
class Scope:
    """Whose return it is, of what, and for when."""

    authority: Area
    collection: Collection
    period: Period


def check_scope_codes(
    place: Place,
    first: WireRow,
    places: PlaceSet,
    measures: Measures,
    calendar: Calendar,
    today: date,
) -> tuple[Scope | None, tuple[Finding, ...]]:
    """Return what the package is about, or None and the findings C01, C03 and C04."""
    place = replace(place, row=first.row)
    collection = measures.collections.get(first.collection)
    if collection is None:
        return None, (_unknown_collection(place, first.collection, measures),)
    try:
        period = read_period(first.period_kind, first.period_end)
    except PeriodError as error:
        at = replace(place, column="period_end")
        expected = "a reporting year (FYE, 31 March) or a quarter (QTR)"
        advice = "check period_type and period_end"
        return None, (finding("C03", at, what=str(error), expected=expected, advice=advice),)
    why = closed(calendar, collection.collection, collection.period_kinds, period, today)
    if why is not None:
        at = replace(place, column="period_end")
        said = finding("C03", at, what=why.found, expected=why.expected, advice=why.advice)
        return None, (said,)
    authority, fault = _authority(replace(place, column="la_code"), first.authority, places, period)
    if authority is None:
        return None, (fault,) if fault else ()
    return Scope(authority, collection, period), ()


def _unknown_collection(place: Place, found: str, measures: Measures) -> Finding:
    known = list(measures.collections)
    return finding(
        "C04",
        replace(place, column="collection"),
        found=f"of the collection {quoted(found)}",
        collection=f"the collection {' or '.join(known)}",
        hint=suggestion(found, known),
    )


def _authority(
    place: Place, text: str, places: PlaceSet, period: Period
) -> tuple[Area | None, Finding | None]:
    """Return the authority that a code names at the end of the period, or C01."""
    try:
        area = places.resolve(text)
    except UnknownAreaError as error:
        hint = f"did you mean {' or '.join(error.suggestions)}?" if error.suggestions else ""
        return None, _not_the_code(place, f"the unknown code {quoted(text)}", hint)
    codes = {area.code, *(dated.code for dated in area.codes)}
    if area.kind is not AreaKind.AUTHORITY:
        return None, _not_the_code(place, f"{area.name}, a {area.kind}", "")
    if text not in codes:
        return None, _not_the_code(place, quoted(text), f"use {area.code}")
    if area.existed_on(period.end):
        return area, None
    return None, _not_then(place, area, places, period)


def _not_the_code(place: Place, what: str, advice: str) -> Finding:
    return finding("C01", place, what=what, advice=advice or "see the authority's code in the API")


def _not_then(place: Place, area: Area, places: PlaceSet, period: Period) -> Finding:
    what = f"{area.name} ({area.code}), which did not exist on {period.end.isoformat()}"
    is_gone = area.last_day is not None and area.last_day < period.end
    others = places.successors_of(area.code) if is_gone else places.predecessors_of(area.code)
    named = " and ".join(f"{places.area(code).name} ({code})" for code in others)
    word = "successor" if is_gone else "predecessor"
    return _not_the_code(place, what, f"its {word} is {named}" if named else "")


def check_codes(place: Place, rows: Iterable[WireRow], scope: Scope) -> Iterator[Finding]:
    """Yield C04 for unknown measures and C05 for breakdowns they cannot have."""
    for row in rows:
        at = replace(place, row=row.row)
        measure = scope.collection.measures.get(row.measure)
        if measure is None or not measure.is_valid_in(scope.period):
            yield finding(
                "C04",
                replace(at, column="measure"),
                found=_as_code(row.measure),
                collection=f"{scope.collection.collection} for {scope.period.id}",
                hint=suggestion(row.measure, scope.collection.measures),
            )
        else:
            yield from _check_breakdown(at, row, measure, scope.collection)


def _check_breakdown(
    place: Place, row: WireRow, measure: Measure, collection: Collection
) -> Iterator[Finding]:
    if _is_crossed(row.breakdown_type, collection):
        at = replace(place, column="breakdown_type")
        yield finding("D05", at, measure=row.measure, found=_as_code(row.breakdown_type))
        return
    if row.breakdown_type == TOTAL_TYPE and measure.has_total:
        allowed: Iterable[str] = (ALL,)
    elif row.breakdown_type in measure.breakdowns:
        allowed = collection.code_lists[row.breakdown_type].codes
    else:
        types = [*((TOTAL_TYPE,) if measure.has_total else ()), *measure.breakdowns]
        yield _breakdown(
            replace(place, column="breakdown_type"), row.measure, row.breakdown_type, types
        )
        return
    if row.breakdown not in allowed:
        at = replace(place, column="breakdown")
        yield _breakdown(at, row.measure, row.breakdown, list(allowed))


def _is_crossed(breakdown_type: str, collection: Collection) -> bool:
    """Say whether a breakdown is by two lists at once, however their names are joined."""
    if breakdown_type in collection.code_lists:
        return False
    parts = {part for part in _JOINED.split(breakdown_type.lower()) if part}
    known = {name for held in load_measures().collections.values() for name in held.code_lists}
    return len(parts & known) > 1


def _as_code(text: str) -> str:
    """Quote what is written like a code; other words may be somebody's name, and are not told."""
    return quoted(text) if _CODE_LIKE.fullmatch(text) else "words that are no code"


def _breakdown(place: Place, measure: str, found: str, allowed: list[str]) -> Finding:
    return finding(
        "C05",
        place,
        measure=measure,
        found=_as_code(found),
        expected=" or ".join(allowed[:8]) + (" …" if len(allowed) > 8 else ""),
        hint=suggestion(found, allowed),
    )


def check_values(place: Place, rows: Iterable[WireRow], scope: Scope) -> Iterator[Finding]:
    """Yield C06 to C10: values, statuses and notes, row by row."""
    for row in rows:
        at = replace(place, row=row.row)
        yield from _check_value(at, row)
        yield from _check_status(at, row, scope.collection)


def _check_value(place: Place, row: WireRow) -> Iterator[Finding]:
    at = replace(place, column="value")
    value = row.value
    if value.lower() in SYMBOLS or _NEGATIVE.fullmatch(value):
        yield finding("C08", at, found=quoted(value))
    elif value and row.number is None:
        yield finding("C06", at, found=quoted(value))
    elif bool(value) == (row.status in WITHOUT_VALUE) and row.status in STATUSES:
        what = "and also a value" if value else "and no value"
        expected = "an empty value" if value else "a value"
        yield finding("C07", at, status=row.status, what=what, expected=expected)


def _check_status(place: Place, row: WireRow, collection: Collection) -> Iterator[Finding]:
    at = replace(place, column="status")
    if row.status.lower() in SYMBOLS and row.status not in STATUSES:
        yield finding("C08", at, found=quoted(row.status))
    elif row.status not in STATUSES:
        yield finding(
            "C07",
            at,
            status=quoted(row.status),
            what="which is none of the standard",
            expected=", ".join(f"{code} ({word})" for code, word in STATUSES.items()),
        )
    elif row.status in WITH_NOTE and not 1 <= len(row.note) <= NOTE_LENGTH:
        meaning = STATUSES[row.status]
        at = replace(place, column="note")
        yield finding("C09", at, status=row.status, measure=row.measure, meaning=meaning)
    elif row.status == "z":
        measure = collection.measures.get(row.measure)
        if measure is not None and not measure.allows_not_applicable:
            yield finding("C10", at, measure=row.measure)


def check_final(
    place: Place, rows: Iterable[WireRow], scope: Scope, calendar: Calendar, today: date
) -> Iterator[Finding]:
    """Yield C11 if values are provisional although the return was due."""
    window = calendar.window(scope.collection.collection, scope.period)
    provisional = sum(row.status == "P" for row in rows)
    if provisional and window is not None and today > window.due_on:
        basis = (provisional,)
        yield finding("C11", place, basis=basis, count=provisional, due=window.due_on.isoformat())


def check_size(
    place: Place, rows: Iterable[WireRow], scope: Scope, places: PlaceSet
) -> Iterator[Finding]:
    """Yield C12 for counts of children beyond all children who live in the authority."""
    population = places.population_of(scope.authority.code, scope.period.end.year - 1)
    for row in rows:
        measure = scope.collection.measures.get(row.measure)
        is_people = measure is not None and measure.unit in _PEOPLE
        if population and is_people and row.number is not None and row.number > population:
            yield finding(
                "C12",
                replace(place, row=row.row, column="value"),
                about=row.key,
                basis=(row.number,),
                value=f"{row.number:,}",
                measure=row.measure,
                population=f"{population:,}",
            )


def sent_scope(scope: Scope) -> tuple[str, str, str, str]:
    """Return what the first four columns hold for a scope."""
    return (scope.authority.code, scope.collection.collection, *write_period(scope.period))
