"""Made-up rows of /inequalities, from the made-up figures and their parts."""

from typing import Any

from api.contract import TOTAL
from tests.dashboard.fake_figures import FakeFigures

NO_GAP = dict.fromkeys(
    ("difference", "difference_lower", "difference_upper", "ratio", "outcome_adjusted_for_many")
)
CELL = (
    "release", "indicator", "area_code", "area_name", "period", "value", "status", "ci_lower",
    "ci_upper", "numerator", "denominator", "unit", "source", "flags",
)  # fmt: skip


def part_rows(figures: FakeFigures, held: dict[str, Any], period: str, area: Any) -> list[Any]:
    """Return total, parts and largest gap of each breakdown; the first has shares of the whole."""
    whole, parts = figures.row(held, period, area), figures.parts(held, period, area)
    rows = []
    for place, column in enumerate(held["breakdowns"]):
        own = [row for row in parts if row[column] != TOTAL]
        if not own:
            continue
        gaps = [_part(row, column, held, place, whole["value"]) for row in own]
        rows += [_row(whole, column, TOTAL, None, "is_total"), *gaps]
        shown = [row for row in gaps if row["difference"] is not None]
        if len(shown) > 1:
            rows.append(
                shown[-1]
                | {"against": shown[0]["part"], "difference": 2.0, "difference_lower": 1.1}
                | {"difference_upper": 2.9}
            )
    return rows


def sibling_row(
    figures: FakeFigures, held: dict[str, Any], sibling: dict[str, Any], period: str, area: Any
) -> dict[str, Any]:
    """Return the figure of a sibling, which lies in no total."""
    row = _row(figures.row(sibling, period, area), "family", sibling["id"], None, "siblings")
    return row | {"indicator": held["id"], "part_title": sibling["short_title"]}


def _part(
    row: dict[str, Any], column: str, held: dict[str, Any], place: int, total: float | None
) -> dict[str, Any]:
    if row["status"] != "ok":
        made = _row(row, column, row[column], TOTAL, "part_missing")
    elif not place:
        made = _row(row, column, row[column], TOTAL, "shares_denominator")
    else:
        made = _row(row, column, row[column], TOTAL, None) | _gap(row[column], held)
    titles = held["breakdown_titles"].get(column, {})
    return made | {"part_title": titles.get(row[column], row[column]), "total_value": total}


def _gap(code: str, held: dict[str, Any]) -> dict[str, Any]:
    is_first = code == list(held["breakdown_titles"].get("school_phase", {"": ""}))[-1]
    size = 0.2 if is_first else -1.5
    word = "similar" if is_first else "lower"
    return {
        "difference": size, "difference_lower": size - 1, "difference_upper": size + 1,
        "ratio": 0.9, "outcome": "lower", "outcome_adjusted_for_many": word,
        "method": "newcombe_difference", "reason": None,
    }  # fmt: skip


def _row(
    row: dict[str, Any], by: str, part: str, against: str | None, reason: str | None
) -> dict[str, Any]:
    return {name: row[name] for name in CELL} | NO_GAP | {
        "by": by, "part": part, "part_title": part, "against": against, "total_value": None,
        "outcome": "cannot_compare", "method": "none", "reason_code": reason,
        "reason": reason and f"The reason {reason}",
    }  # fmt: skip
