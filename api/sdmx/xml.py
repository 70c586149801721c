"""SDMX-ML as text: elements, escaping, namespaces, the header of a message."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape as _escaped

from api.answers import standing_of
from api.citing import citation_of
from api.opened import OpenRelease
from api.sdmx.names import AGENCY, AGENCY_NAME
from indicators.citation import citation_text
from indicators.practice import is_practice_release

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_BASE: Final = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
_NAMESPACES: Final = {
    "mes": f"{_BASE}/message",
    "com": f"{_BASE}/common",
    "str": f"{_BASE}/structure",
    "gen": f"{_BASE}/data/generic",
    "ss": f"{_BASE}/data/structurespecific",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
ENGLISH: Final = {"xml:lang": "en"}
_NO_ATTRIBUTES: Final[Mapping[str, str]] = {}
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_ID: Final = re.compile(r"[^A-Za-z0-9_@$-]")


def escape(text: str) -> str:
    """Return text for use in content or in an attribute; what XML cannot hold is left out."""
    marks = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
    return _escaped(_NOT_XML.sub("", text), marks)


def namespaces(*prefixes: str) -> dict[str, str]:
    """Return the declarations of some of the namespaces of SDMX-ML."""
    return {f"xmlns:{prefix}": _NAMESPACES[prefix] for prefix in prefixes}


def start(name: str, attributes: Mapping[str, str] = _NO_ATTRIBUTES) -> str:
    """Return the start of an element; attributes without content are left out."""
    told = "".join(f' {key}="{escape(text)}"' for key, text in attributes.items() if text)
    return f"<{name}{told}>"


def element(name: str, attributes: Mapping[str, str] = _NO_ATTRIBUTES, *content: str) -> str:
    """Return an element around content that is already XML."""
    inner = "".join(content)
    begin = start(name, attributes)
    return f"{begin}{inner}</{name}>" if inner else f"{begin[:-1]}/>"


def text_element(name: str, text: str) -> str:
    """Return an element in English; nothing where there is no text."""
    return element(name, ENGLISH, escape(text)) if text else ""


def plain(name: str, text: str) -> str:
    """Return an element around plain text."""
    return element(name, {}, escape(text))


def as_id(text: str) -> str:
    """Return a text as an id of SDMX."""
    return _NOT_ID.sub("_", text)


def head_of(release: OpenRelease, subject: str, structure: str = "", *, data: bool = False) -> str:
    """Return the header of a message; all of it follows from the release, so bytes stay the same.

    `structure` says of what structure the data are.
    """
    is_practice = is_practice_release(release.id)
    return element(
        "mes:Header",
        {},
        plain("mes:ID", as_id(f"{subject}-{release.id}")),
        plain("mes:Test", "true" if is_practice else "false"),
        plain("mes:Prepared", _moment(release.published_at)),
        element("mes:Sender", {"id": AGENCY}, text_element("com:Name", AGENCY_NAME)),
        structure,
        plain("mes:DataSetID", as_id(release.digest)) if data else "",
        plain("mes:Extracted", _moment(release.published_at)) if data else "",
        text_element("mes:Source", cited(release)) if data else "",
    )


def cited(release: OpenRelease) -> str:
    """Return where the data are from in one text: sdmx1 keeps only the last of several."""
    citation = citation_of(release)
    standing = standing_of(is_practice=citation.is_practice)
    lines = (citation_text(citation), citation.attribution, standing)
    return " ".join(f"{line.rstrip('.')}." for line in lines if line)


def _moment(text: str) -> str:
    """Return a time as XML Schema has it; releases carry ISO times."""
    return datetime.fromisoformat(text).isoformat(timespec="seconds")
