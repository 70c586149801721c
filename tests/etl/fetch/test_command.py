"""The command: its names, its folder, its lock file and how it ends."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl.fetch import fetching
from etl.fetch.commands import Surroundings, fetch_command, target_folder
from etl.fetch.lock import LockFile, read_lock
from etl.findings import ExitCode
from etl.settings import Settings
from outcomes import app
from tests.etl.fetch.conftest import FIRST, Errands
from tests.etl.fetch.made_up_data import Reply
from tests.etl.fetch.publisher import Publisher


def test_a_name_that_is_not_known_gets_a_suggestion_and_nothing_is_asked(
    errands: Errands, publisher: Publisher
) -> None:
    text, code = errands.fetch("version")
    assert code == ExitCode.USAGE
    assert text == (
        "nothing that can be fetched has the name 'version'; did you mean 'versioned'?; "
        "`outcomes fetch --list` shows all names"
    )
    assert publisher.asked == []


def test_the_list_shows_names_publishers_and_tables_without_a_network() -> None:
    result = CliRunner().invoke(app, ["fetch", "--list"])
    assert result.exit_code == ExitCode.OK
    assert "children_in_need: Children in need (Department for Education)" in result.output
    lines = [" ".join(line.split()) for line in result.output.splitlines()]
    assert "cin_referrals dfe_cin_referrals [website, newest release]" in lines
    assert "cla_time_series no table; it is downloaded only [public API, versions 1.*]" in lines
    by_hand = next(line for line in lines if line.startswith("not fetched"))
    assert "mhclg_outturn_rsx" in by_hand
    assert "dfe_cin_referrals" not in by_hand
    assert "never against the publisher" in result.output


def test_the_help_says_that_live_access_could_not_be_tried() -> None:
    result = CliRunner().invoke(app, ["fetch", "--help"], env={"COLUMNS": "200"})
    assert "could not be tried from where this was built" in " ".join(result.output.split())


def test_the_command_reads_its_addresses_from_the_settings(
    publisher: Publisher, tmp_path: Path
) -> None:
    publisher.next("/api/publications/children-in-need", Reply(404))
    environment = {
        "OUTCOMES_FETCH_CONTENT_URL": f"{publisher.address}/api",
        "OUTCOMES_HOME": str(tmp_path),
    }
    words = ["fetch", "cin_referrals", "--to", str(tmp_path / "to")]
    result = CliRunner().invoke(app, words, env=environment)
    assert result.exit_code == ExitCode.REFUSED, result.output
    assert publisher.paths() == ["/api/publications/children-in-need"]


def test_files_go_where_asked_else_where_is_loaded_from_else_beside_the_store() -> None:
    home, published, to = Path("home"), Path("published"), Path("to")
    settings = Settings(home=home, published_dir=published)
    assert target_folder(to, settings) == to
    assert target_folder(None, settings) == published
    nowhere = Settings(home=home, published_dir=None)
    assert target_folder(None, nowhere) == home / "published"


def test_a_file_in_place_of_the_folder_is_a_fault_of_usage(errands: Errands) -> None:
    errands.folder.write_text("")
    text, code = errands.fetch("versioned")
    assert (code, "is a file; name a folder" in text) == (ExitCode.USAGE, True)


def test_a_folder_that_cannot_be_written_to_is_told(
    errands: Errands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fetching, "receive", full)
    text, code = errands.fetch("versioned")
    assert code == ExitCode.UNREADABLE
    assert "No space left on device" in text
    assert "name another with --to" in text


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format": 2}', '{"sources": {"versioned": {"version": "1.0"}}}']
)
def test_a_lock_file_that_is_damaged_stops_before_anything_is_asked(
    errands: Errands, publisher: Publisher, text: str
) -> None:
    errands.folder.mkdir()
    (errands.folder / "fetch.lock.json").write_text(text)
    said, code = errands.fetch("versioned")
    assert (code, "[damaged_lock]" in said) == (ExitCode.UNREADABLE, True)
    assert publisher.asked == []
    assert (errands.folder / "fetch.lock.json").read_text() == text


def test_entries_of_other_sources_stay_in_the_lock_file(errands: Errands) -> None:
    assert read_lock(errands.folder) == LockFile()
    errands.fetch("versioned")
    before = errands.lock()["versioned"]
    errands.fetch("listed")
    assert errands.lock()["versioned"] == before
    assert list(errands.lock()) == ["listed", "versioned"]


def test_a_run_that_is_stopped_between_file_and_lock_file_is_repeated(
    errands: Errands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(fetching, "write_entry", stopped)
        with pytest.raises(KeyboardInterrupt):
            errands.fetch("versioned")
    assert "fetched: versioned" in errands.fetch("versioned")[0]
    assert errands.file().read_bytes() == FIRST


def test_progress_names_the_source_that_is_next(errands: Errands) -> None:
    steps: list[tuple[int, int, str]] = []
    around = Surroundings(
        errands.limits,
        errands.waits.clock,
        errands.sources(),
        lambda done, total, name: steps.append((done, total, name)),
    )
    fetch_command([], errands.settings, errands.folder, around=around)
    assert steps == [(0, 2, "versioned"), (1, 2, "listed"), (2, 2, "")]


def test_the_lock_file_is_plain_text_that_ends_with_a_line_end(errands: Errands) -> None:
    errands.fetch("versioned")
    text = (errands.folder / "fetch.lock.json").read_text("utf-8")
    assert text.endswith("}\n")
    assert json.loads(text)["format"] == 1
