"""Files that are not in the public API: found by name in the newest release."""

import pytest

from etl.findings import ExitCode
from tests.etl.fetch.conftest import FIRST, SECOND, SOURCES, Errands
from tests.etl.fetch.made_up_data import WebFile
from tests.etl.fetch.publisher import Publisher
from tests.etl.made_up_files import REFERRALS

FILE_ID = "30000000-0000-4000-8000-000000000001"
BY_ID = f"        table: dfe_cin_referrals\n        data_set_file_id: {FILE_ID}\n"


def by_id(file_id: str = FILE_ID) -> str:
    head, _, _ = SOURCES.rpartition("        table: dfe_cin_referrals\n")
    return head + BY_ID.replace(FILE_ID, file_id)


def test_the_file_with_a_name_of_the_table_is_taken_under_the_publishers_name(
    errands: Errands,
) -> None:
    text, code = errands.fetch("listed")
    assert code == ExitCode.OK, text
    assert errands.file("listed").read_bytes() == FIRST
    entry = errands.lock()["listed"]
    assert entry["file"] == f"made_up_referrals/2025/{REFERRALS}"
    assert entry["version"] == "2025, 2025-10-30T09:30:00+00:00"
    assert entry["url"].endswith(f"/api/data-set-files/{FILE_ID}/download")


def test_a_file_that_the_website_has_not_touched_is_not_downloaded_again(
    errands: Errands, publisher: Publisher
) -> None:
    errands.fetch("listed")
    publisher.asked.clear()
    assert "up to date: listed" in errands.fetch("listed")[0]
    assert publisher.paths("/download") == []


def test_a_file_that_was_changed_in_its_release_is_fetched_again(
    errands: Errands, publisher: Publisher
) -> None:
    errands.fetch("listed")
    publisher.files[1].csv = SECOND
    publisher.files[1].last_updated = "2025-12-01T09:30:00Z"
    assert errands.fetch("listed")[1] == ExitCode.OK
    assert errands.file("listed").read_bytes() == SECOND


def test_other_bytes_at_the_same_time_of_change_are_refused(
    errands: Errands, publisher: Publisher
) -> None:
    errands.fetch("listed")
    publisher.files[1].csv = SECOND
    text, code = errands.fetch("listed", again=True)
    assert (code, "[changed_bytes]" in text) == (ExitCode.REFUSED, True)
    assert errands.file("listed").read_bytes() == FIRST


def test_a_file_that_has_left_the_release_is_missed(errands: Errands, publisher: Publisher) -> None:
    publisher.files[1].filename = "renamed.csv"
    text, code = errands.fetch("listed")
    assert code == ExitCode.REFUSED
    assert "no such file among the 2 of the newest release" in text
    assert "add the name to 'files' of dfe_cin_referrals" in text


def test_two_files_that_could_be_it_are_not_chosen_between(
    errands: Errands, publisher: Publisher
) -> None:
    second = REFERRALS.replace("2013", "2014")
    publisher.files.append(WebFile("30000000-0000-4000-8000-000000000003", second, SECOND))
    text, code = errands.fetch("listed")
    assert (code, f"2 files that could be it: {REFERRALS}, {second}" in text) == (1, True)


def test_a_file_of_an_older_release_is_passed_over(errands: Errands, publisher: Publisher) -> None:
    publisher.files[1].is_latest = False
    assert errands.fetch("listed")[1] == ExitCode.REFUSED


def test_a_list_longer_than_a_page_is_read_to_its_end(
    errands: Errands, publisher: Publisher
) -> None:
    others = [
        WebFile(f"30000000-0000-4000-8000-{number:012d}", f"national_{number}.csv", SECOND)
        for number in range(100, 150)
    ]
    publisher.files[:0] = others
    assert errands.fetch("listed")[1] == ExitCode.OK


def test_the_list_of_a_publication_is_asked_for_once_in_a_run(
    errands: Errands, publisher: Publisher
) -> None:
    errands.sources_text += "      - {name: other, table: dfe_cin_referrals}\n"
    errands.fetch("listed", "other")
    assert len(publisher.paths("publicationId")) == 1


def test_a_file_can_be_named_by_its_id(errands: Errands, publisher: Publisher) -> None:
    errands.sources_text = by_id()
    text, code = errands.fetch("listed")
    assert code == ExitCode.OK, text
    assert errands.file("listed").read_bytes() == FIRST
    assert publisher.paths("publicationId") == []


def test_an_id_of_a_release_before_says_that_ids_change(errands: Errands) -> None:
    errands.sources_text = by_id("30000000-0000-4000-8000-999999999999")
    text, code = errands.fetch("listed")
    assert code == ExitCode.REFUSED
    assert "status 404" in text
    assert "are new with every release" in text


def test_an_id_of_another_file_is_refused(errands: Errands) -> None:
    errands.sources_text = by_id("30000000-0000-4000-8000-000000000002")
    text, code = errands.fetch("listed")
    assert (code, "the file 'b9_something_else.csv'" in text) == (ExitCode.REFUSED, True)


def test_a_file_that_is_in_the_api_too_is_pointed_out(
    errands: Errands, publisher: Publisher
) -> None:
    publisher.files[1].api = {"id": "019a0000-0000-7000-8000-000000000001", "version": "1.0"}
    text, code = errands.fetch("listed")
    assert (code, "NOTE: listed: found the same file is in the public API as" in text) == (0, True)


@pytest.mark.parametrize(
    ("filename", "release"),
    [
        ("c1_children_in_need_referrals_and_rereferrals_/../../x.csv", "2025"),
        ("c1_children_in_need_referrals_and_rereferrals_\\x.csv", "2025"),
        (REFERRALS, "../../2025"),
        (REFERRALS, ".."),
    ],
)
def test_names_of_the_publisher_cannot_lead_out_of_the_folder(
    errands: Errands, publisher: Publisher, filename: str, release: str
) -> None:
    publisher.files[1].filename, publisher.files[1].release = filename, release
    before = set(errands.base.rglob("*.csv"))
    text, code = errands.fetch("listed")
    assert (code, "[unsafe_name]" in text) == (ExitCode.REFUSED, True)
    assert set(errands.base.rglob("*.csv")) == before


def test_all_sources_of_a_publication_are_fetched_by_its_name(errands: Errands) -> None:
    text, code = errands.fetch("made_up_referrals")
    assert code == ExitCode.OK
    assert "2 fetched, 0 up to date, 0 not fetched" in text
    assert set(errands.lock()) == {"listed", "versioned"}


def test_one_source_that_is_refused_does_not_keep_the_others_from_being_fetched(
    errands: Errands, publisher: Publisher
) -> None:
    publisher.files[1].filename = "renamed.csv"
    text, code = errands.fetch()
    assert code == ExitCode.REFUSED
    assert "1 fetched, 0 up to date, 1 not fetched" in text
    assert set(errands.lock()) == {"versioned"}
