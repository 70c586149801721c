"""Figures of an area and of those it was made from stand side by side, and no line joins them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.client import ApiClient
from dashboard.pages.series import series
from dashboard.prerender import to_html
from dashboard.words.history import (
    became,
    before_it_began,
    came_from,
    history_sentence,
    kin_name,
)
from dashboard.words.outcomes import Measure
from reference.placesets import load_place_set
from tests.dashboard.fake_api import RATE, SHARE, FakeApi
from tests.dashboard.fake_cards import CARDS
from tests.dashboard.reading import nodes_of, rendered, tables_of

ENDED, BEGUN = "X10000022", ("X06000062", "X06000063")
MEASURE = Measure("%", 0, "during")


def parts(id: str, area: str, fake: FakeApi | None = None) -> Any:
    client = ApiClient((fake or FakeApi()).client)
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, series(client, id, f"?area={area}")).result()


def area(name: str, **more: Any) -> Any:
    return {"name": name, "code": name, "first_day": None, "last_day": None, **more}


OLD = area("Oldshire", last_day="2023-03-31")
NEW = area("Newton", first_day="2023-04-01")


@pytest.mark.parametrize(("chosen", "kin"), [(BEGUN[0], {ENDED}), (ENDED, set(BEGUN))])
def test_the_chart_shows_what_came_before_and_after_as_lines_of_their_own(
    chosen: str, kin: set[str]
) -> None:
    fake = FakeApi()
    graph, history, *_ = parts(RATE, chosen, fake)
    named = {line["name"] for line in go.Figure(graph.figure).data}
    for code in kin:
        held = fake.places.area(code)
        assert any(name.startswith(f"{held.name} (") for name in named)
    assert "nothing is joined, added up or compared" in to_html(history)


def test_an_area_without_a_history_has_neither_line_nor_table() -> None:
    graph, history, *_ = parts(RATE, "X06000001")
    assert len(graph.figure["data"]) == 3
    assert history is None


def test_no_line_crosses_a_break_and_a_mark_stands_there() -> None:
    graph, *_ = parts(SHARE, "X06000001")
    (card,) = (one for one in CARDS if one["id"] == SHARE)
    first = card["breaks"][0]["period"].removeprefix("RY")
    for line in graph.figure["data"]:
        assert first not in line["x"][1:]
    layout = graph.figure["layout"]
    assert len(layout["shapes"]) == len(layout["annotations"]) == len(card["breaks"])
    assert layout["annotations"][0]["text"] == "break"


def test_the_sentence_names_both_sides_and_the_day() -> None:
    assert history_sentence(NEW, [OLD]) == (
        "Newton began on 1 April 2023. Earlier figures are those of Oldshire, which was another "
        "area. The lines are apart: nothing is joined, added up or compared across the change."
    )
    assert history_sentence(OLD, [NEW, area("Westham")]).startswith(
        "Oldshire ended on 31 March 2023. Later figures are those of Newton and Westham, which "
        "are other areas."
    )
    assert history_sentence(NEW, []) == ""
    assert [kin_name(one) for one in (OLD, NEW, area("Ever"))] == [
        "Oldshire (until 31 March 2023)", "Newton (from 1 April 2023)", "Ever",
    ]  # fmt: skip


def test_in_place_of_a_change_stands_what_the_old_area_had() -> None:
    assert before_it_began(NEW, [("Oldshire", 6)], "RY2023", MEASURE) == (
        "It began on 1 April 2023, so no change can be given. In the year ending 31 March 2023, "
        "Oldshire had 6%, as another area."
    )
    assert before_it_began(NEW, [], "RY2023", MEASURE).endswith("no change can be given.")


def test_an_area_tells_when_and_with_how_many_children_it_changed() -> None:
    change: Any = {
        "effective_on": "2023-04-01", "predecessor": "A", "successor": "B",
        "successor_share": 0.5704, "note": "",
    }  # fmt: skip
    recoded: Any = {**change, "predecessor": "B"}
    assert came_from([change, recoded], "B") == {"A": "on 1 April 2023, with 57% of its children"}
    assert became([change], "A") == {"B": "on 1 April 2023, with 57% of the children"}
    noted: Any = {**change, "successor_share": None, "note": "One district only."}
    assert came_from([noted], "B") == {"A": "on 1 April 2023: One district only"}


def begun_later() -> FakeApi:
    """Return an API whose made-up areas change a year after the first period held."""
    places = load_place_set("made_up")
    days: dict[str, Any] = {code: {"first_day": date(2023, 4, 1)} for code in BEGUN}
    days[ENDED] = {"last_day": date(2023, 3, 31)}
    moved = tuple(replace(one, **days.get(one.code, {})) for one in places.areas)
    return FakeApi(replace(places, areas=moved))


def test_before_an_area_began_its_page_names_what_it_came_from_and_compares_nothing() -> None:
    fake = begun_later()
    page = rendered(f"/indicators/{RATE}?area={BEGUN[0]}&period=RY2023", fake)
    assert " began on 1 April 2023, after the period shown (31 March 2023)" in page.description
    assert f"Its area then belonged to {fake.places.area(ENDED).name}" in page.description
    assert "not available" not in page.description
    assert not [caption for caption in tables_of(page) if " compared, " in caption]
    ways = [found["props"]["href"] for found in nodes_of(page.content) if found["type"] == "A"]
    assert f"/indicators/{RATE}?area={ENDED}&period=RY2023" in ways
