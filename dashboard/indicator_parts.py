"""What stands beside a figure: the parts it is broken down into, and its siblings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from api.contract import (
    BREAKDOWN_COLUMNS,
    COUNTRY_WORD,
    TOTAL,
    AreaCard,
    IndicatorCard,
    IndicatorDetail,
    ObservationRow,
    Status,
)
from dashboard.client import ApiClient, Library, Reply
from dashboard.words.parts import NEARLY

LATEST = "latest"
WHOLE = "All together"


@dataclass(frozen=True)
class Beside:
    """Rows of an indicator's parts and of its siblings, of the country and the chosen area."""

    rows: tuple[ObservationRow, ...] = ()
    siblings: tuple[IndicatorCard, ...] = ()
    parts_address: str = ""
    """The address of the parts alone, blank where there are none."""

    @cached_property
    def wholes(self) -> Mapping[tuple[str, str, str], ObservationRow]:
        """Rows that are not broken down, by indicator, area and period."""
        return {
            (row["indicator"], row["area_code"], row["period"]): row
            for row in self.rows
            if not broken_down_by(row)
        }


@dataclass(frozen=True)
class Side:
    """One area's figures of a breakdown: of the whole, and of each part by its code."""

    area: AreaCard
    whole: ObservationRow | None
    rows: Mapping[str, ObservationRow]

    @property
    def common_status(self) -> str:
        """Why no part at all has a figure, blank where one has or reasons differ."""
        statuses = {row["status"] for row in self.rows.values()} or {Status.NOT_AVAILABLE}
        return "" if Status.OK in statuses or len(statuses) > 1 else str(statuses.pop())

    @property
    def sum(self) -> float | None:
        """The numerators of all parts added up, None where one is missing."""
        known = [row["numerator"] for row in self.rows.values()]
        held = [number for number in known if number is not None]
        return float(sum(held)) if held and len(held) == len(known) else None

    @property
    def excess(self) -> float | None:
        """By what share of the whole the parts add up to more than it; None if not known."""
        whole = self.whole["numerator"] if self.whole else None
        return None if self.sum is None or not whole else (self.sum - whole) / whole


@dataclass(frozen=True)
class Breakdown:
    """One way in which a figure is broken down, its parts in the order of reading."""

    column: str
    period: str
    titles: Mapping[str, str]
    """Code to title of each part; a title that is the code itself says that none is known."""

    whole_title: str
    sides: tuple[Side, ...]
    """The country, then the chosen area."""

    @property
    def shown(self) -> tuple[Side, ...]:
        """The areas of which parts can be shown."""
        return tuple(side for side in self.sides if not side.common_status)

    @property
    def has_counts(self) -> bool:
        """Whether the source gives the numbers behind the parts."""
        return any(row["numerator"] is not None for row in self._rows)

    @property
    def shares_denominator(self) -> bool:
        """Whether parts are counted over the denominator of the whole."""
        pairs = [
            (row["denominator"], side.whole["denominator"] if side.whole else None)
            for side in self.shown
            for row in side.rows.values()
            if row["denominator"] is not None
        ]
        return bool(pairs) and all(part == whole for part, whole in pairs)

    @property
    def overlaps(self) -> bool:
        """Whether parts come to more than the whole, as ages under 16 and under 10 do."""
        return any(side.excess is not None and side.excess > NEARLY for side in self.shown)

    @property
    def adds_up(self) -> bool:
        """Whether each part is a share of the whole that no other part holds too."""
        return self.shares_denominator and not self.overlaps

    @property
    def _rows(self) -> list[ObservationRow]:
        return [row for side in self.shown for row in side.rows.values()]


