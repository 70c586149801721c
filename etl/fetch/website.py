"""Finding an edition on the publisher's website, for files that are not in the public API."""

from dataclasses import dataclass, field
from typing import Final

from etl.fetch.answers import (
    ApiAnswer,
    ListedFileAnswer,
    OneFileAnswer,
    PublicationAnswer,
    read_answer,
    read_pages,
)
from etl.fetch.editions import Edition
from etl.fetch.faults import FetchError, refused
from etl.fetch.lock import LockEntry
from etl.fetch.sources import Source
from etl.fetch.web import Web
from etl.findings import Finding, Place, Severity, printable, quoted
from etl.tables import has_file_name
from indicators.checked_files import suggestion

_PAGE_SIZE: Final = 40


@dataclass(frozen=True)
class Website:
    """The content API at one base address; a publication's list is asked for once in a run."""

    web: Web
    base: str
    lists: dict[str, tuple[ListedFileAnswer, ...]] = field(default_factory=dict)

    def edition(self, source: Source, held: LockEntry | None, *, accept_major: bool) -> Edition:
        """Return the file that the newest release has for a source; raises FetchError.

        There are no versions here: release and time of the last change stand for one.
        """
        if source.entry.data_set_file_id:
            return self._one(source, source.entry.data_set_file_id)
        file = self._listed(source)
        return Edition(
            data_set_id=file.id,
            data_set_title=file.title,
            version=f"{file.release.slug}, {file.last_updated.isoformat()}",
            release=file.release.slug,
            published=file.last_updated,
            file_id=file.file_id,
            file_name=file.filename,
            total_results=file.meta.num_data_file_rows,
            url=self._download(file.id),
            findings=_also_in_api(source, file.api),
        )

    def _one(self, source: Source, file_id: str) -> Edition:
        answer = read_answer(self.web, f"{self.base}/data-set-files/{file_id}", OneFileAnswer)
        release, name = answer.release, answer.file.name
        is_right = release.publication.slug == source.publication.slug
        if not is_right or (source.table and not has_file_name(source.table, name)):
            raise refused(
                "another_file",
                source.name,
                f"the file {quoted(name)} of {quoted(release.publication.slug)}",
                f"a file of {source.publication.slug} named {_names(source)}",
                "correct 'data_set_file_id' in sources.yaml",
            )
        return Edition(
            data_set_id=answer.id,
            data_set_title=answer.title,
            version=f"{release.slug}, {release.last_updated.isoformat()}",
            release=release.slug,
            published=release.last_updated,
            file_id=answer.file.id,
            file_name=name,
            total_results=answer.file.meta.num_data_file_rows,
            url=self._download(answer.id),
            findings=_also_in_api(source, answer.api),
        )

    def _download(self, file_id: str) -> str:
        return f"{self.base}/data-set-files/{file_id}/download"

    def _listed(self, source: Source) -> ListedFileAnswer:
        files = self._files(source.publication.slug)
        table = source.table
        found = [file for file in files if table and has_file_name(table, file.filename)]
        if len(found) != 1:
            raise _not_one(source, found, files)
        return found[0]

    def _files(self, slug: str) -> tuple[ListedFileAnswer, ...]:
        """Return the files of a publication's newest release."""
        if slug not in self.lists:
            address = f"{self.base}/publications/{slug}"
            publication = read_answer(self.web, address, PublicationAnswer)
            asked = {"publicationId": publication.id, "latestOnly": "true"}
            address = f"{self.base}/data-set-files"
            files = read_pages(self.web, address, ListedFileAnswer, asked, _PAGE_SIZE)
            self.lists[slug] = tuple(
                file for file in files if file.publication.slug == slug and file.latest_data
            )
        return self.lists[slug]


def _names(source: Source) -> str:
    return " or ".join(source.table.files) if source.table else "as before"


def _not_one(
    source: Source, found: list[ListedFileAnswer], files: tuple[ListedFileAnswer, ...]
) -> FetchError:
    if found:
        names = ", ".join(printable(file.filename) for file in found)
        said = f"{len(found)} files that could be it: {names}"
    else:
        wanted = source.table.files[0].replace("*", "") if source.table else ""
        near = suggestion(wanted, [file.filename for file in files])
        said = f"no such file among the {len(files)} of the newest release{near}"
    return refused(
        "file_not_listed",
        source.name,
        said,
        f"one file named {_names(source)}",
        "if the publisher renamed it, add the name to 'files' of "
        f"{source.table.id if source.table else 'the table'}; if it left the release, take the "
        "source out of sources.yaml",
    )


def _also_in_api(source: Source, api: ApiAnswer | None) -> tuple[Finding, ...]:
    if api is None:
        return ()
    found = f"the same file is in the public API as {quoted(api.id)}, version {quoted(api.version)}"
    advice = "name it in sources.yaml as 'data_set_id' to have its versions checked"
    return (Finding("also_in_api", Severity.NOTE, Place(source.name), found, advice=advice),)
