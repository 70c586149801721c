"""The neighbours on the page of an authority: how alike, in which models, and whose words."""

import re

import pytest

from dashboard.components.authority_neighbours import Neighbours, neighbours_sentence
from dashboard.prerender import to_html
from dashboard.state import State
from tests.dashboard.fake_api import FakeApi
from tests.dashboard.reading import AUTHORITY, nodes_of, rendered, tables_of, text_of

ADDRESS = f"/areas/{AUTHORITY}"
MAIN = ["Children aged 0 to 17", "People per square kilometre", "Deprivation score",
        "People in rural districts"]  # fmt: skip


def neighbours_of(fake: FakeApi, code: str, state: State | None = None) -> Neighbours:
    area = fake.places.area(code)
    rows = fake.where.neighbours(area, {"model": "all"})
    return Neighbours(fake.where.detail(area), rows, state or State())  # type: ignore[arg-type]


def words_of(address: str, fake: FakeApi | None = None) -> str:
    page = rendered(address, fake)
    found = next(
        f for f in nodes_of(page.content) if f["props"].get("aria-labelledby") == "neighbours"
    )
    return re.sub(r"\s+", " ", text_of(found))


def test_the_table_begins_with_the_authority_and_has_its_neighbours_nearest_first() -> None:
    fake = FakeApi()
    tables = tables_of(rendered(ADDRESS, fake))
    rows = next(rows for caption, rows in tables.items() if caption.startswith("Neighbours of"))
    nearest = fake.places.neighbours_of(AUTHORITY)
    assert rows[0][0] == fake.places.area(AUTHORITY).name
    assert [row[0] for row in rows[1:]] == [fake.places.area(n.neighbour).name for n in nearest]
    assert [row[1] for row in rows[1:]] == [n.closeness for n in nearest]
    assert {len(row) for row in rows} == {len(MAIN) + 5}
    children = fake.places.context_of("children", nearest[0].neighbour)
    assert rows[1][2] == f"{children:,.0f}"


def test_the_page_makes_no_more_calls_than_before() -> None:
    fake = FakeApi()
    rendered(ADDRESS, fake)
    asked = [call for call in fake.asked if "/areas/" in call or "/profiles/" in call]
    assert len(asked) == 3
    assert sum("/neighbours?model=all" in call for call in asked) == 1


@pytest.mark.parametrize("code", [AUTHORITY, "X06000001", "X06000007"])
def test_the_sentence_counts_who_stayed_who_names_back_and_who_has_less(code: str) -> None:
    fake = FakeApi()
    held = neighbours_of(fake, code)
    rows = [row for row in held.rows if row["model"] == "2024"]
    both = sum(row["also_in"] == ["2020"] for row in rows)
    back = sum(row["is_mutual"] for row in rows)
    own = fake.places.context_of("children", code) or 0
    fewer = sum((fake.places.context_of("children", row["code"]) or 0) < own for row in rows)
    said = neighbours_sentence(held)
    assert "has 10 neighbours by the model of 2024" in said
    assert f"{both} of them are among its neighbours by the model of 2020 as well" in said
    assert f"{back} of the 10 name it as a neighbour in turn" in said
    many = {0: "none", 10: "all 10"}.get(fewer, str(fewer))
    assert f"Its own figure is above that of {many} in children aged 0 to 17, " in said


def test_a_model_that_names_none_is_told_of() -> None:
    fake = FakeApi()
    fake.neighbour_warnings = ["Somewhere has no neighbours in model 2020"]
    assert "Somewhere has no neighbours in model 2020." in words_of(ADDRESS, fake)


def test_who_left_and_who_came_are_named_and_lead_to_their_pages() -> None:
    fake = FakeApi()
    words, html = words_of(ADDRESS, fake), to_html(rendered(ADDRESS, fake).content)
    now = {n.neighbour for n in fake.places.neighbours_of(AUTHORITY, "2024")}
    before = {n.neighbour for n in fake.places.neighbours_of(AUTHORITY, "2020")}
    assert now - before
    assert before - now
    came = words.partition("In the model of 2024 and not in that of 2020: ")[2]
    left = words.partition("In the model of 2020 and not in that of 2024: ")[2]
    for codes, part in ((now - before, came), (before - now, left)):
        for code in codes:
            assert fake.places.area(code).name in part
            assert f'href="/areas/{code}"' in html


def test_the_page_says_whose_words_closeness_is_and_that_the_distance_is_ours() -> None:
    words = words_of(ADDRESS)
    assert "the words of closeness are the publisher's" in words
    assert "our own measure" in words
    for title in MAIN:
        assert f"{title}: " in words  # its unit, date and source


def test_the_chosen_model_is_the_one_shown() -> None:
    fake = FakeApi()
    tables = tables_of(rendered(f"{ADDRESS}?model=2020", fake))
    rows = next(rows for caption, rows in tables.items() if "by the model of 2020" in caption)
    first = fake.places.neighbours_of(AUTHORITY, "2020")[0]
    assert rows[1][0] == fake.places.area(first.neighbour).name


def test_an_abolished_neighbour_has_dashes_and_no_zero() -> None:
    fake = FakeApi()
    area = next(n.area for n in fake.places.neighbours
                if n.model == "2020" and n.neighbour == "X10000022")  # fmt: skip
    tables = tables_of(rendered(f"/areas/{area}?model=2020", fake))
    rows = next(rows for caption, rows in tables.items() if "by the model of 2020" in caption)
    row = next(row for row in rows if row[0] == "Galdenshire")
    assert row[2:6] == ["–"] * 4


def test_an_area_without_neighbours_says_so() -> None:
    assert "The models name no statistical neighbours of" in words_of("/areas/X12000001")


@pytest.mark.parametrize("missing", [True, False])
def test_a_release_that_holds_no_context_shows_closeness_alone(
    missing: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeApi()
    if missing:
        monkeypatch.setattr(fake.where, "context", lambda _: [])
    tables = tables_of(rendered(ADDRESS, fake))
    rows = next(rows for caption, rows in tables.items() if caption.startswith("Neighbours of"))
    assert {len(row) for row in rows} == {4 if missing else 9}
