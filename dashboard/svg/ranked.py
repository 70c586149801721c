"""All authorities in order of value, one thin line each with its interval; a few are named."""

from collections.abc import Sequence
from typing import Final

from dashboard.svg.dots import Dot, interval_line
from dashboard.svg.element import drawing, element, mark, text
from dashboard.svg.plot import WIDTH, marks_across, upright_lines
from dashboard.svg.scale import Scale, scale_over
from dashboard.svg.symbols import LINE, shortened, spread, symbol

_LEFT: Final = 22.0
_RIGHT: Final = 314.0
_NAMES: Final = 338.0
_TOP: Final = 62.0
_LETTERS: Final = 19
_ENDS: Final = 3
"""So many at each end are named where nobody is chosen."""
_LOOKS: Final = ("other", "neighbour", "pointed", "chosen")
_SIZES: Final = {"other": 2.0, "neighbour": 3.4, "pointed": 4.0, "chosen": 4.2}


def ranked(
    id: str,
    title: str,
    description: str,
    dots: Sequence[Dot],
    lines: Sequence[tuple[str, float, str]],
    unit: str,
) -> str:
    """Return the drawing, highest value first, ties by name; `lines` are name, value and kind.

    The chosen, their neighbours and those pointed out are named at the right, each led to by a
    thin line; where there is none, the ends of the order are.
    """
    ordered = sorted(dots, key=lambda dot: (-dot.value, dot.name))
    pitch = min(16.0, max(3.6, 430.0 / max(1, len(ordered))))
    bottom = _TOP + pitch * max(1, len(ordered))
    values = [number for dot in dots for number in (dot.value, dot.lower, dot.upper)]
    scale, marks = scale_over([*values, *(value for _, value, _ in lines)], _LEFT, _RIGHT, ticks=3)
    places = {id_of(dot): _TOP + pitch * (place + 0.5) for place, dot in enumerate(ordered)}
    named = _named(ordered)
    content = [
        *marks_across(scale, marks, unit, 26, bottom + 4, 16),
        *upright_lines(lines, scale, 44, bottom + 4),
        *_names(named, places, scale, bottom),
        *(
            _mark(dot, places[id_of(dot)], pitch, scale)
            for look in _LOOKS
            for dot in ordered
            if dot.kind == look
        ),
    ]
    return drawing(id, title, description, (WIDTH, bottom + 10), content, class_="dots ranked")


def id_of(dot: Dot) -> str:
    """Return what tells one authority from another on a chart: where its link leads."""
    return f"{dot.address} {dot.name}"


def _named(ordered: Sequence[Dot]) -> list[Dot]:
    special = [dot for dot in ordered if dot.kind != "other"]
    few = len(ordered) <= 2 * _ENDS
    return special or (list(ordered) if few else [*ordered[:_ENDS], *ordered[-_ENDS:]])


def _names(
    named: Sequence[Dot], places: dict[str, float], scale: Scale, bottom: float
) -> list[str]:
    rows = [places[id_of(dot)] for dot in named]
    starts = spread([y - LINE / 2 for y in rows], [LINE] * len(rows), _TOP - 8, bottom + 8)
    pieces: list[str] = []
    for dot, y, start in zip(named, rows, starts, strict=True):
        middle = start + LINE / 2
        end = scale(dot.value if dot.upper is None else dot.upper) + 4
        leader = f"M{end:.1f} {y:.1f}H{_RIGHT + 4:.0f}L{_NAMES - 4:.0f} {middle:.1f}"
        words = f"{dot.figure} {shortened(dot.name, _LETTERS - len(dot.figure))}"
        pieces.append(element("path", d=leader, class_="leader"))
        pieces.append(text(words, _NAMES, middle + 5, class_=f"name {dot.kind}"))
    return pieces


def _mark(dot: Dot, y: float, pitch: float, scale: Scale) -> str:
    return mark(
        dot.address,
        dot.label,
        element("rect", x=0, y=y - pitch / 2, width=_RIGHT, height=pitch, class_="row"),
        interval_line(dot.lower, dot.upper, y, scale),
        symbol(dot.kind, scale(dot.value), y, _SIZES[dot.kind]),
        class_=dot.kind,
    )
