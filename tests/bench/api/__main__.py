"""Measure the API beside Datasette and a bare server; exit code 1 when a promise is not kept.

`python -m tests.bench.api --help` says what can be left out for a quick look.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from tests.bench.api import datasette, measuring, report
from tests.bench.api.contests import Contest
from tests.bench.api.cores import ask_from_own_core
from tests.bench.api.goals import Goal
from tests.bench.api.measuring import OURS, SMALL, Effort
from tests.bench.api.standing import Standing, standing
from tests.bench.api.store import SIZES, write_home
from tests.tree import ROOT

LARGE: Final = "ours, 20 million"
CONTESTS: Final[Mapping[str, Callable[[Standing, Effort], tuple[Contest, list[Goal]]]]] = {
    "warm": measuring.warm,
    "uncached": measuring.uncached,
    "every": measuring.every_indicator,
    "csv": measuring.history_csv,
    "json": measuring.history_json,
    "304": measuring.conditional,
}
OTHERS: Final = ("growth", "streams", "parquet")
PLOT: Final = ROOT / "docs" / "images" / "benchmarks-api.svg"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for, print it, and say whether every promise is kept."""
    asked = _read(arguments)
    with tempfile.TemporaryDirectory(prefix="outcomes-bench-api-") as temporary:
        folder = asked.folder or Path(temporary)
        homes = {OURS: _home(folder, "5")}
        if "growth" in asked.only:
            homes[SMALL] = _home(folder, "0.5")
        if asked.twenty:
            homes[LARGE] = _home(folder, "20")
        database = _database(folder, homes[OURS])
        ask_from_own_core()
        with standing(folder, homes, database) as up:
            contests, goals = _measured(up, homes[OURS], asked)
            lines = report.lines(contests, goals, up.commands, asked.only)
    print("\n".join(lines))
    if asked.plot:
        PLOT.parent.mkdir(exist_ok=True)
        PLOT.write_text(report.plot(goals), encoding="utf-8")
    return 0 if all(goal.is_met for goal in goals) else 1


def _read(arguments: Sequence[str] | None) -> argparse.Namespace:
    every = (*CONTESTS, *OTHERS)
    parser = argparse.ArgumentParser(prog="tests.bench.api", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0, help="of each load")
    parser.add_argument("--only", type=lambda text: text.split(","), default=every)
    parser.add_argument("--folder", type=Path, help="keep the stores there, or use them again")
    parser.add_argument("--twenty", action="store_true", help="try 20 million figures too")
    parser.add_argument("--plot", action="store_true", help=f"write {PLOT.relative_to(ROOT)}")
    asked = parser.parse_args(arguments)
    for name in asked.only:
        if name not in every:
            parser.error(f"--only {name}: use {', '.join(every)}")
    return asked


def _measured(
    up: Standing, home: Path, asked: argparse.Namespace
) -> tuple[list[Contest], list[Goal]]:
    contests: list[Contest] = []
    goals: list[Goal] = []
    effort = Effort(asked.rounds, asked.seconds)
    for found, of_it in _contests(up, effort, asked):
        contests.append(found)
        goals += of_it
        report.say(found, of_it)
    if "streams" in asked.only:
        goals += measuring.streams(up)
    if "parquet" in asked.only:
        goals += measuring.parquet(up, home, effort)
    return contests, goals


def _contests(
    up: Standing, effort: Effort, asked: argparse.Namespace
) -> Iterator[tuple[Contest, list[Goal]]]:
    for name, measure in CONTESTS.items():
        if name in asked.only:
            yield measure(up, effort)
    grown = partial(measuring.growth, up, effort)
    if "growth" in asked.only:
        yield from ((found, [goal]) for found, goal in grown(OURS, SMALL))
    if asked.twenty:  # tried and told, not promised
        yield from ((found, []) for found, _ in grown(LARGE, OURS))


def _home(folder: Path, name: str) -> Path:
    home = folder / f"home-{name}"
    if not (home / "releases.json").exists():
        shutil.rmtree(home, ignore_errors=True)
        report.progress(f"writing {name} million modelled figures")
        write_home(home, SIZES[name])
    return home


def _database(folder: Path, home: Path) -> Path:
    path = folder / "peer.db"
    if not path.exists():
        report.progress("writing the same rows for Datasette")
        (parquet,) = home.glob("snapshots/*/files/observations.parquet")
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        datasette.write_database(unfinished, parquet)
        unfinished.rename(path)
    return path


if __name__ == "__main__":
    sys.exit(main())
