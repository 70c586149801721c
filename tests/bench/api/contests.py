"""The measurements: in each round every target is asked in turn, so that all have like conditions.

A ratio is the median over the rounds, each of two loads that followed on each other.
"""

import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tests.bench.api.load import CONNECTIONS, Round, Target, read_once, run_long, run_round

MOST_EACH: Final = 200


@dataclass(frozen=True)
class Contest:
    """The rounds of some targets, by label; the first label is ours."""

    name: str
    rounds: Mapping[str, tuple[Round, ...]]
    bytes: Mapping[str, int]

    @property
    def ours(self) -> str:
        """Our label."""
        return next(iter(self.rounds))

    def per_second(self, label: str) -> float:
        """Return answers per second, the median of the rounds."""
        return statistics.median(one.per_second for one in self.rounds[label])

    def ratios(self, label: str) -> list[float]:
        """Return how often we answer while the other answers once, by round."""
        pairs = zip(self.rounds[self.ours], self.rounds[label], strict=True)
        return [ours.per_second / other.per_second for ours, other in pairs]

    def seconds(self, label: str, what: str) -> float:
        """Return the seconds of `p50`, `p95`, `p99` or `work`, the median of the rounds."""
        found: list[float] = [getattr(one, what) for one in self.rounds[label]]
        return statistics.median(found)


def compete(name: str, targets: Sequence[Target], rounds: int, seconds: float) -> Contest:
    """Load the targets in turn, so many rounds of so many seconds each."""
    found: dict[str, list[Round]] = {target.label: [] for target in targets}
    for target in targets:
        run_round(target, 1)  # what is made once is made now
    for _ in range(rounds):
        for target in targets:
            found[target.label].append(run_round(target, seconds))
    return _contest(name, targets, found)


def compete_long(name: str, targets: Sequence[Target], rounds: int, seconds: float) -> Contest:
    """Load the targets in turn with long answers, as many as fit in so many seconds."""
    each = {target.label: _how_many(target, seconds) for target in targets}
    found: dict[str, list[Round]] = {target.label: [] for target in targets}
    for _ in range(rounds):
        for target in targets:
            found[target.label].append(run_long(target, each[target.label]))
    return _contest(name, targets, found)


def _how_many(target: Target, seconds: float) -> int:
    read_once(target)
    begun = time.perf_counter()
    read_once(target)
    alone = time.perf_counter() - begun
    return max(1, min(MOST_EACH, round(seconds / (alone * CONNECTIONS))))


def _contest(name: str, targets: Sequence[Target], found: Mapping[str, Sequence[Round]]) -> Contest:
    rounds = {label: tuple(each) for label, each in found.items()}
    return Contest(name, rounds, {target.label: target.bytes for target in targets})
