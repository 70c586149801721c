"""How often comparisons call an authority different when nothing differs: about 1 time in 20.

`python -m tests.prove.comparison [--repeats N] [--seed S]` draws figures for authorities of their
real sizes, the denominators of the table that ships, all with the same true value, binomial for
percentages and Poisson for rates. Then it judges them as the service does, and prints how often a
difference is found: by the headline method against the country, neighbours and own past, and by
page, an authority's indicators against one comparator, after the adjustment for many.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from indicators.arithmetic import Numbers
from indicators.catalogue import load_catalogue
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL, Flag, Status
from indicators.comparison import TOO_FEW_MEMBERS, Side, can_test, overdispersion, standardised
from indicators.comparison_columns import (
    NO_SIDE,
    SIDES,
    Judged,
    for_many,
    judge_against_value,
    judge_two,
    pooled_rest,
)
from indicators.model import Arithmetic, Indicator
from indicators.shipped.figures import read_shipped
from reference.periods import parse_period
from reference.places import PlaceSet
from reference.placesets import load_place_set

REPEATS: Final = 30
SEED: Final = 20
FEWEST_AUTHORITIES: Final = 100
NONE, EVEN, SKEWED = "none", "even", "skewed"
"""How true values vary: not at all, as a normal curve does, or with a long tail of high ones."""
WIDEST: Final = 0.5
"""No authority's share is drawn with more than this part of the greatest variance it can have."""
COUNTRY, NEIGHBOURS, PAST = "against the country", "against neighbours", "against own past"
ALLOWED: Final = (0.040, 0.055)
"""Of single comparisons; a phi that is never below 1 makes them a little rarer than 1 in 20."""
MOST_PAGES: Final = 0.05


@dataclass(frozen=True)
class Sizes:
    """One indicator in one period: the true value all share, and who has what denominator."""

    indicator: Indicator
    period: str
    share: float
    denominator: Numbers
    phi: float
    """The over-dispersion that the real figures have."""


@dataclass
class Tally:
    """Differences found among comparisons made, by comparator."""

    found: dict[str, float] = field(default_factory=dict)
    made: dict[str, float] = field(default_factory=dict)

    def add(self, name: str, found: float, made: float) -> None:
        self.found[name] = self.found.get(name, 0) + found
        self.made[name] = self.made.get(name, 0) + made

    def share(self, name: str) -> float:
        return self.found[name] / self.made[name]

    def noise(self, name: str) -> float:
        """One standard error of the share."""
        share = self.share(name)
        return float(np.sqrt(share * (1 - share) / self.made[name]))


@dataclass(frozen=True)
class Rates:
    """What a simulation came to: single comparisons, and pages with any difference."""

    single: Tally
    pages: Tally


def main(repeats: int, seed: int) -> int:
    """Print the rates; 1 if one of them is not what the methods promise, else 0."""
    sizes, members = real_sizes(load_catalogue())
    sides = len(sizes), len(members), repeats
    print("{} indicators, {} authorities of real size, {} repeats".format(*sides))
    chance = simulate(sizes, members, repeats, seed)
    print("\nNothing differs: every authority has the same true value")
    _print(chance)
    usual = simulate(sizes, members, repeats, seed, variation=EVEN)
    print("\nNobody is unusual: true values vary as much as the real ones, as a normal curve does")
    _print(usual, only=COUNTRY)
    skewed = simulate(sizes, members, repeats, seed, variation=SKEWED)
    print("\nSome are unusual: true values vary as much as the real ones, with a long tail")
    _print(skewed, only=COUNTRY)
    low, high = ALLOWED
    singles = [chance.single.share(name) for name in (COUNTRY, NEIGHBOURS, PAST)]
    singles.append(usual.single.share(COUNTRY))
    are_fine = all(low <= share <= high for share in singles) and all(
        chance.pages.share(name) <= MOST_PAGES + 2 * chance.pages.noise(name)
        for name in (COUNTRY, NEIGHBOURS, PAST)
    )
    print("\nas promised" if are_fine else "\nNOT as promised")
    return 0 if are_fine else 1


def _print(rates: Rates, only: str = "") -> None:
    for name in rates.single.made:
        if only in {"", name}:
            single, pages = rates.single, rates.pages
            print(
                f"  {name:20} {single.share(name):7.2%} of comparisons differ"
                f" (noise {single.noise(name):.2%});"
                f" {pages.share(name):6.2%} of pages have any (noise {pages.noise(name):.2%})"
            )


def real_sizes(catalogue: Sequence[Indicator]) -> tuple[list[Sizes], np.ndarray]:
    """Return the sizes of indicators that are tested, and who is whose neighbour."""
    places = load_place_set("england")
    tested = tuple(indicator for indicator in catalogue if can_test(indicator))
    _, cells = read_shipped(tested)
    is_joint = cells["flags"].str.contains(Flag.JOINT_RETURN)
    is_total = (cells[list(BREAKDOWN_COLUMNS)] == TOTAL).all(axis=1)
    held = cells[(cells["status"] == Status.OK) & is_total & ~is_joint]
    held = held[held["numerator"].notna() & (held["denominator"] > 0)]
    codes = [area.code for area in places.authorities(date(2025, 3, 31))]
    found = (_latest(indicator, held, codes) for indicator in tested)
    return [one for one in found if one is not None], _neighbours(places, codes)


