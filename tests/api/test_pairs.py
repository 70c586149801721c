"""Pairs: the list, its cards and their years; what is not there is said, never left empty."""

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from api.asking import EVERY_FORMAT
from tests.api import world
from tests.api.conftest import Ask, client_for
from tests.indicators.definitions import an_indicator

CARD = "pairs/share_and_rate"
QUADRANTS = ("higher_higher", "higher_lower", "lower_higher", "lower_lower")


def card_of(client: TestClient, path: str = CARD, **query: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{path}", params=query)
    assert answer.status_code == 200, answer.text[:300]
    found: dict[str, Any] = answer.json()["meta"]["pair"]
    return found


def row_of(rows: Ask, area: str, path: str = CARD, **query: str) -> dict[str, Any]:
    (row,) = rows(path, area=area, **query)
    return dict(row)


def test_the_list_has_a_card_of_each_pair_with_its_reason_and_words(rows: Ask) -> None:
    cards = rows("pairs")
    assert [card["id"] for card in cards] == [
        "share_and_rate",
        "share_and_score",
        "share_and_quiet",
    ]
    first = cards[0]
    assert (first["x"], first["y"]) == ("a_share_pct", "a_rate_10k")
    assert first["reason"] == "Either misleads."
    assert first["higher_lower"] == "This is higher, lower."


def test_the_list_keeps_the_pairs_of_an_indicator_whether_it_is_x_or_y(rows: Ask) -> None:
    assert [card["id"] for card in rows("pairs", indicator="a_score")] == ["share_and_score"]
    assert len(rows("pairs", indicator="a_share_pct")) == 3


def test_an_unknown_indicator_of_the_list_is_refused_with_suggestions(problem: Ask) -> None:
    found = problem("pairs", indicator="a_shore_pct")
    assert (found["parameter"], found["suggestions"][0]) == ("indicator", "a_share_pct")


def test_an_unknown_pair_is_not_there_and_the_nearest_is_named(problem: Ask) -> None:
    found = problem("pairs/share_and_rates", status=404)
    assert found["suggestions"][0] == "share_and_rate"


def test_where_the_country_has_no_figure_the_median_parts_the_authorities(
    client: TestClient, rows: Ask
) -> None:
    card = card_of(client, "pairs/share_and_score")
    assert (card["x_line_of"], card["y_line_of"]) == ("country", "median")
    values = [
        row["y_value"]
        for row in rows("pairs/share_and_score")
        if row["y_value"] is not None and row["reason_code"] != "not_rankable"
    ]
    assert card["y_line"] == pytest.approx(float(np.median(values)), abs=0.06)


def test_what_cannot_be_tested_says_so_and_still_has_a_quadrant(rows: Ask) -> None:
    row = row_of(rows, world.TOWN, "pairs/share_and_score")
    assert row["quadrant"] is not None
    assert (row["y_outcome"], row["beyond_chance"]) == ("cannot_compare", None)
    assert row["y_outcome_reason"]


def test_periods_of_two_kinds_are_those_that_end_in_one_year(client: TestClient) -> None:
    card = card_of(client, "pairs/share_and_score")
    assert (card["x_period"], card["y_period"]) == ("RY2025", "SEP2025")
    again = card_of(client, "pairs/share_and_score", period="SEP2025")
    assert again == card


def test_the_figures_of_a_period_are_of_that_year_in_both(client: TestClient) -> None:
    card = card_of(client, period="RY2024")
    assert (card["x_period"], card["y_period"]) == ("RY2024", "RY2024")


def test_a_year_that_one_of_the_two_lacks_gives_no_rows_and_says_why(client: TestClient) -> None:
    answer = client.get(f"/api/v1/{CARD}?period=RY2019").json()
    assert answer["data"] == []
    assert answer["meta"]["warnings"] == [
        "a_share_pct and a_rate_10k together have no figures for a period that ends in 2019"
    ]
    assert answer["meta"]["pair"]["no_correlation"] == "no year in which both have figures"


def test_a_pair_of_an_indicator_without_figures_is_listed_with_the_reason(
    client: TestClient,
) -> None:
    answer = client.get("/api/v1/pairs/share_and_quiet").json()
    assert answer["data"] == []
    assert answer["meta"]["warnings"] == ["a_quiet_pct has no figures in this release"]
    listed = client.get("/api/v1/pairs").json()
    assert listed["meta"]["warnings"] == ["a_quiet_pct has no figures in this release"]
    quiet = listed["data"][-1]
    assert (quiet["x_line"], quiet["authorities"], quiet["flags"]) == (None, 0, ["few_members"])


@pytest.mark.parametrize("period", ["all", "RY2024,RY2025", "RY2024..RY2025"])
def test_several_periods_are_refused(problem: Ask, period: str) -> None:
    assert problem(CARD, period=period)["parameter"] == "period"


def test_an_unknown_period_is_refused_with_suggestions(problem: Ask) -> None:
    found = problem(CARD, period="RY2031")
    assert found["suggestions"]


def test_rows_of_csv_carry_the_lines_and_cards_the_correlation(client: TestClient) -> None:
    lines = list(csv.DictReader(io.StringIO(client.get(f"/api/v1/{CARD}.csv").text)))
    card = card_of(client)
    assert {line["x_line"] for line in lines} == {str(card["x_line"])}
    assert {line["y_line_of"] for line in lines} == {"country"}
    cards = list(csv.DictReader(io.StringIO(client.get("/api/v1/pairs.csv").text)))
    assert cards[0]["correlation"] == str(card["correlation"])


@pytest.mark.parametrize("form", EVERY_FORMAT)
def test_lists_and_rows_come_in_every_format(client: TestClient, form: str) -> None:
    for path in ("pairs", CARD):
        answer = client.get(f"/api/v1/{path}?format={form}")
        assert answer.status_code == 200
        assert answer.content


def test_a_release_from_before_there_were_pairs_has_none(tmp_path: Path) -> None:
    plain = tuple(one.model_copy(update={"pairs": ()}) for one in world.INDICATORS)
    digest = world.write_release(tmp_path, world.NEW, world.new_cells(), plain)
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    client = client_for(tmp_path)
    assert client.get("/api/v1/pairs").json()["data"] == []
    assert client.get(f"/api/v1/{CARD}").status_code == 404


def test_a_pair_whose_other_half_a_release_lacks_is_not_listed(tmp_path: Path) -> None:
    kept = (world.SHARE, world.RATE)
    cells = [made for made in world.new_cells() if made["indicator"] != "a_score"]
    digest = world.write_release(tmp_path, world.NEW, cells, kept)
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    listed = client_for(tmp_path).get("/api/v1/pairs").json()["data"]
    assert [card["id"] for card in listed] == ["share_and_rate"]


def test_few_authorities_have_quadrants_a_flag_and_no_correlation(tmp_path: Path) -> None:
    kept = {world.COUNTRY, world.TOWN, world.ZERO, "X06000008"}
    cells = [made for made in world.new_cells() if made["area"] in kept]
    digest = world.write_release(tmp_path, world.NEW, cells)
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    card = card_of(client_for(tmp_path))
    assert (card["authorities"], card["flags"]) == (3, ["few_members"])
    assert card["correlation"] is None
    assert card["no_correlation"].startswith("Fewer than 20")
    assert "Nothing is said" in card["sentence"]


def test_two_medians_need_three_authorities(tmp_path: Path) -> None:
    kept = {world.TOWN, world.ZERO}
    cells = [made for made in world.new_cells() if made["area"] in kept]
    digest = world.write_release(tmp_path, world.NEW, cells)
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    client = client_for(tmp_path)
    found = client.get(f"/api/v1/{CARD}?period=RY2025&area={world.TOWN}").json()
    assert (found["data"][0]["reason_code"], found["data"][0]["x_line"]) == ("no_line", None)


def test_the_full_card_of_an_indicator_names_its_pairs(rows: Ask) -> None:
    detail = rows("indicators/a_score")
    assert detail["pairs"] == [
        {"id": "share_and_score", "title": "Two things", "with": "a_share_pct",
         "with_title": "A share, by hand", "reason": "Either misleads."}
    ]  # fmt: skip
    assert an_indicator("another_pct").pairs == ()
