"""Finding an edition in the publisher's public API: data sets with numbered versions."""

from dataclasses import dataclass
from typing import Final

from etl.fetch.answers import (
    ChangesAnswer,
    DataSetAnswer,
    PublicationAnswer,
    VersionAnswer,
    read_answer,
    read_pages,
)
from etl.fetch.editions import Edition
from etl.fetch.faults import FetchError, RefusedStatusError, refused, unreadable, warning
from etl.fetch.lock import LockEntry
from etl.fetch.sources import Source
from etl.fetch.versions import Version, allowed_major, is_exact, pin_to_ask
from etl.fetch.web import Web
from etl.findings import Finding, quoted
from indicators.checked_files import suggestion

_WORDS: Final = {
    "filters": "filters",
    "filterOptions": "options of filters",
    "geographicLevels": "geographic levels",
    "indicators": "indicators",
    "locationGroups": "groups of places",
    "locationOptions": "places",
    "timePeriods": "periods",
}


@dataclass(frozen=True)
class PublicApi:
    """The public API at one base address."""

    web: Web
    base: str

    def edition(self, source: Source, held: LockEntry | None, *, accept_major: bool) -> Edition:
        """Return the edition that the pin of a source asks for; raises FetchError."""
        data_set_id = self._data_set_id(source, held)
        address = f"{self.base}/data-sets/{data_set_id}"
        data_set = read_answer(self.web, address, DataSetAnswer)
        findings = list(_standing(source, data_set))
        version, alert = self._version(source, data_set, _held_version(held), accept_major)
        findings += [alert] if alert else []
        if version.status == "Withdrawn":
            raise _withdrawn(source, f"version {version.version}", version.notes)
        return Edition(
            data_set_id=data_set_id,
            data_set_title=data_set.title,
            version=version.version,
            release=version.release.slug,
            published=version.published,
            file_id=version.file.id,
            file_name=source.entry.file or "",
            total_results=version.total_results,
            url=f"{address}/csv?dataSetVersion={version.version}",
            findings=tuple(findings),
        )

    def _data_set_id(self, source: Source, held: LockEntry | None) -> str:
        entry = source.entry
        if entry.data_set_id:
            return entry.data_set_id
        if held and held.data_set_title == entry.data_set_title:
            return held.data_set_id
        publication_id = self._publication_id(source)
        address = f"{self.base}/publications/{publication_id}/data-sets"
        titles = []
        for data_set in read_pages(self.web, address, DataSetAnswer, {}, 20):
            if data_set.title == entry.data_set_title:
                return data_set.id
            titles.append(data_set.title)
        title = entry.data_set_title or ""
        raise refused(
            "unknown_data_set",
            source.name,
            f"no data set with the title {quoted(title)}{suggestion(title, titles)}",
            f"one of the {len(titles)} data sets of the publication, by its exact title",
            "correct 'data_set_title' in sources.yaml",
        )

    def _publication_id(self, source: Source) -> str:
        slug = source.publication.slug
        address = f"{self.base}/publications"
        search = {"search": slug.replace("-", " ")}
        for publication in read_pages(self.web, address, PublicationAnswer, search, 40):
            if publication.slug == slug:
                return publication.id
        raise refused(
            "unknown_publication",
            source.name,
            f"no publication with the slug '{slug}'",
            "a publication that has data sets in the public API",
            "correct 'slug' in sources.yaml: it is the last part of the publication's address",
        )

    def _version(
        self, source: Source, data_set: DataSetAnswer, held: Version | None, accept_major: bool
    ) -> tuple[VersionAnswer, Finding | None]:
        """Return the version that the pin asks for, and what is odd about it."""
        pin = source.entry.version or "*"
        address = f"{self.base}/data-sets/{data_set.id}/versions"
        if is_exact(pin):
            return read_answer(self.web, f"{address}/{pin}", VersionAnswer), None
        newest, allowed = _newest(source, data_set), allowed_major(pin, held)
        is_break = newest is not None and allowed is not None and newest.major > allowed
        if is_break and not accept_major and data_set.latest_version:
            raise self._break(source, data_set, pin, held, data_set.latest_version.version)
        accepted = newest.major if newest and is_break else None
        asked = pin_to_ask(pin, held, accepted)
        try:
            return read_answer(self.web, f"{address}/{asked}", VersionAnswer), None
        except RefusedStatusError as error:
            if error.status != 404:
                raise
        return self._newest_listed(source, address, asked)

    def _newest_listed(
        self, source: Source, address: str, pin: str
    ) -> tuple[VersionAnswer, Finding]:
        """Return the newest version on the list, for a pin under which nothing is published."""
        major = pin.split(".")[0]
        for version in read_pages(self.web, address, VersionAnswer, {}, 20):
            if major in ("*", version.version.split(".")[0]):
                advice = "look at the publisher's page of the data set before you rely on it"
                alert = warning(
                    "pin_without_version",
                    source.name,
                    f"no published version under {pin}; the newest listed is {version.version} "
                    f"({version.status})",
                    "a published version",
                    advice,
                )
                return version, alert
        raise refused(
            "pin_without_version",
            source.name,
            f"no version under {pin}",
            "a version that the publisher has published",
            "correct 'version' in sources.yaml",
        )

    def _break(
        self,
        source: Source,
        data_set: DataSetAnswer,
        pin: str,
        held: Version | None,
        newest: str,
    ) -> FetchError:
        before = f"version {held.major}.{held.minor} is held" if held else f"the pin is {pin}"
        broken = self._major_changes(data_set.id, newest)
        return refused(
            "major_version",
            source.name,
            f"version {newest}, a major version{broken}; {before}",
            "a version that changes nothing that is read",
            "read what changed on the publisher's page, then run again with --accept-major; "
            "until then the file that is held stays",
        )

    def _major_changes(self, data_set_id: str, version: str) -> str:
        """Return what a version breaks, in a few words; '' if the publisher does not say."""
        address = f"{self.base}/data-sets/{data_set_id}/versions/{version}/changes"
        try:
            changes = read_answer(self.web, address, ChangesAnswer).major_changes
        except (FetchError, RefusedStatusError):
            return ""
        counts = [
            f"{_WORDS[kind]} ({len(items)})"
            for kind, items in changes.items()
            if kind in _WORDS and isinstance(items, list) and items
        ]
        return f" that changes or removes {', '.join(counts)}" if counts else ""


