import json
from datetime import date
from pathlib import Path

import pytest

from etl.commands import HowToPublish, check_paths, load_published
from etl.findings import ExitCode
from etl.published import reading
from etl.settings import Settings, read_settings
from etl.submissions.wire import COLUMNS
from indicators.catalogue import load_catalogue
from indicators.releases import read_releases
from indicators.snapshot import open_snapshot
from tests.etl.files import csv_of
from tests.etl.in_process import InProcess
from tests.etl.made_up_files import (
    AUTHORITIES,
    REFERRALS,
    cell_count,
    changed,
    good_referrals,
    is_of,
    referrals,
    saved,
)

OLDER = REFERRALS.replace("2025", "2024")


@pytest.fixture(autouse=True)
def _without_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "Sandbox", InProcess)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        home=tmp_path / "home", place_set="made_up", database_url="", published_dir=None
    )


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


def read_from_referrals() -> int:
    """How many indicators of the catalogue the good file gives figures for."""
    tables = [source.table for one in load_catalogue() for source in one.sources]
    return tables.count("dfe_cin_referrals")


def latest_release(settings: Settings) -> str | None:
    releases = read_releases(settings.home / "releases.json")
    return releases.latest if releases else None


def test_a_good_file_is_checked_with_a_report_and_nothing_is_stored(
    settings: Settings, files: Path
) -> None:
    text, code = check_paths([saved(files, good_referrals())], settings=settings)
    figures = f"{cell_count() * read_from_referrals():,}"
    assert code == ExitCode.OK
    assert f"Files: 1 read of 1 found; {cell_count()} rows" in text
    assert f"Figures: {figures} ({figures} ok)" in text
    assert "rereferral_12m_pct: RY2024 to RY2025, " in text
    assert "published totals" in text
    assert text.endswith("Can be loaded; nothing to mend")
    assert not settings.home.exists()


def test_a_report_for_machines_holds_the_same(settings: Settings, files: Path) -> None:
    text, code = check_paths([saved(files, good_referrals())], "json", settings)
    told = json.loads(text)
    assert (code, told["exit_code"], told["rows"], told["cells"]) == (
        0,
        0,
        cell_count(),
        cell_count() * read_from_referrals(),
    )
    assert told["files"][0]["source"] == "dfe_cin_referrals_2025"
    assert told["reconciliation"]["compared"] == 6 * read_from_referrals()
    assert told["reconciliation"]["not_comparable"] == 0
    assert {"indicator", "period", "area", "published", "lowest", "highest", "missing"} <= set(
        told["reconciliation"]["differences"][0]
    )


def test_a_bad_file_is_refused_with_its_finding(settings: Settings, files: Path) -> None:
    path = saved(files, changed(is_of(AUTHORITIES[0]), rereferral_count="lots"))
    text, code = check_paths([path], settings=settings)
    assert code == ExitCode.REFUSED
    assert "ERROR: " + REFERRALS + ", row 5, column rereferral_count: found 'lots'" in text
    assert "Refused: 1 to mend" in text
    told = json.loads(check_paths([path], "json", settings)[0])
    assert [f["rule"] for f in told["findings"]] == ["text_for_a_number"]


def test_a_file_that_cannot_be_read_ends_with_its_own_code(settings: Settings, files: Path) -> None:
    assert check_paths([saved(files, b"")], settings=settings)[1] == ExitCode.UNREADABLE


def test_a_path_that_is_not_there_and_an_unknown_format_are_faults_of_usage(
    settings: Settings, files: Path
) -> None:
    assert check_paths([files / "none.csv"], settings=settings)[1] == ExitCode.USAGE
    assert check_paths([files], "html", settings)[1] == ExitCode.USAGE
    assert load_published([files / "none.csv"], settings)[1] == ExitCode.USAGE
    assert load_published([], settings)[1] == ExitCode.USAGE


def test_a_folder_without_anything_of_use_is_refused(settings: Settings, files: Path) -> None:
    saved(files, b"hello", "readme.txt")
    text, code = check_paths([files], settings=settings)
    assert code == ExitCode.REFUSED
    assert "readme.txt" in text
    assert "Nothing to load" in text


def test_an_authoritys_return_goes_to_the_checks_of_returns(
    settings: Settings, files: Path
) -> None:
    header = ",".join(COLUMNS)
    path = saved(
        files, csv_of(header, "X06000001,CLA,FYE,2025-03-31,CLA_OPEN,TOTAL,ALL,7,A,"), "r.csv"
    )
    text, code = check_paths([path], settings=settings)
    assert code != ExitCode.OK
    assert "Files:" not in text


