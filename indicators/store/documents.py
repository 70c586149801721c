"""Texts that releases hold word for word, each kept once: places, catalogue, sources."""

import hashlib
from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa
from pydantic import TypeAdapter

from indicators.draft import DraftRelease
from indicators.snapshot import CATALOGUE, PLACES, SOURCES
from indicators.store.tables import document

SHAPES: Final[Mapping[str, TypeAdapter[Any]]] = {
    "places": PLACES,
    "catalogue": CATALOGUE,
    "sources": SOURCES,
}


def store_documents(connection: sa.Connection, draft: DraftRelease) -> dict[str, str]:
    """Keep the documents of a draft; return the digest of each by name."""
    content = {"places": draft.places, "catalogue": draft.indicators, "sources": draft.sources}
    return {
        name: _store(connection, shape.dump_json(content[name])) for name, shape in SHAPES.items()
    }


def _store(connection: sa.Connection, body: bytes) -> str:
    digest = hashlib.sha256(body).hexdigest()
    held = connection.scalar(sa.select(document.c.digest).where(document.c.digest == digest))
    if held is None:
        connection.execute(sa.insert(document).values(digest=digest, body=body))
    return digest


def read_document(connection: sa.Connection, name: str, digest: str) -> Any:
    """Return a document as the object it describes."""
    body = connection.scalar(sa.select(document.c.body).where(document.c.digest == digest))
    return SHAPES[name].validate_json(bytes(body or b""))
