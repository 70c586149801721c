"""The table of figures that ships: written from a loaded store, loaded into an empty one."""

import base64
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pydantic import TypeAdapter

from indicators.assembly import PublishedLoad
from indicators.cell_frames import as_cells, cells_digest
from indicators.model import Indicator
from indicators.shipped.packing import packed, unpacked
from indicators.snapshot import Source
from indicators.store.connect import Store
from indicators.store.contents import standing_releases
from indicators.store.documents import read_document
from indicators.store.drafting import ReleaseOutcome
from indicators.store.errors import StoreError
from indicators.store.history import cells_at
from indicators.store.making import publish_load
from indicators.store.publishing import Tell, silent
from indicators.store.records import read_ranges
from indicators.totals import COMPUTED_SOURCE
from indicators.vintages import HeldRange

SHIPPED_FILE: Final = Path(__file__).parent / "figures.parquet"
FORMAT: Final = 2
NOTE: Final = "The published figures that ship with the software"

_KEY: Final = b"outcomes"
_PAGE_BYTES: Final = 1 << 24


class ShippedError(StoreError):
    """The table that ships is missing, of another format or for another place set."""


@dataclass(frozen=True)
class About:
    """What the table says of itself; `release` is the id it is published under, always."""

    format: int
    release: str
    place_set: str
    sources: tuple[Source, ...]
    ranges: tuple[HeldRange, ...]
    cells_digest: str


_ABOUT: Final = TypeAdapter(About)


def write_shipped(
    store: Store, path: Path = SHIPPED_FILE, *, with_every_indicator: bool = True
) -> About:
    """Write the latest release of a store as the table that ships; the same store, same bytes.

    Totals that we compute are left out: loading computes them. Raises StoreError when there is
    no release, when it holds figures that authorities sent in, or when an indicator of its
    catalogue has no figures and every one is wanted.
    """
    with store.reading() as connection:
        standing = standing_releases(connection)
        if not standing:
            msg = "there is no release to ship; load the published figures first"
            raise StoreError(msg)
        latest = standing[-1]
        if latest.has_submissions:
            msg = f"release {latest.id} holds authorities' returns; only published figures ship"
            raise StoreError(msg)
        indicators = read_document(connection, "catalogue", latest.catalogue)
        sources: tuple[Source, ...] = read_document(connection, "sources", latest.sources)
        ranges = read_ranges(connection, with_pending=False)
        cells = cells_at(connection, latest.sequence)
    cells = as_cells(cells[cells["source"] != COMPUTED_SOURCE])
    if with_every_indicator:
        _check_complete(cells, indicators)
    used = {*cells["source"].unique(), *cells["held_in"].unique(), *(r.source for r in ranges)}
    kept = tuple(source for source in sources if source.id in used)
    about = About(
        format=FORMAT,
        release=f"shipped-{max(source.published_on for source in kept)}",
        place_set=store.places.id,
        sources=kept,
        ranges=_merged(ranges),
        cells_digest=cells_digest(cells),
    )
    _write(path, packed(cells, _by_id(indicators)), about)
    return about


def _check_complete(cells: pd.DataFrame, indicators: tuple[Indicator, ...]) -> None:
    """Refuse to ship a release that lacks an indicator of its own catalogue."""
    held = set(cells["indicator"].unique())
    lacking = [one.id for one in indicators if one.sources and one.id not in held]
    if lacking:
        shown = ", ".join(lacking[:_SHOWN]) + (" and more" if len(lacking) > _SHOWN else "")
        msg = (
            f"{len(lacking)} indicators of the catalogue have no figures in this release: {shown}; "
            "load the files that hold them too, published and reconstructed. Nothing is written"
        )
        raise StoreError(msg)


_SHOWN: Final = 5


def _write(path: Path, table: pa.Table, about: About) -> None:
    words = base64.b64encode(zlib.compress(_ABOUT.dump_json(about), 9))
    path.parent.mkdir(parents=True, exist_ok=True)
    encodings: dict[str, Any] = {
        "use_dictionary": _columns_of(table, pa.types.is_dictionary),
        "use_byte_stream_split": _columns_of(table, pa.types.is_int32),
    }
    pq.write_table(
        table.replace_schema_metadata({_KEY: words}),
        path,
        compression="zstd",
        compression_level=19,
        row_group_size=len(table) or 1,
        # One page a column, so that the packer sees repetitions between indicators.
        data_page_size=_PAGE_BYTES,
        write_statistics=False,
        **encodings,
    )


def _columns_of(table: pa.Table, is_kind: Callable[[pa.DataType], bool]) -> list[str]:
    return [field.name for field in table.schema if is_kind(field.type)]


def _merged(ranges: tuple[HeldRange, ...]) -> tuple[HeldRange, ...]:
    """Return the ranges once each, in order."""
    return tuple(sorted(set(ranges), key=lambda r: (r.source, r.indicator, r.first_period)))


def about_shipped(path: Path = SHIPPED_FILE) -> About:
    """Return what the table says of itself; raises ShippedError."""
    try:
        metadata = pq.read_schema(path).metadata or {}
    except FileNotFoundError as error:
        msg = f"the figures that ship are missing: {path.name}; install the software again"
        raise ShippedError(msg) from error
    about = _ABOUT.validate_json(zlib.decompress(base64.b64decode(metadata[_KEY])))
    if about.format != FORMAT:
        msg = f"{path.name} has format {about.format}; this version reads {FORMAT}"
        raise ShippedError(msg)
    return about


def read_shipped(
    indicators: tuple[Indicator, ...], path: Path = SHIPPED_FILE
) -> tuple[About, pd.DataFrame]:
    """Return the table and its cells (STORED_COLUMNS); indicators not catalogued are left out."""
    about = about_shipped(path)
    catalogue = _by_id(indicators)
    table = pq.read_table(path)
    known = pc.is_in(table.column("indicator").cast(pa.string()), pa.array(list(catalogue)))
    return about, unpacked(table.filter(known), catalogue)


def load_shipped(
    store: Store,
    indicators: tuple[Indicator, ...],
    *,
    path: Path = SHIPPED_FILE,
    tell: Tell = silent,
    now: datetime | None = None,
) -> ReleaseOutcome:
    """Publish the figures that ship under their own release id; raises ShippedError."""
    about, cells = read_shipped(indicators, path)
    if about.place_set != store.places.id:
        msg = f"the figures that ship are of '{about.place_set}', not of '{store.places.id}'"
        raise ShippedError(msg)
    known = {indicator.id for indicator in indicators}
    load = PublishedLoad(
        cells,
        about.sources,
        held_ranges=tuple(r for r in about.ranges if r.indicator in known),
    )
    return publish_load(
        store, load, indicators, release_id=about.release, note=NOTE, tell=tell, now=now
    )


def _by_id(indicators: tuple[Indicator, ...]) -> dict[str, Indicator]:
    return {indicator.id: indicator for indicator in indicators}
