"""Made-up returns for practice: counts drawn through flows, so that everything adds up.

Seeded by profile, authority and collection: the same returns every time, and adding a collection
does not change the others. Nothing here is or resembles any authority's own figure; only national
shares and spreads are parameters.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import numpy as np

from etl.submissions.manifest import build_manifest
from etl.submissions.wire import COLUMNS, WireRow, write_period
from indicators.measures import Collection, Key, Measures
from reference.periods import Period
from reference.places import Area, PlaceSet

Counts = dict[Key, int]

_RATES: Final[Mapping[str, tuple[float, float]]] = {
    "CLA_OPEN": (67, 0.39),
    "CLA_START": (26, 0.34),
    "CIN_OPEN": (330, 0.25),
    "CIN_END": (290, 0.25),
    "REF": (519, 0.34),
    "S47": (189, 0.38),
    "CPP_OPEN": (40.6, 0.34),
    "CPP_START": (51, 0.34),
    "CL_19_21": (31.5, 0.35),
    "CL_17_18": (12.2, 0.35),
}
"""Per 10,000 children: a national rate and the spread between authorities on the log scale."""

_SHARES: Final[Mapping[str, float]] = {
    "OC2_HEALTH": 0.90, "OC2_IMM": 0.84, "OC2_DENT": 0.81, "OC2_DEV": 0.88,
    "ASS_45": 0.857, "ICPC_15": 0.814, "REF_RE12": 0.226, "REF_NFA": 0.065,
    "CPP_REPEAT": 0.245, "CPP_REPEAT24": 0.45, "CPP_END_2Y": 0.044, "CPREV_OK": 0.906,
    "CLA_PLC3": 0.10, "CLA_GT20": 0.22, "CLA_GT20_OUT": 0.80, "CLA_UASC": 0.08,
    "CLA_START_UASC": 0.22, "CONV": 0.02, "CLAREV_OK": 0.90, "CIN_AWAIT": 0.04,
}  # fmt: skip
"""National shares of the wholes that the measures are part of."""

_PLACEMENT: Final = (0.67, 0.12, 0.09, 0.06, 0.02, 0.002, 0.01, 0.028)
_REASON: Final = (0.12, 0.03, 0.09, 0.19, 0.15, 0.17, 0.08, 0.002, 0.168)
_DURATION: Final = (0.25, 0.22, 0.30, 0.207, 0.023)
_ACTIVITY: Final = {"19_21": (0.54, 0.40, 0.06), "17_18": (0.64, 0.30, 0.06)}
_ACCOMMODATION: Final = (0.89, 0.06, 0.05)
_CONTACT: Final = (0.93, 0.04, 0.02, 0.01)


@dataclass(frozen=True)
class Practice:
    """One made-up return: its name, the bytes of its table and of its manifest."""

    name: str
    table: bytes
    manifest: bytes


class _Drawn:
    """Draws for one authority and collection, each from its own seeded stream."""

    def __init__(self, seed: str, population: int) -> None:
        digest = sha256(seed.encode()).digest()
        self._random = np.random.default_rng(int.from_bytes(digest[:8], "big"))
        self.population = population
        self.counts: dict[str, int] = {}

    def rate(self, name: str) -> int:
        """Draw a count around its national rate, with this authority's own level."""
        per_10000, spread = _RATES[name]
        level = float(np.exp(self._random.normal(-spread * spread / 2, spread)))
        return int(self._random.poisson(per_10000 * level * self.population / 10_000))

    def part(self, whole: int, share: float) -> int:
        """Draw how many of a whole belong to a part."""
        own = float(self._random.beta(share * 60, (1 - share) * 60))
        return int(self._random.binomial(whole, own))

    def named(self, name: str, whole: int) -> int:
        """Draw a part by the share of its measure."""
        return self.part(whole, _SHARES[name])

    def split(self, whole: int, shares: tuple[float, ...]) -> list[int]:
        """Draw parts that add up to the whole."""
        own = self._random.dirichlet(np.array(shares) / sum(shares) * 100)
        return [int(count) for count in self._random.multinomial(whole, own)]

    def scores(self, high: int, border: int, rest: int) -> int:
        """Draw the sum of scores of children in three bands."""
        bands = ((high, 17, 32), (border, 14, 17), (rest, 0, 14))
        return int(sum(self._random.integers(a, b, n).sum() for n, a, b in bands))


