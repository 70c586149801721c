"""Made-up counts of children looked after, year after year."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from etl.practice.authority import Counts, Flow, MadeUp, flow, listed, restated, totals
from etl.practice.streams import Draws
from indicators.measures import Collection

_SCORE_SPREAD: Final = 7.0
_HIGHEST_SCORE: Final = 40
_HIGH_FROM, _BORDER_FROM = 17, 14
_BROKEN_DOWN: Final = {"CLA_OPEN": "age", "CLA_START": "age_start", "CLA_CEASE": "age_cease"}


def looked_after(made: MadeUp, collection: Collection) -> Iterator[tuple[int, Counts]]:
    """Yield the counts of each year that the authority existed."""
    first = made.years[0]
    held = made.draws.count("cla first", made.expected("cla_open", first))
    for year in made.years:
        started = made.draws.count("cla started", made.expected("cla_start", year))
        target = made.expected("cla_open", year)
        usual = made.usual("cla_start", year) - made.drift("cla_open", year)
        moved = flow(made.draws, "cla", held, started, usual, target)
        yield year, _of_year(made, collection, year, moved)
        held = moved.held


def _of_year(made: MadeUp, collection: Collection, year: int, moved: Flow) -> Counts:
    flows = _children(made, moved)
    held, left, any_time = (flows[name] for name in ("CLA_OPEN", "CLA_CEASE", "CLA_ANY"))
    broken_down: Counts = {}
    for measure, ages in _BROKEN_DOWN.items():
        for list_id, shares in (("age", ages), ("sex", "sex"), ("ethnicity", "ethnicity")):
            name = f"{measure} {list_id}"
            parts = made.draws.split(name, flows[measure], made.parts(shares), 250)
            broken_down |= listed(collection, measure, list_id, parts)
    return {
        **totals(
            {
                **flows,
                **_where(made, year, held),
                "CLA_UASC": made.share("uasc", year, held),
                "CLA_START_UASC": made.share("start_uasc", year, flows["CLA_START"]),
                **_missing(made, year, any_time),
                **_a_year(made, year, made.share("cla_12m", year, held)),
                "CLAREV_DUE": (due := made.draws.part("clarev due", held, 0.93)),
                "CLAREV_OK": made.share("clarev_ok", year, due),
            }
        ),
        **broken_down,
        **listed(collection, "CLA_PL", "placement", _placements(made, year, held)),
        **listed(collection, "CEASE_REASON", "reason", _reasons(made, year, left)),
    }


def _children(made: MadeUp, moved: Flow) -> dict[str, int]:
    """Count children instead of spells: a few came twice, and some of those also left twice."""
    draws = made.draws
    twice = draws.part("cla twice", min(moved.started, moved.ended), 0.015)
    left_twice = draws.part("cla left twice", twice, 0.6)
    back = draws.part("cla back", twice - left_twice, 0.8)
    started, left = moved.started - twice, moved.ended - left_twice
    return {
        "CLA_OPEN": moved.held,
        "CLA_OPEN_PRIOR": restated(draws, "cla prior", moved.prior),
        "CLA_START": started,
        "CLA_CEASE": left,
        "CLA_ANY": max(moved.held + left - back, started),
    }


def _where(made: MadeUp, year: int, held: int) -> dict[str, int]:
    far = made.share("cla_gt20", year, held)
    rest = 1 - made.level("cla_gt20", year)
    unknown = made.level("cla_dist_nk", year) / rest
    return {
        "CLA_PLC3": made.share("cla_plc3", year, held),
        "CLA_GT20": far,
        "CLA_GT20_OUT": made.draws.part("cla_gt20_out", far, 0.81),
        "CLA_DIST_NK": made.draws.part("cla_dist_nk", held - far, unknown),
    }


def _missing(made: MadeUp, year: int, any_time: int) -> dict[str, int]:
    missing = made.share("missing", year, any_time)
    away = made.draws.part("away", any_time, 0.02)
    return {
        "MIS_CH": missing,
        "MIS_INC": missing + made.draws.count("missing again", missing * 5, 60),
        "AWAY_CH": away,
        "AWAY_INC": away + made.draws.count("away again", away * 2, 60),
    }


def _a_year(made: MadeUp, year: int, whole: int) -> dict[str, int]:
    """Count what is asked of children looked after for a year: checks, scores, convictions."""
    ages = made.draws.split("year ages", whole, made.parts("year_ages"), 200)
    young, middle, older, oldest = ages
    names = ("OC2_HEALTH", "OC2_IMM", "OC2_DENT")
    scored = made.share("sdq_return", year, middle + older)
    return {
        "CLA_12M": whole,
        **{name: made.share(name.lower(), year, whole) for name in names},
        "OC2_DEV": made.share("oc2_dev", year, young),
        "OC2_DEV_DEN": young,
        "SDQ_ELIG": middle + older,
        **_scores(made.draws, scored, made.level("sdq_mean", year)),
        "CONV": made.share("conv", year, older + oldest),
        "CONV_DEN": older + oldest,
    }


def _scores(draws: Draws, scored: int, mean: float) -> dict[str, int]:
    """Draw a score of each child, so that sum and bands belong together."""
    drawn = draws.of("scores").normal(mean, _SCORE_SPREAD, scored)
    scores = np.clip(np.rint(drawn), 0, _HIGHEST_SCORE).astype(int)
    high = scores >= _HIGH_FROM
    return {
        "SDQ_N": scored,
        "SDQ_SUM": int(scores.sum()),
        "SDQ_HIGH": int(high.sum()),
        "SDQ_BORDER": int(((scores >= _BORDER_FROM) & ~high).sum()),
    }


def _placements(made: MadeUp, year: int, held: int) -> list[int]:
    named = tuple(made.level(n, year) for n in ("foster", "homes", "supported", "parents"))
    return made.draws.split("placements", held, _filled(named, made.parts("placement_rest")), 500)


def _reasons(made: MadeUp, year: int, left: int) -> list[int]:
    named = tuple(made.level(name, year) for name in ("sgo", "cao"))
    return made.draws.split("reasons", left, _filled(named, made.parts("reason_rest")), 150)


def _filled(named: tuple[float, ...], rest: tuple[float, ...]) -> tuple[float, ...]:
    """Share among the rest what the named ones leave; they leave something."""
    most = min(1.0, 0.985 / sum(named))
    kept = tuple(share * most for share in named)
    left = 1 - sum(kept)
    return (*kept, *(left * share / sum(rest) for share in rest))
