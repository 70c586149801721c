"""The inspections of an authority as dated marks, and as tables; what they explain is not said."""

from typing import Final

from api.contract import AreaDetail, Meta, Paths
from dashboard.asking import csv_address, filled, with_query
from dashboard.charts.chart import Chart, KeyItem
from dashboard.components.chart_card import chart_card
from dashboard.components.table import Column, Row, table
from dashboard.components.text import section, tag
from dashboard.page import Node, node
from dashboard.report.inspections import NOT_HELD, Inspection, inspections_of, words_of
from dashboard.state import State, authority_address
from dashboard.svg.element import element
from dashboard.svg.timeline import Mark, timeline
from dashboard.words.names import opening
from dashboard.words.numbers import plural
from dashboard.words.periods import day

INSPECTIONS = "inspections"
_MOST_ON_PAPER: Final = 3
_READ: Final = "read by machine from the report"


def inspections_section(area: AreaDetail, meta: Meta, state: State) -> Node:
    """Return the history as marks with its table twin, beside the judgements in force."""
    chart = inspections_chart(area, meta, state)
    in_force = _in_force(area) if area["judgements"] else node("P", "No judgement is in force.")
    return section(
        INSPECTIONS,
        "Inspections",
        node(
            "Div",
            node("Div", chart_card(chart), className=_look(area)) if chart else None,
            node("Div", in_force, className="side"),
            className="sides",
        ),
    )


def _look(area: AreaDetail) -> str:
    """Return the class of the history: a long one has no room on paper, where its sentence is."""
    return "side long-history" if len(area["inspections"]) > _MOST_ON_PAPER else "side"


def inspections_chart(area: AreaDetail, meta: Meta, state: State) -> Chart | None:
    """Return the inspections as a chart; nothing where none is held."""
    held = inspections_of(area)
    dated = [one for one in held if one.published_on]
    if not dated:
        return None
    title = f"{area['name']}: inspections by the day their report was published"
    summary = summary_of(area["name"], held)
    return Chart(
        kind=INSPECTIONS,
        subject=area["code"],
        state=State(release=state.release),
        title=title,
        summary=summary,
        svg=timeline("inspections-drawing", title, summary, [_mark(one) for one in dated]),
        meta=meta,
        source=f"Ofsted reports, as told by {'; '.join(dict.fromkeys(one.source for one in held))}",
        rows_address=with_query(
            filled(Paths.AREA, code=area["code"]), {"release": meta["release"]}
        ),
        # The card of one area has parts within parts; the list of all gives the grades as columns.
        csv_address=csv_address(with_query(Paths.AREAS, {"release": meta["release"]})),
        table=node(
            "Details",
            node("Summary", node("Span", "As a table", className="fold-title")),
            _history(held),
            className="fold",
        ),
        key=_key(held),
        note="An inspection judges services in the weeks it took. That its date lies near a change "
        "in a figure does not say that one led to the other.",
        width=440,
        page_address=authority_address(area["code"], State(release=state.release)),
    )


def summary_of(name: str, held: tuple[Inspection, ...]) -> str:
    """Return how many inspections are held, and the newest with its grades."""
    newest = held[0]
    read = f" ({_READ})" if newest.is_machine_read else ""
    return (
        f"{opening(name)} has {plural(len(held), 'inspection')} on record. The newest report, of "
        f"{newest.published}{read}: {newest.grade_words}."
    )


def _mark(one: Inspection) -> Mark:
    read = f". {_READ.capitalize()}" if one.is_machine_read else ""
    return Mark(
        one.published_on, f"{one.published}, {one.kind}", one.grade_words + read, bool(read)
    )


def _key(held: tuple[Inspection, ...]) -> tuple[KeyItem, ...]:
    if not any(one.is_machine_read for one in held):
        return ()
    looks = (("judged", "as the inspectorate lists it"), ("judged machine", _READ))
    return tuple(
        KeyItem(
            element(
                "svg",
                element("circle", cx=8, cy=8, r=6, class_=look),
                xmlns="http://www.w3.org/2000/svg",
                viewBox="0 0 16 16",
                class_="drawing timeline",
                aria_hidden="true",
            ),
            words,
        )
        for look, words in looks
    )


def _in_force(area: AreaDetail) -> Node:
    columns = [
        Column("Judgement"),
        Column("Grade"),
        Column("Inspected on", is_short=True),
        Column("Published on", is_short=True),
    ]
    as_at = day(area["judgements"][0]["as_at"])
    labels = {held["grade"]: held.get("grade_label") for held in area["judgements"]}
    rows = [
        (
            held["label"],
            [labels.get(held["grade"]) or words_of(held["grade"]), _machine_read(held["basis"])],
            day(held["inspected_on"]) or NOT_HELD,
            day(held["published_on"]),
        )
        for held in area["judgements"]
    ]
    return table(f"Judgements in force on {as_at}, as groups use them", columns, rows)


def _machine_read(basis: str) -> Node:
    return [" ", tag(_READ)] if basis == "machine_read" else None


def _history(held: tuple[Inspection, ...]) -> Node:
    columns = [
        Column("Published on", is_short=True),
        Column("Inspected on", is_short=True),
        Column("Kind"),
        Column("Grades"),
    ]
    return table(
        "All inspections held, newest first", columns, [_row(one) for one in held], look="wide-end"
    )


def _row(one: Inspection) -> Row:
    grades = [node("Li", f"{label}: {grade}") for label, grade in one.grades]
    return (
        one.published,
        one.inspected,
        [one.kind, [" ", tag(_READ)] if one.is_machine_read else None],
        node("Ul", *grades, className="plain") if grades else "none given",
    )
