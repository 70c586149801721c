"""SDMX over HTTP: errors in its own words, tags, addresses that last, formats by `Accept`."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.api import world
from tests.api.conftest import client_for
from tests.api.sdmx.conftest import FLOW, ROOT, Ask, key
from tests.api.sdmx.reading import CSV, GENERIC, JSON, SPECIFIC, STRUCTURE, find, parsed

DATA = f"data/{FLOW}"
TOWN_KEY = key("a_share_pct", world.TOWN)


@pytest.mark.parametrize(
    ("path", "query", "code", "said"),
    [
        (f"{DATA}/{key('a_shar_pct')}", {}, 100, "did you mean a_share_pct"),
        (f"{DATA}/{key('a_share_pct', 'X99')}", {}, 100, "REF_AREA: 'X99'"),
        (f"{DATA}/{key('a_share_pct+none')}", {}, 100, "INDICATOR: 'none'"),
        (f"{DATA}/{key('a_quiet_pct')}", {}, 100, "no figures for this key"),
        (DATA, {"startPeriod": "1990", "endPeriod": "1995"}, 100, "no figure of this release"),
        ("data/CSC", {}, 100, "did you mean CSC_INDICATORS"),
        (f"data/ECB,{FLOW}", {}, 100, "agency"),
        (f"data/CSCO,{FLOW},2.0", {}, 100, "version 1.0"),
        (f"{DATA}/all/ECB", {}, 100, "provider"),
        ("codelist/CSCO/CL_ARE", {}, 100, "CL_AREA"),
        ("codelist/ECB", {}, 100, "agency"),
        ("codelist/CSCO/CL_AREA/2.0", {}, 100, "version 1.0"),
        ("categoryscheme", {}, 100, "this service has no categoryscheme"),
        ("codelists", {}, 100, "did you mean codelist"),
        (DATA, {"release": "2024-01-01"}, 100, "is not a release"),
        (f"{DATA}/A.a_share_pct", {}, 140, "write 12"),
        (f"{DATA}/{key('a_share_pct+')}", {}, 140, "a + without a code"),
        (f"{DATA}/all", {"startPeriod": "2025-13"}, 140, "startPeriod"),
        (DATA, {"startPeriod": "2025", "endPeriod": "2024"}, 140, "after endPeriod"),
        (DATA, {"startperiod": "2025"}, 140, "did you mean startPeriod"),
        (DATA, {"startPeriod": ""}, 140, "empty value"),
        (DATA, {"detail": "some"}, 140, "detail"),
        (DATA, {"firstNObservations": "0"}, 140, "above zero"),
        (DATA, {"lastNObservations": "x"}, 140, "above zero"),
        (DATA, {"updatedAfter": "soon"}, 140, "updatedAfter"),
        (DATA, {"dimensionAtObservation": "SOME"}, 140, "is no dimension"),
        (DATA, {"dimensionAtObservation": "AllDimensions", "detail": "nodata"}, 140, "series only"),
        (DATA, {"release": world.OLD, "as_of": "2025-02-01"}, 140, "not both"),
        ("data", {}, 140, "data/FLOW/KEY/PROVIDER"),
        (f"{DATA}/all/all/more", {}, 140, "data/FLOW/KEY/PROVIDER"),
        ("dataflow", {"references": "some"}, 140, "references"),
        ("dataflow", {"detail": "some"}, 140, "detail"),
        ("codelist/CSCO+/all", {}, 140, "empty part"),
        (f"availableconstraint/{FLOW}", {"mode": "some"}, 140, "mode"),
        (f"availableconstraint/{FLOW}/all/all/NONE", {}, 100, "component"),
        (DATA, {"dimensionAtObservation": "REF_AREA"}, 501, "REF_AREA"),
        (DATA, {"includeHistory": "true"}, 501, "release="),
        ("metadata/some", {}, 501, "metadata"),
        ("schema/dataflow", {}, 501, "schema"),
        ("codelist/CSCO/CL_AREA/1.0/X06000001", {}, 501, "single items"),
    ],
)
def test_an_error_has_the_code_of_the_standard_and_says_what_to_do(
    refused: Ask, path: str, query: dict[str, str], code: int, said: str
) -> None:
    status, found, text = refused(path, **query)
    assert (status, found) == ({100: 404, 140: 400}.get(code, code), str(code))
    assert said in text


def test_a_withdrawn_release_is_gone_in_these_words_too(tmp_path: Path) -> None:
    digest = world.write_release(tmp_path, world.NEW, world.new_cells())
    told = {"reason": "A wrong table", "replacement": ""}
    gone = world.listed("2025-11-01", digest, withdrawn=told)
    world.list_releases(tmp_path, world.NEW, gone, world.listed(world.NEW, digest))
    answer = client_for(tmp_path).get(f"{ROOT}/{DATA}?release=2025-11-01")
    assert answer.status_code == 410
    assert "A wrong table" in parsed(answer.content).xpath("string()")


def test_before_the_first_release_the_answer_is_unavailable(tmp_path: Path) -> None:
    for path in (DATA, "dataflow"):
        answer = client_for(tmp_path).get(f"{ROOT}/{path}")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert find(parsed(answer.content), "//@code") == ["503"]


def test_a_query_too_long_to_be_read_is_refused_in_these_words(refused: Ask) -> None:
    status, code, _ = refused(DATA, startPeriod="2" * 20_000)
    assert (status, code) == (414, "140")


def test_too_many_requests_are_refused_in_these_words(home: Path) -> None:
    client = client_for(home, rate_limit="2/minute")
    answers = [client.get(f"{ROOT}/dataflow") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert find(parsed(answers[2].content), "//@code") == ["503"]
    assert int(answers[2].headers["retry-after"]) >= 1


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", GENERIC),
        ("", GENERIC),
        ("application/xml", GENERIC),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", GENERIC),
        ("application/vnd.sdmx.genericdata+xml", GENERIC),
        (GENERIC, GENERIC),
        (SPECIFIC, SPECIFIC),
        ("application/vnd.sdmx.structurespecificdata+xml; version=2.1;q=0.5, */*;q=0.1", SPECIFIC),
        (CSV, CSV),
        ("text/csv", CSV),
        (JSON, JSON),
        ("application/vnd.sdmx.data+json;version=1.0.0", JSON),
        ("application/json", JSON),
    ],
)
def test_the_format_of_data_is_what_is_accepted(
    client: TestClient, accept: str, media_type: str
) -> None:
    answer = client.get(f"{ROOT}/{DATA}/{TOWN_KEY}", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)


@pytest.mark.parametrize("accept", ["*/*", "application/xml", "text/html", STRUCTURE])
def test_structures_are_xml_whoever_asks(client: TestClient, accept: str) -> None:
    answer = client.get(f"{ROOT}/dataflow", headers={"Accept": accept})
    assert answer.headers["content-type"] == STRUCTURE


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("dataflow", "application/json"),
        (DATA, "application/vnd.sdmx.data+json;version=2.0.0"),
        (DATA, "image/png"),
        (DATA, "application/vnd.sdmx.genericdata+xml;version=3.0"),
        (DATA, "*/*;q=0"),
    ],
)
def test_what_is_not_given_is_refused_with_what_is(refused: Ask, path: str, accept: str) -> None:
    status, code, text = refused(path, accept)
    assert (status, code) == (406, "140")
    assert "application/vnd.sdmx." in text


@pytest.mark.parametrize("path", [f"{DATA}/{TOWN_KEY}", "dataflow", f"availableconstraint/{FLOW}"])
def test_the_headers_are_those_of_every_answer(client: TestClient, path: str) -> None:
    answer = client.get(f"{ROOT}/{path}")
    assert answer.headers["x-release"] == world.NEW
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "public, max-age=60, must-revalidate"
    assert {"Accept", "Accept-Encoding"} <= set(answer.headers["vary"].split(", "))
    assert 'rel="cite-as"' in answer.headers["link"]
    lasting = client.get(answer.headers["content-location"])
    assert lasting.content == answer.content
    assert "max-age=86400" in lasting.headers["cache-control"]
    assert "content-location" not in lasting.headers
    head = client.head(f"{ROOT}/{path}")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == answer.headers["etag"]


@pytest.mark.parametrize("path", [f"{DATA}/{TOWN_KEY}", "codelist"])
def test_what_has_not_changed_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(f"{ROOT}/{path}")
    again = client.get(f"{ROOT}/{path}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"].split("-")[0].strip('"') in first.headers["etag"]
    assert again.headers["content-location"] == first.headers["content-location"]
    assert "Accept" in again.headers["vary"].split(", ")


def test_formats_have_tags_of_their_own_and_never_each_others_bytes(client: TestClient) -> None:
    address = f"{ROOT}/{DATA}/{TOWN_KEY}"
    answers = [
        client.get(address, headers={"Accept": accept})
        for accept in (GENERIC, SPECIFIC, CSV, "*/*", SPECIFIC)
    ]
    tags = [answer.headers["etag"] for answer in answers]
    assert len(set(tags[:3])) == 3
    assert (tags[3], tags[4]) == (tags[0], tags[1])
    assert answers[4].content == answers[1].content
    other = client.get(address, headers={"Accept": SPECIFIC, "If-None-Match": tags[0]})
    assert other.status_code == 200


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_answers_are_compressed(client: TestClient, encoding: str) -> None:
    for path in (DATA, "codelist"):
        answer = client.get(f"{ROOT}/{path}", headers={"Accept-Encoding": encoding})
        assert answer.headers["content-encoding"] == encoding


def test_the_address_of_sdmx_alone_says_what_there_is(client: TestClient) -> None:
    for path in ("", "/"):
        answer = client.get(f"{ROOT}{path}")
        assert answer.headers["content-type"] == STRUCTURE
        assert find(parsed(answer.content), "//str:Dataflow/@id") == [FLOW]


def test_data_say_where_they_are_from_and_when(client: TestClient) -> None:
    for accept in (GENERIC, SPECIFIC):
        answer = client.get(f"{ROOT}/{DATA}/{TOWN_KEY}", headers={"Accept": accept})
        (head,) = find(parsed(answer.content), "/*/mes:Header")
        assert find(head, "mes:Test/text()") == ["false"]
        assert find(head, "mes:Sender/@id") == ["CSCO"]
        assert find(head, "mes:Prepared/text()") == [f"{world.NEW}T09:30:00+00:00"]
        (source,) = find(head, "mes:Source/text()")
        assert world.NEW in source
        assert "A licence v1.0" in source
        assert "not an official statistics publication" in source


def test_practice_data_are_a_test_and_say_so(tmp_path: Path) -> None:
    release = "practice-2025-12-01"
    cells = [{**cell, "updated_release": release} for cell in world.new_cells()]
    dates = {"published_at": "2025-12-01T09:30:00+00:00", "published_on": "2025-12-01"}
    entry = world.listed(release, world.write_release(tmp_path, release, cells), **dates)
    world.list_releases(tmp_path, release, entry, is_practice=True)
    client = client_for(tmp_path)
    for path in (f"{DATA}/{TOWN_KEY}", "dataflow", f"availableconstraint/{FLOW}"):
        answer = client.get(f"{ROOT}/{path}")
        assert answer.headers["x-data-kind"] == "practice"
        assert find(parsed(answer.content), "//mes:Header/mes:Test/text()") == ["true"]
    (source,) = find(parsed(client.get(f"{ROOT}/{DATA}").content), "//mes:Source/text()")
    assert "made up" in source


def test_a_release_that_is_not_published_yet_is_nowhere(tmp_path: Path) -> None:
    old = world.write_release(tmp_path, world.OLD, world.old_cells())
    world.write_release(tmp_path, world.NEW, world.new_cells())  # written, not listed
    world.list_releases(tmp_path, world.OLD, world.listed(world.OLD, old))
    client = client_for(tmp_path)
    assert client.get(f"{ROOT}/{DATA}").headers["x-release"] == world.OLD
    assert client.get(f"{ROOT}/{DATA}?release={world.NEW}").status_code == 404


def test_json_is_given_for_so_many_observations_and_no_more(
    refused: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.sdmx.data_json.MOST_ROWS", 10)
    status, code, text = refused(DATA, JSON)
    assert (status, code) == (413, "130")
    assert "no limit" in text


def test_another_method_and_an_address_that_cannot_be_are_refused_in_these_words(
    client: TestClient,
) -> None:
    posted = client.post(f"{ROOT}/{DATA}")
    assert (posted.status_code, find(parsed(posted.content), "//@code")) == (405, ["501"])
    assert "GET" in posted.headers["allow"]
    broken = client.get(f"{ROOT}/%0Adata")
    assert (broken.status_code, find(parsed(broken.content), "//@code")) == (404, ["100"])
