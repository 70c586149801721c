"""What a report of a profile says, once for paper and workbook."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from api.contract import AreaDetail, CommentRow, IndicatorDetail, SourceCard, SourceKind
from dashboard.answers import Reply
from dashboard.client import ApiClient
from dashboard.components.sources import newest_source
from dashboard.report.inspections import Inspection, inspections_of
from dashboard.report.line import Line
from dashboard.report.profile import Profile, opening_sentence, profile_of
from dashboard.state import State, address, authority_address
from dashboard.words.periods import day

METHOD: Final = (
    "“Better”, “worse”, “higher” and “lower” are said only of differences that are more than "
    "chance explains (5%), also when all indicators of the authority are looked at together. "
    "Against the country, allowance is made for how much authorities ordinarily differ; against "
    "neighbours it is not. A difference does not say why."
)
BRIEF_METHOD: Final = (
    "Differences are told where they are more than chance explains (5%) among all indicators of "
    "the page; against the country, ordinary variation between authorities is allowed for."
)
STANDING: Final = "Not an official statistics publication."
PRACTICE: Final = "PRACTICE: every place and every figure here is made up."


@dataclass(frozen=True)
class Definition:
    """What an indicator counts, and who published its figures when."""

    line: Line
    text: str
    publisher: str
    source: str
    published_on: str
    designation: str


@dataclass(frozen=True)
class Report:
    """A profile with all that must stand on paper with it."""

    profile: Profile
    sentence: str
    lines: tuple[Line, ...]
    inspections: tuple[Inspection, ...]
    comments: tuple[CommentRow, ...]
    """Those on the figures that are shown, in their order."""
    definitions: tuple[Definition, ...]
    is_practice: bool
    base: str
    """The address of this service, where it is known; blank else."""

    @property
    def name(self) -> str:
        """What the area is called."""
        return self.profile.area["name"]

    @property
    def title(self) -> str:
        """What the report is called."""
        practice = "PRACTICE: " if self.is_practice else ""
        return f"{practice}{self.name}: children’s social care profile"

    @property
    def release(self) -> str:
        """The release that every figure is of."""
        return self.profile.meta["release"]

    @property
    def published(self) -> str:
        """The day on which the release was published here, in words."""
        return day(self.profile.meta["published_at"])

    @property
    def page_address(self) -> str:
        """The address of the same figures as a page."""
        state = self.profile.state.changed(subject="", release=self.release)
        return f"{self.base}{authority_address(self.profile.area['code'], state)}"

    @property
    def definitions_address(self) -> str:
        """The address of all definitions."""
        return f"{self.base}{address('/definitions', State(release=self.profile.state.release))}"

    @property
    def sources(self) -> tuple[str, ...]:
        """Each publisher with the publications that the figures were read from, and their dates."""
        told: dict[str, dict[str, list[str]]] = {}
        for held in self.definitions:
            title = held.source.partition(": ")[0]
            dates = told.setdefault(held.publisher, {}).setdefault(title, [])
            if held.published_on and held.published_on not in dates:
                dates.append(held.published_on)
        return tuple(
            f"{publisher}: " + "; ".join(_dated(title, dates) for title, dates in titles.items())
            for publisher, titles in told.items()
        )

    @property
    def publishers(self) -> str:
        """The publishers, each with the days on which its newest publications came out."""
        told: dict[str, set[str]] = {}
        for held in self.definitions:
            told.setdefault(held.publisher, set()).add(held.published_on)
        return "; ".join(_ranged(publisher, dates) for publisher, dates in told.items())

    @property
    def scope(self) -> str:
        """Which indicators are in it, in a sentence."""
        count, whole = len(self.lines), len(self.profile.lines)
        if count == whole:
            return f"All {whole} indicators."
        return f"The core set: {count} of {whole} indicators."


async def report_of(
    client: ApiClient, state: State, area: Reply[AreaDetail], *, is_practice: bool, base: str
) -> Report:
    """Return the report of an authority that exists today."""
    profile = await profile_of(client, state, area)
    lines = profile.shown
    details = await asyncio.gather(
        *(client.held_indicator(line.indicator, area.meta) for line in lines)
    )
    return Report(
        profile=profile,
        sentence=opening_sentence(profile),
        lines=lines,
        inspections=inspections_of(area.data),
        comments=_comments(profile, lines),
        definitions=tuple(
            _definition(line, detail.data) for line, detail in zip(lines, details, strict=True)
        ),
        is_practice=is_practice or area.meta["is_practice"],
        base=base.rstrip("/"),
    )


def _dated(title: str, dates: Sequence[str]) -> str:
    days = ", ".join(map(day, sorted(dates)))
    return f"{title or 'figures'} ({days})" if days else title


def _ranged(publisher: str, dates: Collection[str]) -> str:
    """Return a publisher with the first and the last of some days."""
    held = sorted(filter(None, dates))
    if not held:
        return publisher
    first, last = day(held[0]), day(held[-1])
    return f"{publisher} ({first})" if first == last else f"{publisher} ({first} to {last})"


def _comments(profile: Profile, lines: Sequence[Line]) -> tuple[CommentRow, ...]:
    return tuple(
        row
        for line in lines
        for row in profile.comments
        if (row["indicator"], row["period"]) == (line.indicator, line.period)
    )


def _definition(line: Line, detail: IndicatorDetail) -> Definition:
    source = _source(line, detail)
    return Definition(
        line=line,
        text=detail["definition"],
        publisher=source["publisher"] if source else detail["publisher"],
        source=source["title"] if source else "",
        published_on=source["published_on"] if source else "",
        designation=(source["designation"] if source else "") or detail["designation"],
    )


def _source(line: Line, detail: IndicatorDetail) -> SourceCard | None:
    """Return the publication of a figure; of a computed one, the newest that it rests on."""
    named = [source for source in detail["sources"] if source["id"] == line.source]
    if named and named[0]["kind"] != SourceKind.COMPUTED:
        return named[0]
    behind = [source for source in detail["sources"] if source["kind"] == SourceKind.PUBLICATION]
    return newest_source(behind)
