"""Kill the process everywhere between sending a return and publishing it: nothing is lost.

`python -m tests.prove.faults [POINTS] [KILLS]` takes a made-up store through receiving, loading,
freezing, protecting, scheduling, withholding and publishing. Each step is tried again in a child
that ends without a word at one point of it: a named one, or before a statement to the database.
Afterwards the store is opened as the next command would, and must be what it was before the step
or what it is after it, with every release whole; and the step, taken again, must end the same.
"""

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from indicators.releases import read_releases
from indicators.snapshot_writer import folder_digest
from indicators.store import (
    Store,
    open_store,
)
from indicators.store.steps import watched
from indicators.store.tables import metadata
from reference.placesets import load_place_set
from tests.prove.fault_story import STORY, Act

POINTS: Final = 1_000
KILLS: Final = 20
KILLED: Final = 70
FAILED: Final = 71

# What is drawn at random, or follows from it; and what a later part of a step puts right.
MASKED: Final = {
    ("receipt", "id"),
    ("submission", "receipt"),
    ("finding", "receipt"),
    ("audit", "subject"),
    ("audit", "detail"),
    ("audit", "previous"),
    ("audit", "hash"),
    ("draft", "rehearsed_digest"),
}
UNCOUNTED: Final = {"store_meta", "store_version"}


Told = tuple[str, ...]


@dataclass(frozen=True)
class Stage:
    """A step of the story: the home before it, what the store is before and after, its points."""

    name: str
    act: Act
    home: Path
    before: Told
    after: Told
    points: tuple[str, ...]


def open_at(home: Path) -> Store:
    """Open the store of a home, as a command does."""
    return open_store("", home, load_place_set("made_up"))


def told(store: Store) -> Told:
    """Return all that the database holds, without what is random."""
    lines = []
    with store.reading() as connection:
        for table in metadata.sorted_tables:
            if table.name in UNCOUNTED:
                continue
            columns = [c for c in table.c if (table.name, c.name) not in MASKED]
            rows = connection.execute(sa.select(*columns)).all()
            lines += sorted(f"{table.name} {tuple(row)!r}" for row in rows)
    return tuple(lines)


def faults_of(store: Store) -> list[str]:
    """Return what readers would find amiss: half a release, or a folder that nobody names."""
    found = read_releases(store.releases_file)
    entries = found.releases if found else ()
    named = {entry.digest for entry in entries if entry.withdrawn is None}
    there = {path.name for path in store.snapshots.iterdir()} if store.snapshots.is_dir() else set()
    broken = [name for name in named & there if folder_digest(store.snapshots / name) != name]
    return [f"folder {name} is missing or nobody's" for name in named ^ there] + broken


def in_a_child(work: Callable[[], None], seconds: float | None = None) -> int:
    """Run something in a child; return how it ended. After `seconds` it is killed."""
    child = os.fork()
    if child == 0:
        code = FAILED
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def step_in(home: Path, act: Act, tell: Callable[[str], None]) -> None:
    """Take a step as a command would; every point and statement of it is told."""

    def statement(*_args: Any) -> None:
        tell("statement")

    sa.event.listen(sa.Engine, "before_cursor_execute", statement)
    with watched(tell):
        store = open_at(home)
        act(store)
        store.close()


def points_of(home: Path, act: Act, log: Path) -> tuple[str, ...]:
    """Take a step in a child, and return the points that it passed, in order."""
    with log.open("w", buffering=1) as file:
        if in_a_child(lambda: step_in(home, act, lambda point: print(point, file=file))):
            raise SystemExit("a step failed without being killed")
    return tuple(log.read_text().splitlines())


def stages(folder: Path) -> Iterator[Stage]:
    """Take the story once, and keep every stage of it."""
    home = folder / "home"
    store = open_at(home)
    after = told(store)
    store.close()
    for place, (name, act) in enumerate(STORY):
        kept = folder / f"stage-{place}"
        shutil.copytree(home, kept)
        before = after
        points = points_of(home, act, folder / "points")
        store = open_at(home)
        after = told(store)
        store.close()
        yield Stage(name, act, kept, before, after, points)


def try_stage(stage: Stage, work: Path, end: Callable[[Path], int]) -> list[str]:
    """End a step in some way, open the store again, take the step again; return what is amiss."""
    home = work / "tried"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(stage.home, home)
    if end(home) not in (KILLED, -signal.SIGKILL):
        return ["the step was not killed"]
    store = open_at(home)
    try:
        amiss = faults_of(store)
        found = told(store)
        if found == stage.before:
            stage.act(store)
            found = told(store)
            amiss += faults_of(store)
        if found != stage.after:
            odd = sorted(set(found) ^ set(stage.after))
            amiss.append(f"{len(odd)} rows are neither as before nor as after: {odd[:2]}")
    finally:
        store.close()
    return amiss


def killed_at(stage: Stage, number: int) -> Callable[[Path], int]:
    """Return how to end a step at one of its points."""

    def end(home: Path) -> int:
        passed = 0

        def tell(_point: str) -> None:
            nonlocal passed
            if passed == number:
                os._exit(KILLED)
            passed += 1

        return in_a_child(lambda: step_in(home, stage.act, tell))

    return end


def killed_after(stage: Stage, seconds: float) -> Callable[[Path], int]:
    """Return how to kill a step after some time, wherever it is; having ended, it waits."""

    def work(home: Path) -> None:
        step_in(home, stage.act, lambda _: None)
        signal.pause()

    return lambda home: in_a_child(lambda: work(home), seconds)


def chosen(held: Sequence[Stage], count: int) -> list[tuple[Stage, int]]:
    """Choose points evenly over the whole story: the named ones first, then statements."""
    every = [(stage, number) for stage in held for number in range(len(stage.points))]
    every.sort(key=lambda one: one[0].points[one[1]] == "statement")
    named = sum(1 for stage, number in every if stage.points[number] != "statement")
    first, more = every[:named], every[named:]
    wanted = (min(count, named), min(max(count - named, 0), len(more)))
    parts = zip((first, more), wanted, strict=True)
    return [part[place * len(part) // many] for part, many in parts for place in range(many)]


def prove(folder: Path, points: int, kills: int, seed: int = 1) -> tuple[int, list[str]]:
    """Return how many points were tried, and whatever was found amiss after one."""
    held = list(stages(folder))
    amiss = []
    tried = chosen(held, points)
    for stage, number in tried:
        found = try_stage(stage, folder, killed_at(stage, number))
        amiss += [f"{stage.name}, point {number} {stage.points[number]}: {one}" for one in found]
    draw = random.Random(seed)
    for _ in range(kills):
        stage = draw.choice(held)
        seconds = draw.uniform(0, 0.5)
        found = try_stage(stage, folder, killed_after(stage, seconds))
        amiss += [f"{stage.name}, killed after {seconds:.3f} s: {one}" for one in found]
    return len(tried), amiss


def main(points: int = POINTS, kills: int = KILLS) -> int:
    """Prove it, and say what was found."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="outcomes-faults-") as folder:
        tried, amiss = prove(Path(folder), points, kills)
    print("\n".join(amiss))
    print(
        f"{tried} points and {kills} kills in {time.monotonic() - began:.0f} s: "
        f"{len(amiss)} times something was lost, doubled or half published"
    )
    return bool(amiss)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
