"""Asking for shapes of areas, and a home folder that has some."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any, cast

from starlette.testclient import TestClient

from etl.boundaries.commands import Origin, load_boundaries
from etl.settings import Settings
from indicators.snapshot import ReleaseCard
from indicators.snapshot_writer import ReleaseContents, write_snapshot
from reference.areas import AreaKind
from reference.places import PlaceSet
from tests.api import world
from tests.shapes import DAY, write_squares

WORDS = "Source: A survey. Contains A survey's data."
FIGURE = {"indicator": "a_share_pct", "period": "RY2025"}


def load(home: Path, files: Path, kind: AreaKind = AreaKind.AUTHORITY, day: date = DAY) -> None:
    settings = Settings(home=home, place_set="made_up")
    path = write_squares(files, world.places(), kind)
    _, code = load_boundaries(path, settings, Origin(day, "A survey", "A licence", WORDS))
    assert code == 0


def asked(client: TestClient, **query: str) -> dict[str, Any]:
    answer = client.get("/api/v1/boundaries.geojson", params=query)
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["content-type"] == "application/geo+json"
    return cast(dict[str, Any], answer.json())


def write_release_of(home: Path, places: PlaceSet) -> None:
    """Write a release of other places that holds one figure."""
    one = {**world.cell(world.SHARE, "RY2025", places.country.code, 1, 2), "updated_release": "a"}
    contents = ReleaseContents(
        card=ReleaseCard(id=world.NEW, place_set=places.id),
        places=places,
        indicators=world.INDICATORS,
        sources=world.SOURCES,
        cells={name: [value] for name, value in one.items()},
    )
    digest = write_snapshot(home / "snapshots", contents)
    world.list_releases(home, world.NEW, world.listed(world.NEW, digest))


def codes(found: dict[str, Any]) -> list[str]:
    return [feature["id"] for feature in found["features"]]


def properties(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {feature["id"]: feature["properties"] for feature in found["features"]}


def refused(client: TestClient, status: int = 400, **query: str) -> dict[str, Any]:
    answer = client.get("/api/v1/boundaries", params=query)
    assert answer.status_code == status, answer.text[:300]
    return cast(dict[str, Any], answer.json())


def copy_with_boundaries(home: Path, folder: Path, files: Path) -> Path:
    """Copy a home folder and load boundaries of authorities and regions into the copy."""
    shutil.copytree(home, folder)
    for kind in (AreaKind.AUTHORITY, AreaKind.REGION):
        load(folder, files, kind)
    return folder
