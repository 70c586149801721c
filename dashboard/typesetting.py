"""Sets a document in Typst's language as a PDF or as pictures, in our own font.

Nothing of the system is needed or read: the font is built into dashboard/vendor, the files of a
document are handed over in memory, and no package is ever fetched, as no source imports one.
"""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import typst

from dashboard.static import NOT_BUILT

FONT: Final = "Source Sans 3"
WEIGHTS: Final = (400, 600, 700)
"""The weights that are there: regular, semibold and bold, none of them in italics."""
_VENDOR: Final = str(Path(__file__).with_name("vendor"))
_MAIN: Final = "main.typ"
_POINTS_PER_INCH: Final = 72
# A document takes 20 ms of one core; more threads than cores would only keep pages waiting.
_THREADS: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="typesetting")

Format = Literal["pdf", "png"]


async def typeset(
    source: str,
    files: Mapping[str, bytes] | None = None,
    format: Format = "pdf",
    *,
    scale: float = 2,
    dated: datetime | None = None,
    standards: Sequence[str] = (),
) -> bytes:
    """Return a document as PDF, or its only page as PNG of `scale` pixels per point.

    `files` are what the source names, such as pictures. `dated` is the date that a PDF bears, by
    which the same source gives the same bytes; without it, the time of its making. `standards` are
    those that a PDF must meet, such as `ua-1`. Raises typst.TypstError where the source is wrong,
    which is a fault of ours.
    """
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(
        _THREADS, _compiled, source, files or {}, format, scale, dated, tuple(standards)
    )


def _compiled(
    source: str,
    files: Mapping[str, bytes],
    format: Format,
    scale: float,
    dated: datetime | None,
    standards: tuple[Any, ...],
) -> bytes:
    documents: Any = {_MAIN: source.encode(), **files}
    made = typst.compile(
        documents,
        format=format,
        ppi=scale * _POINTS_PER_INCH,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        timestamp=dated,
        pdf_standards=list(standards),
    )
    if not isinstance(made, bytes):
        raise ValueError(f"a {format} of one page was asked for, and {made and len(made)} made")
    return made


@cache
def _fonts() -> typst.Fonts:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[_VENDOR]
    )
    if FONT not in fonts.families():  # a page would be set without any letters
        raise FileNotFoundError(NOT_BUILT)
    return fonts


def literal(text: str) -> str:
    """Return a text as a string of Typst's language, in which nothing is markup."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
