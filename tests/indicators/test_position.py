"""A place in the list is shown only where it means something, and with what chance leaves open."""

import numpy as np
import pytest

from indicators.model import Indicator
from indicators.position import (
    MIN_AUTHORITIES,
    WORDS,
    Field,
    NoPosition,
    Order,
    Position,
    find_positions,
    quarters,
)
from tests.indicators.definitions import an_indicator

LOW_IS_GOOD = an_indicator()
HIGH_IS_GOOD = an_indicator(
    direction={"good": "higher_is_better", "reason": "It helps", "source": "A source"}
)
NEITHER = an_indicator(direction={"good": "none", "reason": "It is need", "source": "A source"})
COUNT = an_indicator(arithmetic="count", interval={"method": "none", "reason": "A count"})
RATE = an_indicator(arithmetic="rate_per_10000", interval={"method": "poisson"})
SCORE = an_indicator(arithmetic="published_only", interval={"method": "none", "reason": "A score"})


def a_field(
    values: list[float],
    *,
    denominator: float | list[float] = 1_000,
    width: float = 0.0,
    rankable: list[bool] | None = None,
) -> Field:
    value = np.array(values, dtype=float)
    bottom = np.broadcast_to(np.asarray(denominator, dtype=float), value.shape)
    return Field(
        is_rankable=np.ones(len(value), bool) if rankable is None else np.array(rankable),
        value=value,
        numerator=value * bottom / 100,
        denominator=bottom,
        lower=value - width if width else np.full(len(value), np.nan),
        upper=value + width if width else np.full(len(value), np.nan),
    )


def positions(indicator: Indicator, field: Field) -> list[Position]:
    found = find_positions(indicator, field)
    return [found.of(place) for place in range(len(field.value))]


FORTY = [float(n) for n in range(10, 50)]


def test_rank_1_is_the_best_value_whichever_way_is_good() -> None:
    assert [one.rank for one in positions(LOW_IS_GOOD, a_field(FORTY))] == list(range(1, 41))
    assert [one.rank for one in positions(HIGH_IS_GOOD, a_field(FORTY))] == list(range(40, 0, -1))


def test_where_neither_way_is_good_rank_1_is_the_highest_and_there_is_no_band() -> None:
    found = find_positions(NEITHER, a_field(FORTY))
    assert found.order is Order.HIGHEST_FIRST
    assert found.of(39).rank == 1
    assert found.of(39).band is None
    assert found.of(39).quarter == 1


def test_equal_values_share_the_first_of_their_ranks_and_the_next_are_skipped() -> None:
    found = positions(LOW_IS_GOOD, a_field([10, 10, 10, 11, *FORTY[4:]]))
    assert [(one.rank, one.tied) for one in found[:4]] == [(1, 3), (1, 3), (1, 3), (4, 1)]


def test_the_percentile_is_of_the_value_and_runs_from_0_to_100() -> None:
    for indicator in (LOW_IS_GOOD, HIGH_IS_GOOD, NEITHER):
        found = positions(indicator, a_field([*FORTY, 50.0]))
        assert (found[0].percentile, found[20].percentile) == (0, 50)
        assert found[40].percentile == 100


def test_ties_count_half_in_the_percentile() -> None:
    found = positions(HIGH_IS_GOOD, a_field([7.0] * 41))
    assert {one.percentile for one in found} == {50}


def test_quarters_hold_a_quarter_each_without_ties() -> None:
    found = positions(LOW_IS_GOOD, a_field(FORTY))
    assert "".join(one.band or "" for one in found) == "A" * 10 + "B" * 10 + "C" * 10 + "D" * 10


def test_a_large_group_of_equal_values_goes_by_the_middle_of_its_ranks() -> None:
    # Sixteen of forty share the best value: the middle of their ranks is in the best quarter.
    found = positions(LOW_IS_GOOD, a_field([5.0] * 16 + FORTY[16:]))
    assert {one.quarter for one in found[:16]} == {1}
    # Twenty-two share it: more than half cannot be the best quarter.
    found = positions(LOW_IS_GOOD, a_field([5.0] * 22 + FORTY[22:]))
    assert {one.quarter for one in found[:22]} == {2}


def test_quarters_are_mirrored_when_the_other_way_is_good() -> None:
    numbers = np.random.default_rng(7)
    for _ in range(50):
        values = [float(v) for v in numbers.integers(8, 14, size=41)]
        low = [one.quarter for one in positions(LOW_IS_GOOD, a_field(values))]
        high = [one.quarter for one in positions(HIGH_IS_GOOD, a_field(values))]
        middle = [one.percentile == 50 for one in positions(LOW_IS_GOOD, a_field(values))]
        mirrored = [5 - (q or 0) for q in high]
        assert [a for a, m in zip(low, middle, strict=True) if not m] == [
            b for b, m in zip(mirrored, middle, strict=True) if not m
        ]


def test_a_middle_exactly_on_a_cut_belongs_to_the_inner_quarters() -> None:
    four = np.array([0, 0, 2, 2]), np.array([2, 2, 2, 2])
    assert quarters(*four).tolist() == [2, 2, 3, 3]