def _held_version(held: LockEntry | None) -> Version | None:
    try:
        return Version.parse(held.version) if held else None
    except ValueError:
        return None  # the source was read from the website before


def _newest(source: Source, data_set: DataSetAnswer) -> Version | None:
    latest = data_set.latest_version
    try:
        return Version.parse(latest.version) if latest else None
    except ValueError as error:
        raise unreadable(
            "bad_answer", source.name, str(error), "a version like 1.1", "tell the publisher"
        ) from None


def _standing(source: Source, data_set: DataSetAnswer) -> list[Finding]:
    """Refuse a data set that was withdrawn; warn of one that is not kept up."""
    if data_set.status == "Withdrawn":
        raise _withdrawn(source, "the data set", None)
    if data_set.status != "Deprecated":
        return []
    other = data_set.superseding_data_set_id
    advice = f"move to the data set {other} in sources.yaml" if other else "look for another"
    return [
        warning("deprecated", source.name, "a data set that is deprecated", "one kept up", advice)
    ]


def _withdrawn(source: Source, what: str, notes: str | None) -> FetchError:
    said = f" ({quoted(notes)})" if notes else ""
    return refused(
        "withdrawn",
        source.name,
        f"{what} was withdrawn by the publisher{said}",
        "figures that the publisher stands by",
        "do not load the file if you hold it; if it was loaded, see `outcomes release redact`",
    )
