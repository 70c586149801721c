"""The profile of an area as it was asked for: what its page and its reports are made of."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.contract import (
    COUNTRY_WORD,
    AreaDetail,
    CommentRow,
    Meta,
    ProfileRow,
)
from dashboard.answers import Library, Reply
from dashboard.client import ApiClient
from dashboard.report.line import Line
from dashboard.report.lines import OWN_PAST, Maker, is_any_compared
from dashboard.state import State
from dashboard.words.names import opening, with_article
from dashboard.words.numbers import plural
from dashboard.words.outcomes import join_words

STAGES: Final = ("help_and_protection", "in_care", "leaving_care", "system")
KINDS: Final = ("outcome", "performance", "context")
ALL: Final = "all"
TABLE: Final = "table"
DIFFERS: Final = "beyond_chance"
_SPOKEN: Final = (
    ("better", "better"),
    ("worse", "worse"),
    ("higher", "higher"),
    ("lower", "lower"),
    ("similar", "similar"),
    ("cannot compare", "without a comparison"),
)


@dataclass(frozen=True)
class Profile:
    """All figures of one area, with what is needed to write and to link them."""

    area: AreaDetail
    meta: Meta
    lines: tuple[Line, ...]
    library: Library
    state: State
    comments: tuple[CommentRow, ...]
    address: str
    """The API address of the same figures."""
    comparators: tuple[str, ...]

    @property
    def is_authority(self) -> bool:
        """Whether the area is one authority, not a region or the country."""
        return self.area["kind"] == "authority"

    @property
    def country(self) -> str:
        """What the country is called."""
        return self.library.country["name"]

    @property
    def has_neighbours(self) -> bool:
        """Whether any figure stands beside neighbours."""
        return any(line.neighbours for line in self.lines)

    @property
    def shown(self) -> tuple[Line, ...]:
        """The lines that the reader's choices leave: the core set, unless all are asked for."""
        held = self.lines if self.is_whole else tuple(line for line in self.lines if line.is_core)
        return tuple(line for line in held if self._is_chosen(line))

    @property
    def is_whole(self) -> bool:
        """Whether all indicators are shown, and not the core set alone."""
        has_core = any(line.is_core for line in self.lines)
        return self.state.view in {ALL, TABLE} or self.state.only == DIFFERS or not has_core

    def _is_chosen(self, line: Line) -> bool:
        state = self.state
        if state.only == DIFFERS and not (line.differing or line.past_rank):
            return False
        return state.stage in ("", line.stage) and state.kind in ("", line.kind)

    @property
    def unlike(self) -> list[Line]:
        """What differs: from country and neighbours first, then the surest, then the largest."""
        return in_order([line for line in self.lines if line.differing])

    @property
    def changed(self) -> list[Line]:
        """What changed since the period before beyond chance, the surest first."""
        return sorted(
            (line for line in self.lines if line.past_rank), key=lambda line: line.past_rank
        )

    @property
    def comparable(self) -> int:
        """How many indicators can be compared with anybody."""
        return sum(map(is_any_compared, self.lines))


def in_order(lines: Sequence[Line]) -> list[Line]:
    """Return first what differs from both, then the surest and among these the largest."""
    return sorted(lines, key=lambda line: (-len(line.differing), line.rank))


async def profile_of(client: ApiClient, state: State, area: Reply[AreaDetail]) -> Profile:
    """Return the profile of an area from two calls."""
    library = await client.library(area.meta)
    code, release = area.data["code"], area.meta["release"]
    comparators = comparators_of(area.data, state.model, state.against)
    rows, comments = await asyncio.gather(
        client.profile(code, comparators, release),
        client.commentary(area.meta),
    )
    return await asyncio.to_thread(
        _profile, area, library, state.changed(subject=code), comparators, rows, comments
    )


def _profile(
    area: Reply[AreaDetail],
    library: Library,
    state: State,
    comparators: Sequence[str],
    rows: Reply[list[ProfileRow]],
    comments: Reply[list[CommentRow]],
) -> Profile:
    maker = Maker(area.data, library, comparators)
    said = tuple(row for row in comments.data if row["area_code"] == area.data["code"])
    return Profile(
        area=area.data,
        meta=area.meta,
        lines=maker.lines(rows.data),
        library=library,
        state=state,
        comments=said,
        address=rows.address,
        comparators=tuple(comparators),
    )


def comparators_of(area: AreaDetail, model: str, against: str = "") -> list[str]:
    """Return what the figures of an area are compared with, in the order in which they stand.

    After the country comes the region, or what the reader chose in its place; then the neighbours
    of the chosen model, then those of every other. The type says, with all these, on how many
    comparators a conclusion rests.
    """
    if area["kind"] != "authority":
        return [COUNTRY_WORD]
    chosen = f"neighbours:{model}" if model else "neighbours"
    shown = model or next(iter(area["neighbour_models"]), "")
    others = [f"neighbours:{other}" for other in area["neighbour_models"] if other != shown]
    second = against if against not in ("", COUNTRY_WORD) else "region"
    asked = [COUNTRY_WORD, second, chosen, *others, "type", OWN_PAST]
    return list(dict.fromkeys(asked))


def opening_sentence(profile: Profile) -> str:
    """Return how many figures are held, and how many differ from the country beyond chance."""
    name = profile.area["name"]
    held = [line for line in profile.lines if line.has_value]
    if not held:
        return f"No figures of {with_article(name)} are held."
    outcomes = [line.country.outcome for line in held if line.country]
    said = [f"{outcomes.count(word)} {words}" for word, words in _SPOKEN if word in outcomes]
    many = plural(len(profile.lines), "indicator")
    sentence = f"{opening(name)} has a figure for {len(held)} of {many}."
    return f"{sentence} Against {profile.country}: {join_words(said)}." if said else sentence
