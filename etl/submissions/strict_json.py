"""Reading JSON without guessing: no key twice, no fractions, no deep nesting."""

import json
import re
from collections.abc import Callable
from typing import Any, Final

MAX_DEPTH: Final = 6

_UNKEPT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_TOKEN: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)


class JsonFaultError(ValueError):
    """Text that is not JSON as the standard wants it; the message says what was found."""


class NumberText(str):
    """A number as it was written: nothing of it is lost, and 12.5 stays what it is."""

    __slots__ = ()


def load_strict(text: str, *, number: Callable[[str], Any] = NumberText) -> Any:
    """Return what the text holds; raises JsonFaultError.

    `number` makes something of each number as written, and may raise ValueError.
    """
    _check_depth(text)
    try:
        held = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=number,
            parse_float=number,
            parse_constant=_no_number,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, character {error.colno}"
        raise JsonFaultError(f"JSON that breaks off or is not well formed ({where})") from None
    _check_texts(held)
    return held


def whole(written: str) -> int:
    """Make a whole number of up to 15 digits; raises JsonFaultError for any other number."""
    if not re.fullmatch(r"-?\d{1,15}", written):
        raise JsonFaultError("a number with a fraction or an exponent, or a very long one")
    return int(written)


def _check_depth(text: str) -> None:
    """Look before parsing: a parser goes as deep as the text does."""
    depth = 0
    for token in _TOKEN.finditer(text):
        sign = token[0]
        depth += (sign in "[{") - (sign in "]}")
        if depth > MAX_DEPTH:
            raise JsonFaultError(f"JSON nested more than {MAX_DEPTH} deep")


def _check_texts(held: Any) -> None:
    """Refuse what can be escaped in JSON but neither kept nor shown: control signs, half signs."""
    if isinstance(held, dict):
        _check_texts([*held, *held.values()])
    elif isinstance(held, list):
        for part in held:
            _check_texts(part)
    elif isinstance(held, str) and _UNKEPT.search(held):
        raise JsonFaultError("a control character or half a character")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise JsonFaultError(f"'{twice[:40]}' twice in one object")
    return found


def _no_number(written: str) -> None:
    raise JsonFaultError(f"{written}, which is no number")
