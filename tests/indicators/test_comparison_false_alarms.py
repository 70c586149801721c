"""When nothing differs, about one comparison in twenty says so; a sample of a longer proof."""

from collections.abc import Sequence

import numpy as np
import pytest

from indicators.catalogue import load_catalogue
from tests.prove.comparison import (
    ALLOWED,
    COUNTRY,
    EVEN,
    MOST_PAGES,
    NEIGHBOURS,
    NONE,
    PAST,
    Rates,
    Sizes,
    real_sizes,
    simulate,
)

pytestmark = pytest.mark.unmeasured

REPEATS = 6
SEED = 4
NOISE = 3
"""So many standard errors a sample may lie away."""


@pytest.fixture(scope="module")
def rates() -> dict[str, Rates]:
    catalogue = [indicator for indicator in load_catalogue() if indicator.order % 3 == 0]
    sizes, members = real_sizes(catalogue)
    assert members.sum(axis=1).tolist() == [10] * len(members)
    assert len({one.indicator.arithmetic for one in sizes}) == 2
    return {kind: sampled(sizes, members, kind) for kind in (NONE, EVEN)}


def sampled(sizes: Sequence[Sizes], members: np.ndarray, variation: str) -> Rates:
    return simulate(sizes, members, REPEATS, SEED, variation=variation)


@pytest.mark.parametrize("against", [COUNTRY, NEIGHBOURS, PAST])
def test_when_nothing_differs_about_one_comparison_in_twenty_finds_a_difference(
    rates: dict[str, Rates], against: str
) -> None:
    single = rates[NONE].single
    noise = NOISE * single.noise(against)
    assert ALLOWED[0] - noise <= single.share(against) <= ALLOWED[1] + noise


def test_ordinary_variation_among_authorities_makes_no_more_of_them_unusual(
    rates: dict[str, Rates],
) -> None:
    single = rates[EVEN].single
    noise = NOISE * single.noise(COUNTRY)
    assert ALLOWED[0] - noise <= single.share(COUNTRY) <= ALLOWED[1] + noise


@pytest.mark.parametrize("against", [COUNTRY, NEIGHBOURS, PAST])
def test_when_nothing_differs_at_most_one_page_in_twenty_shows_any_difference(
    rates: dict[str, Rates], against: str
) -> None:
    pages = rates[NONE].pages
    assert pages.share(against) <= MOST_PAGES + NOISE * pages.noise(against)
