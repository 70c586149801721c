"""What a reader asks for on the page of data, as the API takes it and in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from api.contract import BREAKDOWN_COLUMNS, COUNTRY_WORD, IndicatorCard
from dashboard.answers import Library
from dashboard.state import State
from dashboard.views.narrowing import narrowed
from dashboard.words.numbers import plural
from dashboard.words.outcomes import join_words
from dashboard.words.periods import end_year

PATH: Final = "/data"
EVERY: Final = "all"
"""The word for all indicators, and for all periods."""
OWN: Final = "own"
"""The word for the reader's own list among areas."""
LATEST: Final = "latest"
LAST: Final = "last:"
WITHIN: Final = "within:"
NEIGHBOURS: Final = "neighbours:"
LEVELS: Final[Mapping[str, str]] = {
    COUNTRY_WORD: "the whole country",
    "region": "all regions",
    "authority": "all authorities",
}
_MOST_NAMED: Final = 3


@dataclass(frozen=True)
class Selection:
    """Which figures are wanted; `ids` and `areas` may be wrong, which the API then says."""

    state: State
    library: Library
    ids: tuple[str, ...]
    areas: tuple[str, ...]
    """As they are ticked: codes, selectors of the API, and the word for the reader's own list."""
    columns: tuple[str, ...]
    """Breakdown columns that are asked for and that some chosen indicator has."""
    not_held: tuple[str, ...]
    """Breakdown columns that are asked for and that none has."""
    period: str
    last: str
    trouble: str = ""
    """Why nothing can be asked for yet, in a sentence that says what to do."""

    @property
    def is_every(self) -> bool:
        """Whether all indicators are wanted."""
        return EVERY in self.ids

    @property
    def cards(self) -> list[IndicatorCard]:
        """The chosen indicators that the release has."""
        held = self.library.indicators
        return list(held.values()) if self.is_every else [held[i] for i in self.ids if i in held]

    @property
    def area_selectors(self) -> tuple[str, ...]:
        """The areas as the API takes them."""
        words = [self.state.own if word == OWN else word for word in self.areas]
        return tuple(dict.fromkeys(filter(None, ",".join(words).split(","))))

    @property
    def parameters(self) -> dict[str, str]:
        """What the API is asked for, whatever the format; blank where nothing is said."""
        return {
            "indicator": "" if self.is_every else ",".join(self.ids),
            "area": ",".join(self.area_selectors),
            **narrowed(self.state),
            "period": self.period,
            "last": self.last,
            **dict.fromkeys(self.columns, EVERY),
        }


def read_selection(state: State, library: Library) -> Selection:
    """Read what is chosen in a state."""
    ids = tuple(filter(None, state.indicators.split(",")))
    cards = _cards(ids, library)
    wanted = [name for name in state.by.split(",") if name]
    held = {name for card in cards for name in card["breakdowns"]}
    period, last, trouble = _periods(state, cards)
    if not ids:
        trouble = "Tick one or more indicators to see their figures, or “All indicators”."
    return Selection(
        state,
        library,
        ids,
        _areas(state),
        tuple(name for name in BREAKDOWN_COLUMNS if name in wanted and name in held),
        tuple(name for name in wanted if name not in held),
        period,
        last,
        trouble,
    )


def _cards(ids: Sequence[str], library: Library) -> list[IndicatorCard]:
    held = library.indicators
    return list(held.values()) if EVERY in ids else [held[i] for i in ids if i in held]


def _areas(state: State) -> tuple[str, ...]:
    usual = f"{state.area},{COUNTRY_WORD}" if state.area else ""
    named = state.areas or (OWN if state.own else usual)
    return tuple(dict.fromkeys(filter(None, named.split(","))))


def _periods(state: State, cards: Sequence[IndicatorCard]) -> tuple[str, str, str]:
    """Return `period`, `last`, and why there is nothing to ask for."""
    how = state.periods or LATEST
    last = how.removeprefix(LAST) if how.startswith(LAST) else ""
    if not (state.from_year or state.to_year):
        return (LATEST if last else how), last, ""
    if how not in {LATEST, EVERY} and not last:
        return how, "", ""  # periods that are named leave nothing to years
    first, final = _year(state.from_year, 0), _year(state.to_year, 9999)
    if first is None or final is None:
        return "", "", "A year is written in digits, such as 2024: choose the years again."
    ranges = _ranges(cards, first, final)
    if cards and not ranges:
        return "", "", _no_years(cards)
    return ",".join(ranges), "1" if how == LATEST else last, ""


