"""The address at which a reader reached this service, for code that runs somewhere else."""

import re
from contextvars import ContextVar
from typing import Final

from starlette.requests import HTTPConnection
from starlette.types import Scope

DOCUMENTED: Final = "http://127.0.0.1:8000"
"""Where the service listens when nobody says otherwise, as all documents have it."""
_ORIGIN: Final[ContextVar[str]] = ContextVar("origin", default=DOCUMENTED)
_PLAIN: Final = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+")


def note_origin(scope: Scope, public_url: str = "") -> None:
    """Remember where the request at hand came in; `public_url` is our address, where known.

    A host that is no plain name is not repeated: it would stand in code that readers run.
    """
    named = public_url or str(HTTPConnection(scope).base_url)
    origin = named.rstrip("/")
    _ORIGIN.set(origin if public_url or _PLAIN.fullmatch(origin) else DOCUMENTED)


def absolute(address: str) -> str:
    """Return an address of ours with its host."""
    return address if address.startswith(("http://", "https://")) else f"{_ORIGIN.get()}{address}"
