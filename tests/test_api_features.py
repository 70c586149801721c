"""The page of features names what there is: each address a resource, each test a file."""

import re
from pathlib import Path

import pytest

from api.resources import RESOURCES, UNLISTED
from tests.tree import ROOT

PAGE = (ROOT / "docs" / "api-features.md").read_text("utf-8")
ROWS = [line for line in PAGE.splitlines() if line.count("|") == 5 and "`tests/" in line]
OUTSIDE = {"/api/openapi.json", "/api/docs"}
MOST_LEFT_OUT = 5


def named(column: int) -> set[str]:
    cells = [row.split("|")[column] for row in ROWS]
    return {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)}


def test_every_row_has_an_address_and_a_test() -> None:
    assert len(ROWS) == 24
    for row in ROWS:
        _, feature, what, where, shown, _ = row.split("|")
        assert feature.strip()
        assert len(what.strip()) > 20
        assert re.search(r"`/", where), feature
        assert re.search(r"`tests/", shown), feature


@pytest.mark.parametrize("address", sorted(named(3)))
def test_every_address_of_the_page_is_a_resource(address: str) -> None:
    paths = {resource.path for resource in RESOURCES} | {path for path, _ in UNLISTED}
    own = address.removeprefix("/api") if address.startswith("/api/") else f"/v1{address}"
    assert own in paths or address in OUTSIDE


@pytest.mark.parametrize("file", sorted(named(4)))
def test_every_test_of_the_page_is_there(file: str) -> None:
    assert (ROOT / Path(file)).is_file()


def test_few_things_are_left_out_and_each_has_its_reason() -> None:
    rows = PAGE.partition("## What is left out")[2].splitlines()
    left_out = [row for row in rows if row.startswith("| ") and not row.startswith("| What |")]
    assert 0 < len(left_out) <= MOST_LEFT_OUT
    assert all(len(row.split("|")[2].strip()) > 20 for row in left_out)
