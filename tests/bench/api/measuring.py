"""The rows of the table of promises, each measured in its own function."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.contract import Paths
from tests.bench.api import questions
from tests.bench.api.contests import Contest, compete, compete_long
from tests.bench.api.goals import Goal, least_goal, most_goal, ratio_goal, told
from tests.bench.api.load import Target
from tests.bench.api.questions import ALL_AUTHORITIES, EVERY_INDICATOR, WHOLE_HISTORY, Question
from tests.bench.api.standing import NO_CACHE, NOTHING_KEPT, Standing, bare_server, fetch
from tests.bench.api.store import RELEASE
from tests.bench.api.streams import forget, plain_read, stream

OURS: Final = "ours"
SMALL: Final = "ours, 0.5 million"
DISK: Final = "disk"
TABLE, SQL, CSV, BARE = "Datasette table JSON", "Datasette SQL JSON", "Datasette CSV", "bare ASGI"
MOST_GROWTH: Final = 64
"""Megabytes that a stream of a whole release may take on top."""


@dataclass(frozen=True)
class Effort:
    """How many rounds, and how many seconds each load lasts."""

    rounds: int
    seconds: float


def warm(up: Standing, effort: Effort) -> tuple[Contest, list[Goal]]:
    """One indicator, all authorities, from the cache."""
    path, packed = questions.our_path(ALL_AUTHORITIES), {"Accept-Encoding": "gzip"}
    ours = up.target(OURS, path)
    with bare_server(up, {"warm": (ours.url, {})}):
        others = [
            up.target("bare", "/warm", BARE),
            *_datasette(up, ALL_AUTHORITIES),
            up.target(OURS, path, f"{OURS}, as gzip", packed),
        ]
        found = compete(f"{ALL_AUTHORITIES.name}, warm", [ours, *others], **vars(effort))
    return found, [ratio_goal(found, BARE, 0.8), *_ratios(found, {TABLE: 150, SQL: 150})]


def uncached(up: Standing, effort: Effort) -> tuple[Contest, list[Goal]]:
    """The same, made anew each time."""
    found = _made_anew(up, ALL_AUTHORITIES, effort)
    spread = [one.p99 / one.p50 for one in found.rounds[found.ours]]
    worst = most_goal(found.name, "p99 to its own median", spread, 6)
    return found, [*_ratios(found, {TABLE: 25, SQL: 20}), worst]


def every_indicator(up: Standing, effort: Effort) -> tuple[Contest, list[Goal]]:
    """One authority, every indicator, made anew each time."""
    found = _made_anew(up, EVERY_INDICATOR, effort)
    return found, _ratios(found, {TABLE: 25})


def history_csv(up: Standing, effort: Effort) -> tuple[Contest, list[Goal]]:
    """One indicator with its whole history and breakdowns as CSV."""
    ours = up.target(OURS + NO_CACHE, questions.our_path(WHOLE_HISTORY, ".csv"))
    theirs = up.target("datasette", questions.csv_path(WHOLE_HISTORY), CSV)
    found = compete_long(f"{WHOLE_HISTORY.name}, CSV", [ours, theirs], **vars(effort))
    return found, _ratios(found, {CSV: 40})


def history_json(up: Standing, effort: Effort) -> tuple[Contest, list[Goal]]:
    """One indicator with its whole history and breakdowns as JSON."""
    ours = up.target(OURS + NO_CACHE, questions.our_path(WHOLE_HISTORY))
    theirs = up.target("datasette", questions.sql_path(WHOLE_HISTORY), SQL)
    found = compete_long(f"{WHOLE_HISTORY.name}, JSON", [ours, theirs], **vars(effort))
    return found, _ratios(found, {SQL: 6})


def conditional(up: Standing, effort: Effort) -> tuple[Contest, list[Goal]]:
    """A reader who has the answer already."""
    path = questions.our_path(ALL_AUTHORITIES)
    ours = up.target(OURS, path)
    _, headers, _ = fetch(ours.url, {})
    tag = {"If-None-Match": next(value for name, value in headers if name.lower() == "etag")}
    ours = up.target(OURS, path, headers=tag)
    with bare_server(up, {"unchanged": (ours.url, tag)}):
        bare = up.target("bare", "/unchanged", BARE)
        found = compete("conditional request (304)", [ours, bare], **vars(effort))
    return found, [ratio_goal(found, BARE, 0.7)]


def growth(up: Standing, effort: Effort, large: str, small: str) -> Iterator[tuple[Contest, Goal]]:
    """The first three questions of a large and a small store: how p95 grows."""
    asked = (
        (ALL_AUTHORITIES, "", "warm"),
        (ALL_AUTHORITIES, NO_CACHE, "no cache"),
        (EVERY_INDICATOR, NO_CACHE, "no cache"),
    )
    for question, cache, words in asked:
        path = questions.our_path(question)
        targets = [up.target(f"{name}{cache}", path) for name in (large, small)]
        found = compete(f"{question.name}, {words}", targets, **vars(effort))
        pairs = zip(*found.rounds.values(), strict=True)
        grown = [ours.p95 / other.p95 for ours, other in pairs]
        yield found, most_goal(found.name, f"p95 of {small}", grown, 1.5)


def streams(up: Standing) -> Iterator[Goal]:
    """CSV and JSON Lines of one indicator's history and of the whole release: memory."""
    everything = Question("whole release", {"period": "all", "sex": "all", "age": "all"}, {}, "")
    server = OURS + NO_CACHE
    for question in (WHOLE_HISTORY, everything):
        for format in (".csv", ".jsonl"):
            path = questions.our_path(question, format)
            label = f"{question.name}, {format}"
            url = f"http://127.0.0.1:{up.ports[server]}{path}"
            target = Target(label, url, {}, 0, up.processes[server])
            done = stream(target)
            words = f"{done.megabytes:,.0f} MB in {done.seconds:.1f} s: memory on top"
            yield most_goal(label, words, [done.growth], MOST_GROWTH, "MB")


