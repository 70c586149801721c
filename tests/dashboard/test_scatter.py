"""Any two figures of a reader's own choice, over the figures that ship."""

import pytest

from dashboard.page import Page
from dashboard.prerender import to_html
from tests.dashboard.reading import nodes_of, tables_of, text_of
from tests.dashboard.real import RealPages
from tests.dashboard.real_paths import KENT, LONDON_CITY

DEPRIVED = f"/scatter?x=context:deprivation&y=cla_31mar_rate_10k&area={KENT}"


def links_of(page: Page) -> list[str]:
    return [found["props"]["href"] for found in nodes_of(page.content) if found["type"] == "A"]


def test_a_context_variable_is_dated_and_only_the_indicator_is_tested(real: RealPages) -> None:
    page = real.page(DEPRIVED)
    assert page.description.startswith("Kent: “Deprivation score” 20.7 in 2025, lower than")
    assert "on 31 March 2025" in page.description
    assert "The second does not differ from England by more than chance." in page.description
    rows = tables_of(page)["Both figures of Kent and its neighbours"]
    assert {row[4] for row in rows} <= {"no", "yes, higher", "yes, lower", "cannot be said"}


def test_the_chart_says_n_correlation_and_that_it_is_about_authorities(real: RealPages) -> None:
    words = text_of(real.page(DEPRIVED).content)
    assert "Over the 151 authorities that have both figures" in words
    assert "95% interval 0.52 to 0.73" in words
    assert "does not say that one brings about the other" in words
    assert "need not bring each other about" in words


def test_the_chosen_authority_and_neighbours_are_named_on_the_drawing(real: RealPages) -> None:
    svg = to_html(real.page(DEPRIVED).content)
    assert ">Kent</text>" in svg
    assert ">Norfolk</text>" in svg


@pytest.mark.parametrize("sort", ["x", "-x", "y", "-y", "name", "-name", "quadrant"])
def test_the_table_sorts_by_any_column_and_missing_figures_stay_last(
    real: RealPages, sort: str
) -> None:
    page = real.page(f"/scatter?x=cin_rate_10k&y=cpp_2yr_plus_pct&sort={sort}")
    rows = tables_of(page)["Both figures of each authority"]
    column = {"name": 0, "x": 1, "y": 2, "quadrant": 3}[sort.removeprefix("-")]
    said = [row[column] for row in rows]
    missing = [word in {"suppressed", "not available"} for word in said]
    assert missing == sorted(missing)
    if column in {1, 2}:
        known = [float(w.rstrip("%").replace(",", "")) for w in said if w[:1].isdigit()]
        assert known == sorted(known, reverse=sort.startswith("-"))


def test_every_choice_stays_when_another_is_made(real: RealPages) -> None:
    page = real.page(f"{DEPRIVED}&model=2021")
    own = [one for one in links_of(page) if one.startswith("/scatter?")]
    assert own
    assert all("model=2021" in one for one in own)
    turned = [one for one in own if "x=cla_31mar_rate_10k&y=context:deprivation" in one]
    assert len(turned) == 1


def test_where_no_authority_has_a_figure_nothing_is_said_of_the_two(real: RealPages) -> None:
    page = real.page("/scatter?x=cin_rate_10k&y=adoption_decision_to_match_months")
    assert "Fewer than 20 authorities have both figures" in text_of(page.content)


def test_an_authority_without_a_figure_says_why(real: RealPages) -> None:
    page = real.page(f"/scatter?x=cin_rate_10k&y=ks2_rwm_expected_pct_cla&area={LONDON_CITY}")
    assert page.status == 200
    assert "quadrant" in page.description


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("x=nothing", "not an indicator"),
        ("x=cin_rate_10k&y=cin_rate_10k", "twice"),
        ("x=ofsted_leadership_good_n", "not an indicator"),
        ("area=nowhere", "not a code"),
        ("period=RY1066", "no figure of this release"),
    ],
)
def test_what_cannot_be_shown_is_a_page_that_says_so(
    real: RealPages, query: str, said: str
) -> None:
    page = real.page(f"/scatter?{query}")
    assert page.status in {400, 404}
    assert said in text_of(page.content)
