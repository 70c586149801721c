"""What the heat table shows: authorities by indicators, each against one comparator; two calls."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from api.contract import AreaCard, ComparisonRow, IndicatorCard, Meta, Outcome, Paths
from dashboard.answers import Library, Reply
from dashboard.client import ApiClient
from dashboard.state import State
from dashboard.views.heat_choice import COUNTRY, against_options, columns_of, rows_asked
from dashboard.views.narrowing import Classes, load_classes, narrowed
from dashboard.words.differences import is_different
from dashboard.words.outcomes import outcome_of

BEYOND_CHANCE: Final = "beyond_chance"
NAME, DIFFER = "name", "differ"


@dataclass(frozen=True)
class HeatView:
    """Comparisons of some authorities in some indicators, each at its latest period."""

    state: State
    meta: Meta
    library: Library
    classes: Classes
    chosen_columns: Sequence[IndicatorCard]
    left_out: int
    """How many chosen indicators are too many to be shown."""
    rows: Reply[Sequence[ComparisonRow]]

    @property
    def against(self) -> str:
        """What figures are compared with, as a word of the API."""
        return self.state.against or COUNTRY

    @cached_property
    def against_words(self) -> str:
        """What a figure is compared with, in words as of one authority."""
        known = against_options(self.library)
        return known.get(self.against, "what it is compared with")

    @property
    def against_words_of_all(self) -> str:
        """The same as of several authorities."""
        return self.against_words.replace("its ", "their ").replace("it is", "they are")

    @cached_property
    def cells(self) -> Mapping[tuple[str, str], ComparisonRow]:
        """The comparisons by authority and indicator."""
        return {(row["area_code"], row["indicator"]): row for row in self.rows.data}

    @cached_property
    def columns(self) -> Sequence[IndicatorCard]:
        """The indicators that have any row for these authorities."""
        held = {row["indicator"] for row in self.rows.data}
        return [card for card in self.chosen_columns if card["id"] in held]

    @cached_property
    def areas(self) -> Sequence[AreaCard]:
        """The authorities in the chosen order; those without a figure in its column last."""
        codes = dict.fromkeys(row["area_code"] for row in self.rows.data)
        by_name = sorted((self.library.areas[code] for code in codes), key=lambda a: a["name"])
        sort, is_down = self.state.sort.removeprefix("-"), self.state.sort.startswith("-")
        if sort == DIFFER:
            return sorted(by_name, key=lambda a: self.differing(a["code"]), reverse=is_down)
        if sort in self.library.indicators:
            held = {a["code"]: self._number(a["code"], sort) for a in by_name}
            known = [a for a in by_name if held[a["code"]] is not None]
            known.sort(key=lambda a: held[a["code"]] or 0, reverse=is_down)
            return known + [a for a in by_name if held[a["code"]] is None]
        return by_name[::-1] if is_down and sort == NAME else by_name

    def _number(self, code: str, indicator: str) -> float | int | None:
        row = self.cells.get((code, indicator))
        return row["value"] if row else None

    def differing(self, code: str) -> int:
        """Return how many figures of an authority differ beyond chance."""
        return self._differing.get(code, 0)

    @cached_property
    def _differing(self) -> Mapping[str, int]:
        return Counter(row["area_code"] for row in self.different)

    @cached_property
    def differing_in(self) -> Mapping[str, int]:
        """How many authorities differ, by indicator."""
        return Counter(row["indicator"] for row in self.different)

    @cached_property
    def different(self) -> Sequence[ComparisonRow]:
        """The figures that differ beyond chance, each authority's page seen together."""
        return [row for row in self.rows.data if is_different(outcome_of(row))]

    @cached_property
    def compared(self) -> Sequence[ComparisonRow]:
        """The figures that can be compared at all."""
        return [row for row in self.rows.data if outcome_of(row) != Outcome.CANNOT_COMPARE]

    @cached_property
    def untested(self) -> frozenset[str]:
        """The indicators of which no figure can be compared."""
        tested = {row["indicator"] for row in self.compared}
        return frozenset(card["id"] for card in self.columns if card["id"] not in tested)

    @cached_property
    def shown_areas(self) -> Sequence[AreaCard]:
        """The rows: where only differences are shown, those that have any, and the chosen one."""
        if not self.is_only_beyond_chance:
            return self.areas
        own = self.state.area
        return [a for a in self.areas if self.differing(a["code"]) or a["code"] == own]

    @cached_property
    def shown_columns(self) -> Sequence[IndicatorCard]:
        """The columns: where only differences are shown, those that have any."""
        if not self.is_only_beyond_chance:
            return self.columns
        return [card for card in self.columns if self.differing_in.get(card["id"])]

    def country_value(self, indicator: str) -> float | int | None:
        """Return the country's figure, where that is what is compared with."""
        if self.against != COUNTRY:
            return None
        held = (self.cells.get((area["code"], indicator)) for area in self.areas)
        return next((row["comparator_value"] for row in held if row), None)

    def period(self, indicator: str) -> str:
        """Return the period of an indicator's figures."""
        held = (self.cells.get((area["code"], indicator)) for area in self.areas)
        return next((row["period"] for row in held if row), "")

    @property
    def is_only_beyond_chance(self) -> bool:
        """Whether what does not differ is left blank."""
        return self.state.only == BEYOND_CHANCE

    @property
    def chosen(self) -> AreaCard | None:
        """The chosen authority."""
        return self.library.areas.get(self.state.area) if self.state.area else None


async def load_heat(client: ApiClient, state: State) -> HeatView:
    """Ask for what the page shows; raises ApiError for what the API refuses."""
    release = await client.release(state.release)
    meta = release.meta
    library = await client.library(meta)
    classes = await load_classes(client, meta, library)
    card = library.areas.get(state.area)
    if card is None or card["kind"] != "authority":
        state = state.changed(area="")
    columns, left_out = columns_of(state, library)
    unknown = [id for id in state.indicators.split(",") if id and id not in library.indicators]
    rows: Reply[Sequence[ComparisonRow]] = await client.get(
        Paths.COMPARISONS,
        indicator=",".join([*(card["id"] for card in columns), *unknown]),
        area=rows_asked(state, library),
        **{"with": state.against or COUNTRY},
        **narrowed(state),
        period="latest",
        release=meta["release"],
    )
    return HeatView(state, meta, library, classes, columns, left_out, rows)
