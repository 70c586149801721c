"""Every number of the page on positions follows from the figures that ship."""

from dataclasses import replace
from functools import cache
from statistics import median

import numpy as np
import pytest

from indicators.as_lait import (
    Polarity,
    find_bands,
    find_changes,
    find_ranks,
    neighbour_mean,
    polarity_of,
)
from indicators.model import DirectionWord
from indicators.position import (
    MIN_AUTHORITIES,
    MIN_DENOMINATOR,
    MIN_EXPECTED,
    MIN_SHARE,
    Field,
    NoPosition,
    Position,
    find_positions,
)
from reference.periods import Period, parse_period
from tests.indicators import shipped_columns
from tests.indicators.shipped_columns import (
    authorities,
    catalogue,
    columns,
    england,
    periods_of,
    totals,
)
from tests.tree import ROOT

YEAR = parse_period("RY2025")
PLACEMENTS = "cla_3plus_placements_pct"
REREFERRALS = "rereferral_12m_pct"
OCCUPIED = "care_leaver_eet_19_21_pct"
ACCOMMODATION = "care_leaver_suitable_accom_17_18_pct"
BARNET, LEEDS, RUTLAND, SOUTH_TYNESIDE = "Barnet", "Leeds", "Rutland", "South Tyneside"
SMALLEST = {"E06000053", "E09000001", "E06000017"}
BEST, WORST = 1, 4


@pytest.fixture(scope="module")
def page() -> str:
    return " ".join((ROOT / "docs" / "methods" / "position.md").read_text("utf-8").split())


@cache
def field(indicator: str, period: Period = YEAR) -> Field:
    return shipped_columns.field(indicator, period, authorities(period))


def place(authority: str) -> int:
    return authorities(YEAR).index(england().resolve(authority).code)


def position(indicator: str, authority: str) -> Position:
    return find_positions(catalogue()[indicator], field(indicator)).of(place(authority))


def test_the_table_of_the_example(page: str) -> None:
    barnet, leeds = position(PLACEMENTS, BARNET), position(PLACEMENTS, LEEDS)
    parts = field(PLACEMENTS)
    values = [
        f"{parts.value[n]:.0f} % ({parts.numerator[n]:.0f} of {parts.denominator[n]:,.0f})"
        for n in (place(BARNET), place(LEEDS))
    ]
    both = (barnet, leeds)
    ranks = [f"{one.rank} of {one.ranked}, shared by {one.tied}" for one in both]
    assert f"| value | {values[0]} | {values[1]} |" in page
    assert f"| rank | {ranks[0]} | {ranks[1]} |" in page
    assert f"| percentile | {barnet.percentile:.0f} | {leeds.percentile:.0f} |" in page
    assert f"| quarter | {barnet.band} | {leeds.band} |" in page
    opened = " | ".join(f"{one.rank_from} to {one.rank_to}" for one in both)
    assert f"| ranks that chance leaves open | {opened} |" in page


def test_four_children_fewer_are_the_best_quarter_and_ten_more_the_worst(page: str) -> None:
    here = place(BARNET)
    for count, quarter in ((29, BEST), (30, 2), (42, 3), (43, WORST)):
        value = field(PLACEMENTS).value.copy()
        value[here] = np.floor(100 * count / field(PLACEMENTS).denominator[here] + 0.5)
        moved = replace(field(PLACEMENTS), value=value)
        assert find_positions(catalogue()[PLACEMENTS], moved).of(here).quarter == quarter
    assert "with 33 children: 29 would put it in the best quarter, 43 in the worst" in page


def test_the_place_that_means_something(page: str) -> None:
    leeds = position(REREFERRALS, LEEDS)
    assert f"Leeds is {leeds.rank} of {leeds.ranked}, and chance leaves" in page
    assert f"leaves {leeds.rank_from} to {leeds.rank_to} open" in page


def test_the_limits_are_those_of_the_code(page: str) -> None:
    assert f"the value is of fewer than {MIN_DENOMINATOR} |" in page
    assert f"one child of {MIN_DENOMINATOR} moves a percentage by {100 / MIN_DENOMINATOR:.1f}" in (
        page
    )
    assert f"fewer than {MIN_EXPECTED} children of this authority would be expected" in page
    assert f"or, of a share, fewer than {MIN_EXPECTED} not to" in page
    assert MIN_SHARE == 0.5
    assert f"fewer than half of the authorities, or fewer than {MIN_AUTHORITIES}," in page


