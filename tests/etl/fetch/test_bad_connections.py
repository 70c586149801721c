"""What goes wrong on the way: tried again, gone on with, or refused in plain words."""

import gzip
import socket

import pytest

from etl.fetch.limits import FetchLimits
from etl.findings import ExitCode
from tests.etl.fetch.conftest import FIRST, SECOND, Errands
from tests.etl.fetch.made_up_data import DataSet, Edition, Reply
from tests.etl.fetch.publisher import Publisher

BUSY = Reply(429, b"", {"Retry-After": "7"})


def ranges(publisher: Publisher, part: str = "/csv") -> list[str | None]:
    return [headers.get("Range") for path, headers in publisher.asked if part in path]


def test_too_many_requests_are_tried_again_after_the_time_that_is_asked_for(
    errands: Errands, publisher: Publisher
) -> None:
    publisher.next("/csv", BUSY)
    publisher.next("/versions/", Reply(429, b"", {"Retry-After": "Mon, 05 Jan 2026 10:00:09 GMT"}))
    assert errands.fetch("versioned")[1] == ExitCode.OK
    assert errands.waits.seconds == [9.0, 7.0]


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_fault_of_the_publisher_is_tried_again_with_longer_and_longer_waits(
    errands: Errands, publisher: Publisher, status: int
) -> None:
    publisher.next("/csv", *[Reply(status)] * 3)
    assert errands.fetch("versioned")[1] == ExitCode.OK
    assert errands.waits.seconds == [1.0, 2.0, 4.0]


def test_a_fault_that_stays_is_given_up_after_four_tries(
    errands: Errands, publisher: Publisher
) -> None:
    publisher.next("/csv", *[Reply(504)] * 4)
    text, code = errands.fetch("versioned")
    assert code == ExitCode.UNREADABLE
    assert "status 504, a fault of the publisher (tried 4 times)" in text
    assert len(publisher.paths("/csv")) == 4


def test_a_publisher_that_asks_for_a_long_wait_is_left_alone(
    errands: Errands, publisher: Publisher
) -> None:
    publisher.next("/csv", Reply(429, b"", {"Retry-After": "3600"}))
    text, code = errands.fetch("versioned")
    assert (code, "asking to wait 60 minutes" in text) == (ExitCode.UNREADABLE, True)
    assert errands.waits.seconds == []


@pytest.mark.parametrize(("name", "part"), [("versioned", "/csv"), ("listed", "/download")])
def test_a_download_that_breaks_off_goes_on_where_it_stopped(
    errands: Errands, publisher: Publisher, name: str, part: str
) -> None:
    publisher.next(part, Reply(cut_after=500), Reply(cut_after=300))
    assert errands.fetch(name)[1] == ExitCode.OK
    assert ranges(publisher, part) == [None, "bytes=500-", "bytes=800-"]
    assert errands.file(name).read_bytes() == FIRST


def test_a_later_run_goes_on_where_the_one_before_was_given_up(
    errands: Errands, publisher: Publisher
) -> None:
    publisher.next("/csv", Reply(cut_after=500), *[Reply(503)] * 3)
    assert errands.fetch("versioned")[1] == ExitCode.UNREADABLE
    assert (errands.folder / ".fetch" / "versioned.part").stat().st_size == 500
    assert errands.fetch("versioned")[1] == ExitCode.OK
    assert ranges(publisher)[-1] == "bytes=500-"
    assert list((errands.folder / ".fetch").iterdir()) == []


def test_without_an_etag_a_download_starts_again(errands: Errands, publisher: Publisher) -> None:
    publisher.gives_etags = False
    publisher.next("/csv", Reply(cut_after=500))
    assert errands.fetch("versioned")[1] == ExitCode.OK
    assert ranges(publisher) == [None, None]
    assert errands.file().read_bytes() == FIRST


def test_a_server_that_does_not_take_ranges_gives_the_whole_file(
    errands: Errands, publisher: Publisher
) -> None:
    publisher.takes_ranges = False
    publisher.next("/csv", Reply(cut_after=500))
    assert errands.fetch("versioned")[1] == ExitCode.OK
    assert errands.file().read_bytes() == FIRST


