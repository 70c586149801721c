"""The interactive chart: a plain dict that the figure library accepts."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.client import ApiClient
from dashboard.interactive import series_figure
from dashboard.pages.series import series
from dashboard.prerender import to_html
from tests.dashboard.fake_api import COUNT, RATE, SHARE, FakeApi
from tests.dashboard.fake_cards import CARDS, PERIODS
from tests.dashboard.reading import AUTHORITY, text_of


def drawn(id: str, query: str, fake: FakeApi) -> Any:
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, series(ApiClient(fake.client), id, query)).result()


@pytest.mark.parametrize("query", ["", f"?area={AUTHORITY}"])
def test_the_figure_library_accepts_the_figure(query: str) -> None:
    graph, *_ = drawn(RATE, query, FakeApi())
    figure = go.Figure(graph.figure)
    assert "Made-up country" in [trace.name for trace in figure.data]
    assert all(list(trace.x) == ["2023", "2024", "2025"] for trace in figure.data)


def test_lines_differ_by_symbol_and_dashes_as_well_as_by_colour() -> None:
    graph, *_ = drawn(SHARE, f"?area={AUTHORITY}", FakeApi())
    named = [line for line in graph.figure["data"] if line["showlegend"]]
    looks = [(line["marker"]["symbol"], line["line"]["dash"]) for line in named]
    assert len(looks) == len(set(looks)) == 3


def test_the_chart_names_the_sources_of_its_periods() -> None:
    *_, sources = drawn(RATE, f"?area={AUTHORITY}", FakeApi())
    assert text_of(sources) == "Sources:  2023 to 2025 (vintage 2025) ."
    assert f"/sources/office_children_2025?area={AUTHORITY}" in to_html(sources)


def test_whether_one_authority_is_counted_has_no_line_among_counts() -> None:
    graph, *_ = drawn(COUNT, f"?area={AUTHORITY}", FakeApi())
    assert "Brennowcombe" not in [line["name"] for line in graph.figure["data"]]


def test_a_missing_value_is_a_gap_in_the_line() -> None:
    fake = FakeApi()
    area = fake.places.area(AUTHORITY)
    fake.figures.values[(RATE, "RY2024", AUTHORITY)] = None
    rows: Any = [fake.figures.row(CARDS[0], period, area) for period in PERIODS]
    (line,) = series_figure(rows, [AUTHORITY], "Children in care", "per 10,000")["data"]
    assert line["y"][1] is None
    assert line["connectgaps"] is False


def test_the_interactive_chart_costs_two_calls() -> None:
    fake = FakeApi()
    drawn(RATE, "", fake)
    lists = ("/api/v1/areas?", "/api/v1/indicators?", "/api/v1/groups?release=")
    assert len([asked for asked in fake.asked if not asked.startswith(lists)]) == 2
