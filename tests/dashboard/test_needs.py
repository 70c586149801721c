"""The page of needs names what there is: every address answers, every test is there."""

import re

import pytest
from starlette.testclient import TestClient

from tests.tree import ROOT

PAGE = (ROOT / "docs" / "needs.md").read_text("utf-8")
ROWS = [line.split("|") for line in PAGE.splitlines() if re.match(r"\| \d+ \|.*`tests/", line)]
ADDRESSES = sorted({found for row in ROWS for found in re.findall(r"`([^`]+)`", row[4])})
TESTS = sorted({found for row in ROWS for found in re.findall(r"`([^`]+)`", row[5])})


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
