"""The list of releases: replaced whole, and read without a database."""

import subprocess
import sys
from pathlib import Path

import pytest

from indicators.releases import (
    ReleaseEntry,
    ReleaseList,
    ReleasesError,
    read_releases,
    write_releases,
)

ENTRY = ReleaseEntry(
    id="now",
    kind="release",
    published_at="2026-11-23T09:30:00Z",
    published_on="2026-11-23",
    digest="0" * 64,
)
LIST = ReleaseList(place_set="made_up", latest="now", releases=(ENTRY,))


def test_what_was_written_is_read(tmp_path: Path) -> None:
    write_releases(tmp_path / "releases.json", LIST)
    assert read_releases(tmp_path / "releases.json") == LIST
    assert [path.name for path in tmp_path.iterdir()] == ["releases.json"]


def test_no_list_is_not_a_fault(tmp_path: Path) -> None:
    assert read_releases(tmp_path / "releases.json") is None


@pytest.mark.parametrize(
    ("content", "message"),
    [('{"releases": [', "cannot be read"), ('{"place_set": "x", "format": 9}', "has format 9")],
)
def test_a_damaged_or_newer_list_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "releases.json"
    path.write_text(content)
    with pytest.raises(ReleasesError, match=message):
        read_releases(path)


def test_a_reader_sees_the_old_list_until_the_new_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "releases.json"
    write_releases(path, LIST)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        write_releases(path, ReleaseList(place_set="made_up"))
    assert read_releases(path) == LIST


def test_reading_needs_neither_database_nor_data_frames() -> None:
    code = (
        "import sys, indicators.releases, indicators.snapshot;"
        "print(sorted({'pandas', 'sqlalchemy', 'alembic', 'scipy'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
