"""Files for the browser, compressed once at the start and cached by browsers for ever."""

import gzip
import hashlib
import json
import mimetypes
import pkgutil
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, cast

import brotli
from dash import Dash
from dash.exceptions import DependencyException
from dash.fingerprint import check_fingerprint
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

ASSETS_PATH: Final = "/assets/"
SUITES_PATH: Final = "/_dash-component-suites/"
_FOREVER: Final = "public, max-age=31536000, immutable"
_JOINED: Final = {"theme.css": "css", "page.js": "js"}
"""Files that are sent as one, and the folder of assets that holds their parts."""
_OWN: Final = (*_JOINED, "icon.svg")
_FIGURE_LIBRARY: Final = "plotly.min.js"
_SERVER_ONLY: Final = ".ttf"
"""What dashboard/typesetting.py sets pictures and reports in; no page loads it."""
_SMALL: Final = 512
# Quality 9 takes 0.1 s for all of Dash's files and is within 4 % of quality 11, which takes 3 s.
_BROTLI_QUALITY: Final = 9


@dataclass(frozen=True)
class File:
    """One file as it is sent: its bytes, plain and compressed."""

    media_type: str
    plain: bytes
    gz: bytes
    br: bytes


def compressed(name: str, content: bytes) -> File:
    """Return a file with its compressed forms."""
    return File(
        media_type=_media_type(name),
        plain=content,
        gz=gzip.compress(content, 9, mtime=0),
        br=brotli.compress(content, quality=_BROTLI_QUALITY),
    )


class BrowserFiles:
    """All files that pages load: our own, those of others, and Dash's, held compressed."""

    def __init__(self) -> None:
        """Read and compress our files; raises FileNotFoundError where those of others lack."""
        folder = files("dashboard")
        self._names: dict[str, str] = {}
        self._held: dict[str, File] = {}
        for plain_name in _OWN:
            content = _own_content(folder.joinpath("assets"), plain_name)
            self._hold(plain_name, _name_by_content(plain_name, content), content)
        for plain_name, entry in _manifest(folder.joinpath("vendor")).items():
            if plain_name.endswith(_SERVER_ONLY):
                continue
            self._names[plain_name] = entry["file"]
            self._held[entry["file"]] = _built(folder.joinpath("vendor"), entry["file"])
        self._suites: dict[str, File] = {}
        self._dash: Dash | None = None

    def _hold(self, plain_name: str, name: str, content: bytes) -> None:
        self._names[plain_name] = name
        self._held[name] = compressed(name, content)

    def addresses(self) -> dict[str, str]:
        """Return the addresses that the document names."""
        named = {
            "bootstrap": "bootstrap.min.css",
            "theme": "theme.css",
            "script": "page.js",
            "icon": "icon.svg",
        }
        return {name: ASSETS_PATH + self._names[plain] for name, plain in named.items()}

    def hold_suites(self, app: Dash, document: str) -> None:
        """Compress the files of Dash that the document loads; others Dash serves when asked."""
        self._dash = app
        for address in re.findall(rf'src="{re.escape(SUITES_PATH)}([^"]+)"', document):
            package, _, path = address.partition("/")
            content = pkgutil.get_data(package, _without_fingerprint(path))
            self._suites[address] = compressed(path, content or b"")

    async def asset(self, request: Request) -> Response:
        """Answer with one of our files or of those of others."""
        file = self._held.get(request.path_params["name"])
        if file is None:
            return PlainTextResponse("There is no such file.", status_code=404)
        return respond(file, request)

    async def suite(self, request: Request) -> Response:
        """Answer with a file of Dash; the figure library is the small one that was built."""
        address: str = request.path_params["address"]
        if address in self._suites:
            return respond(self._suites[address], request)
        package, _, path = address.partition("/")
        if package == "plotly" and _without_fingerprint(path).endswith(_FIGURE_LIBRARY):
            return respond(self._held[self._names[_FIGURE_LIBRARY]], request)
        return self._from_dash(package, path, request)

    def _from_dash(self, package: str, path: str, request: Request) -> Response:
        try:
            if self._dash is None:
                raise DependencyException
            backend: Any = self._dash.backend
            served = backend.serve_component_suites(self._dash, package, path, request)
        except DependencyException:  # the package or the file is none of Dash's
            return PlainTextResponse("There is no such file.", status_code=404)
        return cast("Response", served)


def respond(file: File, request: Request) -> Response:
    """Return the form of a file that the browser accepts."""
    headers = {"Cache-Control": _FOREVER, "Vary": "Accept-Encoding"}
    accepted = request.headers.get("accept-encoding", "")
    content = file.plain
    if len(content) > _SMALL and "br" in accepted:
        headers["Content-Encoding"], content = "br", file.br
    elif len(content) > _SMALL and "gzip" in accepted:
        headers["Content-Encoding"], content = "gzip", file.gz
    return Response(content, media_type=file.media_type, headers=headers)


NOT_BUILT: Final = (
    "dashboard/vendor/manifest.json was not found; it is built, not tracked: "
    "run `python -m dashboard.build_assets`, or `make run`, which does"
)


def is_built(folder: Traversable | None = None) -> bool:
    """Say whether the browser files of others are there; NOT_BUILT says what to do if not."""
    return (folder or files("dashboard") / "vendor").joinpath("manifest.json").is_file()


def joined(folder: Traversable, name: str) -> bytes:
    """Return all files of a folder with the suffix of a name, that file first, then by name."""
    suffix = Path(name).suffix
    parts = [part for part in folder.iterdir() if part.name.endswith(suffix)]
    ordered = sorted(parts, key=lambda part: (part.name != name, part.name))
    return b"\n".join(part.read_bytes() for part in ordered)


def _own_content(assets: Traversable, name: str) -> bytes:
    if name in _JOINED:
        return joined(assets.joinpath(_JOINED[name]), name)
    return assets.joinpath(name).read_bytes()


def _manifest(folder: Traversable) -> Mapping[str, Mapping[str, str]]:
    try:
        text = folder.joinpath("manifest.json").read_text("utf-8")
    except FileNotFoundError:
        raise FileNotFoundError(NOT_BUILT) from None
    manifest: Mapping[str, Mapping[str, str]] = json.loads(text)
    return manifest


def _built(folder: Traversable, name: str) -> File:
    plain, gz, br = (folder.joinpath(name + form).read_bytes() for form in ("", ".gz", ".br"))
    return File(_media_type(name), plain, gz, br)


def _without_fingerprint(path: str) -> str:
    return str(check_fingerprint(path)[0])  # type: ignore[no-untyped-call]


def _name_by_content(name: str, content: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"


def _media_type(name: str) -> str:
    known = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
    suffix = Path(name).suffix
    return known.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")
