"""Made-up figures: rows of observations, comparisons and profiles, always the same."""

import random
from functools import cached_property
from typing import Any

from api.contract import BREAKDOWN_COLUMNS, TOTAL
from reference.areas import Area
from reference.places import PlaceSet
from tests.dashboard.fake_cards import (
    CARDS,
    COMPUTED,
    COUNT,
    PERIODS,
    RATE,
    RELEASE,
    SCORE,
    SHARE,
    SOURCE,
)

HIDDEN = ("value", "numerator", "ci_lower", "ci_upper", "ci_level")
FUNNELS = tuple(
    f"{kind}_{end}_{level}"
    for kind in ("funnel", "wide_funnel")
    for level in ("95", "998")
    for end in ("lower", "upper")
)
NO_TREND = {
    **dict.fromkeys(("marker", "better_or_worse", "chi_square", "slope", "is_robust")),
    "reason_code": "too_few_points",
    "reason": "Fewer than five yearly figures in the last seven years",
    "points_used": 0,
    "first_period": None,
    "last_period": None,
}
STATISTICS = ("mean", "median", "q25", "q75", "pooled", "pooled_ci_lower", "pooled_ci_upper")


class FakeFigures:
    """Figures of the made-up indicators for every area of a place set."""

    def __init__(self, places: PlaceSet) -> None:
        """Draw figures for these places."""
        self.places = places
        self.without_neighbours: set[str] = set()
        self.of_country_only: set[str] = set()
        self.parts_until: dict[str, str] = {}

    @property
    def authorities(self) -> list[Area]:
        """The authorities that still exist."""
        return [area for area in self.places.authorities() if area.last_day is None]

    @cached_property
    def values(self) -> dict[tuple[str, str, str], float | None]:
        drawn = random.Random(7)
        return {
            (held["id"], period, area.code): self._drawn(drawn, held, area)
            for held in CARDS
            for period in PERIODS
            for area in self.places.areas
        }

    def _drawn(self, drawn: random.Random, held: dict[str, Any], area: Area) -> float | None:
        if held["id"] == COUNT:
            return float(len(self.counted(area)))
        middle = {RATE: 67.0, SHARE: 10.0, SCORE: 14.5}.get(held["id"], 50.0)
        if area.kind.value == "authority" and drawn.random() < 0.06:
            return None
        spread = 0.3 if area.kind.value == "authority" else 0.05
        return float(round(max(1.0, drawn.gauss(middle, middle * spread)), held["decimals"]))

    def inside(self, area: Area) -> list[Area]:
        """Return the authorities that an area is or holds."""
        whole = area.kind.value == "country"
        return [held for held in self.authorities if whole or area.code in (held.code, held.region)]

    def counted(self, area: Area) -> list[Area]:
        """Return those of them that the made-up judgement holds good."""
        return [held for held in self.inside(area) if int(held.code[-1]) % 3 == 0]

    def value(self, id: str, period: str, area: Area) -> float | None:
        """Return the made-up value of an area."""
        return self.values.get((id, period, area.code))

    def row(self, held: dict[str, Any], period: str, area: Area) -> dict[str, Any]:
        """Return one row of /observations."""
        value = self.value(held["id"], period, area)
        has_interval = value is not None and held["interval"] != "none"
        is_ok = value is not None
        is_count = held["id"] == COUNT
        is_total = is_count and area.kind.value != "authority"
        top, bottom = (value, len(self.inside(area))) if is_count else ((value or 0) * 10, 1000)
        return {
            "release": RELEASE,
            "indicator": held["id"],
            "definition_version": 1,
            "area_code": area.code,
            "area_name": area.name,
            "area_type": area.kind.value,
            "period": period,
            "period_start": f"{period[2:]}-03-31",
            "period_end": f"{period[2:]}-03-31",
            **dict.fromkeys(BREAKDOWN_COLUMNS, TOTAL),
            "value": value,
            "numerator": round(top or 0) if is_ok else None,
            "denominator": bottom if is_ok else None,
            "ci_lower": (value or 0) * 0.85 if has_interval else None,
            "ci_upper": (value or 0) * 1.18 if has_interval else None,
            "ci_level": 95.0 if has_interval else None,
            "status": "ok" if is_ok else "suppressed",
            "flags": ["provisional"] if area.code.endswith("7") and is_ok else [],
            "source_symbol": "" if is_ok else "c",
            "unit": held["unit"],
            "source": (COMPUTED if is_total else SOURCE)["id"],
            "updated_release": RELEASE,
        }

    def parts(self, held: dict[str, Any], period: str, area: Area) -> list[dict[str, Any]]:
        """Return the rows of the parts of a figure.

        The first breakdown has shares of the whole; any other has denominators of its own, and of
        an authority its last part is suppressed.
        """
        if period > self.parts_until.get(held["id"], period):
            return []
        whole = self.row(held, period, area)
        rows = []
        for place, (column, codes) in enumerate(held["breakdowns"].items()):
            parts = [code for code in codes if code != TOTAL]
            for number, code in enumerate(parts):
                row = whole | {column: code}
                is_hidden = place > 0 and area.kind.value == "authority" and code == parts[-1]
                if is_hidden or whole["status"] != "ok":
                    row |= dict.fromkeys(HIDDEN) | {"status": "suppressed", "source_symbol": "c"}
                elif place > 0:
                    row |= {"denominator": 100 * (number + 1), "numerator": 10 * (number + 2)}
                    row |= {
                        "value": 5.0 + number,
                        "ci_lower": 4.5 + number,
                        "ci_upper": 5.5 + number,
                    }
                else:
                    row |= _share(whole, number, len(parts))
                rows.append(row)
        return rows

    def comparison(
        self, held: dict[str, Any], area: Area, period: str, named: str
    ) -> dict[str, Any]:
        """Return one row of /comparisons."""
        value = self.value(held["id"], period, area)
        is_neighbours = named.startswith("neighbours")
        against = self.value(held["id"], period, self.places.country) or 1.0
        is_count = held["id"] == COUNT
        grouped = "median" if not is_count else "pooled"
        statistic = grouped if is_neighbours else "value"
        can = value is not None and held["interval"] != "none"
        has_none = is_neighbours and area.code in self.without_neighbours
        outcome = "cannot_compare" if has_none else _outcome(held, value if can else None, against)
        return {
            "release": RELEASE,
            "indicator": held["id"],
            "area_code": area.code,
            "period": period,
            "value": value,
            "status": "ok" if value is not None else "suppressed",
            "ci_lower": None,
            "ci_upper": None,
            "with": named,
            "model": "2024" if is_neighbours else None,
            "statistic_shown": statistic,
            "members": 0 if has_none else 10 if is_neighbours else 1,
            "members_with_data": 9 if is_neighbours else 1,
            "units_counted": 9,
            "coverage": 0.97,
            **dict.fromkeys(STATISTICS, None if is_count else against),
            "difference": None
            if value is None or is_count
            else round(value - against, held["decimals"]),
            "outcome": outcome,
            "outcome_adjusted_for_many": None,
            "method": "standardised" if can else "none",
            "phi": 2.0,
            "z": 1.0,
            "reason": _reason(area, can=can, has_none=has_none),
            "flags": [],
            "group": area.region,
            "comparator_value": against,
            "without_data": [],
            "plain_95": outcome,
            "plain_998": outcome,
            **dict.fromkeys(("p", "p_adjusted", *FUNNELS)),
        }

    def trend_row(self, held: dict[str, Any], area: Area, period: str) -> dict[str, Any]:
        """Return one row of /trends: rising and worse for the rate, none for any other."""
        rising = {"marker": "increasing", "better_or_worse": "worse", "reason": None}
        is_rising = held["id"] == RATE and area.kind.value == "country"
        since = {"first_period": PERIODS[0], "last_period": period, "points_used": 5}
        return {
            **NO_TREND,
            **(rising | since if is_rising else {}),
            "indicator": held["id"],
            "area_code": area.code,
            "area_name": area.name,
            "period": period,
            **self.points(held, area),
            "breaks": [],
        }

    def points(self, held: dict[str, Any], area: Area) -> dict[str, Any]:
        """Return what a trend rests on."""
        values = [self.value(held["id"], earlier, area) for earlier in PERIODS]
        return {"periods": list(PERIODS), "values": values}

    def profile_row(self, held: dict[str, Any], area: Area) -> dict[str, Any]:
        period, previous = PERIODS[-1], PERIODS[-2]
        row = self.row(held, period, area)
        values = sorted(
            value
            for other in self.authorities
            if (value := self.value(held["id"], period, other)) is not None
        )
        quarter = len(values) // 4
        return {
            **{
                key: held[key]
                for key in (
                    "title",
                    "short_title",
                    "kind",
                    "stage",
                    "unit",
                    "decimals",
                    "direction",
                )
            },
            "indicator": held["id"],
            "period": period,
            "period_label": held["latest_label"],
            **{key: row[key] for key in ("value", "status", "flags", "ci_lower", "ci_upper")},
            "previous_period": previous,
            "previous_value": self.value(held["id"], previous, area),
            "change": None,
            "comparisons": [
                self.comparison(held, area, period, named)
                for named in ("england", "region", "neighbours")
            ],
            "source": row["source"],
            "change_reason": None,
            "trend": NO_TREND | self.points(held, area),
            "agreement": {"outcomes": {}, "comparators": 0, "sentence": None},
            "stands_out": [],
            "spine": dict.fromkeys(("min", "q25", "median", "q75", "max"))
            if held["id"] == COUNT
            else {
                "min": values[0],
                "q25": values[quarter],
                "median": values[2 * quarter],
                "q75": values[3 * quarter],
                "max": values[-1],
            },
        }


def _share(whole: dict[str, Any], number: int, parts: int) -> dict[str, Any]:
    """Return what differs in one of some parts that share the denominator of their whole."""
    first = whole["numerator"] // (parts + 1)
    count = first if number < parts - 1 else whole["numerator"] - first * (parts - 1)
    value = round(whole["value"] * count / whole["numerator"])
    return {"numerator": count, "value": value, "ci_lower": value * 0.9, "ci_upper": value * 1.1}


def _outcome(held: dict[str, Any], value: float | None, against: float) -> str:
    if value is None:
        return "cannot_compare"
    if value <= against * 1.2:
        return "similar"
    return "worse" if held["direction"] == "lower_is_better" else "higher"


def _reason(area: Area, *, can: bool, has_none: bool) -> str | None:
    if has_none:
        return f"{area.name} has no statistical neighbours in model 2024"
    return None if can else "No valid interval: the spread is not published"
