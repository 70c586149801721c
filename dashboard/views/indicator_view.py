"""What the page of an indicator shows: all that was asked for, only read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote

from api.contract import (
    AreaCard,
    CommentRow,
    ComparisonRow,
    GroupingCard,
    GroupRow,
    IndicatorDetail,
    InequalityRow,
    KnownProblemRow,
    Meta,
    ObservationRow,
    Status,
)
from dashboard.answers import Library, Reply
from dashboard.state import State, indicator_address
from dashboard.views.boundaries import Outlines
from dashboard.views.indicator_parts import Beside, siblings_of
from dashboard.views.indicator_series import Over
from dashboard.views.indicator_views import NAMES, OVERVIEW
from dashboard.views.standing import Standing
from dashboard.words.counts import counts_authorities
from dashboard.words.outcomes import Measure

BOUNDARIES = "boundaries"
"""The word of `map=` for real boundaries."""
LEVELS = ("england", "region", "authority")
_CODE = "CODE-OF-AN-AREA"
TYPE, OWN_PAST = "type", "own_past"
_OWN_LIST = "areas:"
COMPARATOR_OF_GROUPING = {"area_type": TYPE}


@dataclass(frozen=True)
class About:
    """Earlier versions of a definition, and problems of the figures that a release names."""

    versions: Sequence[Mapping[str, Any]] = ()
    problems: Sequence[KnownProblemRow] = ()


@dataclass(frozen=True)
class IndicatorView:
    """One indicator in one period, with the chosen authority and comparison."""

    state: State
    meta: Meta
    library: Library
    indicator: IndicatorDetail
    period: str
    previous: str | None
    rows: Reply[list[ObservationRow]]
    groups: Reply[list[GroupRow]]
    comparisons: Reply[list[ComparisonRow]] | None
    neighbours: frozenset[str]
    standing: Standing
    beside: Beside
    """Its parts, and its siblings, for the country and the chosen area."""

    comments: Sequence[CommentRow] = ()
    """What authorities say of figures."""

    over: Over = field(default_factory=Over)
    """The figures of some areas in all periods."""

    about: About = field(default_factory=About)
    """What is known of the indicator beyond its card."""

    outlines: Outlines | None = None
    """The outlines of authorities on the ground, where they are loaded and asked for."""

    has_boundaries: bool = False
    """Whether such outlines are loaded."""

    last_held: ObservationRow | None = None
    """The last figure of a chosen authority that had ended before the shown period."""

    @property
    def measure(self) -> Measure:
        """How values of this indicator are written."""
        return Measure.of(self.indicator)

    @property
    def is_count(self) -> bool:
        """Whether an authority is counted or not, so that its figure is yes or no."""
        return counts_authorities(self.measure.unit)

    @cached_property
    def usual_source(self) -> str:
        """Where the first figure of the shown period comes from: for rows that no source has."""
        held = (row["source"] for row in self.rows.data if row["period"] == self.period)
        return next(filter(None, held), "")

    @property
    def name(self) -> str:
        """Which of the views is shown; an unknown word means the first."""
        return self.state.view if self.state.view in NAMES else OVERVIEW

    @cached_property
    def highlighted(self) -> tuple[AreaCard, ...]:
        """The further areas to point out, in the order in which they were chosen."""
        return highlighted_in(self.state, self.library)

    @property
    def chosen(self) -> AreaCard | None:
        """The chosen authority."""
        return self.library.areas.get(self.state.area) if self.state.area else None

    @property
    def ended_on(self) -> str:
        """The day on which the chosen authority ended, blank if it was there in the period."""
        last_day = self.chosen["last_day"] if self.chosen else None
        country = self.row_of(self.library.country["code"])
        return last_day if last_day and country and last_day < country["period_end"] else ""

    @property
    def begins_on(self) -> str:
        """The day on which the chosen authority began, blank if it was there in the period."""
        first_day = self.chosen["first_day"] if self.chosen else None
        country = self.row_of(self.library.country["code"])
        return first_day if first_day and country and country["period_end"] < first_day else ""

    @property
    def is_there(self) -> bool:
        """Whether the chosen authority existed in the shown period."""
        return self.chosen is not None and not self.ended_on and not self.begins_on

    @property
    def shown_area(self) -> AreaCard:
        """The chosen area if figures of the shown period are of such areas, else the country."""
        is_shown = self.is_there and not self.is_country_only
        return self.chosen if self.chosen and is_shown else self.library.country

    @cached_property
    def is_country_only(self) -> bool:
        """Whether the figures of the shown period are of the country alone."""
        return not self.of_level("region", "authority")

    @property
    def compared(self) -> list[ComparisonRow]:
        """How the chosen authority compares with what the sentence names, where there is any."""
        return [row for row in self.compared_with_all if row["with"] not in self._further]

    @property
    def compared_with_all(self) -> list[ComparisonRow]:
        """The same with its type and its own past, which only the table has."""
        rows = self.comparisons.data if self.comparisons else []
        return [row for row in rows if not is_without_members(row)]

    @property
    def _further(self) -> set[str]:
        own = COMPARATOR_OF_GROUPING.get(self.state.compare, self.state.compare)
        return {TYPE, OWN_PAST} - {own}

    @property
    def reason_without_neighbours(self) -> str:
        """Why there is no comparison with neighbours, blank where there is one."""
        rows = self.comparisons.data if self.comparisons else []
        return next(
            ((row["reason"] or "").rstrip(".") for row in rows if is_without_members(row)), ""
        )

    @property
    def grouping(self) -> GroupingCard:
        """The way in which authorities are grouped."""
        named = self.state.compare
        own = self.state.named or "A list of your own"
        title = own if named.startswith(_OWN_LIST) else named
        unlisted = GroupingCard(grouping=named, title=title, note="", is_default=False)
        held = (card for card in self.library.groupings if card["grouping"] == named)
        return next(held, unlisted)

    def kind_of(self, row: ObservationRow | InequalityRow) -> str:
        """Return the level of the area of a row."""
        return self.library.areas[row["area_code"]]["kind"]

    def of_level(self, *kinds: str) -> list[ObservationRow]:
        """Return the rows of the shown period at some levels, in the order of the API."""
        return [
            row
            for row in self.rows.data
            if row["period"] == self.period and self.kind_of(row) in kinds
        ]

    def row_of(self, code: str, period: str | None = None) -> ObservationRow | None:
        """Return the row of an area, in the shown period unless another is named."""
        return self._rows.get((code, period or self.period))

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str], ObservationRow]:
        return {(row["area_code"], row["period"]): row for row in self.rows.data}

    @property
    def has_siblings(self) -> bool:
        """Whether other indicators are of the same family."""
        return bool(siblings_of(self.indicator, self.library))

    def to_view(self, name: str) -> str:
        """Return the address of another view of the same figures."""
        state = self.state.changed(view=name, subject="", sort="", find="", only="", by="")
        return indicator_address(self.indicator["id"], state)

    @property
    def is_on_ground(self) -> bool:
        """Whether the reader asked for real boundaries."""
        return self.state.map == BOUNDARIES

    def with_areas(self, codes: Sequence[str]) -> str:
        """Return the address of this view with other areas pointed out."""
        state = self.state.changed(areas=",".join(codes), subject="")
        return indicator_address(self.indicator["id"], state)

    def address_of(self, code: str) -> str:
        """Return the address of this view with another authority chosen."""
        return self._address.replace(_CODE, quote(code, safe=""))

    @cached_property
    def _address(self) -> str:
        return indicator_address(self.indicator["id"], self.state, area=_CODE, subject="")

    def value_of(self, code: str, period: str | None = None) -> float | int | None:
        """Return the value of an area, None where there is none."""
        row = self.row_of(code, period)
        return row["value"] if row and row["status"] == Status.OK else None

    @cached_property
    def group_of(self) -> Mapping[str, GroupRow]:
        """Authority code to its group."""
        return {member["code"]: group for group in self.groups.data for member in group["areas"]}

    @property
    def has_intervals(self) -> bool:
        """Whether any figure of an authority in the shown period has an interval."""
        return any(row["ci_lower"] is not None for row in self.of_level("authority"))

    @property
    def break_note(self) -> str:
        """What breaks the series between the previous and the shown period, if anything."""
        if self.previous is None:
            return ""
        between = (b["note"] for b in self.indicator["breaks"] if self._is_between(b["period"]))
        return next(between, "")

    def _is_between(self, period: str) -> bool:
        # Ids of one kind of period sort by time.
        return self.previous is not None and self.previous < period <= self.period


def carried(state: State) -> State:
    """Return the choices that make sense for another indicator too."""
    return State(
        area=state.area,
        compare=state.compare,
        release=state.release,
        model=state.model,
        view=state.view,
        areas=state.areas,
    )


def highlighted_in(state: State, library: Library) -> tuple[AreaCard, ...]:
    """Return the areas that a state points out beside the chosen one; codes not known are left."""
    country = library.country["code"]
    codes = dict.fromkeys(code.strip() for code in state.areas.split(","))
    known = (library.areas.get(code) for code in codes if code not in (state.area, country))
    return tuple(area for area in known if area)


def is_without_members(row: ComparisonRow) -> bool:
    """Return whether there are no neighbours to compare with, as of an authority that ended."""
    return row["with"].startswith("neighbours") and not row["members"]