def test_loading_publishes_one_release(settings: Settings, files: Path) -> None:
    text, code = load_published(
        [saved(files, good_referrals())], settings, HowToPublish(release="first")
    )
    assert code == ExitCode.OK
    assert "published release first" in text
    releases = read_releases(settings.home / "releases.json")
    assert releases is not None
    snapshot = open_snapshot(settings.home / "snapshots" / releases.releases[0].digest)
    assert len(snapshot.keys) >= 30


def test_loading_the_same_again_changes_nothing(settings: Settings, files: Path) -> None:
    path = saved(files, good_referrals())
    load_published([path], settings, HowToPublish(release="first"))
    text, code = load_published([path], settings, HowToPublish(release="second"))
    assert code == ExitCode.OK
    assert "nothing changed" in text
    assert latest_release(settings) == "first"


def test_one_bad_file_leaves_the_store_as_it_was(settings: Settings, files: Path) -> None:
    load_published([saved(files, good_referrals())], settings, HowToPublish(release="first"))
    before = (settings.home / "releases.json").read_bytes()
    good = saved(files, [referrals(AUTHORITIES[0], "2024", 30)], OLDER)
    bad = saved(files, changed(is_of(AUTHORITIES[1]), time_period="soon"))
    text, code = load_published([good, bad], settings, HowToPublish(release="second"))
    assert code == ExitCode.REFUSED
    assert text.endswith("The store is as it was.")
    assert (settings.home / "releases.json").read_bytes() == before


def test_a_first_load_that_is_refused_makes_no_store(settings: Settings, files: Path) -> None:
    load_published([saved(files, b"")], settings)
    assert not settings.home.exists()


def test_a_draft_is_kept_and_not_published(settings: Settings, files: Path) -> None:
    text, code = load_published(
        [saved(files, good_referrals())], settings, HowToPublish(draft=True)
    )
    assert code == ExitCode.OK
    assert "draft kept" in text
    assert latest_release(settings) is None


def test_older_publications_can_be_published_with_their_own_date_first(
    settings: Settings, files: Path
) -> None:
    rows = [row for row in good_referrals() if row["time_period"] == "2024"]
    old = saved(files, rows, OLDER)
    load_published(
        [old], settings, HowToPublish(release="of-2024", published_on=date(2024, 10, 31))
    )
    load_published([saved(files, good_referrals())], settings, HowToPublish(release="of-2025"))
    releases = read_releases(settings.home / "releases.json")
    assert releases is not None
    assert [release.id for release in releases.releases] == ["of-2024", "of-2025"]
    assert releases.releases[0].kind == "rebuilt_history"


def test_a_date_in_the_future_is_refused(settings: Settings, files: Path) -> None:
    path = saved(files, good_referrals())
    text, code = load_published([path], settings, HowToPublish(published_on=date(2999, 1, 1)))
    assert code != ExitCode.OK
    assert "future" in text
    assert latest_release(settings) is None


def test_without_paths_the_folder_of_the_settings_is_read(settings: Settings, files: Path) -> None:
    saved(files, good_referrals())
    with_folder = settings.model_copy(update={"published_dir": files})
    assert load_published([], with_folder)[1] == ExitCode.OK


def test_a_size_limit_comes_from_the_settings(settings: Settings, files: Path) -> None:
    small = settings.model_copy(update={"max_packed_bytes": 100})
    text, code = check_paths([saved(files, good_referrals())], settings=small)
    assert code == ExitCode.UNREADABLE
    assert "OUTCOMES_MAX_PACKED_BYTES" in text


def test_settings_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OUTCOMES_HOME", "/somewhere")
    monkeypatch.setenv("OUTCOMES_PLACE_SET", "made_up")
    monkeypatch.setenv("OUTCOMES_PUBLISHED_DIR", "")
    held = read_settings()
    assert (str(held.home), held.place_set, held.published_dir) == ("/somewhere", "made_up", None)
    assert held.database_url == ""


def test_a_dot_env_file_is_read_from_the_working_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OUTCOMES_HOME", raising=False)
    (tmp_path / ".env").write_text("OUTCOMES_HOME=elsewhere\nSOMETHING_ELSE=1\n")
    assert str(read_settings().home) == "elsewhere"
