"""Data sets of the public API: looked up, pinned, and never changed under a reader's feet."""

import gzip
import hashlib

import pytest

from etl.findings import ExitCode
from etl.published import reading
from etl.tables import load_tables
from indicators.catalogue import load_catalogue
from tests.etl.fetch.conftest import API_FILE, FIRST, SECOND, SOURCES, TITLE, Errands
from tests.etl.fetch.made_up_data import DataSet, Edition, Reply, as_json
from tests.etl.fetch.publisher import Publisher
from tests.etl.in_process import InProcess
from tests.etl.made_up_files import cell_count, places


def test_a_data_set_is_found_by_slug_and_exact_title_over_all_pages(
    errands: Errands, publisher: Publisher
) -> None:
    text, code = errands.fetch("versioned")
    assert code == ExitCode.OK, text
    assert errands.file().read_bytes() == FIRST
    assert any("publications?" in path and "page=2" in path for path in publisher.paths())
    assert any("/data-sets?" in path and "page=2" in path for path in publisher.paths())


def test_what_was_fetched_is_written_down_with_its_concrete_version(errands: Errands) -> None:
    errands.fetch("versioned")
    entry = errands.lock()["versioned"]
    assert entry["version"] == "1.0"
    assert entry["data_set_id"] == "019a0000-0000-7000-8000-000000000001"
    assert entry["sha256"] == hashlib.sha256(FIRST).hexdigest()
    assert entry["bytes"] == len(FIRST)
    assert entry["total_results"] == entry["rows"] == FIRST.count(b"\n") - 1
    assert entry["url"].endswith("/csv?dataSetVersion=1.0")
    assert entry["published"] == "2025-11-27T09:30:00+00:00"
    assert entry["fetched_at"] == "2026-01-05T10:00:00+00:00"
    assert entry["file_id"]
    assert entry["file"] == f"made_up_referrals/2025/{API_FILE}"


def test_a_file_is_downloaded_by_its_number_and_never_by_the_pin(
    errands: Errands, publisher: Publisher
) -> None:
    errands.fetch("versioned")
    downloads = publisher.paths("/csv")
    assert [path.partition("?")[2] for path in downloads] == ["dataSetVersion=1.0"]


def test_what_is_up_to_date_is_not_downloaded_again(errands: Errands, publisher: Publisher) -> None:
    errands.fetch("versioned")
    publisher.asked.clear()
    text, code = errands.fetch("versioned")
    assert (code, "up to date: versioned 1.0" in text) == (ExitCode.OK, True)
    assert publisher.paths("/csv") == []
    assert len(publisher.asked) == 2, "the id is in the lock file: a poll is two small questions"


def test_a_file_that_was_lost_or_altered_here_is_fetched_again(errands: Errands) -> None:
    errands.fetch("versioned")
    errands.file().unlink()
    assert "fetched: versioned" in errands.fetch("versioned")[0]
    errands.file().write_bytes(SECOND)
    text, code = errands.fetch("versioned")
    assert code == ExitCode.OK
    assert "[altered_here]" in text
    assert errands.file().read_bytes() == FIRST


@pytest.mark.parametrize("version", ["1.1", "1.0.1"])
def test_a_minor_version_and_a_patch_are_taken(
    errands: Errands, data_set: DataSet, version: str
) -> None:
    errands.fetch("versioned")
    data_set.editions.append(Edition(version, "Minor", SECOND))
    text, code = errands.fetch("versioned")
    assert code == ExitCode.OK, text
    assert errands.lock()["versioned"]["version"] == version
    assert errands.file().read_bytes() == SECOND


def test_a_new_release_stands_beside_the_one_before(errands: Errands, data_set: DataSet) -> None:
    errands.fetch("versioned")
    before = errands.file()
    data_set.editions.append(Edition("1.1", "Minor", SECOND, release="2026"))
    errands.fetch("versioned")
    assert before.read_bytes() == FIRST
    assert errands.file() == errands.folder / "made_up_referrals" / "2026" / API_FILE


def test_a_major_version_waits_for_consent_and_the_file_held_stays(
    errands: Errands, data_set: DataSet, publisher: Publisher
) -> None:
    errands.fetch("versioned")
    data_set.editions.append(Edition("2.0", "Major", SECOND))
    data_set.major_changes = {"indicators": [{}], "filters": [], "filterOptions": [{}, {}]}
    text, code = errands.fetch("versioned")
    assert code == ExitCode.REFUSED
    assert "version 2.0, a major version that changes or removes indicators (1)" in text
    assert "options of filters (2); version 1.0 is held" in text
    assert "--accept-major" in text
    assert errands.lock()["versioned"]["version"] == "1.0"
    assert errands.file().read_bytes() == FIRST
    assert len(publisher.paths("/csv")) == 1


def test_a_major_version_beyond_the_pin_waits_for_consent_at_the_first_fetch_too(
    errands: Errands, data_set: DataSet
) -> None:
    data_set.editions.append(Edition("2.0", "Major", SECOND))
    text, code = errands.fetch("versioned")
    assert code == ExitCode.REFUSED
    assert "the pin is 1.*" in text
    assert not (errands.folder / "fetch.lock.json").exists()


def test_a_major_version_that_was_accepted_needs_no_consent_again(
    errands: Errands, data_set: DataSet
) -> None:
    errands.fetch("versioned")
    data_set.editions.append(Edition("2.0", "Major", SECOND))
    assert errands.fetch("versioned", accept_major=True)[1] == ExitCode.OK
    assert errands.lock()["versioned"]["version"] == "2.0"
    data_set.editions.append(Edition("2.1", "Minor", FIRST))
    assert errands.fetch("versioned")[1] == ExitCode.OK
    assert errands.lock()["versioned"]["version"] == "2.1"
    data_set.editions.append(Edition("3.0", "Major", FIRST))
    assert errands.fetch("versioned")[1] == ExitCode.REFUSED


