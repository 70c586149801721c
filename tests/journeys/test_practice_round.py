"""A whole round of practice: one command, and what was planted is there to be found."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

pytest.importorskip("indicators.store.freezing")  # until the steps of a release are there

from indicators.releases import read_releases
from outcomes import app
from tests.journeys.public import public_over, rows


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("practice") / "home"
    words = ["practice", "--home", str(folder), "--years", "1"]
    result = CliRunner().invoke(app, words, env={"OUTCOMES_DATABASE_URL": ""})
    assert result.exit_code == 0, result.output
    assert "459 returns accepted" in result.output
    assert "1 files refused" in result.output
    return folder


def test_it_publishes_one_marked_release(home: Path) -> None:
    held = read_releases(home / "releases.json")
    assert held is not None
    assert held.is_practice
    assert [entry.id for entry in held.releases] == ["practice-RY2025"]


def test_every_row_says_that_it_is_made_up(home: Path) -> None:
    with public_over(home) as client:
        found = rows(client, period="all", area="authority")
        assert {row["release"] for row in found} == {"practice-RY2025"}
        sent = {row["source"] for row in found if row["status"] == "ok"}
        assert all(source.startswith(("practice_", "computed")) for source in sent)


def test_what_is_planted_is_found(home: Path) -> None:
    told = json.loads((home / "stories.json").read_text())["stories"]
    unreliable = next(story for story in told if story["kind"] == "unreliable")
    with public_over(home) as client:
        [row] = rows(
            client,
            indicator="rereferral_12m_pct",
            area=unreliable["authority"],
            period="latest_provisional",
        )
    assert row["status"] == "unreliable_withheld"


def test_a_second_round_does_not_overwrite_the_first(home: Path) -> None:
    result = CliRunner().invoke(app, ["practice", "--home", str(home)])
    assert result.exit_code == 2
    assert "holds a round already" in result.output
