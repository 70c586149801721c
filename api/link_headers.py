"""The `Link` header of an answer (RFC 8288): its versions, forms, licence, card and service."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from api.asking import RELEASES_PATH, Asked, address_of, pinned_address, query_text
from api.citing import citing_links
from api.contract import Paths
from api.formats import FORMATS
from api.opened import OpenRelease
from api.registry import LATEST
from api.release_files import file_named
from indicators.export import DESCRIPTOR

LONG: Final = 1_000
"""Characters of a query beyond which only the lasting address and the next page are linked: a
link repeats the query, and servers between refuse long headers."""
INDICATOR: Final = "indicator"
CURSOR: Final = "cursor"
"""A page of an answer: no other release has that page."""


def link_header(asked: Asked, next_url: str | None = None) -> str:
    """Return the links of an answer."""
    links = [f'<{asked.pinned_url}>; rel="canonical"', _of_release(asked.release)]
    if next_url:
        links.append(f'<{next_url}>; rel="next"')
    if len(asked.asked_as) <= LONG and CURSOR not in asked.query:
        links += _of_query(asked)
    return ", ".join(links)


def _of_query(asked: Asked) -> Iterator[str]:
    """Give the same question to other releases, and its answer in other forms (RFC 5829)."""
    yield f'<{_latest(asked)}>; rel="latest-version"'
    beside = asked.state.beside.get(asked.release.id, ())
    for rel, release in zip(("predecessor", "successor"), beside, strict=False):
        if release:
            yield f'<{_to_release(asked, release)}>; rel="{rel}-version"'
    for form in asked.formats:
        if form != asked.format:
            media_type = FORMATS[form].media_type.partition(";")[0]
            yield f'<{asked.url(form)}>; rel="alternate"; type="{media_type}"'
    indicators = asked.query.all(INDICATOR)
    if len(indicators) == 1:
        card = Paths.INDICATOR.format(id=quote(indicators[0], safe=""))
        yield f'<{card}?release={quote(asked.release.id)}>; rel="describedby"'


def _to_release(asked: Asked, release: str) -> str:
    return pinned_address(asked.path, asked.query, asked.asked_as, asked.format, release)


def _latest(asked: Asked) -> str:
    """Return the address that goes on giving the latest release."""
    if asked.path.startswith(RELEASES_PATH):
        return _to_release(asked, LATEST)
    if "release" not in asked.query and "as_of" not in asked.query:
        return asked.url()
    query = asked.query.without("release", "as_of", "format")
    return address_of(asked.path, query_text(query), asked.format)


def _of_release(release: OpenRelease) -> str:
    """Return the links that all answers of a release share; made once for each."""
    found: str | None = release.kept.get(link_header)
    if found is None:
        package = file_named(release, DESCRIPTOR)
        here = Paths.RELEASE.format(release=quote(release.id))
        described = (f'<{here}/files/{package.name}>; rel="describedby"',) if package else ()
        found = release.kept[link_header] = ", ".join(
            (*citing_links(release), *described, *_SERVICE)
        )
    return found


_SERVICE: Final = (
    f'<{Paths.DOCS}>; rel="service-doc"',
    f'<{Paths.OPENAPI}>; rel="service-desc"',
    f'<{Paths.SERVICE}>; rel="index"',
)
