"""A chart as a picture that stands for itself: title, sentence, drawing, key, source and release.

It is one SVG without anything of ours around it: colours are filled in, links are taken out unless
their full address is known, and words are put into lines, as SVG knows none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from dashboard.charts.chart import Chart, KeyItem
from dashboard.charts.embedding import pinned_address
from dashboard.svg.element import element, text
from dashboard.svg.letters import balanced, width_of, wrapped
from dashboard.svg.style import page_style
from dashboard.words.citing import PRACTICE, foot_sentences

FONT: Final = "'Source Sans 3', 'Source Sans Pro', Arial, sans-serif"
WIDE: Final = 1200
"""How many pixels wide a picture is shown, whatever the unit of its drawing; a wider one more."""
_MARGIN: Final = 32.0
_LEAST: Final = 600.0
_MOST: Final = 1760.0
_BESIDE: Final = 800.0
_NARROW: Final = 460.0
_LARGER: Final = 1.25
_SYMBOL: Final = 20.0
_GAP: Final = 18.0
_BAND: Final = 36.0
_PAGE_SIZE: Final = 17


@dataclass(frozen=True)
class _Words:
    """How a kind of words is written: size of the letters, height of a line, class."""

    size: float
    line: float
    class_: str
    is_bold: bool = False


_TITLE: Final = _Words(22, 28, "p-title", is_bold=True)
_SUMMARY: Final = _Words(15.5, 22, "p-summary")
_KEY: Final = _Words(13, 22, "p-key")
_KEY_TITLE: Final = _Words(13, 20, "p-key-title", is_bold=True)
_NOTE: Final = _Words(13, 19, "p-note")
_FOOT: Final = _Words(12, 17, "p-foot")
_OWN_STYLE: Final = """
.p-title { font-size: 22px; font-weight: 700; }
.p-summary { font-size: 15.5px; }
.p-key { font-size: 13px; }
.p-key-title { font-size: 13px; font-weight: 700; }
.p-note { font-size: 13px; fill: var(--ink-soft); }
.p-foot { font-size: 12px; fill: var(--ink-soft); }
.p-rule { stroke: var(--rule); stroke-width: 1; }
.p-band { fill: #ffd866; }
.p-band-words { font-size: 16px; font-weight: 700; }
.p-across { font-weight: 700; fill: var(--ink); opacity: 0.1; }
"""


@dataclass(frozen=True)
class _Part:
    """A part of the picture and how high it is, drawn from its upper left corner."""

    height: float
    svg: str


def picture(chart: Chart, *, base: str = "", is_practice: bool = False) -> str:
    """Return the picture of a chart; `base` is the address of this service, where it is known."""
    is_practice = is_practice or chart.meta["is_practice"]
    width, parts = _laid_out(chart, base)
    y, placed = _MARGIN + (_BAND if is_practice else 0), []
    for part in parts:
        placed.append(_moved(part.svg, _MARGIN, y))
        y += part.height
    height = y + _MARGIN - 8
    shown = max(WIDE, round(width))
    style = page_style()
    content = "".join(
        [
            element("rect", class_="p-ground", width=width, height=height, fill="#ffffff"),
            *placed,
            _practice(width, height) if is_practice else "",
        ]
    )
    rules = f"{_OWN_STYLE}{style.used_by(content)}"
    return style.filled(
        element(
            "svg",
            element("title", escape(chart.title)),
            element("desc", escape(chart.summary)),
            element("style", escape(rules, quote=False)),
            content,
            xmlns="http://www.w3.org/2000/svg",
            width=shown,
            height=round(height * shown / width),
            viewBox=f"0 0 {width:g} {height:g}",
            font_family=FONT,
            font_size=_PAGE_SIZE,
            fill="var(--ink)",
            color="var(--ink)",
        )
    )


def size_of(svg: str) -> tuple[float, float]:
    """Return width and height of a drawing in its own unit."""
    found = re.search(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', svg)
    if found is None:
        raise ValueError("a drawing must have a viewBox")
    return float(found[1]), float(found[2])


def _laid_out(chart: Chart, base: str) -> tuple[float, list[_Part]]:
    """Return how wide the picture is in the unit of the drawing, and its parts from the top."""
    wide, high = size_of(chart.svg)
    is_beside = bool(chart.key) and wide <= _NARROW and high > 0.8 * wide
    width = _BESIDE if is_beside else min(max(wide + 2 * _MARGIN, _LEAST), _MOST)
    room = width - 2 * _MARGIN
    drawn = min(room, wide * _LARGER)
    body = _drawn(chart, drawn, drawn * high / wide, base)
    if is_beside:
        key = _key(chart, room - drawn - 2 * _GAP, is_list=True)
        beside = body.svg + _moved(key.svg, drawn + 2 * _GAP, 0)
        main = [_Part(max(body.height, key.height), beside)]
    else:
        main = [_key(chart, room), body]
    return width, [
        _lines(_TITLE, chart.title, room, 6),
        _lines(_SUMMARY, chart.summary, room, _GAP),
        *main,
        _lines(_NOTE, chart.note, room, 4),
        _foot(chart, room, base),
    ]


def _lines(words: _Words, said: str, room: float, gap: float = 0) -> _Part:
    broken = balanced if words is _TITLE else wrapped
    lines = broken(said, words.size, room, is_bold=words.is_bold)
    if not lines:
        return _Part(0, "")
    svg = "".join(
        text(line, 0, words.line * (place + 0.75), class_=words.class_)
        for place, line in enumerate(lines)
    )
    return _Part(words.line * len(lines) + gap, svg)


def _drawn(chart: Chart, width: float, height: float, base: str) -> _Part:
    inner = _placed(_linked(chart.svg, base), 0, 0, width, height)
    return _Part(height + _GAP, element("g", inner, class_=f"chart chart-{chart.kind}"))


def _placed(svg: str, x: float, y: float, width: float, height: float) -> str:
    place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" overflow="visible"'
    return svg.replace("<svg ", f"<svg {place} ", 1)


def _linked(svg: str, base: str) -> str:
    """Return a drawing whose links lead to this service, or whose shapes are none."""
    if base:
        return svg.replace('<a href="/', f'<a target="_blank" href="{escape(base)}/')
    shapes = re.sub(r'<a\b([^>]*?) href="[^"]*"', r"<g\1", svg)
    return shapes.replace("</a>", "</g>")


def _moved(svg: str, x: float, y: float) -> str:
    return element("g", svg, transform=f"translate({x:g} {y:g})") if svg else ""


def _key(chart: Chart, room: float, *, is_list: bool = False) -> _Part:
    if not chart.key:
        return _Part(0, "")
    title = _lines(_KEY_TITLE, chart.key_title, room)
    x, y, placed = 0.0, title.height, [title.svg]
    for item in chart.key:
        indent = _SYMBOL + 8 if item.symbol else 0
        lines = wrapped(item.words, _KEY.size, room - indent)
        wide = indent + max(width_of(line, _KEY.size) for line in lines or [""]) * 1.1
        if x and (is_list or x + wide > room):
            x, y = 0, y + _KEY.line
        placed.append(_moved(_key_item(item, lines, indent), x, y))
        x += wide + _GAP
        if len(lines) > 1:
            x, y = 0, y + 17 * (len(lines) - 1) + _KEY.line
    return _Part(y + (_KEY.line if x else 0) + 10, "".join(placed))


def _key_item(item: KeyItem, lines: Sequence[str], indent: float) -> str:
    words = [
        text(line, indent, 16 + 17 * place, class_="p-key") for place, line in enumerate(lines)
    ]
    if not item.symbol:
        return "".join(words)
    wide, high = size_of(item.symbol)
    drawn = min(_SYMBOL, _SYMBOL * wide / high)
    height = drawn * high / wide
    return _placed(item.symbol, (_SYMBOL - drawn) / 2, 11 - height / 2, drawn, height) + "".join(
        words
    )


def _foot(chart: Chart, room: float, base: str) -> _Part:
    y, placed = 14.0, [element("line", x1=0, x2=room, y1=4, y2=4, class_="p-rule")]
    address = f"{base}{pinned_address(chart)}" if base else ""
    for said in foot_sentences(chart.source, chart.meta, address):
        part = _lines(_FOOT, said, room)
        placed.append(_moved(part.svg, 0, y))
        y += part.height
    return _Part(y, "".join(placed))


def _practice(width: float, height: float) -> str:
    """Return the marks of a picture of made-up figures: at its head, and where it may be cut."""
    middle = f"rotate(-24 {width / 2:g} {height / 2:g})"
    return "".join(
        [
            element("rect", class_="p-band", width=width, height=_BAND),
            text(PRACTICE, width / 2, 24, class_="p-band-words", text_anchor="middle"),
            text(
                "PRACTICE",
                width / 2,
                height / 2,
                class_="p-across",
                font_size=width / 6,
                text_anchor="middle",
                transform=middle,
            ),
        ]
    )