def _year(text: str, usual: int) -> int | None:
    if not text:
        return usual
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len("2024") else None


def years_of(cards: Sequence[IndicatorCard]) -> list[int]:
    """Return the years in which periods of indicators end."""
    found = {end_year(period) for card in cards for period in card["periods"]}
    return sorted(year for year in found if year is not None)


def _ranges(cards: Sequence[IndicatorCard], first: int, final: int) -> list[str]:
    """Return the range of each kind of period whose ends lie between two years."""
    inside = {
        (card["period_kind"], period)
        for card in cards
        for period in card["periods"]
        if (year := end_year(period)) is not None and first <= year <= final
    }
    ranges = []
    # Ids of one kind of period sort by time.
    for _, of_kind in groupby(sorted(inside), key=lambda one: one[0]):
        periods = [period for _, period in of_kind]
        ranges.append(f"{periods[0]}..{periods[-1]}")
    return ranges


def _no_years(cards: Sequence[IndicatorCard]) -> str:
    years = years_of(cards)
    if not years:
        return "The indicators chosen have no figures in this release: choose others."
    held = f"from {years[0]} to {years[-1]}" if len(years) > 1 else f"for {years[0]}"
    return f"No period ends in the years chosen. Figures are held {held}: choose other years."


# ---- in words


def indicator_words(selection: Selection) -> str:
    """Return which indicators are chosen."""
    if selection.is_every:
        return f"all {plural(len(selection.library.indicators), 'indicator')}"
    titles = [card["short_title"] for card in selection.cards]
    many = plural(len(selection.ids), "indicator")
    return join_words(titles) if 0 < len(titles) <= _MOST_NAMED else many


def area_words(selection: Selection) -> str:
    """Return which areas are chosen."""
    if not selection.areas:
        return "all areas"
    state, library = selection.state, selection.library
    mine = f"the list “{state.named}”" if state.named else "my list"
    # Sets last: "Kent and statistical neighbours of Kent" cannot be misread.
    ordered = sorted(selection.areas, key=lambda word: ":" in word)
    names = [mine if word == OWN else selector_words(word, library) for word in ordered]
    return join_words(names) if len(names) <= _MOST_NAMED else plural(len(names), "area")


def selector_words(word: str, library: Library) -> str:
    """Return one area or set of areas in words, such as `neighbours of Kent`."""
    if word == COUNTRY_WORD:
        return library.country["name"]
    if word in LEVELS:
        return LEVELS[word]
    kind, _, code = word.partition(":")
    area = library.areas.get((code or kind).partition(":")[0])
    if area is None:
        return word
    before = {WITHIN: "authorities in ", NEIGHBOURS: "statistical neighbours of "}
    return f"{before.get(f'{kind}:', '') if code else ''}{area['name']}"


def period_words(selection: Selection) -> str:
    """Return which periods are chosen."""
    state = selection.state
    how = state.periods or LATEST
    if how.startswith(LAST):
        count = how.removeprefix(LAST)
        said = f"the last {count} periods of each indicator"
    elif how in {LATEST, EVERY}:
        said = "all periods" if how == EVERY else "the latest period of each indicator"
    else:
        return how.replace("..", " to ").replace(",", ", ")
    return f"{said}{_year_words(state)}"


def breakdown_words(selection: Selection) -> str:
    """Return what figures are broken down by, such as `by sex and age`; blank for nothing."""
    columns = [name.replace("_", " ") for name in selection.columns]
    return f"by {join_words(columns)}" if columns else ""


def _year_words(state: State) -> str:
    if state.from_year and state.to_year:
        return f", ending from {state.from_year} to {state.to_year}"
    if state.from_year:
        return f", ending in {state.from_year} or later"
    return f", ending in {state.to_year} or before" if state.to_year else ""
