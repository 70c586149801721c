"""What `outcomes check` and `outcomes load published` do: each gives a text and an exit code."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from etl.catalogue_check import check_catalogue
from etl.files import Limits
from etl.findings import ExitCode
from etl.progress import Progress, shown
from etl.published.by_publication import loads_by_day
from etl.published.loaded import PublishedReading
from etl.published.reading import read_published
from etl.report import report_json, report_text
from etl.settings import Settings, read_settings
from etl.store_commands import store_code
from etl.submissions.commands import check_submission, looks_like_submission
from etl.submissions.report import FORMATS
from etl.tables import TableError, load_tables
from indicators.assembly import AssemblyError
from indicators.catalogue import CatalogueError, load_catalogue
from indicators.model import Indicator
from indicators.store import ReleaseOutcome, Store, StoreError, open_store, publish_load
from reference.places import PlaceSet
from reference.placesets import load_place_set

Answer = tuple[str, int]
"""The report and the exit code."""

_PUBLISHED_FORMATS: Final = ("text", "json")


@dataclass(frozen=True)
class HowToPublish:
    """Whether and under which name and date figures that were read come out.

    With `by_publication` there is one release for each day on which a publication came out.
    """

    draft: bool = False
    release: str | None = None
    published_on: date | None = None
    by_publication: bool = False

    @property
    def fault(self) -> str:
        """What is asked for that cannot go together; '' where all can."""
        others = self.draft or self.release or self.published_on
        if self.by_publication and others:
            return "--by-publication gives each release its own name and date; use it alone"
        return ""


def check_paths(
    paths: Sequence[Path],
    fmt: str = "text",
    settings: Settings | None = None,
    progress: Progress | None = None,
    to: Path | None = None,
) -> Answer:
    """Check files and folders without storing anything: authorities' returns or published files.

    Reports of returns come in more formats, and with `to` as files in a folder.
    """
    absent = _absent(paths)
    if absent or fmt not in FORMATS:
        known = ", ".join(FORMATS)
        return absent or f"'{fmt}' is not a format of reports; use {known}", ExitCode.USAGE
    held = settings or read_settings()
    places = load_place_set(held.place_set)
    answers: list[Answer] = []
    published = []
    for path in paths:
        if looks_like_submission(path):
            text, code = check_submission(path, format=fmt, places=places, to=to)
            answers.append((text, int(code)))
        else:
            published.append(path)
    if published and fmt not in _PUBLISHED_FORMATS:
        return f"published files are reported as text or json, not as {fmt}", ExitCode.USAGE
    if published:
        answers.append(_check_published(published, fmt, held, places, progress))
    return _joined(answers, fmt)


def _check_published(
    paths: Sequence[Path],
    fmt: str,
    settings: Settings,
    places: PlaceSet,
    progress: Progress | None,
) -> Answer:
    try:
        reading = _read(paths, settings, places, progress)
    except (TableError, CatalogueError) as error:
        return str(error), ExitCode.REFUSED
    text = report_json(reading) if fmt == "json" else report_text(reading, places)
    return text, int(_code(reading))


def _joined(answers: Sequence[Answer], fmt: str) -> Answer:
    code = max((code for _, code in answers), default=int(ExitCode.OK))
    texts = [text for text, _ in answers]
    if fmt == "json" and len(texts) > 1 and all(text[:1] in "{[" for text in texts):
        return json.dumps([json.loads(text) for text in texts], indent=1), code
    return "\n\n".join(texts), code


def load_published(
    paths: Sequence[Path],
    settings: Settings,
    how: HowToPublish | None = None,
    progress: Progress | None = None,
) -> Answer:
    """Read published files and make one release of them and of what is carried forward.

    All or nothing: with one finding that stops a file, nothing is stored. Without paths the
    folder of the settings is read.
    """
    how = how or HowToPublish()
    sought = list(paths) or ([settings.published_dir] if settings.published_dir else [])
    absent = _absent(sought) if sought else "name files or folders, or set OUTCOMES_PUBLISHED_DIR"
    absent = how.fault or absent
    if absent:
        return absent, ExitCode.USAGE
    try:
        places = load_place_set(settings.place_set)
        indicators = load_catalogue()
        reading = _read(sought, settings, places, progress)
        text = report_text(reading, places)
        if reading.is_refused or reading.cells.empty:
            return f"{text}\nThe store is as it was.", int(_code(reading))
        try:
            store = open_store(settings.database_url, settings.home, places)
        except StoreError as error:
            return f"{error}\nThe store is as it was.", ExitCode.UNREADABLE
        try:
            outcomes = _published(store, reading, indicators, how)
        finally:
            store.close()
    except (TableError, CatalogueError, AssemblyError) as error:
        return f"{error}\nThe store is as it was.", ExitCode.REFUSED
    except StoreError as error:
        return f"{error}\nThe store is as it was.", store_code(error)
    is_unused = how.release and not any(outcome.release_id for outcome in outcomes)
    unused = f"; no release {how.release} was made" if is_unused else ""
    messages = "\n".join(outcome.message for outcome in outcomes)
    return f"{text}\n{messages}{unused}", ExitCode.OK


def _published(
    store: Store,
    reading: PublishedReading,
    indicators: tuple[Indicator, ...],
    how: HowToPublish,
) -> list[ReleaseOutcome]:
    """Publish what was read: as one release, or as one for each day of publication."""
    if not how.by_publication:
        return [
            publish_load(
                store,
                reading,
                indicators,
                release_id=how.release,
                published_on=how.published_on,
                draft=how.draft,
            )
        ]
    return [
        publish_load(store, load, indicators, release_id=day.isoformat(), published_on=day)
        for day, load in loads_by_day(reading)
    ]


def _read(
    paths: Sequence[Path], settings: Settings, places: PlaceSet, progress: Progress | None
) -> PublishedReading:
    limits = Limits(
        packed_bytes=settings.max_packed_bytes, unpacked_bytes=settings.max_unpacked_bytes
    )
    problems = check_catalogue()
    if problems:
        raise CatalogueError(problems)
    against = (places, load_catalogue(), load_tables())
    if progress is not None:
        return read_published(paths, *against, progress, limits)
    with shown("reading") as step:
        return read_published(paths, *against, step, limits)


def _code(reading: PublishedReading) -> ExitCode:
    """Return the exit code of a reading; one in which nothing is of use is refused."""
    if reading.exit_code is ExitCode.OK and reading.cells.empty:
        return ExitCode.REFUSED
    return reading.exit_code


def _absent(paths: Sequence[Path]) -> str:
    missing = [str(path) for path in paths if not path.exists()]
    return f"there is no {' and no '.join(missing)}" if missing else ""
