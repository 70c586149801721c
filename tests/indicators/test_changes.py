"""What a change between two releases is called, and in which order changes stand."""

from collections.abc import Sequence

import pandas as pd
import pytest

from indicators.changes import RowOrder, changes_between
from indicators.snapshot import Change
from tests.builders import Row, a_cell, cells_of

ORDER = RowOrder({"an_indicator_pct": 0, "another_pct": 1}, {"C": 0, "A": 1, "B": 2})
X = a_cell("A", status="not_available")
GONE = a_cell("A", status="withdrawn")


def changes(
    old: Sequence[Row], new: Sequence[Row], withheld: tuple[Row, ...] = ()
) -> tuple[Change, ...]:
    keys: pd.DataFrame = cells_of(*withheld)
    return changes_between(cells_of(*old), cells_of(*new), keys, ORDER)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (None, a_cell("A", value=1), "new"),
        (None, a_cell("A"), "new"),
        (a_cell("A", value=1), a_cell("A", value=2), "revised"),
        (a_cell("A", value=1), X, "revised"),
        (X, a_cell("A", value=1), "revised"),
        (GONE, a_cell("A", value=1), "revised"),
        (a_cell("A", value=1), a_cell("A"), "newly_suppressed"),
        (X, a_cell("A"), "newly_suppressed"),
        (a_cell("A"), a_cell("A", value=1), "no_longer_suppressed"),
        (a_cell("A", value=1), GONE, "withdrawn"),
        (a_cell("A", value=1), None, "withdrawn"),
        (a_cell("A", value=1), a_cell("A", value=1), None),
        (a_cell("A", value=1), a_cell("A", value=1, source="a_table_2026"), None),
        (a_cell("A"), a_cell("A"), None),
        (GONE, None, None),
        (None, GONE, None),
    ],
)
def test_a_change_has_one_name(old: Row | None, new: Row | None, kind: str | None) -> None:
    found = changes([old] if old else [], [new] if new else [])
    assert [change.kind for change in found] == ([kind] if kind else [])


def test_a_newly_suppressed_cell_never_shows_its_old_number() -> None:
    (change,) = changes([a_cell("A", value=5)], [a_cell("A")])
    assert (change.old_value, change.new_value) == (None, None)


def test_a_cell_withheld_with_a_release_is_told_though_both_hide_it() -> None:
    (change,) = changes([a_cell("A")], [a_cell("A")], (a_cell("A"),))
    assert (change.kind, change.old_status) == ("newly_suppressed", "ok")


def test_changes_stand_in_the_order_of_rows() -> None:
    new = [
        a_cell("B", "RY2025", 1),
        a_cell("A", "RY2025", 1, age="5_9"),
        a_cell("A", "RY2025", 1),
        a_cell("C", "RY2025", 1),
        a_cell("A", "RY2024", 1),
        a_cell("A", "RY2020", 1, indicator="another_pct"),
    ]
    found = [(c.indicator[:7], c.period, c.area, c.breakdown.age) for c in changes([], new)]
    assert found == [
        ("an_indi", "RY2024", "A", "_T"),
        ("an_indi", "RY2025", "C", "_T"),
        ("an_indi", "RY2025", "A", "_T"),
        ("an_indi", "RY2025", "A", "5_9"),
        ("an_indi", "RY2025", "B", "_T"),
        ("another", "RY2020", "A", "_T"),
    ]
