"""Every number of what the page on comparison says of many at once follows from the figures."""

import numpy as np
import pytest

from indicators.comparison import overdispersion
from indicators.comparison_columns import for_many
from tests.indicators.shipped_columns import england
from tests.indicators.shipped_comparisons import (
    SIMILAR,
    against_country,
    codes,
    country,
    distances,
    page_of,
    parts_of,
    remains,
    words_of,
)

WORKING = "care_leaver_eet_19_21_pct"
LEICESTER, CAMDEN = "E06000016", "E09000007"


@pytest.fixture(scope="module")
def comparison() -> str:
    return words_of("comparison.md")


def test_the_page_of_many(comparison: str) -> None:
    page = sorted(page_of(LEICESTER), key=lambda one: float(one[1].p_for_many[0]))
    assert f"{len(page)} indicators with a test" in comparison
    side = np.array([result.side[0] for _, result in page])
    remaining = for_many(side, np.array([result.p_for_many[0] for _, result in page]))
    different = int((side != SIMILAR).sum())
    assert f"On their own, {different} differ" in comparison
    for place in range(different):
        one, result = page[place]
        bar = (place + 1) / len(page) * 0.05
        kept = "yes" if remaining[place] != SIMILAR else "no"
        assert f"| {one.title} | {result.p_for_many[0]:.5f} | {bar:.5f} | {kept} |" in comparison
    assert (remaining[different:] == SIMILAR).all()


def test_of_the_unusual_few_remain_when_their_whole_pages_are_looked_at(comparison: str) -> None:
    far = np.abs(distances(WORKING)) / np.sqrt(overdispersion(distances(WORKING)))
    unusual = [code for code, z in zip(codes(), far, strict=True) if z > 1.96]
    remaining = [england().area(code).name for code in unusual if remains(code, WORKING)]
    assert (
        f"Of the {len(unusual)} authorities that the single test calls unusual in care leavers in "
        f"education, employment or training, {len(remaining)} remain when the whole page of each "
        f"is looked at: {' and '.join(remaining)}. The differences of the other "
        f"{len(unusual) - len(remaining)} are" in comparison
    )


def test_the_small_count_among_many(comparison: str) -> None:
    misuse = "cla_substance_misuse_pct"
    judged = against_country(misuse, CAMDEN)
    top, bottom = parts_of(misuse, CAMDEN)
    assert f"In Camden {bottom[0] * country(misuse):.1f} children" in comparison
    assert f"and {top[0]:.0f} were counted" in comparison
    assert f"p is {judged.p[0]:.3f} by the curve" in comparison
    assert f"and {judged.p_for_many[0]:.3f} by exact sums" in comparison
