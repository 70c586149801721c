"""What is printed of the measurements, and drawn of the promises."""

import math
import os
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Final

from tests.bench.api.contests import Contest
from tests.bench.api.goals import Goal
from tests.bench.api.load import CONNECTIONS, Target, generator, wrk_command

WIDTH, BAR, LINE, TOP = 860, 300, 26, 58
_OF_A_NAME: Final = 500


def progress(text: str) -> None:
    """Say what is being done, apart from what is reported."""
    print(text, file=sys.stderr, flush=True)


def say(contest: Contest, goals: Sequence[Goal]) -> None:
    """Say what a contest came to, while the others are still to come."""
    progress(contest.name)
    for label in contest.rounds:
        work = contest.seconds(label, "work") * 1e6
        progress(f"  {label:28} {contest.per_second(label):10,.1f}/s {work:12,.1f} µs of work")
    for goal in goals:
        progress(f"  {_told(goal)}")


def machine() -> str:
    """Name the machine: only ratios carry over to another."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    model = next(names, platform.machine())
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def lines(
    contests: Sequence[Contest],
    goals: Sequence[Goal],
    commands: Mapping[str, str],
    only: Sequence[str],
) -> Iterator[str]:
    """Give the lines of the report, as Markdown."""
    yield f"{machine()}; {CONNECTIONS} connections, asked by {generator()}; {', '.join(only)}"
    yield ""
    yield from (f"    {name}: {command}" for name, command in commands.items())
    yield f"    load: {' '.join(wrk_command(Target('', 'URL', {}, 0, 0), 4))}"
    yield ""
    yield "| request | who | answers a second | kB each | p50 ms | p95 ms | p99 ms | work ms |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|"
    for contest in contests:
        yield from _rows(contest)
    yield ""
    yield "| request | against | median | spread | goal | |"
    yield "|---|---|--:|--:|--:|---|"
    for goal in goals:
        yield (
            f"| {goal.request} | {goal.against} | {_figure(goal.found)} {goal.unit} | "
            f"{_figure(goal.least)} to {_figure(goal.most)} | {goal.words} | "
            f"{_verdict(goal)} |"
        )


def _rows(contest: Contest) -> Iterator[str]:
    for label in contest.rounds:
        seconds = (contest.seconds(label, name) for name in ("p50", "p95", "p99", "work"))
        times = " | ".join(_figure(one * 1000) for one in seconds)
        rate, size = contest.per_second(label), contest.bytes[label] / 1000
        yield f"| {contest.name} | {label} | {_figure(rate)} | {_figure(size)} | {times} |"


def _verdict(goal: Goal) -> str:
    if not goal.is_promise:
        return ""
    return "kept" if goal.is_met else "**missed**"


def _told(goal: Goal) -> str:
    spread = f"{_figure(goal.least)} to {_figure(goal.most)}"
    found = f"{_figure(goal.found)} {goal.unit}"
    return f"{goal.against}: {found} ({spread}), {goal.words} {_verdict(goal)}"


def _figure(number: float) -> str:
    """Return a number with three digits that say something."""
    if number == 0 or not math.isfinite(number):
        return f"{number:g}"
    digits = max(0, 2 - math.floor(math.log10(abs(number))))
    return f"{number:,.{digits}f}"


def plot(goals: Sequence[Goal]) -> str:
    """Draw how far each promise is kept: a bar that reaches the line keeps it, on a log scale."""
    promised = [goal for goal in goals if goal.is_promise]
    height = TOP + LINE * len(promised) + 16
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        'font-family="sans-serif" font-size="13">',
        "<title>How far each promise is kept</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        '<text x="12" y="24" font-size="16" font-weight="bold">How far each promise is kept</text>',
        f'<text x="12" y="44" fill="#444">{escape(machine())}. Only ratios carry over.</text>',
    ]
    for place, goal in enumerate(promised):
        parts += _bar(goal, TOP + LINE * place)
    goal_at = _OF_A_NAME + _length(1)
    parts.append(
        f'<line x1="{goal_at:.0f}" x2="{goal_at:.0f}" y1="{TOP - 8}" y2="{height - 10}" '
        'stroke="#111" stroke-width="2"/>'
    )
    return "\n".join([*parts, "</svg>", ""])


def _bar(goal: Goal, top: int) -> list[str]:
    better = goal.found / goal.wanted if goal.is_at_least else goal.wanted / max(goal.found, 0.01)
    fill = "#1d70b8" if goal.is_met else "#d4351c"
    name = escape(f"{goal.request}: {goal.against}")
    shown = escape(f"{_figure(goal.found)} {goal.unit}")
    return [
        f'<text x="12" y="{top + 13}" font-size="11">{name}</text>',
        f'<rect x="{_OF_A_NAME}" y="{top}" width="{_length(better):.0f}" height="16" '
        f'fill="{fill}"/>',
        f'<text x="{_OF_A_NAME + _length(better) + 6:.0f}" y="{top + 13}" font-size="12">'
        f"{shown}</text>",
    ]


def _length(better: float) -> float:
    """Return the length of a bar: a tenth of a promise has none, ten times one is full."""
    return BAR * min(1.0, max(0.01, (math.log10(better) + 1) / 2))
