"""Reading a query: which parameters a resource has, and what they were given."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl, unquote_plus

from api.problems import ProblemError, bad_value, closest

MAX_QUERY: Final = 16_000
MOST_REMEMBERED: Final = 1_000
"""Characters of a question beyond which nothing about it is remembered."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of the query, as the documents describe it."""

    name: str
    text: str
    example: str = ""
    is_list: bool = True
    """Whether commas and repetition mean several values, any of which may match."""
    form: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """What one value looks like, as JSON Schema, where more is known than that it is text."""


DAY: Final[Mapping[str, Any]] = {"type": "string", "format": "date"}
YES: Final = ("1", "true", "yes")
NO: Final = ("0", "false", "no")
SWITCH: Final = (*YES, *NO)
"""What turns something on and off, alike for every parameter that does."""


def one_of(*words: str) -> Mapping[str, Any]:
    """Return the form of a value that is one of some words."""
    return {"type": "string", "enum": list(words)}


def whole(least: int, most: int) -> Mapping[str, Any]:
    """Return the form of a value that is a whole number."""
    return {"type": "integer", "minimum": least, "maximum": most}


class Query:
    """The parameters that a request gave, each with its values."""

    def __init__(self, given: Mapping[str, tuple[str, ...]]) -> None:
        self._given = given

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a parameter, none if it was not given."""
        return self._given.get(name, ())

    def one(self, name: str) -> str | None:
        """Return the value of a parameter, None if it was not given."""
        values = self._given.get(name)
        return values[0] if values else None

    def __contains__(self, name: str) -> bool:
        return name in self._given

    def items(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return names and values, by name."""
        return sorted(self._given.items())

    def canonical(self) -> str:
        """Return the query in one spelling."""
        return "&".join(f"{name}={','.join(values)}" for name, values in self.items())

    def with_all(self, other: "Query") -> "Query":
        """Return the parameters of both; where both have one, that of the other."""
        return Query({**self._given, **other._given})

    def without(self, *names: str) -> "Query":
        """Return the query without some parameters."""
        return Query({name: v for name, v in self._given.items() if name not in names})

    def only(self, names: Container[str]) -> "Query":
        """Return the query with some of its parameters."""
        return Query({name: v for name, v in self._given.items() if name in names})

    def with_values(self, **changes: str) -> "Query":
        """Return the query with some parameters replaced."""
        return Query({**self._given, **{name: (value,) for name, value in changes.items()}})


def read_query(text: bytes, known: Mapping[str, Parameter]) -> Query:
    """Read a query string; raises ProblemError for what the resource does not have."""
    if len(text) > MAX_QUERY:
        detail = f"the query has {len(text)} characters; at most {MAX_QUERY} are read"
        raise ProblemError(400, "bad-value", detail)
    given: dict[str, tuple[str, ...]] = {}
    for name, value in split_query(text):
        parameter = known.get(name)
        if parameter is None:
            raise unknown_parameter(name, known)
        values = read_values(parameter, value)
        if name in given and not parameter.is_list:
            raise bad_value(name, "was given more than once; it takes one value")
        given[name] = tuple(dict.fromkeys((*given.get(name, ()), *values)))
    return Query(given)


def split_query(text: bytes) -> list[tuple[str, str]]:
    """Split a query string into names and values, blank values kept."""
    if b"%" not in text and b"+" not in text:
        parts = text.decode("latin-1").split("&") if text else ()
        pairs = (part.partition("=") for part in parts if part)
        return [(name, value) for name, _, value in pairs]
    return parse_qsl(text.decode("latin-1"), keep_blank_values=True)


def described(parameters: Iterable[Parameter]) -> Mapping[str, Parameter]:
    """Return parameters by name."""
    return {parameter.name: parameter for parameter in parameters}


def read_values(parameter: Parameter, value: str) -> tuple[str, ...]:
    """Return the values that a text gives a parameter; raises ProblemError for an empty one."""
    if not parameter.is_list:
        parts: tuple[str, ...] = (value.strip(),)
    else:
        parts = tuple(part.strip() for part in value.split(","))
    if not all(parts):
        advice = f", such as {parameter.example}" if parameter.example else ""
        raise bad_value(parameter.name, f"has an empty value; give one{advice}, or leave it out")
    return parts


def read_whole(name: str, text: str, most: int, suggestions: Iterable[str] = ()) -> int:
    """Return a whole number from 1 to `most`; raises ProblemError for anything else.

    A text with more digits than `most` is never read as a number: Python refuses very long ones.
    """
    digits = text.lstrip("0")
    is_number = text.isascii() and digits.isdecimal() and len(digits) <= len(str(most))
    if not is_number or int(digits) > most:
        raise bad_value(name, f"'{text[:20]}' is not a whole number from 1 to {most}", suggestions)
    return int(digits)


def read_switch(query: Query, name: str) -> bool:
    """Return whether a switch is on; raises ProblemError for a word that is neither."""
    word = query.one(name)
    if word is None:
        return False
    if word.casefold() not in SWITCH:
        detail = f"'{word[:20]}' is neither yes nor no; write {name}=true or {name}=false"
        raise bad_value(name, detail, ["true", "false"])
    return word.casefold() in YES


def unknown_parameter(name: str, known: Mapping[str, Parameter]) -> ProblemError:
    """Return the problem of a parameter that a resource does not have."""
    close = closest(unquote_plus(name), known)
    meant = f"did you mean {' or '.join(close)}?" if close else f"use {', '.join(sorted(known))}"
    return ProblemError(
        400,
        "unknown-parameter",
        f"there is no parameter '{name[:60]}' here; {meant}",
        parameter=name[:60],
        suggestions=close,
    )
