"""From an authority's words to the page, by command line alone; what was not accepted stays in."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from indicators.catalogue import load_catalogue
from indicators.store import open_store, publish_load
from outcomes import app, exceptions_of
from reference.placesets import load_place_set
from tests.api.conftest import client_for
from tests.builders import a_cell, a_load

AUTHORITY = "X06000002"
INDICATOR = next(one.id for one in load_catalogue() if one.period_kind == "RY")
CANARY = "Quinquereme of Nineveh from distant Ophir"
SAID = "Teams now visit families earlier than before."

Run = Callable[..., str]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder with one small release of the made-up places."""
    folder = tmp_path / "home"
    places = load_place_set("made_up")
    store = open_store("", folder, places)
    cells = [
        a_cell(area.code, value=count / 10, indicator=INDICATOR, numerator=count, denominator=1000)
        for place, area in enumerate(places.authorities())
        if area.last_day is None
        for count in [600 if area.code == AUTHORITY else 200 + 5 * (place % 7)]
    ]
    publish_load(store, a_load(*cells), load_catalogue())
    store.close()
    return folder


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command as whoever the token is of; return what it prints."""
    monkeypatch.setenv("OUTCOMES_HOME", str(home))
    monkeypatch.setenv("OUTCOMES_PLACE_SET", "made_up")

    def command(*words: str, token: str = "", code: int = 0) -> str:
        given = [*words, "--token-stdin"] if token else list(words)
        result = CliRunner().invoke(app, given, input=f"{token}\n", obj=exceptions_of)
        assert result.exit_code == code, result.output
        return result.output.strip()

    return command


def token_of(run: Run, name: str, role: str, *more: str) -> str:
    return run("token", "create", "--name", name, "--role", role, *more).splitlines()[-1]


def said(text: str) -> list[str]:
    return ["commentary", "add", "--indicator", INDICATOR, "--period", "RY2025", "--kind",
            "going_well", "--reason", "practice_change", "--text", text]  # fmt: skip


def test_words_go_from_the_authority_past_a_steward_to_every_reader(
    run: Run, home: Path, tmp_path: Path
) -> None:
    submitter = token_of(run, "Sam", "submitter", "--authority", AUTHORITY)
    steward = token_of(run, "Stu", "steward")
    ids = []
    for text in (SAID, f"{CANARY} one", f"{CANARY} two"):
        found = re.search(r"comment (c\w+)", run(*said(text), token=submitter))
        assert found
        ids.append(found[1])
    run("commentary", "moderate", ids[0], "--accept", token=steward)
    run("commentary", "moderate", ids[1], "--decline", "--reason", CANARY, token=steward)
    listed = run("commentary", "list", token=submitter)
    assert [word for word in ("accepted", "declined", "awaiting") if word in listed] == [
        "accepted", "declined", "awaiting",
    ]  # fmt: skip
    client = client_for(home)
    answers = [
        client.get(f"/api/v1/{path}").text
        for path in ("commentary", "commentary.csv", f"areas/{AUTHORITY}", "releases/latest",
                     f"profiles/{AUTHORITY}", f"commentary?area={AUTHORITY}&kind=concern")
    ]  # fmt: skip
    folder = tmp_path / "taken"
    assert "commentary.csv" in run("export", str(folder))
    files = [path for path in (*folder.rglob("*"), *home.rglob("*")) if path.is_file()]
    public = [path for path in files if "sqlite" not in path.name]
    assert SAID in answers[0]
    assert SAID in (folder / "commentary.csv").read_text("utf-8")
    assert not [answer for answer in answers if "Quinquereme" in answer]
    assert not [path for path in public if b"Quinquereme" in path.read_bytes()]
    run("commentary", "withdraw", ids[0], token=submitter)
    assert SAID not in client_for(home).get("/api/v1/commentary").text


def test_whoever_has_no_token_neither_comments_nor_reads_what_waits(run: Run) -> None:
    assert "may not comment" in run(*said(SAID), "--authority", AUTHORITY, code=1)
    assert "may not moderate" in run("commentary", "list", code=1)


def test_a_word_that_is_none_is_answered_with_those_that_are(run: Run) -> None:
    submitter = token_of(run, "Sam", "submitter", "--authority", AUTHORITY)
    words = [word if word != "going_well" else "splendid" for word in said(SAID)]
    assert "use one of going_well, concern, context" in run(*words, token=submitter, code=2)


def test_what_stands_out_is_listed_until_something_is_said_of_it(run: Run) -> None:
    submitter = token_of(run, "Sam", "submitter", "--authority", AUTHORITY)
    told = run("commentary", "list", "--to-write", token=submitter)
    assert f"{INDICATOR}, RY2025" in told
    assert "than its neighbours, beyond chance" in told
    run(*said(SAID), token=submitter)
    told = run("commentary", "list", "--to-write", token=submitter)
    assert told == "nothing stands out that has no comment yet"


def test_the_story_of_an_authority_is_written_for_its_own_token_alone(
    run: Run, tmp_path: Path
) -> None:
    submitter = token_of(run, "Sam", "submitter", "--authority", AUTHORITY)
    page = tmp_path / "story.html"
    words = ["submission", "story", "--to", str(page), "--authority"]
    assert "may read" in run(*words, "X06000003", token=submitter, code=1)
    assert not page.exists()
    run(*words, AUTHORITY, token=submitter)
    assert page.read_text("utf-8").startswith("<!doctype html>")