def test_the_ranks_that_chance_leaves_open_are_bounded_by_certain_neighbours() -> None:
    found = positions(LOW_IS_GOOD, a_field(FORTY, width=2.4))
    middle = found[20]
    # Values 5 or more away have intervals wholly apart: 16 ahead, and 15 behind.
    assert (middle.rank, middle.rank_from, middle.rank_to) == (21, 17, 25)
    assert (found[0].rank_from, found[0].rank_to) == (1, 5)


def test_open_ranks_are_the_same_list_read_backwards_when_high_is_good() -> None:
    low = positions(LOW_IS_GOOD, a_field(FORTY, width=2.4))
    high = positions(HIGH_IS_GOOD, a_field(FORTY, width=2.4))
    assert [(41 - (one.rank_to or 0), 41 - (one.rank_from or 0)) for one in high] == [
        (one.rank_from, one.rank_to) for one in low
    ]


def test_without_an_interval_nothing_is_said_of_open_ranks() -> None:
    found = positions(LOW_IS_GOOD, a_field(FORTY))
    assert {(one.rank_from, one.rank_to) for one in found} == {(None, None)}


def test_an_authority_that_is_in_no_ranking_does_not_move_the_others() -> None:
    rankable = [False, *[True] * 39]
    found = positions(LOW_IS_GOOD, a_field(FORTY, rankable=rankable))
    assert found[0].reason is NoPosition.NOT_RANKABLE
    assert (found[1].rank, found[1].ranked) == (1, 39)


def test_a_missing_value_has_no_position_and_is_not_ranked_as_nought() -> None:
    found = positions(LOW_IS_GOOD, a_field([np.nan, *FORTY]))
    assert found[0] == Position(NoPosition.NO_VALUE)
    assert found[1].rank == 1


def test_a_value_of_fewer_than_thirty_children_has_no_position() -> None:
    sizes = [29.0, 30.0, *[1_000.0] * 38]
    found = positions(SCORE, a_field(FORTY, denominator=sizes))
    assert found[0].reason is NoPosition.SMALL_DENOMINATOR
    assert found[1].rank == 1


def test_an_authority_too_small_to_count_five_has_no_position() -> None:
    # All together have 12 %: 40 children would count 4.8, 42 would count 5.04.
    values = [12.0] * 40
    found = positions(LOW_IS_GOOD, a_field(values, denominator=[40.0, 42.0, *[1_000.0] * 38]))
    assert found[0].reason is NoPosition.SMALL_EXPECTED_COUNT
    assert found[1].reason is None


def test_five_must_be_expected_outside_of_the_numerator_too() -> None:
    found = positions(HIGH_IS_GOOD, a_field([88.0] * 40, denominator=[40.0, *[1_000.0] * 39]))
    assert found[0].reason is NoPosition.SMALL_EXPECTED_COUNT


def test_a_low_count_of_a_large_authority_keeps_its_position() -> None:
    found = positions(LOW_IS_GOOD, a_field([0.0, *[12.0] * 39]))
    assert (found[0].rank, found[0].reason) == (1, None)


def test_a_rate_asks_only_for_events() -> None:
    per_10000 = Field(
        is_rankable=np.ones(40, bool),
        value=np.full(40, 20.0),
        numerator=np.array([4.0, 5.2, *[200.0] * 38]),
        denominator=np.array([2_000.0, 2_600.0, *[100_000.0] * 38]),
        lower=np.full(40, np.nan),
        upper=np.full(40, np.nan),
    )
    found = positions(RATE, per_10000)
    assert found[0].reason is NoPosition.SMALL_EXPECTED_COUNT
    assert found[1].reason is None


def test_no_position_among_fewer_than_twenty_authorities() -> None:
    few = positions(LOW_IS_GOOD, a_field(FORTY[: MIN_AUTHORITIES - 1]))
    assert {one.reason for one in few} == {NoPosition.TOO_FEW_AUTHORITIES}
    enough = positions(LOW_IS_GOOD, a_field(FORTY[:MIN_AUTHORITIES]))
    assert {one.reason for one in enough} == {None}


def test_no_position_where_fewer_than_half_of_the_authorities_can_be_ranked() -> None:
    missing = [float("nan")]
    found = positions(LOW_IS_GOOD, a_field([*FORTY[:24], *missing * 25]))
    assert found[0].reason is NoPosition.TOO_FEW_AUTHORITIES
    assert found[-1].reason is NoPosition.NO_VALUE
    assert positions(LOW_IS_GOOD, a_field([*FORTY[:24], *missing * 24]))[0].rank == 1


def test_a_count_has_no_position() -> None:
    found = positions(COUNT, a_field(FORTY))
    assert {one.reason for one in found} == {NoPosition.IS_A_COUNT}


def test_values_with_unknown_parts_are_ranked_without_a_test_of_size() -> None:
    nothing = np.full(40, np.nan)
    field = Field(np.ones(40, bool), np.array(FORTY), nothing, nothing, nothing, nothing)
    assert positions(SCORE, field)[0].rank == 1
    assert positions(LOW_IS_GOOD, field)[0].rank == 1


def test_an_empty_field_has_no_positions() -> None:
    assert positions(LOW_IS_GOOD, a_field([])) == []


@pytest.mark.parametrize("reason", NoPosition)
def test_every_reason_has_words(reason: NoPosition) -> None:
    assert WORDS[reason]
