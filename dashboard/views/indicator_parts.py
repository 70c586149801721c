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
    InequalityRow,
    Status,
)
from dashboard.answers import Library, Reply
from dashboard.client import ApiClient
from dashboard.words.inequalities import has_gap
from dashboard.words.parts import NEARLY

LATEST = "latest"
FAMILY = "family"
"""The word by which the API gives the siblings of an indicator."""

SHARES = "shares_denominator"
"""Why the API compares no part of such a breakdown with its total."""

WHOLE = "All together"


@dataclass(frozen=True)
class Beside:
    """Rows of an indicator's parts and of its siblings, of the country and the chosen area."""

    rows: tuple[InequalityRow, ...] = ()
    siblings: tuple[IndicatorCard, ...] = ()
    parts_address: str = ""
    """The address of the parts alone, blank where there are none."""

    crossed: tuple[str, ...] = ()
    """The first breakdowns that are held together, none where no two are."""

    crossed_address: str = ""
    """The address of the figures that hold these too."""

    @cached_property
    def of_siblings(self) -> Mapping[tuple[str, str, str], InequalityRow]:
        """Rows of siblings, by indicator, area and period."""
        return {
            (row["part"] or "", row["area_code"], row["period"]): row
            for row in self.rows
            if row["by"] == FAMILY
        }


@dataclass(frozen=True)
class Side:
    """One area's figures of a breakdown: of the whole, and of each part by its code."""

    area: AreaCard
    whole: InequalityRow | None
    rows: Mapping[str, InequalityRow]
    largest: InequalityRow | None = None
    """The highest part against the lowest."""

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
        is_told = any(row["reason_code"] == SHARES for row in self._rows)
        return is_told or (bool(pairs) and all(part == whole for part, whole in pairs))

    @property
    def overlaps(self) -> bool:
        """Whether parts come to more than the whole, as ages under 16 and under 10 do."""
        return any(side.excess is not None and side.excess > NEARLY for side in self.shown)

    @property
    def adds_up(self) -> bool:
        """Whether each part is a share of the whole that no other part holds too."""
        return self.shares_denominator and not self.overlaps

    @property
    def has_intervals(self) -> bool:
        """Whether any part has an interval."""
        return any(row["ci_lower"] is not None for row in self._rows)

    @property
    def has_gaps(self) -> bool:
        """Whether any part is compared with its total."""
        return any(map(has_gap, self._rows))

    @property
    def _rows(self) -> list[InequalityRow]:
        return [row for side in self.shown for row in side.rows.values()]


async def load_beside(
    client: ApiClient,
    card: Reply[IndicatorDetail],
    library: Library,
    area: str,
    periods: Sequence[str],
    *,
    with_parts: bool,
) -> Beside:
    """Ask for parts and siblings together, in one call; in none where there are neither.

    `periods` are the shown one and the one before it, as some parts come out a year later.
    """
    indicator, release = card.data, card.meta["release"]
    siblings = siblings_of(indicator, library)
    columns = tuple(indicator["breakdowns"]) if with_parts else ()
    if not siblings and not columns:
        return Beside()
    areas = [COUNTRY_WORD, *([area] if area else [])]
    asked = list(dict.fromkeys([*(periods if columns else periods[:1]), LATEST]))
    ways = [*columns, *([FAMILY] if siblings else [])]
    found = await client.inequalities(
        release, indicator=[indicator["id"]], area=areas, period=asked, by=ways
    )
    rows = tuple(found.data)
    used = dict.fromkeys(_period_of(rows, column, periods) for column in columns)
    shown = list(filter(None, used)) or ["all"]
    crossed = found.meta.get("crossed", [])
    return Beside(
        rows,
        siblings,
        client.inequalities_address(
            release, indicator=[indicator["id"]], area=areas, period=shown, by=columns
        )
        if columns
        else "",
        tuple(crossed[0].split(",")) if crossed else (),
        client.observations_address([indicator["id"]], areas, shown, release, columns)
        if crossed
        else "",
    )


def _period_of(rows: Sequence[InequalityRow], column: str, periods: Sequence[str]) -> str:
    """Return the first of some periods that has parts of a column, blank for none."""
    held = {row["period"] for row in rows if row["by"] == column and is_part(row)}
    return next((period for period in periods if period in held), "")


def is_part(row: InequalityRow) -> bool:
    """Say whether a row is of a part, and not of the total, nor of two parts against each other."""
    return row["against"] == TOTAL


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
    made = (
        _breakdown(
            column,
            [row for row in beside.rows if row["by"] == column and row["period"] == period],
            indicator,
            areas,
        )
        for column in BREAKDOWN_COLUMNS
        if column in indicator["breakdowns"]
        and (period := _period_of(beside.rows, column, periods))
    )
    return [breakdown for breakdown in made if breakdown.shown]


def _breakdown(
    column: str,
    rows: Sequence[InequalityRow],
    indicator: IndicatorDetail,
    areas: Sequence[AreaCard],
) -> Breakdown:
    codes = dict.fromkeys(
        row["part"] or ""
        for row in rows
        if is_part(row) and row["status"] != Status.NOT_COLLECTED  # else a part of other areas
    )
    titles = indicator["breakdown_titles"].get(column, {})
    ordered = [code for code in titles if code in codes] + [c for c in codes if c not in titles]
    return Breakdown(
        column,
        rows[0]["period"],
        {code: titles.get(code, code) for code in ordered},
        _whole_title(titles),
        tuple(
            _side(area, [row for row in rows if row["area_code"] == area["code"]], ordered)
            for area in areas
        ),
    )


def _side(area: AreaCard, rows: Sequence[InequalityRow], codes: Sequence[str]) -> Side:
    held = {row["part"]: row for row in rows if is_part(row)}
    return Side(
        area,
        next((row for row in rows if row["part"] == TOTAL), None),
        {code: held[code] for code in codes if code in held},
        next((row for row in rows if row["against"] not in {None, TOTAL}), None),
    )


def _whole_title(titles: Mapping[str, str]) -> str:
    title = titles.get(TOTAL, TOTAL)
    return WHOLE if title == TOTAL else title
