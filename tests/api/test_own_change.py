"""A change is of one area and one definition; else the reason stands in its place."""

from pathlib import Path
from typing import Any

import pytest

from indicators.model import Indicator
from tests.api import world
from tests.api.conftest import Ask, client_for
from tests.indicators.definitions import an_indicator

TOWN, BEGUN, ENDED = world.TOWN, world.BEGUN[0], world.ENDED


def profile(
    home: Path, area: str, cells: list[world.Cell], indicator: Indicator = world.SHARE
) -> dict[str, Any]:
    """Return what the profile of an area says of one indicator."""
    made = [{**cell, "updated_release": world.NEW} for cell in cells]
    digest = world.write_release(home, world.NEW, made, (indicator,))
    world.list_releases(home, world.NEW, world.listed(world.NEW, digest))
    answer = client_for(home).get(f"/api/v1/profiles/{area}").json()
    found: dict[str, Any] = answer["data"][0]
    return found


def breaking(period: str) -> Indicator:
    breaks = [{"period": period, "note": "Counted anew."}]
    return an_indicator("a_share_pct", order=1, title="A share, by hand", breaks=breaks)


def test_a_change_within_one_definition_has_no_reason(tmp_path: Path) -> None:
    row = profile(tmp_path, TOWN, world.share_cells([2024, 2025]))
    assert row["change"] == pytest.approx(row["value"] - row["previous_value"])
    assert row["change"] != 0
    assert row["change_reason"] is None


@pytest.mark.parametrize(
    ("period", "is_compared"), [("RY2024", True), ("RY2025", False), ("RY2026", True)]
)
def test_a_break_counts_from_its_period_on(tmp_path: Path, period: str, is_compared: bool) -> None:
    row = profile(tmp_path, TOWN, world.share_cells([2024, 2025]), breaking(period))
    assert row["previous_value"] is not None
    assert (row["change"] is not None) == is_compared
    reason = None if is_compared else "Not comparable with RY2024: Counted anew."
    assert row["change_reason"] == reason


@pytest.mark.parametrize("flag", ["break", "definition_differs"])
def test_a_figure_that_is_flagged_is_not_compared(tmp_path: Path, flag: str) -> None:
    cells = world.share_cells([2024, 2025])
    flagged = [
        {**cell, "flags": flag} if (cell["area"], cell["period"]) == (TOWN, "RY2025") else cell
        for cell in cells
    ]
    row = profile(tmp_path, TOWN, flagged)
    assert (row["change"], row["change_reason"]) == (
        None, "Not comparable with RY2024: what is counted is not the same",
    )  # fmt: skip


def test_a_figure_of_another_version_of_the_definition_is_not_compared(tmp_path: Path) -> None:
    cells = world.share_cells([2024, 2025])
    older = [{**c, "definition_version": 7} if c["period"] == "RY2024" else c for c in cells]
    row = profile(tmp_path, TOWN, older)
    assert row["change"] is None
    assert "not the same" in row["change_reason"]


def test_a_new_area_has_no_change_from_the_old_one_and_says_whose_the_figures_are(
    tmp_path: Path,
) -> None:
    row = profile(tmp_path, BEGUN, world.share_cells([2021, 2022]))
    assert (row["previous_period"], row["previous_value"], row["change"]) == ("RY2021", None, None)
    assert row["value"] is not None
    assert "began on 2021-04-01" in row["change_reason"]
    assert "the figures of RY2021 are those of" in row["change_reason"]
    assert ENDED in row["change_reason"]


def test_an_area_that_ended_has_no_change_and_names_what_came_after(tmp_path: Path) -> None:
    row = profile(tmp_path, ENDED, world.share_cells([2021, 2022]))
    assert (row["value"], row["change"]) == (None, None)
    assert "ended on 2021-03-31" in row["change_reason"]
    assert all(code in row["change_reason"] for code in world.BEGUN)


def test_a_new_area_changes_from_its_own_figures_on(tmp_path: Path) -> None:
    row = profile(tmp_path, BEGUN, world.share_cells([2022, 2023]))
    assert row["change"] is not None
    assert row["change_reason"] is None


@pytest.mark.parametrize(
    ("area", "reason"),
    [
        (world.SUPPRESSED, "No figure for RY2025: suppressed"),
        (world.MISSING, "No figure for RY2025: not available"),
    ],
)
def test_a_missing_figure_is_no_change_of_zero(tmp_path: Path, area: str, reason: str) -> None:
    row = profile(tmp_path, area, world.share_cells([2024, 2025]))
    assert (row["change"], row["change_reason"]) == (None, reason)


def test_the_first_period_held_has_nothing_before_it(tmp_path: Path) -> None:
    row = profile(tmp_path, TOWN, world.share_cells([2025]))
    assert (row["previous_period"], row["change"]) == (None, None)
    assert row["change_reason"] == "No earlier period is held"


def test_the_card_of_an_area_tells_its_changes_with_day_and_share(rows: Ask) -> None:
    (change,) = rows(f"areas/{BEGUN}")["changes"]
    assert (change["predecessor"], change["successor"]) == (ENDED, BEGUN)
    assert (change["effective_on"], change["footprint"]) == ("2021-04-01", "another")
    assert change["predecessor_name"]
    listed = {card["code"]: card for card in rows("areas")}
    assert listed[BEGUN]["predecessors"] == [ENDED]
    assert listed[ENDED]["successors"] == list(world.BEGUN)


def test_a_mere_recoding_is_told_and_makes_no_predecessor(rows: Ask) -> None:
    card = rows(f"areas/{world.RECODED}")
    assert [change["footprint"] for change in card["changes"]] == ["same"]
    assert card["predecessors"] == card["successors"] == []
