"""That no hidden count can be worked out: random tables, protected, against a second solver.

`make prove-disclosure` draws 10,000 tables of small countries, protects each, and has a reader who
shares no code with the audit ask whether every hidden count of 1 to 5 can still be 1 and 5. Tests
run a sample. `--measure` protects a made-up country of 153 authorities and prints what it takes.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from etl.practice.packages import practice_counts
from indicators.disclosure import RecoverableError, load_policy, protect, verify
from indicators.draft import DraftRelease
from indicators.measures import Key, load_measures
from reference.periods import parse_period
from reference.places import AreaKind, PlaceSet
from tests.indicators.submitted import PERIOD, a_draft, count, leavers, places, submitted
from tests.prove.disclosure_reader import RULES, Counts, Pinned, Reader

TABLES: Final = 10_000
SEED: Final = 20
SHAPES: Final = ((1, 2, 3), (1, 1, 2), (2, 4), (3, 3), (1, 5), (2, 2, 2))
"""Authorities by region: regions of one and of two are the hard ones."""


@dataclass(frozen=True)
class Table:
    """One random country: its places, the counts of its returns, and how they are protected."""

    number: int
    places: PlaceSet
    collection: str
    counts: Counts
    policy: str

    @property
    def draft(self) -> DraftRelease:
        """The draft before it is protected."""
        return replace(a_draft(submitted(self.counts)), places=self.places)


@lru_cache(maxsize=16)
def small_country(shape: tuple[int, ...]) -> PlaceSet:
    """Return the made-up country with so many authorities in so many regions."""
    whole = places()
    regions = sorted({a.region for a in whole.authorities() if a.region})
    kept = [
        area
        for region, size in zip(regions, shape, strict=False)
        for area in [a for a in whole.authorities() if a.region == region][:size]
    ]
    codes = {area.code for area in kept}
    above = [a for a in whole.areas if a.kind in (AreaKind.COUNTRY, AreaKind.REGION)]
    return replace(
        whole,
        areas=(*above, *kept),
        neighbours=(),
        inspections=(),
        classes=(),
        hexagons=(),
        context=(),
        changes=(),
        populations=tuple(p for p in whole.populations if p.area in codes),
    )


def tables(amount: int, seed: int = SEED) -> Iterator[Table]:
    """Draw tables, each from its own seed: the same every time."""
    for number in range(amount):
        chance = random.Random(f"{seed}|{number}")
        country = small_country(chance.choice(SHAPES))
        name, draw = chance.choice(DRAWS)
        areas = [area.code for area in country.authorities()]
        counts = {code: draw(chance) for code in areas}
        if chance.random() < 0.2:
            # Ties: all returns are the same.
            counts = dict.fromkeys(areas, counts[areas[0]])
        yield Table(number, country, name, counts, chance.choice(sorted(RULES)))


def _some(chance: random.Random) -> int:
    most = chance.choice((0, 5, 5, 8, 30, 300))
    return chance.randint(0, most)


def _leavers(chance: random.Random) -> dict[Key, int]:
    counts: dict[Key, int] = {}
    for age in ("17_18", "19_21"):
        work, not_work, unknown = (_some(chance) for _ in range(3))
        whole = work + not_work + unknown
        housed = whole - chance.randint(0, min(whole, 2))
        suited = chance.randint(0, housed)
        unsuited = chance.choice((housed - suited, chance.randint(0, housed - suited)))
        touch = chance.randint(0, whole)
        parts = {
            "CL_N": whole, "CL_EET": work, "CL_NEET": not_work, "CL_ACT_NK": unknown,
            "CL_ACC_DEN": housed, "CL_SUIT": suited, "CL_UNSUIT": unsuited,
            "CL_ACC_NK": housed - suited - unsuited, "CL_TOUCH_YES": touch,
            "CL_TOUCH_NO": whole - touch, "CL_TOUCH_REFU": 0, "CL_TOUCH_NREQ": 0,
        }  # fmt: skip
        counts |= {leavers(name, age): number for name, number in parts.items()}
    return counts


def _placed(chance: random.Random) -> dict[Key, int]:
    listed = load_measures().collection("CLA").code_lists
    homes = {code: _some(chance) for code in listed["placement"].codes}
    exits = {code: _some(chance) for code in listed["reason"].codes}
    opened, ceased = sum(homes.values()), sum(exits.values())
    year = chance.randint(0, opened)
    young = chance.randint(0, year)
    counts = {
        "CLA_OPEN": opened, "CLA_CEASE": ceased, "CLA_ANY": opened + ceased, "CLA_12M": year,
        "CLA_PLC3": chance.randint(0, opened), "OC2_IMM": chance.randint(0, year),
        "OC2_HEALTH": max(year - _some(chance), 0), "OC2_DENT": chance.randint(0, year),
        "OC2_DEV_DEN": young, "OC2_DEV": chance.randint(0, young),
        "CLA_UASC": min(_some(chance), opened), "CLA_GT20": min(_some(chance), opened),
    }  # fmt: skip
    scored = chance.randint(0, eligible := chance.randint(0, year))
    high = chance.randint(0, scored)
    border = chance.randint(0, scored - high)
    rest = scored - high - border
    total = sum(chance.randint(17, 30) for _ in range(high)) + 15 * border
    counts |= {"SDQ_ELIG": eligible, "SDQ_N": scored, "SDQ_HIGH": high, "SDQ_BORDER": border}
    counts["SDQ_SUM"] = total + sum(chance.randint(0, 13) for _ in range(rest))
    convicted = chance.randint(0, year)
    counts |= {"CONV_DEN": convicted, "CONV": min(_some(chance), convicted)}
    return {
        **{count(name): number for name, number in counts.items()},
        **{("CLA_PL", "placement", code): number for code, number in homes.items()},
        **{("CEASE_REASON", "reason", code): number for code, number in exits.items()},
    }


Draw = Callable[[random.Random], dict[Key, int]]
DRAWS: Final[tuple[tuple[str, Draw], ...]] = (("CL", _leavers), ("CLA", _placed))


def faults_of(table: Table) -> list[Pinned]:
    """Protect a table and return what the reader can pin down."""
    draft = protect(table.draft, table.policy)
    verify(draft)
    return Reader(draft, table.policy, table.collection, table.counts).pinned()


@dataclass
class Tally:
    """What came of many tables."""

    tables: int = 0
    blocked: int = 0
    faults: int = 0


def prove(amount: int, seed: int = SEED, tell: Callable[[str], object] = print) -> Tally:
    """Draw tables, protect each, and look for counts that can be pinned down."""
    tally = Tally()
    for table in tables(amount, seed):
        tally.tables += 1
        try:
            faults = faults_of(table)
        except RecoverableError as error:
            tally.blocked += 1
            tell(f"table {table.number} ({table.collection}, {table.policy}): {error}")
            continue
        if faults:
            tally.faults += 1
            tell(f"table {table.number} ({table.collection}, {table.policy}): {faults[:3]}")
    return tally


def whole_country() -> DraftRelease:
    """Return a draft with a made-up return of every authority for every collection."""
    period, measures = parse_period(PERIOD), load_measures()
    returns: dict[str, Mapping[Key, int]] = {}
    for area in places().authorities(period.end):
        sent: dict[Key, int] = {}
        for collection in measures.collections.values():
            sent |= practice_counts(area, collection, period, places(), "practice 1")
        returns[area.code] = sent
    return a_draft(submitted(returns))


def measure() -> None:
    """Print how long a whole country takes under each policy, and how much is hidden."""
    draft = whole_country()
    levels = {area.code: area.kind for area in places().areas}
    for policy in sorted(RULES):
        started = time.perf_counter()
        protected = protect(draft, policy)
        seconds = time.perf_counter() - started
        is_own = protected.cells["area"].map(levels) == AreaKind.AUTHORITY
        hidden = protected.cells["status"] == "suppressed"
        shares = [hidden[is_own].mean() * 100, hidden[~is_own].mean() * 100]
        assert protected.protection is not None
        reasons = Counter(one.reason for one in protected.protection.decisions)
        print(f"{load_policy(policy).id}: {seconds:.1f} s, {len(protected.cells)} cells")
        print("  hidden: {:.1f} % of authorities, {:.1f} % of totals".format(*shares))
        print("  counts: " + ", ".join(f"{n} {reason}" for reason, n in reasons.most_common()))


def main(amount: int, seed: int) -> int:
    """Print what came of it; 1 if a count could be pinned down or a table was blocked."""
    started = time.perf_counter()
    tally = prove(amount, seed)
    seconds = time.perf_counter() - started
    print(
        f"{tally.tables} tables in {seconds:.0f} s: in {tally.faults} a hidden count could be "
        f"worked out, {tally.blocked} were blocked"
    )
    return int(tally.faults > 0 or tally.blocked > 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=TABLES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--measure", action="store_true")
    chosen = parser.parse_args()
    if chosen.measure:
        measure()
        sys.exit(0)
    sys.exit(main(chosen.tables, chosen.seed))
