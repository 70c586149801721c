"""Fetching one source: is there anything new, download, check, put in place, write down."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal, Protocol

from etl.fetch.contents import Contents, unpack
from etl.fetch.download import PartFile, receive
from etl.fetch.editions import Edition
from etl.fetch.faults import FetchError, RefusedStatusError, TryAgainError, refused, warning
from etl.fetch.lock import LockEntry, digest_of, read_lock, write_entry
from etl.fetch.retries import retrying
from etl.fetch.sources import Source, is_safe_file_name, is_safe_folder_name
from etl.fetch.web import Web
from etl.file_kinds import megabytes
from etl.findings import Finding, Place, Severity, quoted

WORKING_FOLDER: Final = ".fetch"
"""Part files lie here; loading passes over folders whose names begin with a dot."""

State = Literal["fetched", "up to date", "not fetched"]


@dataclass(frozen=True)
class HowToFetch:
    """Whether a major version is taken, and whether what is up to date is compared again."""

    accept_major: bool = False
    again: bool = False


class Catalogue(Protocol):
    """Where editions are looked up: the public API or the website."""

    def edition(self, source: Source, held: LockEntry | None, *, accept_major: bool) -> Edition:
        """Return what the publisher offers for a source now; raises FetchError."""
        ...


@dataclass(frozen=True)
class Errand:
    """What fetching a source needs: where to look, whom to ask, where to put it."""

    folder: Path
    web: Web
    api: Catalogue
    website: Catalogue
    how: HowToFetch = HowToFetch()


@dataclass(frozen=True)
class Outcome:
    """What became of one source, with what was found."""

    name: str
    state: State
    said: str = ""
    findings: tuple[Finding, ...] = ()


def fetch_source(source: Source, errand: Errand) -> Outcome:
    """Fetch one source if there is anything new; faults become findings."""
    try:
        held = read_lock(errand.folder).sources.get(source.name)
        catalogue = errand.api if source.entry.is_in_api else errand.website
        accept = errand.how.accept_major
        edition = catalogue.edition(source, held, accept_major=accept)
        return _fetch_edition(source, edition, held, errand)
    except FetchError as error:
        return Outcome(source.name, "not fetched", findings=(error.finding,))
    except RefusedStatusError as error:
        return Outcome(source.name, "not fetched", findings=(_said_no(source, error),))
    except OSError as error:
        return Outcome(source.name, "not fetched", findings=(_no_room(errand.folder, error),))


def _fetch_edition(
    source: Source, edition: Edition, held: LockEntry | None, errand: Errand
) -> Outcome:
    target = _target(source, edition)
    is_same = held is not None and held.version == edition.version
    here = digest_of(errand.folder / held.file) if held else ""
    if held and is_same and here == held.sha256 and not errand.how.again:
        return Outcome(source.name, "up to date", f"{edition.version}", edition.findings)
    part = PartFile(errand.folder / WORKING_FOLDER / f"{source.name}.part")
    ready = part.path.with_name(f"{source.name}.csv")
    try:
        contents = _obtained(source, edition, part, ready, errand.web)
        _check_rows(source, edition, contents)
        if held and is_same:
            _check_same_bytes(source, held, contents)
        (errand.folder / target).parent.mkdir(parents=True, exist_ok=True)
        ready.replace(errand.folder / target)
    finally:
        ready.unlink(missing_ok=True)
    part.discard()
    entry = _entry(source, edition, target, contents, errand.web.clock.now())
    write_entry(errand.folder, source.name, entry)
    altered = held and here and here != held.sha256 and target == held.file
    findings = (*edition.findings, *((_altered(source, target),) if altered else ()))
    said = f"{edition.version}: {contents.rows:,} rows, {megabytes(contents.bytes)}, {target}"
    return Outcome(source.name, "fetched", said, findings)


def _obtained(source: Source, edition: Edition, part: PartFile, ready: Path, web: Web) -> Contents:
    """Download and unpack, again if it breaks off; raises FetchError."""

    def once() -> Contents:
        receive(web, edition.url, part, source.name)
        try:
            return unpack(part.path, ready, source.name, web.limits)
        except (TryAgainError, FetchError):
            part.discard()  # going on from these bytes would only give them again
            raise

    return retrying(source.name, once, web.limits, web.clock)


def _target(source: Source, edition: Edition) -> str:
    """Return where the file goes, from the folder: publication, release, the publisher's name."""
    for name, is_safe in (
        (edition.release, is_safe_folder_name(edition.release)),
        (edition.file_name, is_safe_file_name(edition.file_name)),
    ):
        if not is_safe:
            raise refused(
                "unsafe_name",
                source.name,
                f"the name {quoted(name)}",
                "a name that can be one file or folder here",
                "tell the publisher; nothing was written",
            )
    return f"{source.publication.name}/{edition.release}/{edition.file_name}"


