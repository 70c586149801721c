"""What `outcomes fetch` does: a text and an exit code."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from etl.fetch.addresses import AddressError, checked_address
from etl.fetch.faults import UNREACHABLE
from etl.fetch.fetching import Errand, HowToFetch, Outcome, fetch_source
from etl.fetch.limits import Clock, FetchLimits
from etl.fetch.public_api import PublicApi
from etl.fetch.sources import Source, SourceError, chosen, load_sources
from etl.fetch.web import Pace, Web, open_client
from etl.fetch.website import Website
from etl.findings import ExitCode, Finding, Place, Severity, as_text, exit_code, printable
from etl.progress import Progress, shown
from etl.settings import Settings
from etl.tables import TableError, load_tables

Answer = tuple[str, int]
"""The report and the exit code."""

_NEVER_TRIED: Final = (
    "Fetching was tested against a stand-in for the publisher's interface only, never against the "
    "publisher."
)


@dataclass(frozen=True)
class Surroundings:
    """What a run brings along; tests bring their own."""

    limits: FetchLimits = field(default_factory=FetchLimits)
    clock: Clock = field(default_factory=Clock)
    sources: tuple[Source, ...] | None = None
    progress: Progress | None = None


def fetch_command(
    names: Sequence[str],
    settings: Settings,
    to: Path | None = None,
    how: HowToFetch | None = None,
    around: Surroundings | None = None,
) -> Answer:
    """Fetch the sources of these names (default: all) into a folder."""
    around = around or Surroundings()
    try:
        wanted, fault = chosen(_sources(around), names)
        addresses = (
            checked_address("OUTCOMES_FETCH_API_URL", settings.fetch_api_url),
            checked_address("OUTCOMES_FETCH_CONTENT_URL", settings.fetch_content_url),
        )
    except (SourceError, TableError) as error:
        return str(error), ExitCode.REFUSED
    except AddressError as error:
        return str(error), ExitCode.USAGE
    folder = target_folder(to, settings)
    fault = fault or (f"{folder} is a file; name a folder" if folder.is_file() else "")
    if fault:
        return fault, ExitCode.USAGE
    with _web(around) as web:
        api, website = PublicApi(web, addresses[0]), Website(web, addresses[1])
        errand = Errand(folder, web, api, website, how or HowToFetch())
        outcomes = _each(wanted, errand, around.progress)
    return _report(outcomes, folder), int(_code(outcomes))


def list_command(around: Surroundings | None = None) -> Answer:
    """List what can be fetched, by publication."""
    try:
        sources = _sources(around or Surroundings())
    except (SourceError, TableError) as error:
        return str(error), ExitCode.REFUSED
    width = max(len(source.name) for source in sources)
    lines: list[str] = []
    for source in sources:
        publication = source.publication
        heading = f"{publication.name}: {publication.title} ({publication.publisher})"
        if heading not in lines:
            lines.append(heading)
        feeds = source.entry.table or "no table; it is downloaded only"
        version = source.entry.version
        where = f"public API, versions {version}" if version else "website, newest release"
        lines.append(f"  {source.name:{width}}  {feeds}  [{where}]")
    return "\n".join([*lines, _by_hand(sources), _NEVER_TRIED]), ExitCode.OK


def _by_hand(sources: Sequence[Source]) -> str:
    """Name the tables whose files are not fetched."""
    fed = {source.entry.table for source in sources}
    names = [table.id for table in load_tables() if table.id not in fed]
    return f"not fetched, to be saved by hand: {', '.join(names) or 'none'}"


def target_folder(to: Path | None, settings: Settings) -> Path:
    """Return where files go: as asked, or the folder that is loaded, or one beside the store."""
    return to or settings.published_dir or settings.home / "published"


def _sources(around: Surroundings) -> tuple[Source, ...]:
    return load_sources() if around.sources is None else around.sources


@contextmanager
def _web(around: Surroundings) -> Iterator[Web]:
    limits = around.limits
    with open_client(limits) as client:
        yield Web(client, limits, around.clock, Pace(limits.between_requests, around.clock))


def _each(
    sources: Sequence[Source], errand: Errand, progress: Progress | None
) -> tuple[Outcome, ...]:
    """Fetch one source after the other; a host that gave no answer is not asked again."""
    if progress is None:
        with shown("fetching") as step:
            return _each(sources, errand, step)
    outcomes: list[Outcome] = []
    silent: set[bool] = set()
    for number, source in enumerate(sources):
        progress(number, len(sources), source.name)
        if source.entry.is_in_api in silent:
            outcomes.append(_not_tried(source))
            continue
        outcomes.append(fetch_source(source, errand))
        if any(finding.rule == UNREACHABLE for finding in outcomes[-1].findings):
            silent.add(source.entry.is_in_api)
    progress(len(sources), len(sources), "")
    return tuple(outcomes)


def _not_tried(source: Source) -> Outcome:
    found, advice = "not tried: the publisher's host gave no answer before", "see the first of them"
    place = Place(source.name)
    finding = Finding("not_tried", Severity.UNREADABLE, place, found, advice=advice)
    return Outcome(source.name, "not fetched", findings=(finding,))


def _code(outcomes: Sequence[Outcome]) -> ExitCode:
    return exit_code(finding for outcome in outcomes for finding in outcome.findings)


def _report(outcomes: Sequence[Outcome], folder: Path) -> str:
    lines = [
        f"{outcome.state}: {outcome.name} {printable(outcome.said)}".rstrip()
        for outcome in outcomes
    ]
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    states = [outcome.state for outcome in outcomes]
    counts = ", ".join(
        f"{states.count(state)} {state}" for state in ("fetched", "up to date", "not fetched")
    )
    texts = [*lines, as_text(findings), f"{counts}; the files are in {folder}"]
    if "fetched" in states:
        texts.append(f"next: outcomes load published {folder}")
    return "\n".join(text for text in texts if text)