def test_a_file_that_changed_between_two_tries_is_not_sewn_together(
    errands: Errands, publisher: Publisher, data_set: DataSet
) -> None:
    publisher.next("/csv", Reply(cut_after=500), *[Reply(503)] * 3)
    errands.fetch("versioned")
    data_set.editions[0].csv = SECOND
    assert errands.fetch("versioned")[1] == ExitCode.OK
    assert ranges(publisher)[-1] == "bytes=500-"
    assert errands.file().read_bytes() == SECOND


def test_part_of_another_version_is_not_gone_on_with(
    errands: Errands, publisher: Publisher, data_set: DataSet
) -> None:
    publisher.next("/csv", Reply(cut_after=500), *[Reply(503)] * 3)
    errands.fetch("versioned")
    data_set.editions.append(Edition("1.1", "Minor", SECOND))
    assert errands.fetch("versioned")[1] == ExitCode.OK
    assert ranges(publisher)[-1] is None


@pytest.mark.parametrize(
    "reply",
    [
        Reply(206, b"x", {"Content-Range": "bytes 3-3/4"}),
        Reply(206, b"x"),
        Reply(416, b""),
    ],
)
def test_another_part_than_was_asked_for_is_thrown_away(
    errands: Errands, publisher: Publisher, reply: Reply
) -> None:
    publisher.next("/csv", Reply(cut_after=500), reply)
    assert errands.fetch("versioned")[1] == ExitCode.OK
    assert ranges(publisher) == [None, "bytes=500-", None]
    assert errands.file().read_bytes() == FIRST


def test_gzip_that_ends_too_early_is_downloaded_anew(
    errands: Errands, publisher: Publisher, data_set: DataSet
) -> None:
    whole = data_set.editions[0].sent
    publisher.next("/csv", Reply(200, whole[:-20], {"ETag": '"half"'}))
    assert errands.fetch("versioned")[1] == ExitCode.OK
    assert ranges(publisher) == [None, None]


def test_gzip_that_always_ends_too_early_is_not_kept(errands: Errands, data_set: DataSet) -> None:
    data_set.editions[0].body = data_set.editions[0].sent[:-20]
    text, code = errands.fetch("versioned")
    assert (code, "gzip that ends too early (tried 4 times)" in text) == (3, True)
    assert list(errands.folder.rglob("*.csv")) == []


def test_an_answer_that_stops_coming_is_tried_again(errands: Errands, publisher: Publisher) -> None:
    errands.limits = FetchLimits(silent_seconds=0.2)
    publisher.next("/csv", Reply(delay=5.0))
    assert errands.fetch("versioned")[1] == ExitCode.OK
    assert errands.waits.seconds == [1.0]


def test_an_answer_that_never_comes_is_given_up(errands: Errands, publisher: Publisher) -> None:
    errands.limits = FetchLimits(silent_seconds=0.1, attempts=2)
    publisher.next("/csv", *[Reply(delay=5.0)] * 2)
    text, code = errands.fetch("versioned")
    assert (code, "that stopped coming (tried 2 times)" in text) == (ExitCode.UNREADABLE, True)


def test_a_file_that_trickles_in_for_too_long_is_given_up(errands: Errands) -> None:
    errands.limits = FetchLimits(file_seconds=-1.0, attempts=1)
    text, code = errands.fetch("versioned")
    assert (code, "[too_slow]" in text) == (ExitCode.UNREADABLE, True)


def test_an_answer_that_is_too_long_to_be_a_description_is_refused(errands: Errands) -> None:
    errands.limits = FetchLimits(json_bytes=1_000)
    text, code = errands.fetch("listed")
    assert (code, "an answer of more than 1,000 bytes" in text) == (ExitCode.REFUSED, True)


