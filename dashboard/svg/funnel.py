"""Values against the number of children behind them, with the limits that chance sets for each."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.svg.dots import Dot
from dashboard.svg.element import drawing, element, mark, text
from dashboard.svg.plot import WIDTH, marks_up
from dashboard.svg.scale import Scale, scale_over
from dashboard.svg.symbols import LINE, shortened, spread, symbol
from dashboard.words.numbers import number

_LEFT: Final = 66.0
_RIGHT: Final = 366.0
_NAMES: Final = 384.0
_TOP: Final = 34.0
_BASE: Final = 404.0
_LETTERS: Final = 17
_MOST_NAMED: Final = 14
_STEPS: Final = (1, 2, 5)


@dataclass(frozen=True)
class Placed:
    """One authority: its dot, the number its value is counted over, and whether it is unusual."""

    dot: Dot
    denominator: float
    is_unusual: bool = False


@dataclass(frozen=True)
class Limits:
    """Lower and upper limit at some denominators, in their order, with a name at the end."""

    kind: str
    name: str
    points: tuple[tuple[float, float, float], ...]


def funnel(
    id: str,
    title: str,
    description: str,
    placed: Sequence[Placed],
    limits: Sequence[Limits],
    line: tuple[str, float] | None,
    unit: str,
    counted: str,
) -> str:
    """Return the drawing; `line` is name and value of what is compared with.

    `counted` are the words below the axis. The upright axis keeps to the values: limits may reach
    beyond it.
    """
    values = [one.dot.value for one in placed]
    upright, marks = scale_over([*values, *([line[1]] if line else [])], _BASE, _TOP, ticks=5)
    across = _across([one.denominator for one in placed])
    content = [
        *(_band(one, across, upright) for one in limits if one.kind == "wide-95"),
        *marks_up(upright, marks, unit, _LEFT, _RIGHT),
        *_denominators(across),
        text(counted, _RIGHT, _BASE + 44, class_="mark", text_anchor="end"),
        *(_curves(one, across, upright) for one in limits),
        *_line(line, upright),
        *_dots(placed, across, upright),
        *_names(placed, across, upright),
    ]
    size = (WIDTH, _BASE + 52)
    return drawing(id, title, description, size, content, class_="dots funnel")


def _across(denominators: Sequence[float]) -> Scale:
    """Return the scale over logarithms: authorities differ in size a hundredfold."""
    known = [math.log10(n) for n in denominators if n > 0]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    return Scale(low - 0.05, high + 0.05, _LEFT, _RIGHT)


def _denominators(across: Scale) -> list[str]:
    pieces: list[str] = []
    last = -100.0
    for power in range(math.floor(across.low), math.ceil(across.high) + 1):
        for step in _STEPS:
            value = step * 10.0**power
            place = across(math.log10(value))
            is_inside = across.low <= math.log10(value) <= across.high
            if is_inside and place - last > 62:
                last = place
                pieces.append(
                    text(number(value), place, _BASE + 22, class_="mark", text_anchor="middle")
                )
                pieces.append(
                    element("line", x1=place, x2=place, y1=_BASE, y2=_BASE + 6, class_="grid")
                )
    return pieces


def _places(
    points: Iterable[tuple[float, float]], across: Scale, upright: Scale
) -> list[tuple[float, float]]:
    return [(across(math.log10(x)), upright(y)) for x, y in points if x > 0]


def _path(places: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)


def _band(limits: Limits, across: Scale, upright: Scale) -> str:
    lower = _places([(n, low) for n, low, _ in limits.points], across, upright)
    upper = _places([(n, high) for n, _, high in limits.points], across, upright)
    if not lower:
        return ""
    return element("path", d=f"{_path([*lower, *reversed(upper)])}Z", class_="band")


def _curves(limits: Limits, across: Scale, upright: Scale) -> str:
    lower = _places([(n, low) for n, low, _ in limits.points], across, upright)
    upper = _places([(n, high) for n, _, high in limits.points], across, upright)
    if not lower:
        return ""
    return "".join(
        element("path", d=_path(places), class_=f"limit {limits.kind}") for places in (lower, upper)
    )


def _line(line: tuple[str, float] | None, upright: Scale) -> list[str]:
    if line is None:
        return []
    y = upright(line[1])
    return [
        element("line", x1=_LEFT, x2=_RIGHT, y1=y, y2=y, class_="ref country"),
        text(line[0], _LEFT + 4, y - 6, class_="ref-name country"),
    ]


def _at(one: Placed, across: Scale, upright: Scale) -> tuple[float, float]:
    return across(math.log10(max(one.denominator, 1))), upright(one.dot.value)


def _dots(placed: Sequence[Placed], across: Scale, upright: Scale) -> list[str]:
    order = {"other": 0, "neighbour": 1, "pointed": 2, "chosen": 3}
    ordered = sorted(placed, key=lambda one: (order[one.dot.kind], one.is_unusual))
    return [
        mark(
            one.dot.address,
            one.dot.label,
            symbol(one.dot.kind, *_at(one, across, upright), 3.6),
            class_=f"{one.dot.kind} unusual" if one.is_unusual else one.dot.kind,
        )
        for one in ordered
    ]


def _names(placed: Sequence[Placed], across: Scale, upright: Scale) -> list[str]:
    """Name the chosen, those pointed out, and as many of the unusual as there is room for."""
    special = [one for one in placed if one.dot.kind in {"chosen", "pointed"}]
    unusual = [one for one in placed if one.is_unusual and one not in special]
    named = [*special, *unusual[: max(0, _MOST_NAMED - len(special))]]
    places = [_at(one, across, upright) for one in named]
    starts = spread([y - LINE / 2 for _, y in places], [LINE] * len(named), _TOP - 14, _BASE + 8)
    pieces: list[str] = []
    for one, (x, y), start in zip(named, places, starts, strict=True):
        middle = start + LINE / 2
        leader = f"M{x + 6:.1f} {y:.1f}L{_RIGHT + 4:.0f} {middle:.1f}H{_NAMES - 4:.0f}"
        pieces.append(element("path", d=leader, class_="leader"))
        words = f"{one.dot.figure} {shortened(one.dot.name, _LETTERS - len(one.dot.figure))}"
        pieces.append(text(words, _NAMES, middle + 5, class_=f"name {one.dot.kind}"))
    return pieces
