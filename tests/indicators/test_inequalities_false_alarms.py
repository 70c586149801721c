"""Parts that differ by chance alone: how often a gap is called one, and what intervals hold."""

import numpy as np
import pytest

from indicators.arithmetic import Numbers
from indicators.inequalities import Parts
from indicators.model import Indicator
from tests.indicators.made_up_parts import RATE, SHARE, SIMILAR, gaps, largest, parts_of

pytestmark = pytest.mark.unmeasured


def drawn(indicator: Indicator, seed: int, totals: int = 4000) -> Parts:
    sizes = np.array([[400, 150, 90, 60, 35]])
    chance = np.random.default_rng(seed)
    bottom = np.repeat(sizes, totals, axis=0).astype(np.float64)
    if indicator is RATE:
        bottom *= 1000
        top: Numbers = chance.poisson(bottom * 0.0003).astype(np.float64)
    else:
        top = chance.binomial(bottom.astype(int), 0.4).astype(np.float64)
    return parts_of(top.tolist(), bottom.tolist(), indicator=indicator)


@pytest.mark.parametrize("indicator", [SHARE, RATE])
def test_about_five_in_a_hundred_parts_are_called_different_when_none_is(
    indicator: Indicator,
) -> None:
    found = gaps(drawn(indicator, 11), indicator)
    is_judged = found.why < 0
    flagged = (found.side != SIMILAR)[is_judged].mean()
    assert is_judged.all()
    assert flagged == pytest.approx(0.05, abs=0.007)


@pytest.mark.parametrize("indicator", [SHARE, RATE])
def test_at_most_five_in_a_hundred_breakdowns_have_a_part_that_remains_when_none_differs(
    indicator: Indicator,
) -> None:
    parts = drawn(indicator, 12)
    found = gaps(parts, indicator)
    assert (found.remaining != SIMILAR).any(axis=1).mean() <= 0.055


@pytest.mark.parametrize("indicator", [SHARE, RATE])
def test_the_largest_of_many_gaps_is_often_flagged_alone_and_seldom_among_all_pairs(
    indicator: Indicator,
) -> None:
    found = largest(drawn(indicator, 13), indicator).gaps
    assert (found.side != SIMILAR).mean() > 0.10  # picked after the fact
    assert (found.remaining != SIMILAR).mean() <= 0.055


def test_the_interval_of_the_gap_holds_the_true_gap_about_nineteen_times_in_twenty() -> None:
    chance = np.random.default_rng(14)
    bottom = np.repeat([[300.0, 120.0]], 4000, axis=0)
    top = chance.binomial(bottom.astype(int), [0.3, 0.45]).astype(np.float64)
    found = gaps(parts_of(top.tolist(), bottom.tolist()))
    true = 100 * (0.3 - (0.3 * 300 + 0.45 * 120) / 420)
    held = ((found.lower[:, 0] <= true) & (true <= found.upper[:, 0])).mean()
    assert held == pytest.approx(0.95, abs=0.012)