def _looked_after(drawn: _Drawn, collection: Collection) -> Counts:
    opened, started = drawn.rate("CLA_OPEN"), drawn.rate("CLA_START")
    left = drawn.part(opened + started, 0.29)
    year = drawn.part(opened, 0.72)
    scored = drawn.part(eligible := drawn.part(year, 0.72), 0.78)
    high, border, rest = drawn.split(scored, (0.42, 0.13, 0.45))
    young, older = drawn.part(year, 0.15), drawn.part(year, 0.6)
    far = drawn.named("CLA_GT20", opened)
    any_time = opened + left
    counts = {
        "CLA_OPEN": opened,
        "CLA_OPEN_PRIOR": max(opened - started + left, 0),
        "CLA_START": min(started, any_time),
        "CLA_CEASE": left,
        "CLA_ANY": any_time,
        "CLA_12M": year,
        "CLA_PLC3": drawn.named("CLA_PLC3", opened),
        "CLA_GT20": far,
        "CLA_GT20_OUT": drawn.named("CLA_GT20_OUT", far),
        "CLA_DIST_NK": drawn.part(opened - far, 0.11),
        "CLA_UASC": drawn.named("CLA_UASC", opened),
        "CLA_START_UASC": drawn.named("CLA_START_UASC", min(started, any_time)),
        "MIS_CH": (missing := drawn.part(any_time, 0.11)),
        "MIS_INC": missing * 6,
        "AWAY_CH": (away := drawn.part(any_time, 0.02)),
        "AWAY_INC": away * 3,
        **{name: drawn.named(name, year) for name in ("OC2_HEALTH", "OC2_IMM", "OC2_DENT")},
        "OC2_DEV": drawn.named("OC2_DEV", young),
        "OC2_DEV_DEN": young,
        "SDQ_ELIG": eligible,
        "SDQ_N": scored,
        "SDQ_SUM": drawn.scores(high, border, rest),
        "SDQ_HIGH": high,
        "SDQ_BORDER": border,
        "CONV": drawn.named("CONV", older),
        "CONV_DEN": older,
        "CLAREV_DUE": opened,
        "CLAREV_OK": drawn.named("CLAREV_OK", opened),
    }
    return {
        **_totals(counts),
        **_listed(collection, "CLA_PL", "placement", drawn.split(opened, _PLACEMENT)),
        **_listed(collection, "CEASE_REASON", "reason", drawn.split(left, _REASON)),
    }


def _in_need(drawn: _Drawn, collection: Collection) -> Counts:
    opened, ended, referred = drawn.rate("CIN_OPEN"), drawn.rate("CIN_END"), drawn.rate("REF")
    enquiries, plans, begun = drawn.rate("S47"), drawn.rate("CPP_OPEN"), drawn.rate("CPP_START")
    assessed = drawn.part(referred, 0.9)
    held = drawn.part(enquiries, 0.38)
    on_time = drawn.named("ICPC_15", held)
    durations = drawn.split(plans, _DURATION)
    again, over = drawn.named("CPP_REPEAT", begun), drawn.part(plans + begun, 0.55)
    reviewed = drawn.part(plans, 0.69)
    with_factors = drawn.part(assessed, 0.85)
    counts = {
        "REF": referred,
        "REF_RE12": drawn.named("REF_RE12", referred),
        "REF_NFA": drawn.named("REF_NFA", referred),
        "CIN_OPEN": opened,
        "CIN_START": drawn.part(opened + ended, 0.52),
        "CIN_END": ended,
        "CIN_ANY": opened + ended,
        "CIN_AWAIT": drawn.named("CIN_AWAIT", opened),
        "ASS": assessed,
        "ASS_45": drawn.named("ASS_45", assessed),
        "S47": enquiries,
        "ICPC": held,
        "ICPC_15": on_time,
        "ICPC_XFER": drawn.part(held - on_time, 0.2),
        "CPP_OPEN": plans,
        "CPP_OPEN_PRIOR": max(plans - begun + over, 0),
        "CPP_START": begun,
        "CPP_END": over,
        "CPP_REPEAT": again,
        "CPP_REPEAT24": drawn.named("CPP_REPEAT24", again),
        "CPP_OPEN_2Y": durations[-1],
        "CPP_END_2Y": drawn.named("CPP_END_2Y", over),
        "CPREV_DUE": reviewed,
        "CPREV_OK": drawn.named("CPREV_OK", reviewed),
        "FAC_EP": with_factors,
    }
    factors = collection.code_lists["factor"].codes
    found = [drawn.part(with_factors, 0.33 / (1 + place % 12)) for place in range(len(factors))]
    return {
        **_totals(counts),
        **_listed(collection, "CPP_DUR", "duration", durations),
        **_listed(collection, "FAC", "factor", found),
    }


