"""The neighbours of an authority: in which lists, how alike, whose words, and in which states."""

import re

import pytest

from dashboard.prerender import to_html
from tests.dashboard.fake_api import FakeApi
from tests.dashboard.reading import AUTHORITY, nodes_of, rendered, tables_of, text_of
from tests.dashboard.real import RealPages
from tests.dashboard.real_paths import KENT, LONDON_CITY

ADDRESS = f"/areas/{AUTHORITY}/neighbours"
MAIN = ["Children aged 0 to 17", "People per square kilometre", "Deprivation score",
        "People in rural districts"]  # fmt: skip
WHO = "Neighbours of "
ALIKE = ": how alike they are"
RUTLAND, SCILLY, CUMBRIA, SOUTH_EAST = "E06000017", "E06000053", "E10000006", "E12000008"
ESSEX = "E10000012"


def words_of(address: str, fake: FakeApi | None = None) -> str:
    return re.sub(r"\s+", " ", text_of(rendered(address, fake).content))


def table_with(page: object, part: str) -> list[list[str]]:
    return next(rows for caption, rows in tables_of(page).items() if part in caption)  # type: ignore[arg-type]


def test_the_page_of_an_authority_names_its_neighbours_and_leads_to_all_of_it() -> None:
    fake = FakeApi()
    page = rendered(f"/areas/{AUTHORITY}", fake)
    found = next(
        f for f in nodes_of(page.content) if f["props"].get("aria-labelledby") == "neighbours"
    )
    words, html = re.sub(r"\s+", " ", text_of(found)), to_html(found)
    for held in fake.places.neighbours_of(AUTHORITY):
        assert fake.places.area(held.neighbour).name in words
        assert f'href="/areas/{held.neighbour}"' in html
    assert f'href="{ADDRESS}"' in html


def test_an_area_without_neighbours_says_so_on_its_page() -> None:
    assert "The models name no statistical neighbours of" in words_of("/areas/X12000001")


def test_both_models_stand_side_by_side_with_ranks_and_the_publishers_words() -> None:
    fake = FakeApi()
    rows = table_with(rendered(ADDRESS, fake), WHO)
    newest = fake.places.neighbours_of(AUTHORITY)
    older = {held.neighbour: held for held in fake.places.neighbours_of(AUTHORITY, "2020")}
    assert [row[1:3] for row in rows[: len(newest)]] == [
        [str(held.rank), held.closeness] for held in newest
    ]
    for row, held in zip(rows, newest, strict=False):
        before = older.get(held.neighbour)
        assert row[4:6] == ([str(before.rank), before.closeness] if before else ["–", "–"])
    assert len(rows) == len({held.neighbour for held in newest} | set(older))


def test_the_likeness_begins_with_the_authority_and_has_its_neighbours_nearest_first() -> None:
    fake = FakeApi()
    rows = table_with(rendered(ADDRESS, fake), ALIKE)
    nearest = fake.places.neighbours_of(AUTHORITY)
    assert rows[0][1] == fake.places.area(AUTHORITY).name
    assert [row[1] for row in rows[1:]] == [fake.places.area(n.neighbour).name for n in nearest]
    assert {len(row) for row in rows} == {len(MAIN) + 4}
    children = fake.places.context_of("children", nearest[0].neighbour)
    assert rows[1][2] == f"{children:,.0f}"


@pytest.mark.parametrize("code", [AUTHORITY, "X06000001", "X06000007"])
def test_the_sentence_counts_who_stayed_who_names_back_and_who_has_less(code: str) -> None:
    fake = FakeApi()
    rows = [
        row
        for row in fake.where.neighbours(fake.places.area(code), {"model": "all"})
        if row["model"] == "2024"
    ]
    both = sum(row["also_in"] == ["2020"] for row in rows)
    back = sum(row["is_mutual"] for row in rows)
    own = fake.places.context_of("children", code) or 0
    fewer = sum((fake.places.context_of("children", row["code"]) or 0) < own for row in rows)
    said = words_of(f"/areas/{code}/neighbours", fake)
    assert "has 10 neighbours by the model of 2024" in said
    assert f"{both} of them are among its neighbours by the model of 2020 as well" in said
    assert f"{back} of the 10 name it as a neighbour in turn" in said
    many = {0: "none", 10: "all 10"}.get(fewer, str(fewer))
    assert f"is above that of {many} in children aged 0 to 17, " in said


