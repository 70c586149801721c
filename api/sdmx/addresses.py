"""What a request of SDMX is for: the parts of its path, its form, its lasting address."""

from typing import Final
from urllib.parse import quote, unquote

from starlette.types import Scope

from api.contract import Paths

SDMX_PATH: Final = "/sdmx/2.1"
"""Inside the application, which may be mounted anywhere."""
PUBLIC_PATH: Final = Paths.SDMX

GENERIC: Final = "sdmx-generic"
SPECIFIC: Final = "sdmx-specific"
CSV: Final = "sdmx-csv"
JSON: Final = "sdmx-json"
STRUCTURE: Final = "structure"

_DATA: Final = {
    "*/*": GENERIC,
    "application/*": GENERIC,
    "application/xml": GENERIC,
    "text/xml": GENERIC,
    "text/html": GENERIC,
    "text/*": CSV,
    "application/vnd.sdmx.genericdata+xml": GENERIC,
    "application/vnd.sdmx.structurespecificdata+xml": SPECIFIC,
    "application/vnd.sdmx.data+csv": CSV,
    "text/csv": CSV,
    "application/vnd.sdmx.data+json": JSON,
    "application/json": JSON,
}
_ANY_XML: Final = ("*/*", "application/*", "application/xml", "text/*", "text/xml", "text/html")
_STRUCTURES: Final = dict.fromkeys((*_ANY_XML, "application/vnd.sdmx.structure+xml"), STRUCTURE)
MEDIA_TYPES: Final = {
    GENERIC: "application/vnd.sdmx.genericdata+xml;version=2.1",
    SPECIFIC: "application/vnd.sdmx.structurespecificdata+xml;version=2.1",
    CSV: "application/vnd.sdmx.data+csv;version=1.0.0",
    JSON: "application/vnd.sdmx.data+json;version=1.0.0-wd",
    STRUCTURE: "application/vnd.sdmx.structure+xml;version=2.1",
}
_VERSIONS: Final = {GENERIC: "2.1", SPECIFIC: "2.1", STRUCTURE: "2.1", CSV: "1.0", JSON: "1.0"}
DATA: Final = "data"
OPEN_PARTS: Final = 9
"""The parts of a key after frequency, indicator and area."""


def is_sdmx(path: str) -> bool:
    """Say whether a path inside the application is one of SDMX."""
    return path == SDMX_PATH or path.startswith(f"{SDMX_PATH}/")


def parts_of(path: str) -> tuple[str, ...]:
    """Return a path inside the application in parts; a slash at its end is no part."""
    return tuple(part for part in path.removeprefix(SDMX_PATH).strip("/").split("/"))


def acceptable(path: str) -> tuple[str, ...]:
    """Return the media types with which a path can be asked for."""
    offered = _DATA if parts_of(path)[0] == DATA else _STRUCTURES
    return tuple(name for name in offered if "vnd.sdmx" in name)


def form_of(path: str, accept: str) -> str:
    """Return the form that a request prefers; blank where it accepts none of ours."""
    offered = _DATA if parts_of(path)[0] == DATA else _STRUCTURES
    best, form = 0.0, ""
    for part in (accept or "*/*").split(","):
        media_type, *parameters = (piece.strip() for piece in part.lower().split(";"))
        given = dict(text.partition("=")[::2] for text in parameters)
        found = offered.get(media_type, "")
        version = given.get("version", "")
        is_ours = bool(found) and version.startswith(_VERSIONS[found] if version else "")
        weight = _weight(given.get("q", "1"))
        if is_ours and weight > best:
            best, form = weight, found
    return form


def pinned(scope: Scope, release: str) -> str:
    """Return the address that goes on giving the answer of this very release."""
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    place = quote(f"{PUBLIC_PATH}{path.removeprefix(SDMX_PATH)}", safe="/:+,.@$!*")
    text = scope["query_string"].decode("latin-1")
    kept = [
        part
        for part in text.split("&")
        if part and unquote(part.partition("=")[0]) not in {"release", "as_of"}
    ]
    return f"{place}?{'&'.join([*kept, f'release={quote(release)}'])}"


def accept_of(scope: Scope) -> str:
    """Return what a request accepts."""
    headers = (value for name, value in scope.get("headers", ()) if name == b"accept")
    return b",".join(headers).decode("latin-1")


def example_key(indicator: str, area: str) -> str:
    """Return a key of yearly figures of one indicator and area, every breakdown and period."""
    return f"A.{indicator}.{area}{'.' * OPEN_PARTS}"


def _weight(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 1.0