def test_other_bytes_under_the_same_version_are_refused(
    errands: Errands, data_set: DataSet
) -> None:
    errands.fetch("versioned")
    data_set.editions[0].csv = SECOND
    assert errands.fetch("versioned")[1] == ExitCode.OK, "nothing shows without downloading"
    text, code = errands.fetch("versioned", again=True)
    assert code == ExitCode.REFUSED
    assert "another file under the same version 1.0" in text
    assert hashlib.sha256(FIRST).hexdigest()[:12] in text
    assert errands.file().read_bytes() == FIRST


def test_the_same_bytes_packed_otherwise_are_the_same_file(
    errands: Errands, data_set: DataSet
) -> None:
    errands.fetch("versioned")
    data_set.editions[0].body = gzip.compress(FIRST, 1, mtime=1_700_000_000)
    assert errands.fetch("versioned", again=True)[1] == ExitCode.OK


def test_a_draft_says_that_it_is_not_public(errands: Errands, data_set: DataSet) -> None:
    data_set.editions.append(Edition("1.1", "Minor", SECOND, status="Draft"))
    errands.sources_text = SOURCES.replace("1.*", "1.1")
    text, code = errands.fetch("versioned")
    assert code == ExitCode.REFUSED
    assert "status 403" in text
    assert "it may be a draft" in text


def test_a_withdrawn_version_is_not_taken(errands: Errands, data_set: DataSet) -> None:
    data_set.editions[0].status = "Withdrawn"
    data_set.editions[0].notes = "Wrong totals"
    text, code = errands.fetch("versioned")
    assert code == ExitCode.REFUSED
    assert "version 1.0 was withdrawn by the publisher ('Wrong totals')" in text
    assert not (errands.folder / "made_up_referrals").exists()


def test_a_withdrawn_data_set_is_not_taken(errands: Errands, data_set: DataSet) -> None:
    data_set.status = "Withdrawn"
    assert "the data set was withdrawn" in errands.fetch("versioned")[0]


def test_where_nothing_is_published_under_the_pin_the_newest_listed_is_taken_with_a_warning(
    errands: Errands, data_set: DataSet
) -> None:
    data_set.editions[0].status = "Deprecated"
    data_set.status = "Deprecated"
    data_set.superseded_by = "019a0000-0000-7000-8000-000000000100"
    text, code = errands.fetch("versioned")
    assert code == ExitCode.OK
    assert "no published version under 1.*; the newest listed is 1.0 (Deprecated)" in text
    assert "move to the data set 019a0000-0000-7000-8000-000000000100" in text


def test_a_pin_under_which_there_is_no_version_says_so(errands: Errands) -> None:
    errands.sources_text = SOURCES.replace("1.*", "3.*")
    text, code = errands.fetch("versioned")
    assert (code, "no version under 3.*" in text) == (ExitCode.REFUSED, True)


def test_an_id_is_asked_for_directly(errands: Errands, publisher: Publisher) -> None:
    by_id = f"data_set_id: {publisher.data_sets[-1].id}"
    errands.sources_text = SOURCES.replace(f"data_set_title: {TITLE}", by_id)
    assert errands.fetch("versioned")[1] == ExitCode.OK
    assert publisher.paths("/publications") == []


def test_a_major_version_waits_even_if_nobody_says_what_it_changes(
    errands: Errands, data_set: DataSet, publisher: Publisher
) -> None:
    data_set.editions.append(Edition("2.0", "Major", SECOND))
    publisher.next("/changes", Reply(404))
    text, code = errands.fetch("versioned")
    assert (code, "version 2.0, a major version; the pin is 1.*" in text) == (1, True)


def test_a_number_that_is_no_version_is_not_guessed_at(
    errands: Errands, publisher: Publisher, data_set: DataSet
) -> None:
    errands.fetch("versioned")
    answer = {**data_set.summary(), "latestVersion": {"version": "latest"}}
    publisher.next("/data-sets/", as_json(answer))
    text, code = errands.fetch("versioned")
    assert (code, "'latest' is not a version like 1.1" in text) == (ExitCode.UNREADABLE, True)


def test_a_title_that_is_not_exact_gets_a_suggestion(errands: Errands) -> None:
    errands.sources_text = SOURCES.replace("Referrals (made up)", "Referral (made up)")
    text, code = errands.fetch("versioned")
    assert code == ExitCode.REFUSED
    assert "did you mean 'Referrals (made up)'?" in text


def test_a_slug_that_no_publication_has_is_not_guessed(errands: Errands) -> None:
    errands.sources_text = SOURCES.replace("slug: made-up-referrals", "slug: made-up-referral")
    text, code = errands.fetch("versioned")
    assert (code, "no publication with the slug 'made-up-referral'" in text) == (1, True)


def test_what_was_fetched_can_be_loaded(errands: Errands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "Sandbox", InProcess)
    text, _ = errands.fetch("versioned")
    assert f"next: outcomes load published {errands.folder}" in text
    indicators = [one for one in load_catalogue() if one.id == "rereferral_12m_pct"]
    loaded = reading.read_published([errands.folder], places(), indicators, load_tables())
    assert not loaded.is_refused, loaded.findings
    assert len(loaded.cells) == cell_count()
    assert [source.table for source in loaded.sources] == ["dfe_cin_referrals"]
