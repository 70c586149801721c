"""What docs/fetch.md shows is what the command says, against the stand-in."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl.settings import Settings
from outcomes import app
from tests.etl.fetch.publisher import Publisher
from tests.tree import ROOT

TEXT = (ROOT / "docs" / "fetch.md").read_text("utf-8")


def steps() -> list[tuple[str, list[str]]]:
    """The commands with what the page expects; those with a placeholder are left out."""
    blocks = re.findall(r"^    (outcomes .*)\n((?:    # -> .*\n)*)", TEXT, re.MULTILINE)
    told = [(command, re.findall(r"# -> (.*)", lines)) for command, lines in blocks]
    return [step for step in told if "FOLDER" not in step[0]]


def test_the_worked_example_gives_what_the_page_says(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.slug = "children-in-need"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OUTCOMES_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OUTCOMES_FETCH_CONTENT_URL", f"{publisher.address}/api")
    assert len(steps()) == 4
    for command, expected in steps():
        result = CliRunner().invoke(app, shlex.split(command)[1:])
        assert expected, command
        assert [told for told in expected if told not in result.output] == [], result.output


def test_the_page_names_every_setting_with_its_default() -> None:
    for name in ("fetch_api_url", "fetch_content_url"):
        default = Settings.model_fields[name].default
        assert f"| `OUTCOMES_{name.upper()}` | `{default}` |" in TEXT
