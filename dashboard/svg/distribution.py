"""How the values of all authorities lie: a dot each, piled up, with quarters marked behind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from dashboard.svg.dots import Dot
from dashboard.svg.element import drawing, element, mark, text
from dashboard.svg.plot import WIDTH, marks_across
from dashboard.svg.scale import Scale, scale_over
from dashboard.svg.symbols import LINE, shortened, symbol

_LEFT: Final = 22.0
_RIGHT: Final = WIDTH - 22.0
_BIN: Final = 9.0
_TALLEST: Final = 24
"""Dots on each other up to which a dot keeps its size; taller piles are pressed together."""
_LETTERS: Final = 30
_FOOT: Final = 62.0


@dataclass(frozen=True)
class Quarters:
    """Where the middle half of all authorities begins and ends, with words for both."""

    q25: float
    median: float
    q75: float
    words: tuple[str, str, str]


@dataclass
class _Piles:
    """Dots by the column they stand in."""

    scale: Scale
    held: dict[int, list[Dot]] = field(default_factory=dict)

    def add(self, dot: Dot) -> None:
        self.held.setdefault(int((self.scale(dot.value) - _LEFT) // _BIN), []).append(dot)

    @property
    def tallest(self) -> int:
        return max(map(len, self.held.values()), default=1)


def distribution(
    id: str,
    title: str,
    description: str,
    dots: Sequence[Dot],
    lines: Sequence[tuple[str, float, str]],
    quarters: Quarters | None,
    unit: str,
) -> str:
    """Return the drawing; the chosen and those pointed out are named above their dots."""
    scale, marks = scale_over([dot.value for dot in dots], _LEFT, _RIGHT, ticks=5)
    piles = _Piles(scale)
    # Those that are named stand on top of their pile, so that a line from above reaches them.
    order = {"other": 0, "neighbour": 1, "pointed": 2, "chosen": 3}
    for dot in sorted(dots, key=lambda dot: (order[dot.kind], dot.value, dot.name)):
        piles.add(dot)
    step = min(_BIN, _BIN * _TALLEST / piles.tallest)
    # Outermost first, so that no line to a dot runs through the name of another.
    named = sorted(
        (dot for dot in dots if order[dot.kind] > 1),
        key=lambda dot: -abs(scale(dot.value) - WIDTH / 2),
    )
    top = 58.0 + LINE * (len(named) + len(lines))
    base = top + step * max(piles.tallest, 8) + 6
    content = [
        *_quarters(quarters, scale, 40.0, base),
        *marks_across(scale, marks, unit, base, base + 5, base + 22),
        element("line", x1=_LEFT, x2=_RIGHT, y1=base, y2=base, class_="base"),
        *_lines(lines, scale, 46.0 + LINE, base),
        *_dots(piles, step, base),
        *_names(named, piles, step, base, 46.0 + LINE * (len(lines) + 1)),
    ]
    size = (WIDTH, base + _FOOT - 32)
    return drawing(id, title, description, size, content, class_="dots distribution")


def _quarters(quarters: Quarters | None, scale: Scale, top: float, base: float) -> list[str]:
    if quarters is None:
        return []
    first, last = scale(quarters.q25), scale(quarters.q75)
    middle = scale(quarters.median)
    lowest, half, highest = quarters.words
    return [
        element(
            "rect", x=first, y=top, width=max(1.0, last - first), height=base - top, class_="half"
        ),
        element("line", x1=middle, x2=middle, y1=top, y2=base, class_="ref median"),
        text(half, (first + last) / 2, 16, class_="mark half-name", text_anchor="middle"),
        text(lowest, max(first - 3, _room(lowest)), 35, class_="mark", text_anchor="end"),
        text(highest, min(last + 3, WIDTH - _room(highest)), 35, class_="mark"),
    ]


def _room(words: str) -> float:
    """Return how wide words are in the type of a narrow window."""
    return 8.5 * len(words)


def _lines(
    lines: Sequence[tuple[str, float, str]], scale: Scale, top: float, base: float
) -> list[str]:
    pieces: list[str] = []
    for place, (name, value, kind) in enumerate(lines):
        x, y = scale(value), top + LINE * place
        pieces.append(element("line", x1=x, x2=x, y1=y + 4, y2=base, class_=f"ref {kind}"))
        pieces.append(_name(name, x, y, f"ref-name {kind}"))
    return pieces


def _name(words: str, x: float, y: float, class_: str) -> str:
    """Return a name at the side of a place where there is room for it."""
    is_right = x > WIDTH / 2
    shift = -6 if is_right else 6
    return text(words, x + shift, y, class_=class_, text_anchor="end" if is_right else "start")


def _dots(piles: _Piles, step: float, base: float) -> list[str]:
    radius = min(_BIN, step) / 2 - 0.4
    return [
        mark(
            dot.address,
            dot.label,
            symbol(dot.kind, _x(column), base - step * (place + 0.5), radius),
            class_=dot.kind,
        )
        for column, pile in sorted(piles.held.items())
        for place, dot in enumerate(pile)
    ]


def _x(column: int) -> float:
    return _LEFT + _BIN * (column + 0.5)


def _names(named: Sequence[Dot], piles: _Piles, step: float, base: float, top: float) -> list[str]:
    pieces: list[str] = []
    for place, dot in enumerate(named):
        column, pile = next((column, pile) for column, pile in piles.held.items() if dot in pile)
        x, y = _x(column), top + LINE * place
        foot = base - step * (pile.index(dot) + 1) - 2
        pieces.append(element("line", x1=x, x2=x, y1=y - 4, y2=foot, class_="leader"))
        words = shortened(f"{dot.figure} {dot.name}", _LETTERS)
        pieces.append(_name(words, x, y, f"name {dot.kind}"))
    return pieces
