"""The documents of the dashboard tell what there is: addresses, words and tests are there."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.journeys.public import public_over
from tests.tree import ROOT

PAGE = (ROOT / "docs" / "needs.md").read_text("utf-8")
ROWS = [line.split("|") for line in PAGE.splitlines() if re.match(r"\| \d+ \|.*`tests/", line)]
ADDRESSES = sorted({found for row in ROWS for found in re.findall(r"`([^`]+)`", row[4])})
TESTS = sorted({found for row in ROWS for found in re.findall(r"`([^`]+)`", row[5])})
EXAMPLES = re.findall(
    r"^    open '([^']+)'\n((?:    # -> .+\n)*)",
    (ROOT / "docs" / "dashboard.md").read_text("utf-8"),
    re.MULTILINE,
)


@pytest.fixture(scope="module")
def public(shipped_home: Path) -> Iterator[TestClient]:
    """A reader of the whole public process over the figures that ship."""
    with public_over(shipped_home) as reader:
        yield reader


@pytest.mark.parametrize(("address", "told"), EXAMPLES, ids=[address for address, _ in EXAMPLES])
def test_an_example_of_the_document_shows_what_it_says(
    public: TestClient, address: str, told: str
) -> None:
    answer = public.get(address)
    words = " ".join(unescape(re.sub(r"<[^>]+>", "", answer.text)).split())
    assert answer.status_code == 200
    for said in told.splitlines():
        assert said.removeprefix("    # -> ") in words


def test_the_document_has_an_example_of_every_kind_of_page() -> None:
    paths = {address.partition("?")[0] for address, _ in EXAMPLES}
    assert {"/", "/indicators", "/search", "/compare", "/gaps", "/own", "/heat", "/trends",
            "/data", "/releases", "/missing", "/sources"} <= paths  # fmt: skip


def test_all_needs_have_a_row_with_a_page_and_a_test() -> None:
    assert [int(row[1]) for row in ROWS] == list(range(1, 26))
    for row in ROWS:
        assert len(row[2].strip()) > 20
        assert re.fullmatch(r"[PLR](, [PLR])*", row[3].strip())
        assert re.search(r"`/", row[4]), row[1]
        assert re.search(r"`tests/", row[5]), row[1]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_of_the_needs_answers(public: TestClient, address: str) -> None:
    answer = public.get(address)
    assert answer.status_code == 200
    if answer.headers["content-type"].startswith("text/html"):
        assert answer.text.count("<h1") == 1


@pytest.mark.parametrize("named", TESTS)
def test_every_test_of_the_needs_is_there(named: str) -> None:
    file, _, name = named.partition("::")
    text = (ROOT / file).read_text("utf-8")
    assert re.search(rf"^(?:async )?def {name}\(", text, re.MULTILINE), named


def test_what_falls_short_is_said_with_its_need() -> None:
    rows = PAGE.partition("## What falls short")[2].splitlines()
    short = [row.split("|") for row in rows if re.match(r"\| \d+ \|", row)]
    assert 0 < len(short) <= 8
    assert all(len(row[2].strip()) > 30 for row in short)
