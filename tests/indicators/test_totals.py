"""Totals that nobody publishes are sums over responders, with what they cover."""

from datetime import date

import pandas as pd
import pytest

from indicators.cells import BREAKDOWN_COLUMNS, CELL_COLUMNS, TOTAL
from indicators.model import Indicator
from indicators.totals import add_totals, coverage
from reference.places import Area, AreaKind, PlaceSet, Population
from tests.indicators.definitions import an_indicator

SPEND = an_indicator(
    id="spend_gbp",
    arithmetic="thousands_per_head",
    decimals=0,
    interval={"method": "none", "reason": "Money"},
)
AUTHORITIES = ("X06000001", "X06000002", "X06000003")
PLACES = PlaceSet(
    id="made_up",
    title="Made up",
    area_types={},
    areas=(
        Area("X92000001", "Whole", AreaKind.COUNTRY),
        Area("X12000001", "North", AreaKind.REGION),
        *(
            Area(code, code, AreaKind.AUTHORITY, region="X12000001", last_day=last)
            for code, last in zip(AUTHORITIES, (None, None, date(2010, 3, 31)), strict=True)
        ),
    ),
    populations=tuple(
        Population(code, 2024, "2025", count)
        for code, count in zip(AUTHORITIES, (1000, 3000, 500), strict=True)
    ),
)


def cells(*rows: tuple[str, float, float, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                **dict.fromkeys(CELL_COLUMNS, ""),
                **dict.fromkeys(BREAKDOWN_COLUMNS, TOTAL),
                "indicator": SPEND.id, "period": "RY2025", "area": area, "status": "ok",
                "numerator": top, "denominator": bottom, "value": round(top * 1000 / bottom),
                "flags": flags, "source": "a_table_2025", "definition_version": 1,
                "ci_lower": float("nan"), "ci_upper": float("nan"), "ci_level": float("nan"),
            }
            for area, top, bottom, flags in rows
        ]
    )  # fmt: skip


def totals(frame: pd.DataFrame, indicator: Indicator = SPEND) -> pd.DataFrame:
    added = add_totals(frame, {SPEND.id: indicator}, PLACES)
    return added[added["source"] == "computed"].set_index("area")


def test_a_missing_region_is_summed_over_responders_in_both_parts() -> None:
    total = totals(cells(("X06000001", 1484, 1000, ""), ("X06000002", 3000, 3000, "")))
    assert total.loc["X12000001", "value"] == 1121
    assert total.loc["X12000001", "numerator"] == 4484
    assert total.loc["X12000001", "flags"] == ""


def test_a_total_over_part_of_the_children_says_so() -> None:
    total = totals(cells(("X06000002", 3000, 3000, "")))
    assert total.loc["X92000001", "value"] == 1000
    assert total.loc["X92000001", "flags"] == "partial_coverage"


def test_a_published_country_figure_is_never_recomputed() -> None:
    total = totals(cells(("X92000001", 9, 9000, ""), ("X06000002", 3000, 3000, "")))
    assert list(total.index) == ["X12000001"]


def test_a_joint_return_is_counted_once() -> None:
    pair = [(code, 900, 2000, "joint_return") for code in AUTHORITIES[:2]]
    assert totals(cells(*pair)).loc["X12000001", "numerator"] == 900


def test_scores_without_arithmetic_have_no_computed_total() -> None:
    score = an_indicator(id=SPEND.id, arithmetic="published_only")
    assert totals(cells(("X06000002", 3000, 3000, "")), score).empty


def test_coverage_counts_children_of_the_authorities_that_existed() -> None:
    share = coverage(PLACES, PLACES.area("X92000001"), "RY2025", {"X06000001"})
    assert share == pytest.approx(0.25)


def test_nothing_gains_no_totals() -> None:
    assert add_totals(cells().reindex(columns=list(CELL_COLUMNS)), {}, PLACES).empty