def test_a_model_that_names_none_is_told_of() -> None:
    fake = FakeApi()
    fake.neighbour_warnings = ["Somewhere has no neighbours in model 2020"]
    assert "Somewhere has no neighbours in model 2020." in words_of(ADDRESS, fake)


def test_the_page_says_whose_words_closeness_is_and_that_the_distance_is_ours() -> None:
    words = words_of(ADDRESS)
    assert "the words of closeness are the publisher's" in words
    assert "our own measure" in words
    assert "not what the official model was made from" in words
    for title in MAIN:
        assert f"{title.lower()}, " in words  # its date and source


def test_the_chosen_model_is_the_one_shown() -> None:
    fake = FakeApi()
    rows = table_with(rendered(f"{ADDRESS}?model=2020", fake), ALIKE)
    first = fake.places.neighbours_of(AUTHORITY, "2020")[0]
    assert rows[1][1] == fake.places.area(first.neighbour).name


def test_an_abolished_neighbour_has_dashes_and_no_zero() -> None:
    fake = FakeApi()
    area = next(n.area for n in fake.places.neighbours
                if n.model == "2020" and n.neighbour == "X10000022")  # fmt: skip
    rows = table_with(rendered(f"/areas/{area}/neighbours?model=2020", fake), ALIKE)
    row = next(row for row in rows if row[1] == "Galdenshire")
    assert row[2:6] == ["–"] * 4


def test_kent_has_the_neighbours_that_the_publisher_names(real: RealPages) -> None:
    page = real.page(f"/areas/{KENT}/neighbours")
    rows = table_with(page, WHO)
    assert rows[0] == ["Essex", "1", "Very close", "yes", "1", "Extremely close", "yes", "1"]
    assert ["Devon", "3", "Very close", "yes", "–", "–", "–", "14"] in rows
    assert len(real.asked) <= 6  # two lists and two answers are held from then on


def test_grades_of_neighbours_have_their_days(real: RealPages) -> None:
    page = real.page(f"/areas/{KENT}/neighbours")
    rows = table_with(page, "the judgement of leaders")
    assert rows[0] == ["Kent", "Outstanding", "5 July 2022"]
    assert len(rows) == 11
    assert "in force on 30 September 2025" in text_of(page.content)


def test_two_authorities_are_set_side_by_side_figure_by_figure(real: RealPages) -> None:
    page = real.page(f"/areas/{KENT}/neighbours?code={ESSEX}")
    rows = table_with(page, "Kent and Essex, figure by figure")
    assert rows[0] == [
        "Children aged 0 to 17, children", "355,390", "329,197", "−0.13", "8.0%", "10%"
    ]  # fmt: skip
    assert "0.9% of all pairs of authorities are nearer" in text_of(page.content)


def test_a_reader_chooses_what_should_be_alike(real: RealPages) -> None:
    usual = table_with(real.page(f"/areas/{KENT}/neighbours?model=own"), ALIKE)
    chosen = real.page(f"/areas/{KENT}/neighbours?model=own&by=density:2,deprivation:1")
    nearest = table_with(chosen, ALIKE)
    assert [row[1] for row in nearest] != [row[1] for row in usual]
    assert len(nearest) == len(usual) == 11
    counted = "Counted: people per square kilometre (2 times) and deprivation score."
    assert chosen.description.endswith(counted)
    assert "It is no official model." in text_of(chosen.content)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (LONDON_CITY, "None of the 10 name it as a neighbour in turn"),
        (RUTLAND, "Rutland has 10 neighbours by the model of 2025"),
        (SCILLY, "The Isles of Scilly has 10 neighbours"),
        (CUMBRIA, "has 10 neighbours by the model of 2021"),
        (SOUTH_EAST, "Only authorities have statistical neighbours"),
    ],
)
def test_whoever_has_few_or_no_ties_is_told_so(real: RealPages, code: str, says: str) -> None:
    page = real.page(f"/areas/{code}/neighbours")
    assert page.status == 200
    assert says in page.description
