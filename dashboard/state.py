"""What the reader chose, and the address that says it: every view is a link."""

import re
from dataclasses import dataclass, fields, replace
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode

DEFAULT_COMPARE: Final = "region"


@dataclass(frozen=True)
class State:
    """The state of a page; `subject` comes from the path, the rest from the query.

    Blank means the usual: no authority chosen, the latest period, the latest release, the newest
    neighbours, the table in the order of the API.
    """

    subject: str = ""
    area: str = ""
    compare: str = DEFAULT_COMPARE
    period: str = ""
    release: str = ""
    model: str = ""
    sort: str = ""
    code: str = ""
    indicator: str = ""
    view: str = ""
    """Which of the views of a page is shown."""
    against: str = ""
    """What is compared with: a word of `with=` of the API, or an earlier release."""
    across: str = ""
    """A second grouping, across the first."""
    indicators: str = ""
    areas: str = ""
    """Codes and selectors of the API, joined with commas."""
    periods: str = ""
    own: str = ""
    """The authorities of a list of the reader's own, joined with commas."""
    named: str = ""
    """What the reader calls that list."""
    region: str = ""
    area_type: str = ""
    ofsted: str = ""
    rural_urban: str = ""
    deprivation: str = ""
    population_band: str = ""
    children_min: str = ""
    children_max: str = ""
    """Least and most children aged 0 to 17 of an authority."""
    by: str = ""
    """A breakdown column, or several joined with commas; of neighbours, what they are to be
    alike in, such as `density:2`."""
    x: str = ""
    y: str = ""
    only: str = ""
    """Which rows or cells are kept, such as `beyond_chance`."""
    find: str = ""
    q: str = ""
    kind: str = ""
    stage: str = ""
    map: str = ""
    axis: str = ""
    """`zero` or `data`: where an axis begins."""
    format: str = ""
    from_year: str = ""
    to_year: str = ""
    """Years in which the first and the last of the periods end."""
    labels: str = ""
    """Whether files have words beside codes: `both` or `label`, as in the API."""
    wide: str = ""
    """What stands across in a file: `period`, `indicator` or `area`."""

    def changed(self, **changes: Any) -> "State":
        """Return the state with some choices replaced."""
        return replace(self, **changes)


USUAL: Final = {"area": "none", "code": "none", "compare": DEFAULT_COMPARE, "period": "latest"}
"""The words that forms use for what is usual, because an option must have a value."""
NOTHING: Final = "any"
"""The word for what is usual where no other is named."""
_DEFAULT: Final = State()
LISTS: Final = frozenset({"indicators", "areas", "periods", "own", "by"})
"""Choices that hold several values, joined with commas."""
_NO_TEXT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""What no drawing may hold, and what would turn the words around it."""
CHOICES: Final = tuple(field.name for field in fields(State) if field.name != "subject")


def read_state(query: str, subject: str = "") -> State:
    """Read a query, with or without its question mark; what it does not know is left aside.

    The last of repeated choices counts, but of what may hold several, which boxes send one by one,
    all do. What is blank or usual is left to its default, as browsers send a value for every field
    of a form.
    """
    given: dict[str, str] = {}
    for name, value in parse_qsl(query.removeprefix("?")):
        said = _NO_TEXT.sub("", value).strip()
        if name not in CHOICES or not said or said == USUAL.get(name, NOTHING):
            continue
        is_more = name in LISTS and name in given
        given[name] = f"{given[name]},{said}" if is_more else said
    return State(subject=subject, **given)


def write_query(state: State) -> str:
    """Return the query of a state, always in the same order, without what is usual."""
    said = {
        name: value
        for name in CHOICES
        if (value := getattr(state, name)) != getattr(_DEFAULT, name) and value
    }
    return urlencode(said, quote_via=quote, safe=":,")


def address(path: str, state: State | None = None) -> str:
    """Return path and query of a page in a state."""
    query = write_query(state) if state else ""
    return f"{path}?{query}" if query else path


def indicator_address(id: str, state: State | None = None, **choices: Any) -> str:
    """Return the address of an indicator's page."""
    return address(f"/indicators/{quote(id, safe='')}", (state or State()).changed(**choices))


def authority_address(code: str, state: State | None = None, **choices: Any) -> str:
    """Return the address of an authority's page."""
    return address(f"/areas/{quote(code, safe='')}", (state or State()).changed(**choices))


def neighbours_address(authority: str, state: State | None = None, **choices: Any) -> str:
    """Return the address of the page of an authority's neighbours."""
    path = f"/areas/{quote(authority, safe='')}/neighbours"
    return address(path, (state or State()).changed(**choices))


def returns_address(code: str, state: State | None = None, **choices: Any) -> str:
    """Return the address of the page of an authority's returns."""
    return address(f"/areas/{quote(code, safe='')}/returns", (state or State()).changed(**choices))


def source_address(id: str, state: State | None = None, **choices: Any) -> str:
    """Return the address of a source's page."""
    return address(f"/sources/{quote(id, safe='')}", (state or State()).changed(**choices))


def release_address(id: str, state: State | None = None, **choices: Any) -> str:
    """Return the address of a release's page."""
    return address(f"/releases/{quote(id, safe='')}", (state or State()).changed(**choices))


def pair_address(id: str, state: State | None = None, **choices: Any) -> str:
    """Return the address of the page of a pair."""
    return address(f"/pairs/{quote(id, safe='')}", (state or State()).changed(**choices))