def _check_rows(source: Source, edition: Edition, contents: Contents) -> None:
    said = edition.total_results
    if said is not None and said != contents.rows:
        raise refused(
            "row_count",
            source.name,
            f"{contents.rows:,} rows in the file",
            f"{said:,}, as the publisher says of version {edition.version}",
            "try again in an hour; if it stays so, tell the publisher. The file that is held stays",
        )


def _check_same_bytes(source: Source, held: LockEntry, contents: Contents) -> None:
    if contents.sha256 != held.sha256:
        raise refused(
            "changed_bytes",
            source.name,
            f"another file under the same version {held.version}: SHA-256 "
            f"{contents.sha256[:12]}…, {contents.rows:,} rows",
            f"SHA-256 {held.sha256[:12]}…, {held.rows:,} rows, as fetched on "
            f"{held.fetched_at[:10]}",
            "ask the publisher what changed; to take the new file, remove "
            f"'{source.name}' from fetch.lock.json and run again. What is held stays",
        )


def _entry(
    source: Source, edition: Edition, target: str, contents: Contents, now: datetime
) -> LockEntry:
    return LockEntry(
        publication=source.publication.title,
        table=source.entry.table,
        data_set_id=edition.data_set_id,
        data_set_title=edition.data_set_title,
        version=edition.version,
        release=edition.release,
        published=edition.published.isoformat() if edition.published else None,
        file_id=edition.file_id,
        total_results=edition.total_results,
        file=target,
        sha256=contents.sha256,
        bytes=contents.bytes,
        rows=contents.rows,
        url=edition.url,
        fetched_at=now.astimezone(UTC).isoformat(timespec="seconds"),
    )


def _altered(source: Source, target: str) -> Finding:
    return warning(
        "altered_here",
        source.name,
        f"{target} was not the file that had been fetched",
        "files in this folder as the publisher gave them",
        "it was replaced; keep files that you change in another folder",
    )


def _said_no(source: Source, error: RefusedStatusError) -> Finding:
    said = f", saying {quoted(error.said)}" if error.said else ""
    found = f"status {error.status} from {error.url}{said}"
    if error.status == 403:
        advice = "it may be a draft: set 'version' in sources.yaml to one that is published"
        return Finding("not_public", Severity.ERROR, Place(source.name), found, "data", advice)
    if error.status in (404, 410):
        advice = (
            "look on the publisher's website whether it moved, and correct sources.yaml; ids of "
            "files outside the public API are new with every release"
        )
        return Finding("not_there", Severity.ERROR, Place(source.name), found, "data", advice)
    advice = "the interface may have changed, or a proxy refuses; open the address in a browser"
    return Finding("status", Severity.UNREADABLE, Place(source.name), found, "data", advice)


def _no_room(folder: Path, error: OSError) -> Finding:
    return Finding(
        "cannot_write",
        Severity.UNREADABLE,
        Place(str(folder)),
        error.strerror or "an error on writing",
        "a folder that can be written to",
        "check who may write there and how much room is left, or name another with --to",
    )
