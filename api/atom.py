"""Atom feeds (RFC 4287): entries to XML, escaped by the library, ids that never change."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from xml.etree import ElementTree as ET

ATOM: Final = "application/atom+xml"
_SPACE: Final = "http://www.w3.org/2005/Atom"
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMES: Final = uuid.UUID("8e6a52ab-8c0f-5a86-9b4a-2f1f6f0f0d11")
"""The namespace of our ids: any fixed one, so that the same thing has the same id for good."""
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One entry; `links` are addresses by their relation."""

    id: str
    title: str
    published: datetime
    updated: datetime
    summary: str
    links: Mapping[str, str]
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """A feed with its entries, the newest first; `base` is what stands before its addresses."""

    id: str
    title: str
    subtitle: str
    author: str
    rights: str
    base: str
    links: Mapping[str, str]
    entries: tuple[Entry, ...] = field(default=())


def lasting_id(*parts: str) -> str:
    """Return the id of a thing, wherever the service is found: the same parts, the same id."""
    return uuid.uuid5(_NAMES, "/".join(parts)).urn


def feed_bytes(feed: Feed) -> bytes:
    """Return a feed as XML."""
    root = ET.Element("feed", xmlns=_SPACE)
    updated = max((entry.updated for entry in feed.entries), default=_NEVER)
    _texts(root, id=feed.id, title=feed.title, subtitle=feed.subtitle, updated=_moment(updated))
    _texts(ET.SubElement(root, "author"), name=feed.author)
    _texts(root, rights=feed.rights)
    _links(root, feed.base, feed.links)
    for entry in feed.entries:
        _entry(ET.SubElement(root, "entry"), feed.base, entry)
    ET.indent(root, " ")
    text = ET.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _entry(element: ET.Element, base: str, entry: Entry) -> None:
    dates = {"published": _moment(entry.published), "updated": _moment(entry.updated)}
    _texts(element, id=entry.id, title=entry.title, **dates)
    for category in entry.categories:
        ET.SubElement(element, "category", term=category)
    _links(element, base, entry.links)
    _texts(element, summary=entry.summary)


def _texts(element: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        if text:
            ET.SubElement(element, name).text = _NOT_XML.sub("", text)


def _links(element: ET.Element, base: str, links: Mapping[str, str]) -> None:
    for rel, address in links.items():
        given = {"rel": rel, "href": f"{base}{address}"}
        ET.SubElement(element, "link", given | ({"type": ATOM} if rel == "self" else {}))


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries by their last change, the newest first."""
    return tuple(sorted(entries, key=lambda entry: entry.updated, reverse=True))
