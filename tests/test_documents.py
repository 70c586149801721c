"""The documents say what is there: their links lead somewhere and their commands exist."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from outcomes import app
from tests.tree import ROOT, named
from tests.tree import tracked_files as tracked

DOCUMENTS = [file for file in tracked() if file.suffix == ".md"]
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
MAKE_COMMAND = re.compile(r"(?:`|^ {4})make ([a-z]+(?:-[a-z]+)?)", re.MULTILINE)
OUR_COMMAND = re.compile(r"(?:`|^ {4})outcomes ((?:[a-z]+(?:-[a-z]+)* ?)+)", re.MULTILINE)
MAKE_TARGET = re.compile(r"^([a-z]+(?:-[a-z]+)?):", re.MULTILINE)


def text_of(file: Path) -> str:
    return file.read_text("utf-8")


def missing_commands(words: list[str]) -> list[str]:
    """All words, if one of them is no command of the group that the ones before it name."""
    command: Any = typer.main.get_command(app)
    for word in words:
        commands = getattr(command, "commands", None)
        if commands is None:
            return []  # what follows are its arguments
        if word not in commands:
            return [" ".join(words)]
        command = commands[word]
    return []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_a_link_to_a_file_leads_to_a_file(document: Path) -> None:
    links = LINK.findall(text_of(document))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_a_make_command_in_a_document_exists(document: Path) -> None:
    proofs = {f"prove-{file.stem}" for file in (ROOT / "tests" / "prove").glob("*.py")}
    targets = {*MAKE_TARGET.findall(text_of(ROOT / "Makefile")), *proofs}
    assert set(MAKE_COMMAND.findall(text_of(document))) <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_a_command_of_ours_in_a_document_exists(document: Path) -> None:
    commands = OUR_COMMAND.findall(text_of(document))
    assert [bad for words in commands for bad in missing_commands(words.split())] == []


def test_the_changelog_has_a_place_for_what_is_not_released() -> None:
    assert "## [Unreleased]" in text_of(ROOT / "CHANGELOG.md")


def test_no_word_of_the_glossary_is_explained_twice() -> None:
    words = re.findall(r"^\*\*([^*]+)\*\*", text_of(ROOT / "GLOSSARY.md"), re.MULTILINE)
    single = [word for entry in words for word in entry.split(", ")]
    assert sorted(single) == sorted(set(single))
