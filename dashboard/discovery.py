"""What programs that follow links ask first: /robots.txt and /sitemap.xml."""

from html import escape
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.answers import ApiError
from dashboard.client import ApiClient
from dashboard.practice import PracticeWatch

_FIXED: Final = ("/", "/areas", "/pairs", "/about", "/api/docs")
_KEPT: Final = {"Cache-Control": "public, max-age=3600"}
_OF_ITS_HOST: Final = {"Cache-Control": "private, no-store"}
"""For where nobody has said what our address is: the host that the request named is told then."""


class Discovery:
    """Answers both, from the lists that pages hold already."""

    def __init__(self, client: ApiClient, watch: PracticeWatch, public_url: str = "") -> None:
        self._client = client
        self._watch = watch
        self._public_url = public_url
        self._headers = _KEPT if public_url else _OF_ITS_HOST

    def _base(self, request: Request) -> str:
        return self._public_url or str(request.base_url).rstrip("/")

    async def robots(self, request: Request) -> Response:
        """Let programs follow all pages; none where every figure is made up."""
        is_practice = await self._watch.is_practice()
        sitemap = f"{self._base(request)}/sitemap.xml"
        rule = "Disallow: /" if is_practice else f"Allow: /\nSitemap: {sitemap}"
        return PlainTextResponse(f"User-agent: *\n{rule}\n", headers=self._headers)

    async def sitemap(self, request: Request) -> Response:
        """Name every page that stands for itself: indicators, authorities, pairs."""
        try:
            release = await self._client.release("")
            library = await self._client.library(release.meta)
            pairs = await self._client.pairs(release.meta["release"])
        except ApiError as error:
            return PlainTextResponse(f"{error.title}\n", status_code=503)
        paths = [
            *_FIXED,
            *(f"/indicators/{quote(id)}" for id in library.indicators),
            *(f"/areas/{quote(area['code'])}" for area in library.authorities),
            *(f"/pairs/{quote(pair['id'])}" for pair in pairs.data),
        ]
        text = _urls(self._base(request), paths, release.meta["published_at"])
        return Response(text, headers=self._headers, media_type="application/xml")


def _urls(base: str, paths: list[str], changed: str) -> str:
    pages = "\n".join(
        f"<url><loc>{escape(base + path)}</loc><lastmod>{escape(changed)}</lastmod></url>"
        for path in paths
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    head = '<?xml version="1.0" encoding="utf-8"?>'
    return f'{head}\n<urlset xmlns="{space}">\n{pages}\n</urlset>\n'
