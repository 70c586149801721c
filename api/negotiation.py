"""Which format a reader prefers by its `Accept` header, where the address names none."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from typing import Final

from starlette.routing import compile_path

from api.formats import FORMATS, JSON
from api.parameters import split_query
from api.problems import ProblemError

MOST_ACCEPTED: Final = 2_000
"""Characters of a header beyond which it is not read and the usual format given."""
ANY: Final = "*/*"
HTML: Final = ("text/html", "application/xhtml+xml")
"""What browsers ask for: they get JSON, which they can show."""

ALSO: Final[Mapping[str, str]] = {
    **dict.fromkeys(HTML, "json"),
    "application/jsonl": "jsonl",
    "application/ndjson": "jsonl",
    "application/x-jsonlines": "jsonl",
    "application/csv": "csv",
    "application/parquet": "parquet",
    "application/x-parquet": "parquet",
    "application/vnd.ms-excel": "xlsx",
    "application/vnd.json-stat+json": "jsonstat",
}
"""Other names by which a format is asked for."""

Offers = Callable[[str], Collection[str]]
"""The formats that the resource at a path has; none where nothing is negotiated."""


def media_type_of(format: str) -> str:
    """Return the media type of a format without its parameters."""
    return FORMATS[format].media_type.partition(";")[0].strip()


def offers_of(formats: Mapping[str, Collection[str]]) -> Offers:
    """Return a way to look up the formats of the resource at a path; in: by path with its parts."""
    known = [(compile_path(path)[0], offered) for path, offered in formats.items()]

    @lru_cache(maxsize=1_000)
    def offers(path: str) -> Collection[str]:
        return next((offered for at, offered in known if at.match(path)), ())

    return offers


def names_format(query: bytes) -> bool:
    """Say whether a query string names a format."""
    return b"format" in query and any(name == "format" for name, _ in split_query(query))


def preferred(accept: str, formats: Collection[str]) -> str | None:
    """Return the format that a reader prefers of some; None for one that accepts none of them.

    JSON is the first of equals, and what is given to a reader that says nothing.
    """
    if accept in {"", ANY} or len(accept) > MOST_ACCEPTED:
        return JSON
    weights = {form: _weight(_read(accept), form) for form in formats}
    best = max(weights.values(), default=0.0)
    if not best:
        return None
    return JSON if weights.get(JSON) == best else next(f for f, w in weights.items() if w == best)


def not_acceptable(formats: Iterable[str]) -> ProblemError:
    """Return the problem of a reader that accepts nothing of what there is."""
    types = list(dict.fromkeys(media_type_of(form) for form in formats))
    return ProblemError(
        406,
        "not-acceptable",
        f"Accept: this resource is given as {', '.join(types)}; accept one of them, or name the "
        "format with a suffix of the path or format=",
        suggestions=types,
    )


_QUALITY: Final = re.compile(r"q\s*=\s*([01](?:\.\d{0,3})?)", re.IGNORECASE)

Wanted = Mapping[str, float]


@lru_cache(maxsize=500)
def _read(accept: str) -> Wanted:
    """Return media ranges with their weights; a version or charset makes no difference here."""
    wanted: dict[str, float] = {}
    for part in accept.lower().split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        found = next(filter(None, map(_QUALITY.fullmatch, parameters)), None)
        weight = float(found[1]) if found else 1.0
        wanted[media] = max(weight, wanted.get(media, 0.0))
    return wanted


def _weight(wanted: Wanted, format: str) -> float:
    """Return how much a format is wanted: the narrowest range that it lies in says so."""
    media = media_type_of(format)
    named = [wanted[m] for m in (media, *_other_names(format)) if m in wanted]
    if named:
        return max(named)
    return wanted.get(f"{media.partition('/')[0]}/*", wanted.get(ANY, 0.0))


def _other_names(format: str) -> Iterable[str]:
    return (media for media, form in ALSO.items() if form == format)