def parquet(up: Standing, home: Path, effort: Effort) -> Iterator[Goal]:
    """The whole release as Parquet, read from the disk itself: speed and memory."""
    (path,) = home.glob("snapshots/*/files/observations.parquet")
    url = f"{Paths.RELEASES}/{RELEASE}/files/{path.name}"
    speeds: dict[str, list[float]] = {OURS: [], BARE: [], DISK: []}
    taken = []
    with bare_server(up, {}, {"parquet": path}):
        ours, other = up.target(OURS, url), up.target("bare", "/parquet", BARE)
        for _ in range(effort.rounds):
            forget(path)
            speeds[DISK].append(plain_read(path))
            for target in (ours, other):
                forget(path)
                done = stream(target)
                speeds[target.label].append(done.megabytes / done.seconds)
                if target is ours:
                    taken.append(done.growth)
    name = "whole release as Parquet"
    yield told(name, "from disk to reader, a second", speeds[OURS], "MB")
    yield least_goal(name, "bare ASGI, the framework's file", _share(speeds, BARE), 0.9)
    yield told(name, "merely reading the file from disk", _share(speeds, DISK))
    yield most_goal(name, "memory on top", taken, MOST_GROWTH, "MB")


def _share(speeds: Mapping[str, Sequence[float]], other: str) -> list[float]:
    return [ours / theirs for ours, theirs in zip(speeds[OURS], speeds[other], strict=True)]


def _made_anew(up: Standing, question: Question, effort: Effort) -> Contest:
    path = questions.our_path(question)
    ours = [up.target(f"{OURS}{variant}", path) for variant in (NO_CACHE, NOTHING_KEPT)]
    targets = [*ours, *_datasette(up, question)]
    return compete(f"{question.name}, no cache", targets, **vars(effort))


def _datasette(up: Standing, question: Question) -> list[Target]:
    return [
        up.target("datasette", questions.table_path(question), TABLE),
        up.target("datasette", questions.sql_path(question), SQL),
    ]


def _ratios(found: Contest, wanted: Mapping[str, float]) -> list[Goal]:
    return [ratio_goal(found, label, least) for label, least in wanted.items()]
