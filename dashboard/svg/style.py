"""The style of drawings outside a page: rules of assets/css with their colours filled in.

A page's style holds much that means nothing to a drawing, or nothing to what draws pictures: names
of colours, rules for narrow windows and for pointing. What is left is kept as it stands.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from dashboard.static import joined

_PROPERTIES: Final = re.compile(
    r"(?:fill|stroke|font|opacity|paint-order|text-anchor|text-decoration|letter-spacing"
    r"|dominant-baseline|visibility|color)(?:-[a-z]+)*"
)
_LEFT_OUT: Final = frozenset({"font", "font-family", "text-decoration-thickness"})
"""The font is that of the picture."""
_REM: Final = 16
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_RULE: Final = re.compile(r"@[^{};]+(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_VARIABLE: Final = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*))?\)")
_POINTING: Final = re.compile(r":(?:hover|focus|active|visited|target|:)")
_DEPTH: Final = 5


@dataclass(frozen=True)
class Rule:
    """One selector with what it says of drawings, colours filled in."""

    selector: str
    said: str
    classes: frozenset[str]
    elements: frozenset[str]


@dataclass(frozen=True)
class Style:
    """All rules for drawings, and the colours by name."""

    rules: tuple[Rule, ...]
    named: Mapping[str, str]

    def filled(self, text: str) -> str:
        """Return a text with its names of colours filled in."""
        return _filled(text, self.named)

    def used_by(self, svg: str) -> str:
        """Return the rules that a drawing can need, as CSS."""
        classes = {name for said in re.findall(r'class="([^"]*)"', svg) for name in said.split()}
        elements = set(re.findall(r"<([a-zA-Z]+)", svg))
        return "\n".join(
            f"{rule.selector} {{ {rule.said} }}"
            for rule in self.rules
            if rule.classes <= classes and rule.elements <= elements
        )


def read_style(css: str) -> Style:
    """Return what a style sheet says of drawings in a wide window."""
    plain = _AT_RULE.sub("", _COMMENT.sub("", css))
    found = _RULE.findall(plain)
    named = {
        name: value
        for selectors, said in found
        if selectors.strip() == ":root"
        for name, value in _declarations(said)
        if name.startswith("--")
    }
    return Style(tuple(_rules(found, named)), named)


@cache
def page_style() -> Style:
    """Return the style of our pages."""
    folder = files("dashboard").joinpath("assets", "css")
    return read_style(joined(folder, "theme.css").decode("utf-8"))


def _rules(found: Iterable[tuple[str, str]], named: Mapping[str, str]) -> Iterable[Rule]:
    for selectors, said in found:
        kept = "; ".join(
            f"{name}: {_in_pixels(_filled(value, named))}"
            for name, value in _declarations(said)
            if _PROPERTIES.fullmatch(name) and name not in _LEFT_OUT
        )
        for selector in map(str.strip, selectors.split(",") if kept else ()):
            if not _POINTING.search(selector) and "[" not in selector:
                yield _rule(selector, kept)


def _rule(selector: str, said: str) -> Rule:
    classes = frozenset(re.findall(r"\.([\w-]+)", selector))
    elements = re.findall(r"(?:^|[\s>+~(])([a-zA-Z][\w]*)", selector)
    return Rule(selector, said, classes, frozenset(elements))


def _declarations(said: str) -> Iterable[tuple[str, str]]:
    for one in said.split(";"):
        name, colon, value = one.partition(":")
        if colon:
            yield name.strip(), " ".join(value.split())


def _filled(text: str, named: Mapping[str, str]) -> str:
    for _ in range(_DEPTH):  # a colour can be named by another
        text = _VARIABLE.sub(lambda found: named.get(found[1], found[2] or "inherit"), text)
    return text


def _in_pixels(value: str) -> str:
    return re.sub(r"([\d.]+)rem\b", lambda found: f"{float(found[1]) * _REM:g}px", value)
