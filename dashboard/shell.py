"""The document around a page: head, header, footer, and what starts Dash."""

import json
import re
from dataclasses import dataclass, replace
from html import escape
from string import Template
from typing import Final

from dash import Dash
from dash.backends._fastapi import reset_current_request, set_current_request
from starlette.requests import Request

from api.contract import Paths
from dashboard.page import Page
from dashboard.prerender import to_html
from dashboard.words import citing

SITE: Final = citing.SITE
_NAVIGATION: Final = (
    ("/", "Overview"),
    ("/indicators", "Indicators"),
    ("/areas", "Authorities"),
    ("/compare", "Groups"),
    ("/heat", "Heat table"),
    ("/trends", "Trends"),
    ("/pairs", "Read together"),
    ("/data", "Data"),
    ("/releases", "Releases"),
    ("/methods", "Methods"),
)

_KEYS: Final = (
    ("/", "Search"),
    ("?", "This list"),
    ("[ and ]", "The view before and after, where a page has views"),
    ("g then o", "Overview"),
    ("g then i", "Indicators"),
    ("g then a", "Authorities"),
    ("g then y", "Your authority, where you have chosen one"),
    ("g then d", "Data"),
    ("g then m", "Methods"),
)
"""What assets/js/keys.js does, in words."""

_STANDING: Final = (
    "<strong>Not an official statistics publication.</strong> "
    "Figures are copied from published statistics, or made of what authorities sent and marked "
    "provisional; each page names its sources."
)
_PRACTICE_STANDING: Final = (
    "<strong>Not statistics at all.</strong> "
    "Figures were drawn by a computer, so that people can be trained and software tested."
)
_PRACTICE_TITLE: Final = "PRACTICE: "
_PRACTICE_BANNER: Final = """<div class="practice-banner" role="region" aria-label="Practice">
<p><strong>Practice.</strong> Every place and every figure here is made up.</p>
</div>
"""

# Dash fills {%app_entry%}, {%config%}, {%scripts%} and {%renderer%} once; ${names} are filled for
# each page.
# The first HTML is what a reader sees until Dash has painted the same page: see assets/page.js.
_DOCUMENT: Final = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${description}">
<meta name="theme-color" content="#12395b">
<link rel="icon" type="image/svg+xml" href="${icon}">
<link rel="stylesheet" href="${bootstrap}">
<link rel="stylesheet" href="${theme}">
<link rel="alternate" type="application/atom+xml" title="Releases" href="${feed}">
<script src="${script}"></script>
${linked_data}</head>
<body>
<a class="skip-link" href="#main">Skip to main content</a>
${practice}<header class="site-header">
<div class="container">
<a class="site-name" href="/">${site}</a>
<form class="site-search" action="/search" method="get" role="search" aria-label="Whole site">
<label class="visually-hidden" for="site-search">Search indicators, authorities and words</label>
<input id="site-search" type="search" name="q" autocomplete="off" placeholder="Search">
<button type="submit">Search</button>
</form>
<button type="button" id="menu-button" class="menu-button" aria-expanded="false"
 aria-controls="site-nav">Menu</button>
<nav id="site-nav" class="site-nav" aria-label="Main"><ul>${navigation}</ul></nav>
</div>
</header>
<aside class="container notice" aria-label="Standing of this service">
<p>${standing}</p>
<p id="own-area" class="own-area" hidden></p>
</aside>
<main id="main" class="container" tabindex="-1">
<div id="first">${first}</div>
<div id="painted" hidden>{%app_entry%}</div>
</main>
<div id="announcement" class="visually-hidden" role="status"></div>
<footer class="site-footer">
<div class="container">
<ul>
<li><a href="/about">About the data</a></li>
<li><a href="/definitions">Definitions</a></li>
<li><a href="/missing">Missing figures</a></li>
<li><a href="/sources">Data sources</a></li>
<li><a href="/own">Your own lists</a></li>
<li><a href="/api/docs">API</a></li>
<li><a href="/accessibility">Accessibility</a></li>
<li><button type="button" id="keys-button" class="plain-button needs-script-here">Keyboard
 shortcuts</button></li>