def _latest(indicator: Indicator, held: pd.DataFrame, codes: Sequence[str]) -> Sizes | None:
    own = held[(held["indicator"] == indicator.id) & held["area"].isin(codes)]
    counts = own["period"].value_counts()
    enough = [str(name) for name in counts.index[counts >= FEWEST_AUTHORITIES]]
    if not enough:
        return None
    period = max(enough, key=lambda name: parse_period(name).end)
    cells = own[own["period"] == period].set_index("area").reindex(list(codes))
    top, bottom = (cells[name].to_numpy(dtype=np.float64) for name in ("numerator", "denominator"))
    share = float(np.nansum(top) / np.nansum(bottom))
    if not 0 < share < 1:
        return None
    phi = overdispersion(standardised(indicator, top, bottom, share))
    return Sizes(indicator, period, share, bottom, phi)


def _neighbours(places: PlaceSet, codes: Sequence[str]) -> np.ndarray:
    model = max(row.model for row in places.neighbours)
    members = np.zeros((len(codes), len(codes)), dtype=np.bool_)
    for place, code in enumerate(codes):
        theirs = {row.neighbour for row in places.neighbours_of(code, model)}
        members[place] = [other in theirs for other in codes]
    return members


def draw(rng: np.random.Generator, sizes: Sizes, variation: str = NONE) -> Numbers:
    """Draw a count for each authority; with variation, the variance is phi times that of chance."""
    has_size = np.isfinite(sizes.denominator)
    n = sizes.denominator[has_size]
    is_share = sizes.indicator.arithmetic is Arithmetic.PERCENTAGE
    true = {NONE: _equal, EVEN: _even, SKEWED: _skewed}[variation](rng, sizes, n, is_share)
    drawn = np.full(sizes.denominator.shape, np.nan)
    drawn[has_size] = (
        rng.binomial(np.rint(n).astype(int), true) if is_share else rng.poisson(true * n)
    )
    return drawn


def _equal(_: np.random.Generator, sizes: Sizes, n: Numbers, is_share: bool) -> Numbers:
    return np.full(n.shape, sizes.share)


def _even(rng: np.random.Generator, sizes: Sizes, n: Numbers, is_share: bool) -> Numbers:
    variance = sizes.share * (1 - sizes.share if is_share else 1.0) / n
    away = np.sqrt((sizes.phi - 1) * variance) * rng.normal(size=n.shape)
    true: Numbers = np.clip(sizes.share + away, 0.0, 1.0)
    return true


def _skewed(rng: np.random.Generator, sizes: Sizes, n: Numbers, is_share: bool) -> Numbers:
    more = max(sizes.phi - 1, 1e-6)
    if not is_share:
        return rng.gamma(sizes.share * n / more, more) / n
    weight = 1 / np.minimum(more / np.maximum(n - 1, 1), WIDEST) - 1
    return rng.beta(sizes.share * weight, (1 - sizes.share) * weight)


def simulate(
    sizes: Sequence[Sizes],
    members: np.ndarray,
    repeats: int,
    seed: int,
    *,
    variation: str = NONE,
) -> Rates:
    """Draw and judge all indicators so many times."""
    rng = np.random.default_rng(seed)
    rates = Rates(Tally(), Tally())
    for _ in range(repeats):
        judged = [
            _judge(one, draw(rng, one, variation), draw(rng, one, variation), members)
            for one in sizes
        ]
        for name in judged[0]:
            _count(rates, name, [results[name] for results in judged])
    return rates


def _judge(sizes: Sizes, now: Numbers, past: Numbers, members: np.ndarray) -> Mapping[str, Judged]:
    indicator, n = sizes.indicator, np.where(np.isfinite(now), sizes.denominator, np.nan)
    country = float(np.nansum(now) / np.nansum(n))
    phi = overdispersion(standardised(indicator, now, n, country))
    tops, bottoms, units = pooled_rest(now, n, members)
    is_enough = units >= TOO_FEW_MEMBERS
    rest = np.where(is_enough, tops, np.nan), np.where(is_enough, bottoms, np.nan)
    return {
        COUNTRY: judge_against_value(indicator, (now, n), country, phi),
        NEIGHBOURS: judge_two(indicator, (now, n), rest),
        PAST: judge_two(indicator, (now, n), (past, n)),
    }


def _count(rates: Rates, name: str, judged: Sequence[Judged]) -> None:
    """Add one comparator's results; a row for each authority, a column for each indicator."""
    sides = np.column_stack([one.side for one in judged])
    remaining = for_many(sides, np.column_stack([one.p_for_many for one in judged]))
    has_side = sides != NO_SIDE
    similar = SIDES.index(Side.SIMILAR)
    rates.single.add(name, (has_side & (sides != similar)).sum(), has_side.sum())
    has_any = ((remaining != similar) & has_side).any(axis=1)
    rates.pages.add(name, has_any.sum(), has_side.any(axis=1).sum())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--repeats", type=int, default=REPEATS)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    sys.exit(main(asked.repeats, asked.seed))
