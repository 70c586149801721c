"""The resource /releases/{release}/citation: how to cite a release, for reference managers too."""

from collections.abc import Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_bytes, send_json
from api.asking import CITATION_FORMATS, FORMAT, ask
from api.citing import citation_block, citation_of
from api.parameters import described
from indicators.citation import Citation, as_bibtex, as_cff, as_ris

KNOWN: Final = described((FORMAT,))

_WRITTEN: Final[Mapping[str, Callable[[Citation], str]]] = {
    "bib": as_bibtex,
    "cff": as_cff,
    "ris": as_ris,
}


async def citation(request: Request) -> Response:
    """Answer with how to cite a release."""
    asked = await ask(request, KNOWN, CITATION_FORMATS, request.path_params["release"])
    write = _WRITTEN.get(asked.format)
    if write is None:
        return send_json(asked, dict(citation_block(asked.release)), formats=CITATION_FORMATS)
    return send_bytes(asked, write(citation_of(asked.release)).encode())
