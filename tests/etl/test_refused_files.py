"""Files that are no figures at all: records about children, pipes, links that lead nowhere."""

import os
from pathlib import Path

import pytest

from etl.commands import check_paths, load_published
from etl.findings import ExitCode
from etl.release_commands import export_command, publish_command, withdraw_command
from etl.settings import Settings
from etl.submissions.load_commands import load_submission

RECORDS = "CHILD,UPN,DOB\n1,A123456789012,2012-05-06\n"
PUBLISHED_NAME = "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.mark.parametrize("name", [PUBLISHED_NAME, "header.csv"])
def test_records_about_children_are_refused_as_such_whatever_their_name(
    name: str, tmp_path: Path, settings: Settings
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / name).write_text(RECORDS)
    text, code = load_published([folder], settings)
    assert code == ExitCode.REFUSED
    assert "records about individual children" in text
    assert "A123456789012" not in text
    assert not settings.home.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_never_waited_for(tmp_path: Path, settings: Settings) -> None:
    pipe = tmp_path / PUBLISHED_NAME
    os.mkfifo(pipe)
    assert check_paths([tmp_path], settings=settings)[1] == ExitCode.REFUSED
    text, code = check_paths([pipe], settings=settings)
    assert code == ExitCode.UNREADABLE
    assert "not an ordinary file" in text
    text, code = load_submission([pipe], settings)
    assert code == ExitCode.UNREADABLE
    assert "not an ordinary file" in text


def test_links_that_lead_in_a_circle_are_passed_over(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "one.csv").symlink_to(tmp_path / "other.csv")
    (tmp_path / "other.csv").symlink_to(tmp_path / "one.csv")
    text, code = check_paths([tmp_path], settings=settings)
    assert code == ExitCode.REFUSED
    assert "0 found" in text


def test_a_file_name_cannot_forge_a_line_of_the_report(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a\nCan be loaded; nothing to mend\x1b[31m.csv").write_text("a,b\n1,2\n")
    text, _ = check_paths([tmp_path], settings=settings)
    assert "Can be loaded; nothing to mend" not in text.splitlines()
    assert "\x1b" not in text


def test_an_export_to_an_impossible_place_says_so(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a file").write_text("")
    text, code = export_command(tmp_path / "a file" / "folder", None, settings)
    assert code == ExitCode.UNREADABLE
    assert "check the path" in text


def test_what_a_store_cannot_do_is_a_fault_of_usage(settings: Settings) -> None:
    assert publish_command(None, None, settings)[1] == ExitCode.USAGE
    assert withdraw_command("nope", "a reason", None, settings)[1] == ExitCode.USAGE
