"""A small home folder of made-up releases, for tests of the API."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from indicators.arithmetic import published_value
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL, Breakdown
from indicators.change_table import ChangeSummary, count_changes
from indicators.intervals import interval_of
from indicators.model import Indicator, Pair, Quadrants
from indicators.pairs import with_pairs
from indicators.snapshot import Change, Mismatch, ReleaseCard, Source, SourceFile, TotalsCheck
from indicators.snapshot_writer import ReleaseContents, write_snapshot
from reference.places import PlaceSet
from reference.placesets import load_place_set
from tests.indicators.definitions import an_indicator

OLD, NEW = "2025-01-10", "2025-12-01"
NAN = float("nan")

COUNTRY = "X92000001"
REGION = "X12000001"
OTHER_REGION = "X12000006"
SUBREGION = "X13000001"
TOWN = "X06000001"
SUPPRESSED = "X06000002"
MISSING = "X06000003"
JOINT = ("X06000004", "X06000005")
ZERO = "X06000007"
ENDED = "X10000022"  # until 31 March 2021
BEGUN = ("X06000062", "X06000063")  # from 1 April 2021
RECODED, ITS_OLD_CODE = "X06000061", "X10000023"

IN_PATH = {
    "code": TOWN,
    "other": SUPPRESSED,
    "id": "a_share_pct",
    "pair": "share_and_rate",
    "place": "outcome_1",
    "key": "A.a_share_pct..........",
    "dimension": "sex",
}
"""What fills the braces of a path, but for the release."""

SHARE = an_indicator(
    "a_share_pct",
    order=1,
    title="A share, by hand",
    framework={"area": "Outcome 1", "domain": "Somewhere"},
    read_with=[{"indicator": "a_rate_10k", "reason": "It tells of the numbers"}],
    sources=[{"table": "a_table", "levels": ["country", "region", "authority"]}],
)
RATE = an_indicator(
    "a_rate_10k",
    order=2,
    title="A rate",
    arithmetic="rate_per_10000",
    unit="per 10,000",
    decimals=0,
    direction={"good": "none", "reason": "Neither is good", "source": "A source"},
    kind="context",
    measured="snapshot",
    interval={"method": "poisson"},
    sources=[{"table": "a_table"}],
    breakdown_titles={"sex": {"_T": "All", "M": "Boys", "U": "Not known"}},
)
SCORE = an_indicator(
    "a_score",
    order=3,
    title="A score",
    arithmetic="published_only",
    unit="score",
    kind="outcome",
    period_kind="SEP",
    interval={"method": "none", "reason": "The spread is not published"},
    sources=[{"table": "another_table", "levels": ["authority"]}],
)
QUIET = an_indicator("a_quiet_pct", order=4, title="One without figures")


def a_pair(id: str, x: str, y: str, **more: Any) -> Pair:
    """Return a pair whose words tell the quadrants apart."""
    names = ("higher_higher", "higher_lower", "lower_higher", "lower_lower")
    words = Quadrants(**{name: f"This is {name.replace('_', ', ')}." for name in names})
    told = {"title": "Two things", "reason": "Either misleads.", "caution": "Mind the years."}
    return Pair(id=id, x=x, y=y, quadrants=words, **{**told, **more})


PAIRS = (
    a_pair("share_and_rate", "a_share_pct", "a_rate_10k"),
    a_pair("share_and_score", "a_share_pct", "a_score"),
    a_pair("share_and_quiet", "a_share_pct", "a_quiet_pct"),
)
SHARE = with_pairs((SHARE,), PAIRS)[0]
INDICATORS = (SHARE, RATE, SCORE, QUIET)

SOURCES = (
    Source(
        "a_table_2024", "a_table", "2024", "A publisher", "A title", "2024-11-14",
        "official statistics", "A licence v1.0", "https://example.org/a",
    ),
    Source(
        "a_table_2025", "a_table", "2025", "A publisher", "A title", "2025-11-13",
        "official statistics", "A licence v1.0", "https://example.org/a",
        (SourceFile("a.csv", "ab" * 32, 9, {"share": "Share (%)"}, {"group": {"all": "All"}}),),
        TotalsCheck(8, 7, (Mismatch("a_share_pct", "RY2025", ("X12000001",), ("X06000003",)),)),
    ),
)  # fmt: skip

Cell = dict[str, Any]


def places() -> PlaceSet:
    return load_place_set("made_up")


def cell(
    indicator: Indicator,
    period: str,
    area: str,
    numerator: float = NAN,
    denominator: float = NAN,
    **more: Any,
) -> Cell:
    """Return a cell whose value and interval follow from its parts unless they are given."""
    value = float(published_value(indicator, [numerator], [denominator])[0])
    lower, upper = interval_of(indicator, [numerator], [denominator])
    made: Cell = {
        "indicator": indicator.id,
        "period": period,
        "area": area,
        **dict.fromkeys(BREAKDOWN_COLUMNS, TOTAL),
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "ci_lower": float(lower[0]),
        "ci_upper": float(upper[0]),
        "ci_level": NAN if lower[0] != lower[0] else 95.0,
        "status": "ok",
        "flags": "",
        "source_symbol": "",
        "source": "a_table_2025",
        "definition_version": indicator.version,
        **more,
    }
    return made


def without_value(indicator: Indicator, period: str, area: str, status: str, symbol: str) -> Cell:
    return cell(
        indicator, period, area, 3.0, 1000.0,
        value=NAN, ci_lower=NAN, ci_upper=NAN, ci_level=NAN, status=status, source_symbol=symbol,
    )  # fmt: skip


def parts_of(place: int, year: int) -> tuple[float, float]:
    """Return parts that differ between areas and years, so that no mix-up goes unseen."""
    return float(150 + 7 * (place % 41) + 3 * (year % 100)), float(1000 + 11 * (place % 37))


def share_cells(years: Iterable[int]) -> list[Cell]:
    cells = []
    for year in years:
        period = f"RY{year}"
        for place, area in enumerate(places().areas):
            exists = area.code not in ((ENDED,) if year > 2021 else BEGUN)
            if area.kind == "subregion" or area.code in {MISSING, SUPPRESSED, *JOINT} or not exists:
                continue
            size = 150 if area.kind == "country" else 15 if area.kind == "region" else 1
            top, bottom = parts_of(place, year)
            cells.append(cell(SHARE, period, area.code, top * size, bottom * size))
        cells.append(without_value(SHARE, period, SUPPRESSED, "suppressed", "c"))
        cells += [cell(SHARE, period, code, 321, 1234, flags="joint_return") for code in JOINT]
    return cells


def rate_cells(years: Iterable[int]) -> list[Cell]:
    cells = []
    for year in years:
        for place, area in enumerate(places().areas):
            top, bottom = parts_of(place, year)
            for sex, share in (("_T", 1.0), ("F", 0.5), ("M", 0.5)):
                if sex == "_T" or area.kind in {"country", "region"}:
                    count = 0.0 if area.code == ZERO else round(top * share)
                    cells.append(cell(RATE, f"RY{year}", area.code, count, bottom * 20, sex=sex))
    return cells


def score_cells() -> list[Cell]:
    return [
        cell(SCORE, "SEP2025", area.code, value=10.0 + place % 50 / 10)
        for place, area in enumerate(places().authorities())
        if area.code not in {*BEGUN, ENDED}
    ]


def old_cells() -> list[Cell]:
    changes = {"source": "a_table_2024", "updated_release": OLD}
    return [{**made, **changes} for made in (*share_cells([2019, 2024]), *rate_cells([2024]))]


def new_cells() -> list[Cell]:
    every = (*share_cells([2019, 2023, 2024, 2025]), *rate_cells([2024, 2025]), *score_cells())
    return [{**made, "updated_release": NEW} for made in every]


def a_change(indicator: str, period: str, area: str, kind: str, **more: Any) -> Change:
    """Return a change of a cell that is not broken down."""
    plain = {"old_value": None, "new_value": None, "old_status": "", "new_status": "ok"}
    return Change(indicator, period, area, Breakdown(), kind, **{**plain, **more})


def new_changes() -> dict[str, Any]:
    """Return what the new release says of its changes, as further parts of its contents."""
    ok = {"old_status": "ok", "old_value": 15.5}
    changes = (
        a_change(SHARE.id, "RY2024", TOWN, "revised", **ok, new_value=16.5),
        a_change(SHARE.id, "RY2024", SUPPRESSED, "newly_suppressed", old_status="ok",
                 new_status="suppressed"),
        a_change(SHARE.id, "RY2025", REGION, "new", new_value=15),
        a_change(SCORE.id, "SEP2025", TOWN, "new", new_value=10),
        a_change("an_old_pct", "RY2024", ENDED, "withdrawn", **ok, new_status=""),
    )  # fmt: skip
    summary = ChangeSummary(OLD, count_changes(changes), (SCORE.id,), ("a_table_2025",))
    return {"changes": changes, "summary": summary}


def write_release(
    home: Path,
    id: str,
    cells: list[Cell],
    indicators: tuple[Indicator, ...] = INDICATORS,
    **more: Any,
) -> str:
    """Write a snapshot and return its digest; `more` are further parts of its contents."""
    contents = ReleaseContents(
        card=ReleaseCard(id=id, place_set="made_up"),
        places=places(),
        indicators=indicators,
        cells={name: [made[name] for made in cells] for name in cells[0]},
        **{"sources": SOURCES, **more},
    )
    return write_snapshot(home / "snapshots", contents)


def listed(id: str, digest: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "kind": "release",
        "published_at": f"{id[:10]}T09:30:00+00:00",
        "published_on": id[:10],
        "digest": digest,
        "policy": "strict",
        "note": "",
        "withdrawn": None,
        **more,
    }


def list_releases(
    home: Path, latest: str, *releases: Mapping[str, Any], is_practice: bool = False
) -> None:
    """Replace releases.json as a publication does: by an atomic rename."""
    content = {
        "format": 1,
        "place_set": "made_up",
        "latest": latest,
        "releases": list(releases),
        "is_practice": is_practice,
    }
    draft = home / "releases.json.draft"
    draft.write_text(json.dumps(content), "utf-8")
    draft.rename(home / "releases.json")
