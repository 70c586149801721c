"""Totals over submitted figures: coverage, rounding, and what a total may not give away."""

import math
from collections.abc import Mapping
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.disclosure import protect, verify
from indicators.draft import DraftRelease
from indicators.measures import Key
from tests.indicators.submitted import (
    a_draft,
    count,
    places,
    shown,
    submitted,
    the_cell,
)

DFE = "dfe-csc-2025"
RATE, MOVES = "cla_31mar_rate_10k", "cla_3plus_placements_pct"
COUNTRY = "X92000001"
REGION = "X12000001"


def codes(region: str = "") -> list[str]:
    every = places().authorities(on=None)
    return [a.code for a in every if a.last_day is None and region in ("", a.region)]


def of_each(region: str = "", **changes: int) -> dict[str, Mapping[Key, int]]:
    counts = {"CLA_OPEN": 403, "CLA_PLC3": 41, "SDQ_N": 200, "SDQ_SUM": 2900, **changes}
    return {code: {count(name): n for name, n in counts.items()} for code in codes(region)}


def drafted(returns: Mapping[str, Mapping[Key, int]]) -> DraftRelease:
    draft = protect(a_draft(submitted(returns)), DFE)
    verify(draft)
    return draft


def test_totals_are_computed_from_all_returns_and_rounded() -> None:
    draft = drafted(of_each())
    exact = 403 * len(codes()), 41 * len(codes())
    whole, part = (math.floor(number / 10 + 0.5) * 10 for number in exact)
    assert shown(draft, MOVES, COUNTRY) == ("ok", 10, part, whole)
    cell = the_cell(draft, MOVES, COUNTRY)
    assert (cell["source"], cell["flags"]) == ("computed", "provisional")


def test_a_rate_of_a_total_uses_the_population_as_it_is() -> None:
    draft = drafted(of_each())
    status, value, top, bottom = shown(draft, RATE, REGION)
    members = codes(REGION)
    population = sum(places().population_of(code, 2024) or 0 for code in members)
    assert (status, bottom) == ("ok", population)
    assert top == math.floor(403 * len(members) / 10 + 0.5) * 10
    assert value == math.floor(top / population * 10_000 + 0.5)


def without_share(share: float) -> dict[str, Mapping[Key, int]]:
    """Leave out authorities until just this share of children is covered."""
    returns = of_each()
    populations = {code: places().population_of(code, 2024) or 0 for code in returns}
    left, total = sum(populations.values()), sum(populations.values())
    for code in sorted(returns, key=populations.__getitem__):
        if (left - populations[code]) / total >= share:
            left -= populations.pop(code)
            returns.pop(code)
    return returns


@pytest.mark.parametrize(
    ("share", "status", "flags"),
    [
        (0.985, "ok", "provisional"),
        (0.95, "ok", "partial_coverage;provisional"),
        (0.85, "not_available", "provisional"),
    ],
)
def test_a_total_says_how_many_children_it_covers(share: float, status: str, flags: str) -> None:
    cell = the_cell(drafted(without_share(share)), MOVES, COUNTRY)
    assert (cell["status"], cell["flags"]) == (status, flags)
    assert math.isnan(cell["numerator"]) == (status != "ok")


def test_a_level_that_the_publisher_has_is_not_computed() -> None:
    published = {"indicator": MOVES, "area": COUNTRY, "value": 9.0, "numerator": 1.0}
    draft = protect(a_draft(submitted(of_each()), [published]), DFE)
    assert shown(draft, MOVES, COUNTRY)[:2] == ("ok", 9)
    assert shown(draft, MOVES, REGION)[0] == "ok"


@lru_cache(maxsize=128)
def one_small(small: int, others: int) -> DraftRelease:
    """One authority of a region has a small count."""
    returns = of_each(CLA_PLC3=others)
    first = codes(REGION)[0]
    returns[first] = {**returns[first], count("CLA_PLC3"): small}
    return drafted(returns)


def left_open(draft: DraftRelease, area: str) -> set[int]:
    """What a reader can work out of the one small count in an area, where nothing else is hidden.

    Of a second one he knows that it is at least one.
    """
    status, _, top, _ = shown(draft, MOVES, area)
    members = [a.code for a in places().within(area) if a.last_day is None]
    own = [shown(draft, MOVES, code)[2] for code in members]
    others = own.count(-1) - 1
    if status != "ok" or others:
        return set(range(1, 6))
    return {n for n in range(1, 6) if top - 5 <= sum(n for n in own if n >= 0) + n <= top + 4}


@pytest.mark.unmeasured
@settings(max_examples=6)
@given(st.integers(1, 5), st.integers(40, 49))
def test_a_total_leaves_every_number_from_one_to_five_for_a_hidden_count(
    small: int, others: int
) -> None:
    draft = one_small(small, others)
    assert left_open(draft, REGION) == set(range(1, 6))
    assert left_open(draft, COUNTRY) == set(range(1, 6))


@pytest.mark.unmeasured
def test_totals_with_a_hidden_count_are_shown_and_one_more_count_hidden_if_need_be() -> None:
    drafts = [one_small(small, others) for small in (1, 5) for others in (41, 43, 45)]
    assert {shown(draft, MOVES, COUNTRY)[0] for draft in drafts} == {"ok"}
    hidden = [sum(shown(d, MOVES, code)[0] == "suppressed" for code in codes()) for d in drafts]
    assert set(hidden) == {1, 2}