def test_the_authority_with_too_few_children(page: str) -> None:
    here, parts = place(RUTLAND), field(OCCUPIED)
    assert position(OCCUPIED, RUTLAND).reason is NoPosition.SMALL_DENOMINATOR
    rank = find_ranks(parts.value, Polarity.HIGH)[here]
    assert rank == 2
    assert f"{parts.value[here]:.0f} %, which by the rules of others is 2nd best of " in page
    assert f"2nd best of {np.isfinite(parts.value).sum()}." in page
    count, of = parts.numerator[here], parts.denominator[here]
    assert f"It is {count:.0f} young people of {of:.0f}" in page


def test_the_authority_with_too_few_to_count(page: str) -> None:
    here, parts = place(SOUTH_TYNESIDE), field(ACCOMMODATION)
    assert position(ACCOMMODATION, SOUTH_TYNESIDE).reason is NoPosition.SMALL_EXPECTED_COUNT
    count, of = parts.numerator[here], parts.denominator[here]
    known = parts.is_rankable & np.isfinite(parts.numerator) & np.isfinite(parts.denominator)
    pooled = parts.numerator[known].sum() / parts.denominator[known].sum()
    assert f"{parts.value[here]:.0f} %, {count:.0f} of {of:.0f}." in page
    assert f"All together have {100 * pooled:.1f} %" in page
    assert f"of {of:.0f} one expects {of * (1 - pooled):.1f} who are not" in page
    value = parts.value.copy()
    assert find_bands(value, Polarity.HIGH)[here] == "A"
    value[here] = np.floor(100 * (count - 2) / of + 0.5)
    assert find_bands(value, Polarity.HIGH)[here] == "C"


def test_without_limits_the_smallest_win_and_with_them_they_do_not(page: str) -> None:
    ours = 0
    for name, indicator in catalogue().items():
        if name not in totals() or indicator.direction.good is DirectionWord.NONE:
            continue
        for period in periods_of(name)[-1:]:
            areas = authorities(period)
            rank = find_positions(indicator, shipped_columns.field(name, period, areas)).rank
            ours += bool(SMALLEST & {areas[n] for n in np.flatnonzero(rank == 1)})
    assert ours <= 1
    assert "on 24 of that tool's 79 ranked measures" in page  # tested on the tool's own file
    assert "on one indicator at most" in page


def test_open_ranks_are_about_half_of_the_list_on_the_typical_indicator(page: str) -> None:
    widths = []
    for name, indicator in catalogue().items():
        if name not in totals() or "RY2025" not in {p.id for p in periods_of(name)}:
            continue
        found = find_positions(indicator, field(name))
        opened = found.rank_from > 0
        if opened.any():
            span = found.rank_to[opened] - found.rank_from[opened] + 1
            widths.append(float(np.median(span)) / found.ranked)
    assert "to the typical authority are about half of the list" in page
    assert median(widths) == pytest.approx(0.5, abs=0.08)


@pytest.mark.parametrize(
    ("indicator", "row"),
    [
        (PLACEMENTS, "three or more placements"),
        (OCCUPIED, "care leavers in education, employment or training"),
    ],
)
def test_the_table_of_lait(page: str, indicator: str, row: str) -> None:
    polarity = polarity_of(catalogue()[indicator].direction.good)
    periods = periods_of(indicator, "RY2025")
    areas = authorities(YEAR)
    table = columns(indicator, areas, periods)["value"]
    values = table[:, -1]
    changes = find_changes(table, [period.id for period in periods])
    ranks, bands = find_ranks(values, polarity), find_bands(values, polarity)
    shown, means = [], []
    for authority in (BARNET, LEEDS):
        here = place(authority)
        sign = "+" if changes[here] > 0 else "−"
        change = f"{sign}{abs(changes[here]):.0f}"
        shown.append(f"{change}, {ranks[here]:.0f} of {np.isfinite(values).sum()}, {bands[here]}")
        neighbours = england().neighbours_of(areas[here], "2025")
        mean, _ = neighbour_mean([float(values[areas.index(n.neighbour)]) for n in neighbours])
        means.append(f"{mean:.2f}")
    assert f"| {row}: change, rank, band | {shown[0]} | {shown[1]} |" in page
    assert f"| mean of the ten neighbours | {means[0]} | {means[1]} |" in page
