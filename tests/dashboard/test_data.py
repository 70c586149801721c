"""The page of data: what is chosen is asked for, shown, and given as files and as code."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from api.formats import FORMATS as API_FORMATS
from api.formats import Of
from dashboard.components.data_files import (
    FORMATS,
    MOST_CUBE_CELLS,
    MOST_SHEET_ROWS,
    Format,
    size_of,
)
from dashboard.page import Page
from dashboard.prerender import to_html
from tests.dashboard.reading import links_to, said_by, tables_of
from tests.dashboard.real import RealPages

CLA, CIN, SDQ = "cla_31mar_rate_10k", "cin_rate_10k", "cla_sdq_avg_score"
KENT = "E10000016"


def asked(page: Page) -> dict[str, list[str]]:
    """Return what the CSV of a page asks for."""
    (csv,) = links_to(page, "/api/v1/observations.csv")
    return parse_qs(urlsplit(csv).query)


def test_without_a_choice_the_page_says_how_to_begin(real: RealPages) -> None:
    page = real.page("/data")
    assert page.status == 200
    assert "Nothing is chosen yet" in said_by(page)
    assert links_to(page, "/data")
    assert links_to(page, "/api/v1/observations.csv") == []


def test_every_beginning_leads_to_figures(real: RealPages) -> None:
    for address in links_to(real.page("/data"), "/data")[-3:]:
        assert " rows: " in real.page(address).description


def test_the_sentence_counts_the_rows_and_says_what_is_chosen(real: RealPages) -> None:
    page = real.page(f"/data?indicators={CLA}&areas=authority")
    assert page.description == (
        "153 rows: Looked after rate; all authorities; the latest period of each indicator."
    )


def test_the_sentence_names_filters_years_and_breakdowns(real: RealPages) -> None:
    page = real.page(
        f"/data?indicators={CLA}&areas=authority&area_type=county&by=sex&periods=all&from_year=2024"
    )
    assert page.description.endswith(
        "all authorities (only: County); all periods, ending in 2024 or later; by sex."
    )


def test_the_first_twenty_rows_are_shown_in_words(real: RealPages) -> None:
    said = said_by(real.page(f"/data?indicators={CLA}&areas=authority"))
    assert "The first 20 of 153 rows: Children looked after on 31 March" in said
    assert "31 March 2025" in said
    assert "RY2025" not in said


def test_a_missing_figure_says_why_and_is_never_zero(real: RealPages) -> None:
    said = said_by(real.page(f"/data?indicators={CLA}&areas=E06000053"))
    assert "not applicable" in said


def test_breakdowns_are_those_that_the_chosen_indicators_have(real: RealPages) -> None:
    markup = to_html(real.page(f"/data?indicators={CLA},{SDQ}").content)
    offered = re.findall(r'name="by" value="(\w+)"', markup)
    assert offered == ["sex", "age", "ethnicity", "need", "placement"]
    assert "By ethnicity (1 of 2 indicators)" in markup
    assert "None of the chosen indicators is broken down" in said_by(
        real.page(f"/data?indicators={CIN}")
    )


def test_a_breakdown_that_no_chosen_indicator_has_is_said_and_not_asked(real: RealPages) -> None:
    page = real.page(f"/data?indicators={CIN}&areas=england&by=sex")
    assert "None of the chosen indicators is broken down by sex" in said_by(page)
    assert "sex" not in asked(page)


def test_files_ask_for_just_what_was_chosen(real: RealPages) -> None:
    page = real.page(
        f"/data?indicators={CLA}&areas=authority,within:E12000008&by=sex&periods=last:3"
        "&area_type=county&labels=both&wide=period&release=shipped-2026-04-02"
    )
    assert asked(page) == {
        "indicator": [CLA],
        "area": ["authority,within:E12000008"],
        "area_type": ["county"],
        "period": ["latest"],
        "last": ["3"],
        "sex": ["all"],
        "labels": ["both"],
        "wide": ["period"],
        "release": ["shipped-2026-04-02"],
    }
    (cube,) = links_to(page, "/api/v1/observations.jsonstat")
    assert not {"labels", "wide"} & set(parse_qs(urlsplit(cube).query))


def test_years_become_ranges_of_every_kind_of_period(real: RealPages) -> None:
    page = real.page(
        f"/data?indicators={CLA},absence_persistent_pct_cino&areas=england&periods=all"
        "&from_year=2022&to_year=2024"
    )
    assert asked(page)["period"] == ["AY2021-22..AY2023-24,RY2022..RY2024"]
    assert page.description.startswith("6 rows: ")


def test_years_without_any_period_say_which_years_there_are(real: RealPages) -> None:
    said = said_by(real.page(f"/data?indicators={CLA}&from_year=2031"))
    assert "Figures are held from 2019 to 2025: choose other years" in said
    assert "A year is written in digits" in said_by(
        real.page(f"/data?indicators={CLA}&from_year=20x5")
    )


def test_a_refusal_of_the_api_is_told_above_a_form_that_still_works(real: RealPages) -> None:
    page = real.page(f"/data?indicators={CLA}x&areas=authority")
    said = said_by(page)
    assert page.status == 200
    assert "This selection cannot be asked for" in said
    assert CLA in said
    assert "1. Indicators" in said
    meant = links_to(page, "/data")
    assert f"/data?indicators={CLA}&areas=authority" in meant


def test_an_empty_selection_says_what_to_do(real: RealPages) -> None:
    page = real.page(f"/data?indicators={CLA}&areas=england&ofsted=leadership:good")
    said = said_by(page)
    assert page.description.startswith("0 rows")
    assert "Nothing is held for this selection. Take another period" in said
    assert "No area of area=england meets" in said


def test_warnings_name_indicators_by_their_titles(real: RealPages) -> None:
    said = said_by(real.page(f"/data?indicators={CLA},{CIN}&areas=england&periods=RY2013..RY2014"))
    assert "Looked after rate has no figures for RY2013..RY2014." in said


def test_more_rows_than_json_holds_are_offered_in_other_formats(real: RealPages) -> None:
    page = real.page("/data?indicators=all&periods=all&by=sex,age,ethnicity,need,placement")
    assert links_to(page, "/api/v1/observations.json") == []
    assert "too long: it holds 100,000 rows" in said_by(page)
    assert links_to(page, "/api/v1/observations.jsonl")


def test_the_page_offers_every_format_of_figures() -> None:
    held = {name for name, form in API_FORMATS.items() if form.of in {Of.ROWS, Of.FIGURES}}
    assert {form.id for form in FORMATS} == held


def test_limits_are_those_that_the_api_publishes(real: RealPages) -> None:
    published = real.answer("/api/v1/limits").json()["data"]["limits"]
    limits = {row["id"]: row["value"] for row in published}
    assert limits["sheet_rows"] == MOST_SHEET_ROWS
    assert limits["cube_cells"] == MOST_CUBE_CELLS


@pytest.mark.parametrize("form", [form for form in FORMATS if form.each], ids=lambda form: form.id)
def test_a_size_is_told_about_right(form: Format, real: RealPages) -> None:
    for query in (f"indicator={CLA},{CIN}&area=authority&period=all", "area=authority"):
        counted = real.answer(f"/api/v1/observations?{query}&limit=1&count=true")
        told = size_of(form, counted.json()["meta"]["total"])
        held = len(real.answer(f"/api/v1/observations.{form.id}?{query}").content)
        assert told is not None
        assert 0.6 < told / held < 1.7


def test_an_area_brought_along_is_chosen_beside_england(real: RealPages) -> None:
    page = real.page(f"/data?indicators={CLA}&area={KENT}")
    assert asked(page)["area"] == [f"{KENT},england"]


def test_a_list_of_ones_own_is_one_box(real: RealPages) -> None:
    page = real.page(f"/data?indicators={CLA}&own={KENT},E10000012&named=Two%20counties")
    assert asked(page)["area"] == [f"{KENT},E10000012"]
    assert "My list: Two counties (2 authorities)" in said_by(page)


def test_what_is_chosen_stays_ticked_when_the_list_is_searched(real: RealPages) -> None:
    markup = to_html(real.page(f"/data?indicators={CLA}&find=referral").content)
    assert f'value="{CLA}" checked' in markup
    assert "Also chosen" in markup
    assert 'value="rereferral_12m_pct"' in markup
    assert f'value="{CIN}"' not in markup


def test_the_page_costs_three_calls_beside_its_lists(real: RealPages) -> None:
    real.page(f"/data?indicators={CLA}&areas=authority")
    lists = {"/api/v1/areas", "/api/v1/indicators", "/api/v1/groups"}
    asked_for = [urlsplit(one).path for one in real.asked]
    assert len([path for path in asked_for if path not in lists]) <= 4


def test_the_whole_release_has_sizes_checksums_licence_and_citation(real: RealPages) -> None:
    page = real.page("/data")
    said = said_by(page)
    assert "observations.parquet" in said
    assert "Open Government Licence v3.0" in said
    assert re.search(r"\b[0-9a-f]{64}\b", said)
    assert links_to(page, "/api/v1/releases/shipped-2026-04-02/citation.ris")
    assert "http://127.0.0.1:8000/api/v1/releases/shipped-2026-04-02" in said


def test_a_wide_file_is_shown_as_it_is_laid_out_with_reasons_for_blanks(real: RealPages) -> None:
    page = real.page(
        f"/data?indicators={CLA}&areas=authority&periods=last:3&wide=period&labels=label"
    )
    (table,) = (held for title, held in tables_of(page).items() if "wide CSV" in title)
    assert len(table) == 20
    said = said_by(page)
    assert "The first 20 of 154 lines of the wide CSV" in said
    assert re.search(r"31 March 2023 31 March 2024 31 March 2025 \w+", said)
    scilly = said_by(real.page(f"/data?indicators={CLA}&areas=E06000053&wide=period"))
    assert "not applicable" in scilly
