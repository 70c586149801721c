"""Addresses of the API: paths with their parts, and queries in one spelling."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode


def csv_address(address: str) -> str:
    """Return the address of the same rows as CSV."""
    return f"{address}{'&' if '?' in address else '?'}format=csv"


def of_rows(
    indicators: Sequence[str],
    areas: Sequence[str],
    periods: Sequence[str],
    release: str,
    broken_down: Sequence[str],
) -> dict[str, str]:
    """Return the parameters that ask for rows of figures."""
    return {
        "indicator": ",".join(indicators),
        "area": ",".join(areas),
        "period": ",".join(periods),
        **dict.fromkeys(broken_down, "all"),
        "release": release,
    }


def joined(asked: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return parameters of several values with these in one."""
    return {name: ",".join(values) for name, values in asked.items()}


def with_query(path: str, parameters: Mapping[str, str]) -> str:
    """Return a path with those of some parameters that are not blank."""
    given = {name: value for name, value in parameters.items() if value}
    query = urlencode(given, quote_via=quote, safe=":,")
    return f"{path}?{query}" if query else path


def filled(pattern: str, **parts: str) -> str:
    """Return a path with its parts filled in."""
    return pattern.format(**{name: quote(part, safe="") for name, part in parts.items()})
