"""From what a file or a person wrote (code, number, name) to the area that is meant."""

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Final

from reference.areas import Area, AreaNotThenError, UnknownAreaError

SHORTEST_WORD: Final = 3
"""Letters from which on a word is looked for inside names."""

_CODE: Final = re.compile(r"[A-Z][0-9]{5,}")
_NOT_LETTER_OR_DIGIT = re.compile(r"[^\w]+|_+")


def simplify(text: str) -> str:
    """Reduce a code or name to what counts: case, punctuation, `&` and `and` make no difference.

    Brackets, commas and full stops go, so `St. Helens` and `st helens` are one name.
    """
    words = _NOT_LETTER_OR_DIGIT.sub(" ", text.casefold().replace("'", "").replace("’", ""))
    return " ".join(word for word in words.split() if word != "and")


class AreaIndex:
    """Every code, number, name and spelling of a set of areas, ready to be looked up."""

    def __init__(self, areas: Iterable[Area], title: str) -> None:
        self._areas = tuple(areas)
        self._title = title

    @cached_property
    def _by_key(self) -> Mapping[str, tuple[Area, ...]]:
        found: dict[str, dict[str, Area]] = {}
        for area in self._areas:
            for key in _keys_of(area):
                found.setdefault(key, {})[area.code] = area
        return {key: tuple(areas.values()) for key, areas in found.items()}

    @cached_property
    def _by_code(self) -> Mapping[str, Area]:
        return {code: area for area in self._areas for code in _codes_of(area)}

    def resolve(self, text: str, on: date | None = None) -> Area:
        """Return the area that a dated code, a number or a spelling names.

        Where two areas share a name, the one that existed on the day is meant, else the
        current one. A code that was not in force on the day is still accepted if its area
        existed (publishers back-code). Raises UnknownAreaError with the closest names, or
        AreaNotThenError when the area is known but did not exist on the day.
        """
        wanted = text.strip()
        coded = self._by_code.get(wanted.upper())
        candidates = (coded,) if coded else self._by_key.get(simplify(wanted), ())
        if not candidates:
            raise self._unknown(wanted)
        if on is None:
            return max(candidates, key=_newest_first)
        for area in candidates:
            if area.existed_on(on):
                return area
        raise _not_then(candidates[0], on)

    def suggest(self, text: str, limit: int = 3) -> tuple[str, ...]:
        """Return the names closest to a text that names no area, closest first.

        Names that hold the text as words (`Hull` in `Kingston upon Hull`) come before look-alikes.
        A text in the form of a code is compared with codes alone.
        """
        code = text.strip().upper()
        if _CODE.fullmatch(code):
            lacking = [known for known in self._by_code if _lacks_one(code, known)]
            codes = [*lacking, *difflib.get_close_matches(code, self._by_code, n=limit)]
            return tuple(dict.fromkeys(_described(self._by_code[one]) for one in codes))[:limit]
        wanted = simplify(text)
        holding = [key for key in self._by_key if f" {wanted}" in f" {key}"]
        near = difflib.get_close_matches(wanted, self._by_key, n=limit * 3, cutoff=0.6)
        keys = [*sorted(holding, key=len), *near] if len(wanted) >= SHORTEST_WORD else near
        names = dict.fromkeys(_described(area) for key in keys for area in self._by_key[key])
        return tuple(names)[:limit]

    def _unknown(self, text: str) -> UnknownAreaError:
        suggestions = self.suggest(text)
        message = f"'{text[:60]}' is not a code, number or name of an area in {self._title}"
        advice = f"; did you mean {' or '.join(suggestions)}?" if suggestions else ""
        return UnknownAreaError(message + advice, suggestions)


def _lacks_one(text: str, code: str) -> bool:
    """Say whether a text is a code but for one character that was left out."""
    places = range(len(code)) if len(code) == len(text) + 1 else ()
    return any(code[:place] + code[place + 1 :] == text for place in places)


def _codes_of(area: Area) -> tuple[str, ...]:
    return (area.code, *(dated.code for dated in area.codes))


def _keys_of(area: Area) -> set[str]:
    texts = (area.name, *area.spellings, *((area.number,) if area.number else ()))
    return {simplify(text) for text in texts}


def _newest_first(area: Area) -> tuple[bool, date]:
    """Sort key: an area that still exists comes before any that ended, then the latest."""
    return (area.last_day is None, area.last_day or date.max)


def _described(area: Area) -> str:
    ended = f", until {area.last_day.year}" if area.last_day else ""
    return f"{area.name} ({area.code}{ended})"


def _not_then(area: Area, on: date) -> AreaNotThenError:
    if area.last_day is not None and area.last_day < on:
        when = f"ended on {area.last_day.isoformat()}"
    else:
        when = f"began on {area.first_day.isoformat()}" if area.first_day else "did not exist"
    message = f"{area.name} ({area.code}) {when}, so it has no figures for {on.isoformat()}"
    return AreaNotThenError(message, area)
