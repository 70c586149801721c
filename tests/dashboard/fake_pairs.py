"""Canned pairs in the shapes of the contract: two made-up indicators, and their authorities."""

from typing import Any

from reference.areas import Area
from tests.dashboard.fake_cards import CARDS, PERIODS, RATE, RELEASE, SCORE, SHARE
from tests.dashboard.fake_figures import FakeFigures

PAIR = "care_and_moves"
UNTESTED = "moves_and_wellbeing"
OF_PAIR = {PAIR: (RATE, SHARE), UNTESTED: (SHARE, SCORE)}


def pair_card(figures: FakeFigures, id: str, period: str) -> dict[str, Any]:
    """Return the card of a pair; a period before the last has no figures in both."""
    if id not in OF_PAIR:
        raise LookupError(f"/pairs: '{id}' is not a pair")
    is_held = period != PERIODS[0]
    rows = pair_rows(figures, id, period) if is_held else []
    found = [row["quadrant"] for row in rows]
    sides = {
        key: value
        for name, indicator in zip("xy", OF_PAIR[id], strict=True)
        for key, value in _side(figures, name, indicator, period if is_held else None).items()
    }
    quadrants = ("higher_higher", "higher_lower", "lower_higher", "lower_lower")
    return {
        "id": id,
        "title": "Children in care, and moves" if id == PAIR else "Moves, and wellbeing",
        **sides,
        "reason": "Either can improve at the cost of the other.",
        "caution": "Both follow <deprivation>.",
        **{name: f"What {name.replace('_', ' and ')} says." for name in quadrants},
        "source": "A peer" if id == PAIR else "",
        "authorities": len([row for row in rows if row["x_value"] and row["y_value"]]),
        **{f"authorities_{name}": found.count(name) for name in quadrants},
        "authorities_on_a_line": 3,
        "authorities_left_out": 1,
        "correlation": 0.31 if is_held else None,
        "correlation_lower": 0.16 if is_held else None,
        "correlation_upper": 0.45 if is_held else None,
        "no_correlation": None if is_held else "no year in which both have figures",
        "sentence": "Those that are higher in one tend to be higher in the other."
        if is_held
        else "The two cannot be read together: there is no year in which both have figures.",
        "flags": [],
    }


def _side(figures: FakeFigures, name: str, id: str, period: str | None) -> dict[str, Any]:
    held = next(card for card in CARDS if card["id"] == id)
    line = figures.value(id, period, figures.places.country) if period else None
    return {
        name: id,
        f"{name}_title": held["title"],
        f"{name}_short_title": held["short_title"],
        f"{name}_unit": held["unit"],
        f"{name}_decimals": held["decimals"],
        f"{name}_measured": held["measured"],
        f"{name}_period": period,
        f"{name}_period_label": period,
        f"{name}_line": line,
        f"{name}_line_of": "country" if line is not None else None,
    }


def pair_rows(figures: FakeFigures, id: str, period: str) -> list[dict[str, Any]]:
    """Return the rows of a pair."""
    return [_row(figures, id, period, area) for area in figures.authorities]


def _row(figures: FakeFigures, id: str, period: str, area: Area) -> dict[str, Any]:
    lies: list[str | None] = []
    sides: dict[str, Any] = {}
    for name, indicator in zip("xy", OF_PAIR[id], strict=True):
        held = next(card for card in CARDS if card["id"] == indicator)
        row = figures.row(held, period, area)
        line = figures.value(indicator, period, figures.places.country)
        value = row["value"]
        lie = None
        if value is not None and line is not None:
            lie = "higher" if value > line else "lower" if value < line else "level"
        lies.append(lie)
        sides |= {
            name: indicator,
            f"{name}_period": period,
            f"{name}_value": value,
            f"{name}_status": row["status"],
            f"{name}_ci_lower": row["ci_lower"],
            f"{name}_ci_upper": row["ci_upper"],
            f"{name}_line": line,
            f"{name}_line_of": "country",
            f"{name}_lies": lie,
            f"{name}_outcome": "similar" if name == "y" or lie is None else lie,
            f"{name}_outcome_adjusted_for_many": "similar" if name == "y" or lie is None else lie,
            f"{name}_outcome_reason": None,
        }
    why = "no_x" if lies[0] is None else "no_y" if lies[1] is None else ""
    why = why or ("on_a_line" if "level" in lies else "")
    return {
        "release": RELEASE,
        "pair": id,
        "area_code": area.code,
        "area_name": area.name,
        "area_type": "unitary",
        "quadrant": None if why else f"{lies[0]}_{lies[1]}",
        "beyond_chance": None if why.startswith("no") or id == UNTESTED else "x_only",
        "reason_code": why or None,
        "reason": "There is no value: suppressed" if why.startswith("no") else why or None,
        **sides,
        "flags": [],
    }