def _leavers(drawn: _Drawn, collection: Collection) -> Counts:
    counts: Counts = {}
    for age in collection.code_lists["clage"].codes:
        whole = drawn.rate(f"CL_{age}")
        housed = whole - drawn.part(whole, 0.007)
        activity = drawn.split(whole, _ACTIVITY[age])
        housing, contact = drawn.split(housed, _ACCOMMODATION), drawn.split(whole, _CONTACT)
        names = collection.measures
        for name, count in zip(names, (whole, *activity, housed, *housing, *contact), strict=True):
            counts[name, "clage", age] = count
    return counts


_DRAW: Final = {"CLA": _looked_after, "CIN": _in_need, "CL": _leavers}


def _totals(counts: Mapping[str, int]) -> Counts:
    return {(name, "TOTAL", "ALL"): count for name, count in counts.items()}


def _listed(collection: Collection, measure: str, list_id: str, counts: list[int]) -> Counts:
    codes = collection.code_lists[list_id].codes
    return {(measure, list_id, code): n for code, n in zip(codes, counts, strict=True)}


def practice_counts(
    area: Area, collection: Collection, period: Period, places: PlaceSet, profile: str
) -> Counts:
    """Return the made-up counts of one authority, collection and period."""
    population = places.population_of(area.code, period.end.year - 1) or 50_000
    seed = f"{profile}|{area.code}|{collection.collection}|{period.id}"
    return _DRAW[collection.collection](_Drawn(seed, population), collection)


def practice_returns(
    places: PlaceSet,
    measures: Measures,
    period: Period,
    *,
    profile: str = "practice 1",
    planted: Mapping[tuple[str, Key], int] | None = None,
) -> Iterator[Practice]:
    """Yield a return of every authority for every collection.

    `planted` replaces single counts by (authority, key); what it replaces must not be in a sum.
    """
    for area in places.authorities(period.end):
        for collection in measures.collections.values():
            counts = practice_counts(area, collection, period, places, profile)
            mine = {key: n for (code, key), n in (planted or {}).items() if code == area.code}
            counts.update({key: count for key, count in mine.items() if key in counts})
            yield as_package(area.code, collection, period, counts)


def as_package(
    authority: str, collection: Collection, period: Period, counts: Mapping[Key, int]
) -> Practice:
    """Write counts as a package, all of them actual."""
    kind, end = write_period(period)
    scope = (authority, collection.collection, kind, end)
    rows = [
        WireRow(place, *scope, *key, str(counts[key]), "A", "")
        for place, key in enumerate((k for k in collection.keys(period) if k in counts), 2)
    ]
    table = table_bytes(rows)
    name = f"AIS_{authority}_{collection.collection}_{end}_1"
    return Practice(name, table, build_manifest("data.csv", table, rows, collection.version))


def table_bytes(rows: list[WireRow]) -> bytes:
    """Write rows as the CSV that authorities send."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(row, name) for name in COLUMNS.values()] for row in rows)
    return out.getvalue().encode()
