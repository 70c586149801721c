"""What the documents tell a newcomer to do works, on the figures that ship."""

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from outcomes import app
from tests.journeys.public import public_over
from tests.tree import ROOT

DOCUMENTS = tuple(
    ROOT / "docs" / f"{name}.md"
    for name in ("first-steps", "comparing", "api", "asking", "formats", "sdmx", "files", "http")
)


@dataclass(frozen=True)
class Step:
    """A command of a document and what must be in its answer."""

    command: str
    expected: tuple[str, ...]


def steps() -> list[Step]:
    """Return the commands with their `# ->` lines; those with a placeholder are left out."""
    texts = [document.read_text("utf-8") for document in DOCUMENTS]
    blocks = [
        block
        for text in texts
        for block in re.findall(r"^    (?!#)(\S.*)\n((?:    # -> .*\n)*)", text, re.M)
    ]
    found = [
        Step(command, tuple(re.findall(r"# -> (.*)", told)))
        for command, told in blocks
        if "FOLDER" not in command
    ]
    assert len(found) >= 8
    return found


@pytest.fixture(scope="module")
def home(shipped_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a newcomer: `make run` has loaded the figures that ship."""
    return shutil.copytree(shipped_home, tmp_path_factory.mktemp("newcomer") / "home")


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[TestClient]:
    with public_over(home) as opened:
        yield opened


def fetched(client: TestClient, words: list[str], expected: tuple[str, ...]) -> str:
    """Do what curl does with an address, `-I`, `-H` and `--json`; return body or headers."""
    address, *options = words
    place = urlsplit(address)
    path = f"{place.path}?{place.query}" if place.query else place.path
    if "--json" in options:
        answer = client.post(path, content=options[options.index("--json") + 1],
                             headers={"Content-Type": "application/json"})  # fmt: skip
    else:
        given = options[options.index("-H") + 1] if "-H" in options else "Accept: */*"
        headers = dict([given.split(": ")])
        answer = client.request("HEAD" if "-I" in options else "GET", path, headers=headers)
    status = f"HTTP {answer.status_code}"
    assert status == next((told for told in expected if told.startswith("HTTP ")), "HTTP 200")
    lines = "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
    return f"{status}\n{lines if '-I' in options else answer.text}"


@pytest.mark.parametrize("step", steps(), ids=lambda step: step.command[-60:])
def test_a_command_of_a_document_gives_what_the_page_says(
    step: Step, client: TestClient, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, *words = shlex.split(step.command)
    if program == "curl":
        text = fetched(client, words, step.expected)
    else:
        assert program == "outcomes"
        monkeypatch.chdir(tmp_path)
        result = CliRunner().invoke(app, words, env={"OUTCOMES_HOME": str(home)})
        assert result.exit_code == 0, result.output
        text = result.output
    assert [told for told in step.expected if told not in text] == []


METHODS = tuple(sorted((ROOT / "docs" / "methods").glob("*.md")))
ADDRESS = re.compile(r"^    (/api/v1/\S+)$", re.M)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.stem)
def test_a_method_page_names_addresses_that_work_and_leads_to_the_guide(
    method: Path, client: TestClient
) -> None:
    page = method.read_text("utf-8")
    addresses = ADDRESS.findall(page)
    assert addresses
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        is_first = "the first release" in answer.text  # nothing to differ from
        assert answer.json()["data"] or is_first, address
    assert "(../comparing.md)" in page