</ul>
<p>Contains public sector information licensed under the Open Government Licence v3.0.</p>
</div>
</footer>
<dialog id="keys" aria-labelledby="keys-title">
<h2 id="keys-title">Keyboard shortcuts</h2>
<dl>${keys}</dl>
<p><label><input type="checkbox" id="keys-off"> Turn these shortcuts off</label></p>
<form method="dialog"><button class="btn btn-primary">Close</button></form>
</dialog>
{%config%}
{%scripts%}
{%renderer%}
</body>
</html>
"""


@dataclass(frozen=True)
class Shell:
    """The document, ready for pages; `script_hashes` are those of its inline scripts."""

    document: Template
    script_hashes: tuple[str, ...]

    def fill(
        self, page: Page, path: str, *, is_practice: bool = False, linked_data: str = ""
    ) -> str:
        """Return the whole document of a page, marked where its figures are made up.

        `linked_data` is a script that describes the figures to programs; it is not run.
        """
        return self.document.substitute(
            title=escape(title_of(page)),
            practice=_PRACTICE_BANNER if is_practice else "",
            standing=_PRACTICE_STANDING if is_practice else _STANDING,
            description=escape(page.description),
            navigation=_navigation(path),
            linked_data=linked_data,
            first=to_html(page.content),
        )


def marked(page: Page, *, is_practice: bool) -> Page:
    """Return a page whose title says that its figures are made up, if they are."""
    return replace(page, title=f"{_PRACTICE_TITLE}{page.title}") if is_practice else page


def title_of(page: Page) -> str:
    """Return what the window is called."""
    return page.title if page.title.endswith(SITE) else f"{page.title} – {SITE}"


def build_shell(app: Dash, addresses: dict[str, str]) -> Shell:
    """Have Dash write its document once, and return it as a template.

    `addresses` are those of `bootstrap`, `theme`, `script` and `icon`.
    """
    app.index_string = _DOCUMENT
    document = _without_websocket(_written_by_dash(app))
    prepared = Template(document).safe_substitute(
        site=escape(SITE), feed=Paths.RELEASES_FEED, keys=_keys(), **addresses
    )
    return Shell(Template(prepared), tuple(app.csp_hashes()))


def _written_by_dash(app: Dash) -> str:
    # Dash reads the request it answers; it makes nothing of it where pages are ours.
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    token = set_current_request(Request(scope))  # type: ignore[no-untyped-call]
    try:
        # Scripts of components and the list of callbacks are gathered before the first answer.
        app._setup_server()  # type: ignore[no-untyped-call]
        return str(app.index())  # type: ignore[no-untyped-call]
    finally:
        reset_current_request(token)  # type: ignore[no-untyped-call]


def _without_websocket(document: str) -> str:
    """Take the websocket out of Dash's settings: its worker would connect and do nothing."""
    pattern = r'(<script id="_dash-config"[^>]*>)(.*?)(</script>)'

    def cleaned(found: re.Match[str]) -> str:
        settings = json.loads(found[2])
        settings.pop("websocket", None)
        # A dollar sign would be taken for the mark of a name in the template.
        text = json.dumps(settings).replace("<", "\\u003c").replace("$", "\\u0024")
        return f"{found[1]}{text}{found[3]}"

    return re.sub(pattern, cleaned, document, count=1, flags=re.DOTALL)


def _keys() -> str:
    return "".join(
        f"<div><dt><kbd>{escape(key)}</kbd></dt><dd>{escape(words)}</dd></div>"
        for key, words in _KEYS
    )


def _navigation(path: str) -> str:
    return "".join(
        f'<li><a href="{address}"{_current(address, path)}>{escape(words)}</a></li>'
        for address, words in _NAVIGATION
    )


def _current(address: str, path: str) -> str:
    is_current = path == address or (address != "/" and path.startswith(f"{address}/"))
    return ' aria-current="page"' if is_current else ""
