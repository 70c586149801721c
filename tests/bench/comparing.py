"""How long the comparisons take: a whole profile, and all authorities against all comparators.

`python -m tests.bench.comparing HOME` measures a home folder that is there already. Nothing is
remembered from one round to the next; the process has one thread, so it uses one core.
"""

import gc
import statistics
import sys
import time
from pathlib import Path
from typing import Final

from api.comparators import Comparator, read_comparators
from api.comparing import comparison_rows
from api.judging import latest_pairs
from api.opened import OpenRelease
from api.profiles import profile_rows
from api.registry import Registry

PROMISED_PROFILE_MILLISECONDS: Final = 60
PROMISED_ALL_SECONDS: Final = 20
ROUNDS: Final = 15
ALL_ROUNDS: Final = 3
OF_A_PROFILE: Final = ("england", "region", "neighbours", "own_past")


def measure(home: Path) -> dict[str, float]:
    """Measure the latest release of a home folder."""
    release = _latest(home)
    areas = [c for c in release.authorities.tolist() if release.areas[c].last_day is None]
    every = _every_comparator(release)
    pairs = list(latest_pairs(release, range(len(release.snapshot.indicators))))
    gc.freeze()
    profiles = [_profile(release, areas[place * 7]) for place in range(ROUNDS)]
    rounds = [_all(release, pairs, areas, every) for _ in range(ALL_ROUNDS)]
    return {
        "profile_milliseconds": 1000 * statistics.median(profiles),
        "all_seconds": min(seconds for seconds, _ in rounds),
        "comparisons": rounds[0][1],
        "indicators": len(pairs),
        "comparators": len(every),
    }


def _latest(home: Path) -> OpenRelease:
    registry = Registry(home)
    state = registry.state(look_now=True)
    return registry.open(state.by_id[state.latest or ""])


def _every_comparator(release: OpenRelease) -> tuple[Comparator, ...]:
    places = release.snapshot.places
    tokens = (
        *("england", "region", "type", "rural_urban", "deprivation", "population_band", "own_past"),
        *(f"neighbours:{model}" for model in places.neighbour_models),
        *(f"ofsted:{judgement}" for judgement in places.judgements),
    )
    return read_comparators(release, tokens, machine_read=False)


def _profile(release: OpenRelease, area: int) -> float:
    """Work out all indicators of one authority: intervals, comparisons, trends, what stands out."""
    release.recent.clear()
    comparators = read_comparators(release, OF_A_PROFILE, machine_read=False)
    indicators = range(len(release.snapshot.indicators))
    start = time.perf_counter()
    profile_rows(release, area, indicators, comparators)
    return time.perf_counter() - start


def _all(
    release: OpenRelease,
    pairs: list[tuple[int, int]],
    areas: list[int],
    comparators: tuple[Comparator, ...],
) -> tuple[float, int]:
    release.recent.clear()
    cells = [(*pair, area) for pair in pairs for area in areas]
    start = time.perf_counter()
    rows = comparison_rows(release, cells, comparators)
    count = sum(1 for _ in rows)
    return time.perf_counter() - start, count


if __name__ == "__main__":
    for name, figure in measure(Path(sys.argv[1])).items():
        print(f"{name:24} {figure:10,.2f}")