async def load_beside(
    client: ApiClient,
    card: Reply[IndicatorDetail],
    library: Library,
    area: str,
    periods: Sequence[str],
) -> Beside:
    """Ask for parts and siblings together, in one call; in none where there are neither.

    `periods` are the shown one and the one before it, as some parts come out a year later.
    """
    indicator, release = card.data, card.meta["release"]
    siblings = siblings_of(indicator, library)
    columns = tuple(indicator["breakdowns"])
    if not siblings and not columns:
        return Beside()
    ids = [indicator["id"], *(sibling["id"] for sibling in siblings)]
    areas = [COUNTRY_WORD, *([area] if area else [])]
    asked = dict.fromkeys([*(periods if columns else periods[:1]), LATEST])
    found = await client.observations(ids, areas, list(asked), release, columns)
    rows = tuple(found.data)
    own = [row for row in rows if row["indicator"] == indicator["id"]]
    used = dict.fromkeys(_period_of(own, column, periods) for column in columns)
    address = client.observations_address(
        [indicator["id"]], areas, list(filter(None, used)) or ["all"], release, columns
    )
    return Beside(rows, siblings, address if columns else "")


def _period_of(rows: Sequence[ObservationRow], column: str, periods: Sequence[str]) -> str:
    """Return the first of some periods that has parts of a column, blank for none."""
    held = {row["period"] for row in rows if broken_down_by(row) == (column,)}
    return next((period for period in periods if period in held), "")


def siblings_of(indicator: IndicatorCard, library: Library) -> tuple[IndicatorCard, ...]:
    """Return the other indicators of the same family that have figures."""
    return tuple(
        card
        for card in library.indicators.values()
        if indicator["family"] == card["family"] != ""
        and card["id"] != indicator["id"]
        and card["latest"]
    )


def breakdowns_of(
    beside: Beside,
    indicator: IndicatorDetail,
    periods: Sequence[str],
    areas: Sequence[AreaCard],
) -> list[Breakdown]:
    """Return the breakdowns that can be shown, each in the first of some periods that has it."""
    own = [row for row in beside.rows if row["indicator"] == indicator["id"]]
    made = (
        _breakdown(
            column, [row for row in own if row["period"] == period], beside, indicator, areas
        )
        for column in BREAKDOWN_COLUMNS
        if column in indicator["breakdowns"] and (period := _period_of(own, column, periods))
    )
    return [breakdown for breakdown in made if breakdown.shown]


def crossed(beside: Beside, indicator: str) -> tuple[str, ...]:
    """Return the first breakdowns that the rows cross, none where no two are crossed."""
    every = (broken_down_by(row) for row in beside.rows if row["indicator"] == indicator)
    return next((columns for columns in every if len(columns) > 1), ())


def _breakdown(
    column: str,
    rows: Sequence[ObservationRow],
    beside: Beside,
    indicator: IndicatorDetail,
    areas: Sequence[AreaCard],
) -> Breakdown:
    period = rows[0]["period"]
    by_area: dict[str, dict[str, ObservationRow]] = {}
    for row in rows:
        if broken_down_by(row) == (column,):
            by_area.setdefault(row["area_code"], {})[_code(row, column)] = row
    codes = dict.fromkeys(
        code
        for held in by_area.values()
        for code, row in held.items()
        if row["status"] != Status.NOT_COLLECTED  # somewhere; else it is a part of other areas
    )
    titles = indicator["breakdown_titles"].get(column, {})
    ordered = [code for code in titles if code in codes] + [c for c in codes if c not in titles]
    return Breakdown(
        column,
        period,
        {code: titles.get(code, code) for code in ordered},
        _whole_title(titles),
        tuple(
            Side(
                area,
                beside.wholes.get((indicator["id"], area["code"], period)),
                {code: held[code] for code in ordered if code in held},
            )
            for area in areas
            for held in (by_area.get(area["code"], {}),)
        ),
    )


def _whole_title(titles: Mapping[str, str]) -> str:
    title = titles.get(TOTAL, TOTAL)
    return WHOLE if title == TOTAL else title


def broken_down_by(row: ObservationRow) -> tuple[str, ...]:
    """Return the breakdowns of which a row is a part: several where they are crossed."""
    return tuple(column for column in BREAKDOWN_COLUMNS if _code(row, column) != TOTAL)


def _code(row: ObservationRow, column: str) -> str:
    return str(row.get(column, TOTAL))
