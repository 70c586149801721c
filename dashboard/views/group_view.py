"""What the page that compares groups shows, and the calls that ask for it: at most four."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from api.contract import (
    AreaCard,
    GroupRow,
    IndicatorCard,
    IndicatorDetail,
    Meta,
    ObservationRow,
    Paths,
    Status,
)
from dashboard.answers import Library, Reply
from dashboard.client import ApiClient
from dashboard.state import State
from dashboard.views.group_choice import (
    NEIGHBOURS,
    OWN,
    full_token,
    grouping_asked,
    grouping_title,
    heading_words,
)
from dashboard.views.narrowing import Classes, load_classes, narrowed
from dashboard.words.counts import counts_authorities
from dashboard.words.outcomes import Measure

NO_JUDGEMENT = "none"


@dataclass(frozen=True)
class GroupView:
    """Groups of authorities in one indicator and period, with the chosen authority."""

    state: State
    meta: Meta
    library: Library
    classes: Classes
    indicator: IndicatorDetail
    period: str | None
    groups: Reply[Sequence[GroupRow]]
    """Empty where the grouping needs a choice that is not made, or no figure is held."""
    country_row: ObservationRow | None = None
    own_row: ObservationRow | None = None
    """The figure of the chosen authority itself."""
    crossed: Reply[Sequence[GroupRow]] | None = None
    """The same groups within each group of a second grouping, where one is chosen."""

    @property
    def measure(self) -> Measure:
        """How values of this indicator are written."""
        return Measure.of(self.indicator)

    @property
    def is_count(self) -> bool:
        """Whether an authority is counted or not, so that its figure is yes or no."""
        return counts_authorities(self.measure.unit)

    @property
    def title(self) -> str:
        """What the grouping is called."""
        return grouping_title(self.library, self.state.compare, self.state)

    @property
    def heading(self) -> str:
        """What is compared, in a few words."""
        return heading_words(self.indicator["short_title"], self.library, self.state)

    @property
    def across_title(self) -> str:
        """What the second grouping is called."""
        return grouping_title(self.library, self.state.across, self.state)

    @property
    def chosen(self) -> AreaCard | None:
        """The chosen authority."""
        return self.library.areas.get(self.state.area) if self.state.area else None

    @property
    def needs_choice(self) -> bool:
        """Whether the grouping needs an authority or a list that is not chosen."""
        return not grouping_asked(self.state)

    @cached_property
    def rows(self) -> Sequence[GroupRow]:
        """The groups that are shown."""
        return self.groups.data

    @property
    def shown(self) -> Sequence[GroupRow]:
        """The groups with at least one figure."""
        return [group for group in self.rows if group["members_with_data"]]

    @property
    def as_at(self) -> str:
        """The day on which judgements are read; blank where none is."""
        return next((group["as_at"] for group in self.rows if group["as_at"]), "")

    @property
    def country_value(self) -> float | int | None:
        """The figure of the country in the period."""
        row = self.country_row
        return row["value"] if row and row["status"] == Status.OK else None

    @cached_property
    def group_of(self) -> Mapping[str, GroupRow]:
        """Authority code to its group."""
        return {member["code"]: group for group in self.rows for member in group["areas"]}

    @property
    def chosen_group(self) -> GroupRow | None:
        """The group that the chosen authority is in."""
        return self.group_of.get(self.state.area)

    def label(self, group: GroupRow) -> str:
        """Return what a group is called; a list of the reader's own by the reader's name for it."""
        if self.state.compare == OWN and group["group"] == "areas" and self.state.named:
            return self.state.named
        return group["label"]


def missing_counts(group: GroupRow) -> Mapping[str, int]:
    """Return how many members have no figure, by the reason."""
    return Counter(
        member["status"] or Status.NOT_AVAILABLE
        for member in group["areas"]
        if member["status"] != Status.OK
    )


def first_core(indicators: Mapping[str, IndicatorCard]) -> str:
    """Return the indicator that is shown where none is chosen."""
    core = (id for id, card in indicators.items() if card["is_core"] and card["latest"])
    return next(core, next(iter(indicators), ""))


async def load_groups(client: ApiClient, state: State) -> GroupView:
    """Ask for what the page shows; raises ApiError for what the API refuses."""
    release = await client.release(state.release)
    meta = release.meta
    library = await client.library(meta)
    state = _settled(state, library)
    card, classes = await asyncio.gather(
        client.held_indicator(state.indicator, meta), load_classes(client, meta, library)
    )
    period = state.period or card.data["latest"]
    asked = grouping_asked(state)
    if period is None or not asked:
        nothing: Reply[Sequence[GroupRow]] = Reply(meta, (), "")
        return GroupView(state, meta, library, classes, card.data, period, nothing)
    groups, crossed, rows = await asyncio.gather(
        _groups(client, state, period, meta, asked),
        _crossed(client, state, period, meta, asked),
        client.observations(
            [state.indicator],
            list(filter(None, ["england", state.area])),
            [period],
            meta["release"],
        ),
    )
    return GroupView(
        state=state,
        meta=meta,
        library=library,
        classes=classes,
        indicator=card.data,
        period=rows.data[0]["period"] if rows.data else period,
        groups=groups,
        country_row=_row_of(rows.data, library.country["code"]),
        own_row=_row_of(rows.data, state.area),
        crossed=crossed,
    )


def _row_of(rows: Sequence[ObservationRow], code: str) -> ObservationRow | None:
    return next((row for row in rows if row["area_code"] == code), None)


def _settled(state: State, library: Library) -> State:
    """Return the state with an indicator, and with codes in the one spelling of the lists."""
    card = library.areas.get(state.area)
    area = state.area if card and card["kind"] == "authority" else ""
    compare = full_token(library, state.compare)
    across = full_token(library, state.across)
    if across in {compare, OWN, NEIGHBOURS}:
        across = ""
    return state.changed(
        indicator=state.indicator or first_core(library.indicators),
        area=area,
        compare=compare,
        across=across,
    )


async def _groups(
    client: ApiClient, state: State, period: str, meta: Meta, asked: Mapping[str, str]
) -> Reply[Sequence[GroupRow]]:
    return await client.get(
        Paths.GROUPS,
        **asked,
        indicator=state.indicator,
        period=period,
        **narrowed(state),
        release=meta["release"],
    )


async def _crossed(
    client: ApiClient, state: State, period: str, meta: Meta, asked: Mapping[str, str]
) -> Reply[Sequence[GroupRow]] | None:
    if not state.across:
        return None
    return await _groups(client, state, period, meta, {**asked, "across": state.across})
