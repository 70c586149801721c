"""What a workbook says beside its rows: a cover, and notes on every column, code and source."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, get_args

from api.asking import Asked
from api.citing import citation_of
from api.contract import API_PREFIX, Meta, Paths
from api.contract.columns import column_text
from api.opened import OpenRelease
from api.resource import Resource
from api.resources import RESOURCES
from api.shaping import FLAGS, LABEL
from api.shaping import STATUS as SHAPED_STATUS
from api.sheet_rows import Survey, is_cut
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL, Flag, Status
from indicators.citation import PRACTICE_TITLE, SERVICE, citation_text, publishers_of
from indicators.model import Indicator
from indicators.row_words import FLAG_TEXTS, STATUS_TEXTS, STATUS_WORDS
from indicators.shown_numbers import INTERVAL_DECIMALS
from indicators.snapshot import Source
from reference.periods import day_in_words

NOTES: Final = "Notes"
DATA: Final = "Data"
STATUS: Final = "status"
INDICATOR: Final = "indicator"

_MOST_TITLES: Final = 2
"""A title names so many indicators, and counts more of them."""
_NULL: Final = re.compile(r"\bnull\b", re.IGNORECASE)
_STANDARD: Final = frozenset(Meta.__required_keys__)


@dataclass(frozen=True)
class Line:
    """One line of the cover; `sheet` or `url` is where it leads to, blank for nowhere."""

    text: str
    is_heading: bool = False
    sheet: str = ""
    url: str = ""


@dataclass(frozen=True)
class Note:
    """One row of the notes: what it is about, the name or code, and what that means."""

    about: str
    name: str
    meaning: str


@dataclass(frozen=True)
class Words:
    """All that a workbook says: titles, cover, notes, and how its columns show numbers."""

    title: str
    subject: str
    author: str
    published_on: str
    cover: tuple[Line, ...]
    notes: tuple[Note, ...]
    above: tuple[str, ...]
    """The lines between the title and the table of the data."""
    decimals: Mapping[str, int]
    """Of each column of numbers that are all of one indicator."""


def words_of(asked: Asked, told: Mapping[str, Any], columns: Sequence[str], found: Survey) -> Words:
    """Return the words of a workbook of the rows that were found."""
    resource = resource_of(asked.path)
    summary = _plain(_asked_by_address(resource).summary)
    indicators = _indicators(asked.release, columns, found)
    what, _, more = summary.partition(". ")
    title = _title(what, indicators, is_practice=bool(told["is_practice"]))
    lines = [Line(title, is_heading=True), *([Line(more)] if more else [])]
    return Words(
        title=title,
        subject=summary,
        author=SERVICE,
        published_on=asked.release.published_on,
        cover=(*lines, *_cover(asked, told, resource, found)),
        notes=tuple(_notes(asked.release, told, resource, columns, found)),
        above=_above(found, columns),
        decimals=_decimals(columns, indicators),
    )


def _decimals(columns: Sequence[str], indicators: Sequence[Indicator]) -> Mapping[str, int]:
    """Return the decimals of values and limits, and of the columns of a wide table."""
    across = [name for name in columns if f"{name}{SHAPED_STATUS}" in columns]
    if len(indicators) == 1:
        shown = indicators[0].decimals
        limits = dict.fromkeys(("ci_lower", "ci_upper"), shown + INTERVAL_DECIMALS)
        return dict.fromkeys(("value", *across), shown) | limits
    named = {n: i.decimals for i in indicators for n in (i.id, i.title, f"{i.title} ({i.id})")}
    return {name: named[name] for name in across if name in named}


def resource_of(path: str) -> Resource:
    """Return the resource that a public path is of."""
    place = path.removeprefix(API_PREFIX.removesuffix("/v1"))
    for resource in RESOURCES:
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(resource.path))
        if re.fullmatch(pattern, place):
            return resource
    msg = f"no resource has the path {path}"
    raise LookupError(msg)


def _asked_by_address(resource: Resource) -> Resource:
    """Return the resource that gives the same rows to a question in the address."""
    if not resource.body:
        return resource
    return next(one for one in RESOURCES if one.answer is resource.answer and not one.body)


def _title(what: str, indicators: Sequence[Indicator], *, is_practice: bool) -> str:
    """Return what the rows are, after the indicators that they are of, or how many these are."""
    title = what.rstrip(".")
    if indicators:
        of = "; ".join(one.title for one in indicators)
        of = of if len(indicators) <= _MOST_TITLES else f"{len(indicators)} indicators"
        title = f"{of}: {title[0].lower()}{title[1:]}"
    return f"{PRACTICE_TITLE} – {title}" if is_practice else title


def _cover(
    asked: Asked, told: Mapping[str, Any], resource: Resource, found: Survey
) -> Iterator[Line]:
    release, citation = asked.release, citation_of(asked.release)
    yield Line(told["not_official"])
    yield Line("Contents", is_heading=True)
    yield Line(f"{NOTES}: what the columns, codes and sources mean, and warnings", sheet=NOTES)
    yield Line(f"{DATA}: {_counted(found.rows, 'row')}", sheet=DATA)
    yield Line("What was asked for", is_heading=True)
    for name, values in asked.query.items():
        yield Line(f"{name}: {', '.join(values)}")
    if resource.body:
        yield Line(f"The question was the body of a request to {asked.path}; no address holds it.")
    else:
        url = f"{release.public_url}{asked.pinned_url}"
        yield Line(f"The same for good: {url}", url=url)
    yield Line("Release", is_heading=True)
    yield Line(f"{citation.title}, release {release.id}")
    yield Line(f"Published on {day_in_words(date.fromisoformat(release.published_on))}")
    yield Line(f"Digest (SHA-256): {release.digest}")
    publishers = publishers_of(_sources(release, found))
    if publishers:
        yield Line(f"Figures published by {', '.join(publishers)}")
    yield Line("Licence and citation", is_heading=True)
    yield Line(citation.attribution)
    yield Line(f"Licence: {citation.licence}")
    yield from (Line(one.url, url=one.url) for one in citation.licences if one.url)
    yield Line(f"Please cite: {citation_text(citation)}")
    yield Line("Help", is_heading=True)
    url = f"{release.public_url}{Paths.DOCS}"
    yield Line(f"How to ask for more, and what everything means: {url}", url=url)


def _above(found: Survey, columns: Sequence[str]) -> tuple[str, ...]:
    if not found.rows:
        return ("There are no rows; the sheet Notes says why.", "Only the names of columns follow.")
    holds = (
        f"This sheet holds one table of {_counted(found.rows, 'row')} and {len(columns)} columns."
    )
    if not found.has_blanks:
        return (holds, "No cell is blank. The sheet Notes says what the columns mean.")
    reasons = [name for name in columns if _is_of_status(name)]
    where = f"the column {STATUS}" if STATUS in reasons else f"its column …_{STATUS}"
    why = f" Where a figure is missing, {where} says why." if reasons else ""
    blank = f"A cell is blank where there is nothing to say.{why}"
    return (holds, f"{blank} The sheet {NOTES} says what the columns mean.")


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _notes(
    release: OpenRelease,
    told: Mapping[str, Any],
    resource: Resource,
    columns: Sequence[str],
    found: Survey,
) -> Iterator[Note]:
    yield from (Note("Warning", "", text) for text in told["warnings"])
    yield from _of_answer(told)
    if any(is_cut(text) for texts in found.texts.values() for text in texts):
        yield Note("Warning", "", "Texts too long for a cell are cut; CSV has them whole.")
    yield from _of_columns(resource, columns)
    shown = {text for name in columns if _is_of_status(name) for text in found.of(name)}
    for status in Status:
        if shown & {str(status), STATUS_WORDS[status]}:
            yield Note("Status", str(status), STATUS_TEXTS[status])
    flags = {flag for texts in found.of("flags") for flag in texts.split(";")}
    yield from (Note("Flag", str(flag), FLAG_TEXTS[flag]) for flag in Flag if flag in flags)
    indicators = _indicators(release, columns, found)
    for one in indicators:
        yield Note("Indicator", one.id, f"{one.title} ({one.unit}). {one.definition}")
        yield from (Note("Read with care", one.id, text) for text in one.caveats)
        yield from (Note("Break", one.id, f"{b.period}: {b.note}") for b in one.breaks)
    yield from _of_breakdowns(indicators, found)
    for source in _sources(release, found):
        text = f"{source.publisher}: {source.title}{_published(source)}."
        yield Note("Source", source.id, f"{text} {source.url}".strip())


def _is_of_status(column: str) -> bool:
    """Say whether a column holds the reasons of blank cells, such as those of one period."""
    return column == STATUS or column.endswith(f"_{STATUS}")


def _of_answer(told: Mapping[str, Any]) -> Iterator[Note]:
    """Say what `meta` says of this answer alone."""
    for name in (name for name in told if name not in _STANDARD):
        content = told[name]
        if isinstance(content, Mapping):
            yield from (_answer(f"{name}.{key}", part) for key, part in content.items())
        elif isinstance(content, list) and content and isinstance(content[0], Mapping):
            yield from (_answer(name, part) for part in content)
        else:
            yield _answer(name, content)


def _answer(name: str, content: Any) -> Note:
    shown = _shown(content)
    meaning = column_text("Meta", name)
    return Note("Answer", name, f"{_plain(meaning)} {shown}" if meaning else shown)


def _shown(content: Any) -> str:
    if content in (None, "", [], {}):
        return "none"
    if isinstance(content, Mapping):
        held = ((key, part) for key, part in content.items() if part not in (None, ""))
        return "; ".join(f"{key}: {_shown(part)}" for key, part in held)
    return ", ".join(map(_shown, content)) if isinstance(content, list) else str(content)


def _of_columns(resource: Resource, columns: Sequence[str]) -> Iterator[Note]:
    shapes = get_args(resource.answer) or (resource.answer,)
    held = [shape for shape in shapes if set(columns) <= set(shape.__annotations__)]
    shape = (held or list(shapes))[0].__name__
    for name in columns:
        text = column_text(shape, name) or _of_shaped(name, columns)
        if text:
            yield Note("Column", name, _plain(text))


def _of_shaped(name: str, columns: Sequence[str]) -> str:
    """Say what a column is that a reader's own shape of the answer has; nothing for any other."""
    if name.endswith(LABEL):
        return f"The words of {name.removesuffix(LABEL)}."
    if name.endswith(SHAPED_STATUS):
        return f"Why there is a value in {name.removesuffix(SHAPED_STATUS)}, or none."
    if name.endswith(FLAGS):
        return f"The flags of the values in {name.removesuffix(FLAGS)}, with ; between them."
    return f"The values of {name}." if f"{name}{SHAPED_STATUS}" in columns else ""


def _plain(text: str) -> str:
    """Return a text that was written for programs: here null is a blank cell."""
    return _NULL.sub("blank", text.replace("`", ""))


def _of_breakdowns(indicators: Iterable[Indicator], found: Survey) -> Iterator[Note]:
    titles: dict[tuple[str, str], str] = {}
    for one in indicators:
        for column, codes in one.breakdown_titles.items():
            for code, title in codes.items():
                titles.setdefault((column, code), title)
    for column in BREAKDOWN_COLUMNS:
        for code in found.of(column):
            if code != TOTAL:
                yield Note(f"Code of {column}", code, titles.get((column, code), code))


def _sources(release: OpenRelease, found: Survey) -> list[Source]:
    """Return the sources that the rows are from."""
    return [source for source in release.snapshot.sources if source.id in {*found.of("source")}]


def _published(source: Source) -> str:
    return f", published {source.published_on}" if source.published_on else ""


def _indicators(release: OpenRelease, columns: Sequence[str], found: Survey) -> list[Indicator]:
    """Return the indicators that the rows or columns are of, in the order of the catalogue."""
    held = {*found.of(INDICATOR), *columns}
    return [one for one in release.snapshot.indicators if held & {one.id, one.title}]
