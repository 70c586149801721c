"""Who is like an authority and does well: to ask, not to rank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.contract import (
    OWN_MODEL,
    AreaCard,
    CommentRow,
    ComparisonRow,
    IndicatorDetail,
    NeighbourRow,
    Outcome,
)
from dashboard.answers import Reply
from dashboard.components.comments import comment
from dashboard.components.figures import same_numbers
from dashboard.components.neighbour_words import grade_of, nearer_pairs
from dashboard.components.table import Column, Row, table
from dashboard.components.text import inset, section
from dashboard.page import Node, link, node
from dashboard.state import State, indicator_address
from dashboard.views.neighbour_view import NeighbourView
from dashboard.words import periods
from dashboard.words.names import opening, with_article
from dashboard.words.numbers import plural, span
from dashboard.words.outcomes import Measure, outcome_of, outcome_word
from dashboard.words.statuses import status_reason

_CAUTION: Final = (
    "A figure says that there is a difference and not why. It may be practice, or families, or how "
    "things are counted. Ask them. They are in the order of how alike they are, not of how well "
    "they do."
)
_NO_WAY: Final = (
    "Of this indicator no way is said to be good, so that nobody does well or badly at it by the "
    "figure alone. These differ from {country} beyond chance, whichever way."
)


@dataclass(frozen=True)
class LikeUs:
    """Authorities like one, each with its figure of an indicator against the country."""

    view: NeighbourView
    indicator: IndicatorDetail
    reply: Reply[list[ComparisonRow]]
    comments: Sequence[CommentRow]

    @property
    def measure(self) -> Measure:
        """How values are written."""
        return Measure.of(self.indicator)

    @property
    def has_direction(self) -> bool:
        """Whether a way is said to be good."""
        return self.indicator["direction"] != "none"

    @property
    def rows(self) -> list[ComparisonRow]:
        """Those that are like the authority, the most alike first; it is not among them."""
        distance = {row["code"]: row["distance"] for row in self.view.everyone}
        held = [row for row in self.reply.data if row["area_code"] != self.view.code]
        return sorted(held, key=lambda row: _far(distance.get(row["area_code"])))

    @property
    def own(self) -> ComparisonRow | None:
        """The authority's own figure."""
        return next((r for r in self.reply.data if r["area_code"] == self.view.code), None)

    def of(self, *outcomes: str) -> list[ComparisonRow]:
        """Return those that come to some outcomes, the most alike first."""
        return [row for row in self.rows if outcome_of(row) in outcomes]

    @property
    def nearly(self) -> list[ComparisonRow]:
        """Those better beyond the chance of small numbers, yet not unusual among authorities."""
        return [row for row in self.of(Outcome.SIMILAR) if row["plain_95"] == Outcome.BETTER]


def _far(distance: float | None) -> float:
    return float("inf") if distance is None else distance


def better_sentence(held: LikeUs) -> str:
    """Return how many like the authority stand out against the country."""
    name, country = with_article(held.view.name), held.view.library.country["name"]
    period = held.own["period"] if held.own else held.indicator["latest"] or ""
    when = periods.when(period, held.measure.measured)
    people = plural(len(held.rows), "authority", "authorities")
    if not held.has_direction:
        higher, lower = (_many(held.of(word)) for word in (Outcome.HIGHER, Outcome.LOWER))
        said = f"{higher} higher and {lower} lower than {country}, beyond chance"
        return f"Of the {people} like {name}, {said}, {when}. No way is said to be good."
    said = f"{_many(held.of(Outcome.BETTER))} better than {country} beyond chance, {when}"
    return f"Of the {people} like {name}, {said}. {_more(len(held.nearly))}"


def _many(rows: Sequence[ComparisonRow]) -> str:
    return f"{len(rows) or 'none'} {'is' if len(rows) == 1 else 'are'}"


def _more(count: int) -> str:
    if not count:
        return "No other is better by more than the chance of its own small numbers."
    one = "1 other is" if count == 1 else f"{count} others are"
    return f"{one} better by more than the chance of small numbers, but not unusually so."


