"""How an answer is cited: the block in its `meta`, and the links in its headers."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import pyarrow as pa

from api.contract import Paths
from api.opened import OpenRelease
from indicators.citation import Citation, as_key_values, citation_fields, cite

_KEY: Final = "citation"


def release_url(release: OpenRelease) -> str:
    """Return the lasting address of a release, which is what is cited."""
    return f"{release.public_url}{Paths.RELEASE.format(release=quote(release.id))}"


def citation_of(release: OpenRelease) -> Citation:
    """Return how a release is cited; made once and kept with it."""
    found: Citation | None = release.kept.get(_KEY)
    if found is None:
        found = release.kept[_KEY] = cite(
            release.snapshot,
            published_on=release.published_on,
            digest=release.digest,
            url=release_url(release),
        )
    return found


def citation_block(release: OpenRelease) -> Mapping[str, Any]:
    """Return the block that every answer carries; made once and kept with the release."""
    key = (_KEY, "block")
    found: Mapping[str, Any] | None = release.kept.get(key)
    if found is None:
        found = release.kept[key] = citation_fields(citation_of(release))
    return found


def cited(schema: pa.Schema, release: OpenRelease) -> pa.Schema:
    """Return the schema of a table with the citation as its metadata, each field a text."""
    key = (_KEY, "texts")
    found: dict[str, str] | None = release.kept.get(key)
    if found is None:
        found = release.kept[key] = as_key_values(citation_of(release))
    return schema.with_metadata(found)


def citing_links(release: OpenRelease) -> tuple[str, ...]:
    """Return the links by which a plain file says what to cite, its licence and what it is of."""
    key = (_KEY, "links")
    found: tuple[str, ...] | None = release.kept.get(key)
    if found is None:
        licences = (one.url for one in citation_of(release).licences)
        found = release.kept[key] = (
            f'<{release_url(release)}>; rel="cite-as"',
            *(f'<{url}>; rel="license"' for url in licences if url),
            f'<{Paths.CITATION.format(release=quote(release.id))}>; rel="describedby"',
        )
    return found
