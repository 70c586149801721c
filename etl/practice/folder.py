"""The folder of a round of practice: the packages as authorities send them, and the stories."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import orjson

from etl.practice.packages import Practice
from etl.practice.sending import CHILD_FILE, Sending
from etl.practice.stories import Story, listed_stories
from indicators.practice import NOTICE
from reference.places import PlaceSet

STORIES: Final = "stories.json"
PACKAGES: Final = "packages"


def write_sendings(folder: Path, period: str, sent: Iterable[Sending]) -> int:
    """Write packages into `packages/PERIOD/AUTHORITY/COLLECTION`; return how many."""
    written = 0
    for one in sent:
        target = folder / PACKAGES / period / one.authority / one.collection
        for package in filter(None, (one.first, one.package)):
            _write(target / package.name, package)
            written += 1
        if one.records is not None:
            (target / CHILD_FILE).write_bytes(one.records)
    return written


def _write(target: Path, package: Practice) -> None:
    target.mkdir(parents=True, exist_ok=True)
    (target / "data.csv").write_bytes(package.table)
    (target / "manifest.json").write_bytes(package.manifest)


def write_stories(folder: Path, stories: tuple[Story, ...], places: PlaceSet) -> Path:
    """Write what is planted, for trainers and machines to look for."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {
        "notice": NOTICE,
        "place_set": places.id,
        "stories": listed_stories(stories, places),
    }
    path = folder / STORIES
    path.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n")
    return path
