"""What the publisher's two interfaces answer, as far as it is needed; more is ignored."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic.alias_generators import to_camel

from etl.fetch.faults import FetchError, refused, unreadable
from etl.fetch.retries import retrying
from etl.fetch.web import Web
from etl.findings import quoted

# Becomes part of addresses, so it must be what it says.
AnswerId = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{1,64}$")]

VersionNumber = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,6}(\.[0-9]{1,6}){1,2}$")]


class Answer(BaseModel):
    """A part of an answer: names in camel case, fields that are not used left out."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=to_camel, populate_by_name=True
    )


AnswerModel = TypeVar("AnswerModel", bound=Answer)


class Paging(Answer):
    """Where a page stands among all."""

    total_pages: int


class Page(Answer, Generic[AnswerModel]):
    """One page of a list."""

    paging: Paging
    results: tuple[AnswerModel, ...]


class PublicationAnswer(Answer):
    """A publication, in either interface."""

    id: AnswerId
    slug: str


class FileAnswer(Answer):
    """The file behind a version."""

    id: AnswerId


class ReleaseAnswer(Answer):
    """The release that a file came out with."""

    slug: str


class LatestVersionAnswer(Answer):
    """The newest version of a data set, in short."""

    version: str


class DataSetAnswer(Answer):
    """A data set of the public API."""

    id: AnswerId
    title: str
    status: str
    superseding_data_set_id: str | None = None
    latest_version: LatestVersionAnswer | None = None


class VersionAnswer(Answer):
    """One version of a data set of the public API."""

    version: VersionNumber
    status: str
    published: datetime | None = None
    notes: str | None = None
    total_results: int
    file: FileAnswer
    release: ReleaseAnswer


class ChangesAnswer(Answer):
    """What a version changes; only the part that breaks what reads it."""

    major_changes: Mapping[str, Any] = {}


class FileMetaAnswer(Answer):
    """What is said of the content of a file."""

    num_data_file_rows: int | None = None


class ApiAnswer(Answer):
    """The data set of the public API that holds the same file."""

    id: str
    version: str


class ListedFileAnswer(Answer):
    """A file in the list of the website."""

    id: AnswerId
    file_id: AnswerId
    filename: str
    title: str
    publication: PublicationAnswer
    release: ReleaseAnswer
    latest_data: bool
    last_updated: datetime
    meta: FileMetaAnswer
    api: ApiAnswer | None = None


class OneFileReleaseAnswer(ReleaseAnswer):
    """The release of one file, where it is asked for alone."""

    publication: PublicationAnswer
    last_updated: datetime


class OneFileContentAnswer(Answer):
    """The file itself, where it is asked for alone."""

    id: AnswerId
    name: str
    meta: FileMetaAnswer


class OneFileAnswer(Answer):
    """A file of the website that is asked for alone."""

    id: AnswerId
    title: str
    release: OneFileReleaseAnswer
    file: OneFileContentAnswer
    api: ApiAnswer | None = None


Params = Mapping[str, str | int]
_JSON: Final = {"Accept": "application/json"}


def read_answer(
    web: Web, url: str, model: type[AnswerModel], params: Params | None = None
) -> AnswerModel:
    """Ask for a small answer, again if need be; raises FetchError or RefusedStatusError."""
    body = retrying(url, lambda: _body(web, url, params), web.limits, web.clock)
    try:
        return model.model_validate(json.loads(body))
    except ValidationError as error:
        fault = error.errors()[0]
        field = ".".join(map(str, fault["loc"])) or "the whole answer"
        raise _not_understood(url, f"{field}: {fault['msg']}") from None
    except (ValueError, RecursionError):
        start = body[:60].decode("utf-8", "replace")
        raise _not_understood(url, f"text that is not JSON, {quoted(start)}") from None


def read_pages(
    web: Web, url: str, model: type[AnswerModel], params: Params, page_size: int
) -> Iterator[AnswerModel]:
    """Yield what a list holds, page after page."""
    for number in range(1, web.limits.pages + 1):
        asked = {**params, "page": number, "pageSize": page_size}
        page = read_answer(web, url, Page[model], asked)  # type: ignore[valid-type]
        yield from page.results
        if number >= page.paging.total_pages:
            return
    pages = f"more than {web.limits.pages} pages"
    raise _not_understood(url, pages)


def _body(web: Web, url: str, params: Params | None) -> bytes:
    body = bytearray()
    with web.opened(url, params, _JSON) as response:
        for piece in response.iter_bytes():
            body += piece
            if len(body) > web.limits.json_bytes:
                raise refused(
                    "too_large",
                    url,
                    f"an answer of more than {web.limits.json_bytes:,} bytes",
                    "a short description",
                    "look at the address in a browser; tell the publisher if it is theirs",
                )
    return bytes(body)


def _not_understood(url: str, found: str) -> FetchError:
    return unreadable(
        "bad_answer",
        url,
        found,
        "the JSON that the publisher documents",
        "open the address in a browser: if it shows a sign-in or error page, a proxy answers; "
        "if it shows data, the interface has changed and the fetcher needs a new version",
    )
