"""Every refusal is a problem (RFC 9457) in words for an analyst, of a type that is explained."""

import ast
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api import contract
from api.problems import KINDS, MOST_ALLOWED, MOST_PATH, MOST_QUERY, ProblemError
from tests.api import world
from tests.api.conftest import client_for
from tests.api.test_contract import assert_shape
from tests.tree import ROOT

ROWS = "/api/v1/observations"

# Method, address, headers -> status, the last part of the type, what the detail says.
REFUSED: dict[str, tuple[str, str, dict[str, str], int, str, str]] = {
    "an unknown parameter": (
        "GET", f"{ROWS}?indicater=a", {}, 400, "unknown-parameter", "did you mean indicator"),
    "an unknown indicator": (
        "GET", f"{ROWS}?indicator=a_share", {}, 400, "unknown-value", "a_share_pct"),
    "an unknown area": (
        "GET", f"{ROWS}?area=nowhere", {}, 400, "unknown-value", "nowhere"),
    "an unknown period": (
        "GET", f"{ROWS}?period=RY1900", {}, 400, "unknown-value", "RY1900"),
    "an unknown format": (
        "GET", f"{ROWS}?format=pdf", {}, 400, "unknown-value", "csv"),
    "a suffix and another format": (
        "GET", f"{ROWS}.csv?format=json", {}, 400, "bad-value", "give one of them"),
    "an empty value": (
        "GET", f"{ROWS}?area=", {}, 400, "bad-value", "leave it out"),
    "a value that takes one, given twice": (
        "GET", f"{ROWS}?release=latest&release=latest", {}, 400, "bad-value", "once"),
    "a cursor that no page gave": (
        "GET", f"{ROWS}?limit=5&cursor=abc", {}, 400, "cursor-mismatch", "not a cursor"),
    "an unknown release": (
        "GET", f"{ROWS}?release=2099-01-01", {}, 404, "not-found", "2099-01-01"),
    "an address that is not there": (
        "GET", "/api/v1/nothing", {}, 404, "not-found", "/api/v1/"),
    "an address outside the API's versions": (
        "GET", "/api/v2/observations", {}, 404, "not-found", "/v2/observations"),
    "an indicator that is not there": (
        "GET", "/api/v1/indicators/a_share", {}, 404, "not-found", "a_share_pct"),
    "a file that is not there": (
        "GET", f"/api/v1/releases/{world.NEW}/files/all.csv", {}, 404, "not-found", "all.csv"),
    "a way out of the folder of files": (
        "GET", f"/api/v1/releases/{world.NEW}/files/..%2f..%2freleases.json", {}, 404,
        "not-found", "releases.json"),
    "a method that writes": (
        "DELETE", ROWS, {}, 405, "method-not-allowed", "use GET, HEAD, OPTIONS"),
    "a method that nobody knows": (
        "BREW", "/api/v1/areas", {}, 405, "method-not-allowed", "BREW"),
    "no encoding of ours": (
        "GET", ROWS, {"Accept-Encoding": "identity;q=0"}, 406, "not-acceptable", "zstd"),
    "a path that never ends": (
        "GET", f"/api/v1/{'a' * MOST_PATH}", {}, 414, "address-too-long", f"{MOST_PATH}"),
    "a query that never ends": (
        "GET", f"{ROWS}?area={'a,' * MOST_QUERY}", {}, 414, "address-too-long", f"{MOST_QUERY}"),
}  # fmt: skip


