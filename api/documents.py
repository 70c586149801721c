"""The documents for people: Swagger UI from our own host, under a strict content policy."""

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from api.answers import FOR_EVER
from api.asking import state_of
from api.problems import KINDS, not_found
from indicators.practice import NOTICE

VENDOR: Final = Path(__file__).parent / "vendor"
SCRIPT, STYLE = "swagger-ui-bundle.js", "swagger-ui.css"

# Swagger UI sets style attributes and shows its arrows as data: images; nothing else is allowed.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'none'"
)
MEDIA_TYPES: Final = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
ENCODED: Final = (("br", ".br"), ("gzip", ".gz"))

INIT: Final = """window.addEventListener("load", function () {
  const place = document.getElementById("swagger");
  window.SwaggerUIBundle({
    url: place.dataset.openapi,
    domNode: place,
    deepLinking: false,
    validatorUrl: null,
    syntaxHighlight: false,
  });
});
"""

STYLES: Final = """:root { color: #0b0c0c; background: #fff; font-family: system-ui, sans-serif; }
body { margin: 0; line-height: 1.5; }
main { max-width: 70rem; margin: 0 auto; padding: 1rem; }
a { color: #0b4f8a; }
a:focus-visible { outline: 3px solid #ffbf47; outline-offset: 2px; }
dt { font-weight: 700; margin-top: 0.75rem; }
dd { margin-left: 0; }
.swagger-ui .information-container, .swagger-ui .scheme-container { display: none; }
.beside { padding-left: 1.25rem; }
.swagger-ui .wrapper { padding: 0; }
.practice { margin: 0; padding: 0.6rem 1rem; background: #ffd866; border: 4px solid #0b0c0c;
  font-weight: 700; text-align: center; }
"""
"""Swagger UI's own title and choice of servers only repeat what the page says."""

PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>API – children's social care outcomes</title>
{head}
<link rel="stylesheet" href="{root}/docs/page.css">
</head>
<body>
{practice}<main>
<h1>Open indicator API</h1>
<p>Figures, definitions, comparisons and releases. Every answer says which release it is from;
<code>release=</code> gives that release again. Machine-readable description:
<a href="{openapi}">{openapi}</a>. Start at the <a href="{service}">service document</a>.</p>
<nav aria-label="Beside the API"><ul class="beside">
<li><a href="/">The dashboard</a>: the same figures on pages</li>
<li><a href="/about">About the data</a>: where figures come from, what is missing, how they are
compared</li>
<li>With the code of this service come guides whose commands you can copy:
<code>docs/first-steps.md</code>, <code>docs/api.md</code>, <code>docs/comparing.md</code>, and
<code>docs/recipes.md</code> for Excel, R, Python, QGIS and DuckDB; they are not served here</li>
</ul></nav>
{body}
<h2>Problems</h2>
<p>Errors are problem details (RFC 9457); their <code>type</code> ends in one of these words.</p>
<dl>
{problems}
</dl>
</main>
</body>
</html>
"""
PRACTICE_BANNER: Final = f'<p class="practice" role="note">{NOTICE}</p>\n'
MISSING: Final = (
    "<p>The interactive page is not here: its browser files have not been built. "
    "<code>make run</code> builds them; so does <code>python -m dashboard.build_assets</code>.</p>"
)


@dataclass(frozen=True)
class Vendor:
    """The browser files of others, by plain name."""

    folder: Path
    names: dict[str, str]

    @property
    def is_complete(self) -> bool:
        """Whether the page can be shown."""
        return {SCRIPT, STYLE} <= set(self.names)


def read_vendor(folder: Path = VENDOR) -> Vendor:
    """Read which files were built; none if the folder is not there."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    except FileNotFoundError:
        return Vendor(folder, {})
    names = {name: entry["file"] for name, entry in manifest.items()}
    return Vendor(folder, {n: f for n, f in names.items() if (folder / f).is_file()})


async def docs(request: Request) -> Response:
    """Answer with the page of documents."""
    vendor: Vendor = request.app.state.vendor
    root = request.scope.get("root_path", "")
    openapi = f"{root}/openapi.json"
    head, body = "", MISSING
    if vendor.is_complete:
        head = (
            f'<link rel="stylesheet" href="{root}/vendor/{vendor.names[STYLE]}">\n'
            f'<script src="{root}/vendor/{vendor.names[SCRIPT]}"></script>\n'
            f'<script src="{root}/docs/init.js"></script>'
        )
        body = f'<div id="swagger" data-openapi="{openapi}"></div>'
    problems = "\n".join(
        f'<dt id="{kind}"><code>{kind}</code></dt><dd>{escape(text)}</dd>'
        for kind, text in KINDS.items()
    )
    page = PAGE.format(
        root=root,
        practice=PRACTICE_BANNER if state_of(request).is_practice else "",
        head=head,
        body=body,
        openapi=openapi,
        service=f"{root}/v1/",
        problems=problems,
    )
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
    return HTMLResponse(page, headers=headers)


async def init_script(_: Request) -> Response:
    """Answer with the few lines that start Swagger UI; outside the page, as the policy wants."""
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(INIT, headers=headers, media_type=MEDIA_TYPES[".js"])


async def page_styles(_: Request) -> Response:
    """Answer with the few rules of the page."""
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(STYLES, headers=headers, media_type=MEDIA_TYPES[".css"])


async def vendor_file(request: Request) -> Response:
    """Answer with a browser file of others, compressed beforehand, cached for ever by its name."""
    vendor: Vendor = request.app.state.vendor
    name = request.path_params["name"]
    if name not in vendor.names.values():
        raise not_found(name, (), "a file of this page", "name")
    accepted = request.headers.get("accept-encoding", "")
    headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
    path = vendor.folder / name
    media_type = MEDIA_TYPES[path.suffix]
    for encoding, suffix in ENCODED:
        compressed = path.with_name(name + suffix)
        if encoding in accepted and compressed.is_file():
            headers["Content-Encoding"] = encoding
            return FileResponse(compressed, headers=headers, media_type=media_type)
    return FileResponse(path, headers=headers, media_type=media_type)
