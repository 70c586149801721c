"""The framework: every place in order, with its indicators or the reason why there is none."""

import json
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from api import contract
from tests.api import world
from tests.api.conftest import Ask, client_for
from tests.api.test_contract import assert_shape
from tests.indicators.definitions import an_indicator

SAFE = "Outcome 2: Children and young people are safe in and outside of their home"
FELT = "Whether children feel safe"


def test_every_place_is_told_in_order_with_what_has_no_place_at_the_end(rows: Ask) -> None:
    kinds = [place["kind"] for place in rows("framework")]
    assert kinds == ["outcome"] * 4 + ["enabler"] * 3 + ["across", "", "beside"]


def test_every_indicator_stands_in_one_place(rows: Ask) -> None:
    held = [
        indicator
        for place in rows("framework")
        for domain in place["domains"]
        for indicator in domain["indicators"]
    ]
    assert sorted(held) == sorted(card["id"] for card in rows("indicators"))


def test_a_place_that_the_framework_does_not_know_keeps_its_indicators(rows: Ask) -> None:
    (place,) = (place for place in rows("framework") if place["area"] == "Outcome 1")
    assert [(d["domain"], d["indicators"]) for d in place["domains"]] == [
        ("Somewhere", ["a_share_pct"])
    ]


def test_an_empty_place_says_why_and_one_with_indicators_does_not(rows: Ask) -> None:
    for place in rows("framework"):
        for domain in place["domains"]:
            assert_shape(contract.FrameworkDomain, domain)
            is_empty = not domain["indicators"]
            assert bool(domain["why_empty"]) == bool(domain["gap"]) == is_empty
    gaps = {d["domain"]: d["gap"] for p in rows("framework") for d in p["domains"]}
    assert gaps[FELT] == "nobody"
    assert gaps["Fostered by relatives or friends"] == "not_by_authority"
    (working,) = (p for p in rows("framework") if p["area"].startswith("Enabler: Multi-agency"))
    assert (working["domains"], working["gap"]) == ([], "nobody")
    assert "still to be developed" in working["why_empty"]


def client_of(home: Path, **more: Any) -> TestClient:
    digest = world.write_release(home, world.NEW, world.new_cells(), **more)
    world.list_releases(home, world.NEW, world.listed(world.NEW, digest))
    return client_for(home)


def test_a_gap_is_closed_by_the_first_indicator_of_its_place(tmp_path: Path) -> None:
    place = {"area": SAFE, "domain": FELT}
    asked = an_indicator("felt_safe_pct", order=5, framework=place)
    client = client_of(tmp_path, indicators=(*world.INDICATORS, asked))
    answer = client.get("/api/v1/framework").json()["data"]
    (found,) = (d for p in answer for d in p["domains"] if d["domain"] == FELT)
    assert (found["indicators"], found["gap"], found["why_empty"]) == (["felt_safe_pct"], "", "")


def test_a_release_from_before_the_framework_lists_what_its_indicators_name(
    tmp_path: Path,
) -> None:
    client = client_of(tmp_path)
    (file,) = tmp_path.glob("snapshots/*/places.json")
    places = json.loads(file.read_bytes())
    del places["framework"], places["known_problems"]
    file.write_text(json.dumps(places), "utf-8")
    answer = client.get("/api/v1/framework").json()["data"]
    assert [(place["area"], place["kind"]) for place in answer] == [
        ("Outcome 1", ""),
        ("Beside the framework", "beside"),
    ]
    assert client.get("/api/v1/releases/latest").json()["data"]["known_problems"] == []