@pytest.mark.parametrize("sentence", REFUSED)
def test_what_cannot_be_answered_is_refused_as_a_problem(client: TestClient, sentence: str) -> None:
    method, address, headers, status, kind, said = REFUSED[sentence]
    answer = client.request(method, address, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert_shape(contract.Problem, told)
    for part in told["errors"]:
        assert_shape(contract.ProblemPart, part)
    assert (told["status"], told["type"]) == (status, f"/api/docs#{kind}")
    assert told["title"] == KINDS[kind]
    assert said in told["detail"]
    if told["parameter"]:
        part = told["errors"][0]
        assert (part["parameter"], part["code"]) == (told["parameter"], kind)
        assert part["suggestions"] == told["suggestions"]


def test_a_method_that_is_refused_is_told_with_those_that_are_not(client: TestClient) -> None:
    assert client.delete(ROWS).headers["allow"] == "GET, HEAD, OPTIONS"


def test_a_problem_lists_what_is_allowed_where_that_is_short(client: TestClient) -> None:
    told = client.get(f"{ROWS}?format=xml").json()["errors"][0]
    assert {"json", "csv", "parquet"} <= set(told["allowed"])
    many = ProblemError(400, "bad-value", "x", parameter="x", allowed=["a"] * (MOST_ALLOWED + 1))
    assert "allowed" not in many.body()["errors"][0]


def test_a_fault_in_a_body_is_told_by_its_place() -> None:
    told = ProblemError(422, "malformed", "a number is wanted", pointer="/area/0").body()
    assert told["errors"][0]["pointer"] == "/area/0"
    assert "parameter" not in told["errors"][0]


def kinds_in_code() -> set[str]:
    """Return the kinds that our code raises, as far as they are written out."""
    found = set()
    for file in (ROOT / "api").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ProblemError":
                found |= {a.value for a in node.args[1:2] if isinstance(a, ast.Constant)}
    return {str(kind) for kind in found}


def test_every_kind_that_code_raises_is_described() -> None:
    assert len(kinds_in_code()) > 8
    assert kinds_in_code() <= set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_type_of_a_problem_leads_to_where_it_is_explained(
    client: TestClient, kind: str
) -> None:
    address, _, anchor = ProblemError(400, kind, "x").body()["type"].partition("#")
    page = client.get(address)
    assert page.status_code == 200
    found = re.search(rf'<dt id="{anchor}">.*?</dt><dd>(.*?)</dd>', page.text)
    assert found is not None
    assert len(found[1]) > 20


def test_a_withdrawn_release_is_gone_with_reason_and_replacement(tmp_path: Path) -> None:
    digest = world.write_release(tmp_path, world.NEW, world.new_cells())
    withdrawn = {"reason": "a table was wrong", "withdrawn_on": "2025-12-02", "replacement": "x"}
    gone = world.listed(world.OLD, "0" * 64, withdrawn=withdrawn)
    world.list_releases(tmp_path, world.NEW, gone, world.listed(world.NEW, digest))
    answer = client_for(tmp_path).get(f"{ROWS}?release={world.OLD}")
    assert (answer.status_code, answer.json()["type"]) == (410, "/api/docs#withdrawn")
    assert answer.json()["withdrawn"] == withdrawn
    assert "a table was wrong" in answer.json()["detail"]
    assert_shape(contract.Problem, answer.json())


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 1}', "\0\0"])
def test_a_list_of_releases_that_cannot_be_read_is_told_as_passing(
    tmp_path: Path, content: str
) -> None:
    (tmp_path / "releases.json").write_text(content, "utf-8")
    client = client_for(tmp_path)
    for path in (ROWS, "/api/v1/", "/api/v1/releases", "/api/v1/areas/x"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["type"]) == (503, "/api/docs#unavailable")
        assert int(answer.headers["retry-after"]) > 0
        assert str(tmp_path) not in answer.text
    assert client.get("/api/health/live").status_code == 200
    assert client.get("/api/health/ready").status_code == 503


def test_a_service_without_a_release_says_so(tmp_path: Path) -> None:
    answer = client_for(tmp_path).get(ROWS)
    assert (answer.status_code, answer.json()["type"]) == (503, "/api/docs#no-release")
    assert int(answer.headers["retry-after"]) > 0


def failing(*_: Any) -> Any:
    msg = "the inside"
    raise RuntimeError(msg)


def test_a_fault_of_ours_has_an_id_that_our_log_has_too_and_tells_nothing_else(
    home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("api.routes.observations.question_of", failing)
    with caplog.at_level(logging.ERROR):
        answer = client_for(home).get(ROWS)
    told = answer.json()
    assert (answer.status_code, told["type"]) == (500, "/api/docs#error")
    assert_shape(contract.Problem, told)
    id = told["instance"].removeprefix("urn:uuid:")
    assert re.fullmatch(r"[0-9a-f-]{36}", id)
    assert id in told["detail"]
    assert id in caplog.text
    assert "the inside" in caplog.text
    assert "the inside" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("/observations?release=2099-01-01", "release"),
        ("/releases/2099-01-01", "release"),
        ("/indicators/a_share", "id"),
        ("/indicators/a_share/versions", "id"),
        ("/framework/outcome_9", "place"),
        ("/dimensions/sexx", "dimension"),
        ("/areas/nowhere", "code"),
        ("/pairs/none", "pair"),
        ("/files/abc/all.csv", "digest"),
        (f"/releases/{world.NEW}/files/all.csv", "name"),
        ("/boundaries?level=region", "level"),
    ],
)
def test_what_is_not_found_is_told_by_the_part_of_the_address_that_is_wrong(
    client: TestClient, address: str, part: str
) -> None:
    answer = client.get(f"/api/v1{address}")
    assert (answer.status_code, answer.json()["parameter"]) == (404, part)
    assert answer.json()["errors"][0]["parameter"] == part


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/api/v1/observation", "/api/v1/observations"),
        ("/api/observations", "/api/v1/observations"),
        ("/api/v1/observatoins.csv", "/api/v1/observations.csv"),
        ("/api/v1/feeds/releases.rss", "/api/v1/feeds/releases.atom"),
        ("/api/v1/indicator/a_share_pct", "/api/v1/indicators/a_share_pct"),
        ("/api/v1/indicators/a_share_pct/version", "/api/v1/indicators/a_share_pct/versions"),
        ("/api/v1/limit", "/api/v1/limits"),
    ],
)
def test_an_address_that_is_not_there_names_those_that_are_close(
    client: TestClient, address: str, meant: str
) -> None:
    told = client.get(address).json()
    assert told["suggestions"][0] == meant
    assert f"did you mean {meant}" in told["detail"]


def test_a_suffix_that_is_no_format_is_told_with_those_that_are(client: TestClient) -> None:
    told = client.get("/api/v1/observations.txt").json()
    assert (told["status"], told["type"]) == (404, "/api/docs#not-found")
    assert "'.txt' is not a suffix" in told["detail"]
    assert {"/api/v1/observations.csv", "/api/v1/observations.parquet"} <= set(told["suggestions"])
    assert client.get("/api/v1/zzzzzzzz/qqqqqq").json()["suggestions"] == []