def better_section(held: LikeUs) -> Node:
    """Return them with likeness, figure, grade with its day, and what they say themselves."""
    country = held.view.library.country["name"]
    if held.has_direction:
        title = "Who does well at this and is like us"
        tables = [
            _table(held, f"Better than {country} beyond chance", held.of(Outcome.BETTER)),
            _table(held, f"Better than {country}, but not unusually so", held.nearly),
        ]
    else:
        title = "Who differs and is like us"
        tables = [
            node("P", _NO_WAY.format(country=country)),
            _table(held, f"Higher than {country} beyond chance", held.of(Outcome.HIGHER)),
            _table(held, f"Lower than {country} beyond chance", held.of(Outcome.LOWER)),
        ]
    caution = inset(node("P", node("Strong", "Before you ask. "), _CAUTION))
    return section(
        "better",
        title,
        caution,
        *tables,
        _rest(held),
        *_comments(held),
        same_numbers(held.reply.address, "those like it"),
    )


def _rest(held: LikeUs) -> Node:
    """Say how the others stand, and the authority itself."""
    shown = {row["area_code"] for row in held.nearly}
    similar = [row for row in held.of(Outcome.SIMILAR) if row["area_code"] not in shown]
    others = (
        ("similar", similar),
        ("worse", held.of(Outcome.WORSE)),
        ("without a comparison", held.of(Outcome.CANNOT_COMPARE)),
    )
    told = [f"{len(rows)} {word}" for word, rows in others if rows]
    country = held.view.library.country["name"]
    rest = f"The others like it, against {country}: {', '.join(told)}. " if told else ""
    itself = f"{opening(held.view.name)} itself: {_itself(held, held.own)}." if held.own else ""
    return node("P", f"{rest}{itself}")


def _itself(held: LikeUs, own: ComparisonRow) -> str:
    if own["value"] is None:
        return f"no figure, {status_reason(own['status'])}"
    return f"{held.measure.amount(own['value'])}, {outcome_word(own)}"


def _table(held: LikeUs, caption: str, rows: Sequence[ComparisonRow]) -> Node:
    if not rows:
        return node("P", f"{caption}: none of those like it.", className="empty")
    columns = [
        Column("Authority"),
        Column("Named as a neighbour", is_short=True),
        Column("Nearer pairs", is_number=True),
        Column("Value", is_number=True),
        Column("95% interval", is_number=True),
        Column("Grade for impact of leaders"),
    ]
    by_code = {row["code"]: row for row in held.view.everyone}
    made = [_row(held, row, by_code) for row in rows]
    return table(caption, columns, made, look="wrapped-heads")


def _row(held: LikeUs, row: ComparisonRow, by_code: Mapping[str, NeighbourRow]) -> Row:
    view, measure, code = held.view, held.measure, row["area_code"]
    near = by_code[code]
    models = [model for model, other in view.ranks if other == code and model != OWN_MODEL]
    there = indicator_address(
        row["indicator"], State(area=code, period=view.state.period, release=view.state.release)
    )
    return (
        link(view.library.areas[code]["name"], there),
        ", ".join(models) or "no",
        nearer_pairs(near["distance_percentile"]),
        measure.quantity(row["value"]),
        span(row["ci_lower"], row["ci_upper"], measure.unit, measure.decimals),
        _grade(view.library.areas[code]),
    )


def _grade(area: AreaCard) -> Node:
    grade, day = grade_of(area)
    return [grade, node("Span", f"published {day}", className="note")] if day else grade


def _comments(held: LikeUs) -> list[Node]:
    period = held.own["period"] if held.own else ""
    codes = {row["area_code"] for row in held.rows}
    said = [
        row
        for row in held.comments
        if row["indicator"] == held.indicator["id"]
        and row["period"] == period
        and row["area_code"] in codes
    ]
    return [node("H3", "What they say"), *map(comment, said)] if said else []