def test_a_publisher_that_cannot_be_reached_is_asked_for_one_file_only(
    errands: Errands, publisher: Publisher
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        publisher.address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        errands.sources_text += "      - {name: other, table: dfe_cin_referrals}\n"
        text, code = errands.fetch("listed", "other")
    assert code == ExitCode.UNREADABLE
    assert "no connection to 127.0.0.1 (tried 4 times)" in text
    assert "other: found not tried: the publisher's host gave no answer before" in text
    assert errands.waits.seconds == [1.0, 2.0, 4.0]


def test_rows_that_are_not_as_many_as_the_publisher_says_are_refused(
    errands: Errands, data_set: DataSet
) -> None:
    data_set.editions[0].rows = 7
    text, code = errands.fetch("versioned")
    assert code == ExitCode.REFUSED
    assert "rows in the file; expected 7, as the publisher says of version 1.0" in text
    assert list(errands.folder.rglob("*.csv")) == []
    assert not (errands.folder / "fetch.lock.json").exists()


def test_a_redirect_to_another_host_is_not_followed(errands: Errands, publisher: Publisher) -> None:
    publisher.next("/csv", Reply(302, b"", {"Location": "http://127.0.0.2:9/elsewhere"}))
    text, code = errands.fetch("versioned")
    assert code == ExitCode.REFUSED
    assert "a redirect to 'http://127.0.0.2:9/elsewhere'" in text


def test_a_redirect_on_the_same_host_is_followed(
    errands: Errands, publisher: Publisher, data_set: DataSet
) -> None:
    there = f"/statistics/v1/data-sets/{data_set.id}/csv?dataSetVersion=1.0"
    publisher.next("/csv", Reply(302, b"", {"Location": there}))
    assert errands.fetch("versioned")[1] == ExitCode.OK


def test_redirects_without_end_are_left(
    errands: Errands, publisher: Publisher, data_set: DataSet
) -> None:
    there = f"/statistics/v1/data-sets/{data_set.id}/csv?dataSetVersion=1.0"
    publisher.next("/csv", *[Reply(302, b"", {"Location": there})] * 9)
    text, code = errands.fetch("versioned")
    assert (code, "[redirects]" in text) == (ExitCode.UNREADABLE, True)


@pytest.mark.parametrize("has_length", [True, False])
def test_a_file_that_is_too_large_is_refused_before_it_fills_the_disk(
    errands: Errands, publisher: Publisher, has_length: bool
) -> None:
    errands.limits = FetchLimits(file_bytes=3_000)
    body = b"a,b\n" * 50_000
    publisher.next("/csv", Reply(200, body, {"Connection": "close"}, has_length=has_length))
    text, code = errands.fetch("versioned")
    assert (code, "[too_large]" in text) == (ExitCode.REFUSED, True)
    assert list(errands.folder.rglob("*.csv")) == []


def test_a_little_gzip_that_unpacks_to_very_much_is_refused(
    errands: Errands, data_set: DataSet
) -> None:
    data_set.editions[0].body = gzip.compress(b"a,b\n" + b"1,1\n" * 2_000_000)
    text, code = errands.fetch("versioned")
    assert (code, "[too_large_unpacked]" in text) == (ExitCode.REFUSED, True)
    assert not list(errands.folder.rglob("*.csv"))


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"<!doctype html><title>Sign in</title>", "text that is not JSON, '<!doctype html>"),
        (b"{}", "id: Field required"),
        (b'{"id": "../../x", "title": "", "status": ""}', "id: String should match pattern"),
        (b"[" * 100_000, "text that is not JSON"),
    ],
)
def test_an_answer_that_is_not_the_documented_json_is_shown(
    errands: Errands, publisher: Publisher, body: bytes, found: str
) -> None:
    errands.fetch("versioned")
    publisher.next("/data-sets/", Reply(200, body))
    text, code = errands.fetch("versioned")
    assert code == ExitCode.UNREADABLE
    assert found in text
    assert "a proxy answers" in text
    assert "Traceback" not in text


@pytest.mark.parametrize("body", [b"<!doctype html><p>Sign in", b"", b"one column\n1\n"])
def test_a_page_in_place_of_the_file_is_refused(
    errands: Errands, publisher: Publisher, body: bytes
) -> None:
    publisher.next("/csv", Reply(200, body))
    text, code = errands.fetch("versioned")
    assert (code, "expected the CSV file of the data set" in text) == (3, True)


def test_a_list_without_end_is_left(errands: Errands, publisher: Publisher) -> None:
    errands.limits = FetchLimits(pages=3)
    page = b'{"paging": {"totalPages": 99}, "results": []}'
    publisher.next("/data-set-files", *[Reply(200, page)] * 9)
    text, code = errands.fetch("listed")
    assert (code, "more than 3 pages" in text) == (ExitCode.UNREADABLE, True)
