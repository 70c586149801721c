"""What `outcomes load boundaries` does: a text and an exit code."""

import hashlib
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.boundaries.drawing import draw_for_web, draw_full
from etl.boundaries.reading import Reading, ShapesError, UnreadableError, read_shapes
from etl.findings import ExitCode
from etl.settings import Settings
from indicators.lasting_files import replace_file, sync_folder
from reference.areas import AreaKind
from reference.boundaries import (
    FULL,
    LEVELS,
    WEB,
    BoundariesError,
    BoundarySet,
    index_bytes,
    index_path,
    read_index,
    shapes_path,
    with_set,
)
from reference.places import PlaceSet
from reference.placesets import load_place_set

Answer = tuple[str, int]


@dataclass(frozen=True)
class Origin:
    """Where shapes are from: as at which day, whose, under which licence, in which words."""

    as_at: date
    source: str
    licence: str
    attribution: str = ""

    @property
    def words(self) -> str:
        """The attribution, made from source and licence where none was given."""
        return self.attribution or f"Source: {self.source}. Licensed under the {self.licence}."


def load_boundaries(
    path: Path, settings: Settings, origin: Origin, level: str = "", column: str = ""
) -> Answer:
    """Read a file of shapes, hold it to the places, and keep it for the API; all or nothing."""
    if level and level not in LEVELS:
        return f"--level: '{level}' is none of {', '.join(LEVELS)}", ExitCode.USAGE
    places = load_place_set(settings.place_set)
    try:
        wanted = AreaKind(level) if level else None
        reading = read_shapes(path, places, origin.as_at, wanted, column)
    except UnreadableError as error:
        return str(error), ExitCode.UNREADABLE
    except ShapesError as error:
        findings = "\n".join(f"  {finding}" for finding in error.findings)
        return f"not loaded: {path.name}\n{findings}", ExitCode.REFUSED
    kept = keep(settings.home, places, reading, origin)
    return _report(path, reading, kept), ExitCode.OK


def keep(home: Path, places: PlaceSet, reading: Reading, origin: Origin) -> BoundarySet:
    """Write the shapes into a home folder and name them in its index; return what is held."""
    drawn = {WEB: draw_for_web(reading.shapes), FULL: draw_full(reading.shapes)}
    digest = hashlib.sha256(b"\0".join(drawn.values())).hexdigest()[:32]
    new = BoundarySet(
        digest=digest,
        place_set=places.id,
        level=str(reading.level),
        as_at=origin.as_at.isoformat(),
        source=origin.source,
        licence=origin.licence,
        attribution=origin.words,
        areas=len(reading.shapes),
        sizes={detail: len(content) for detail, content in drawn.items()},
    )
    for detail, content in drawn.items():
        shapes = shapes_path(home, digest, detail)
        shapes.parent.mkdir(parents=True, exist_ok=True)
        replace_file(shapes, content)
    index = index_path(home)
    held = with_set(_held(index), new)
    replace_file(index, index_bytes(held))
    _remove_others(index.parent, {one.digest for one in held})
    return new


def _held(index: Path) -> tuple[BoundarySet, ...]:
    """Return the sets of an index; one that cannot be read is written anew."""
    try:
        return read_index(index)
    except BoundariesError:
        return ()


def _remove_others(folder: Path, named: set[str]) -> None:
    for path in folder.iterdir():
        if path.is_dir() and path.name not in named:
            shutil.rmtree(path)
    sync_folder(folder)


def _report(path: Path, reading: Reading, kept: BoundarySet) -> str:
    left_out = (
        f"; {reading.left_out} rows are of other places or levels" if reading.left_out else ""
    )
    sizes = ", ".join(f"{detail} {size / 1000:.0f} kB" for detail, size in kept.sizes.items())
    return (
        f"loaded {path.name}: {kept.areas} {kept.level} areas as at {kept.as_at}, found by "
        f"'{reading.column}'{left_out}\n{sizes}\n"
        f"served within seconds at /api/v1/boundaries.geojson?level={kept.level}"
    )
