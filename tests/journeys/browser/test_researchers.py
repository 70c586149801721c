"""What a researcher comes for: files, reasons, definitions, uncertainty, links that last."""

import hashlib
import io
import re
import subprocess
import sys
from pathlib import Path

import httpx
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Page, expect

from tests.dashboard.conftest import open_page

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured]

CLA, CIN = "cla_31mar_rate_10k", "cin_rate_10k"
KENT, CUMBRIA, LONDON_CITY = "E10000016", "E10000006", "E09000001"
RELEASE = "shipped-2026-04-02"
CHOSEN = f"/data?indicators={CLA}&areas={KENT},england&periods=RY2025"


def lead(tab: Page) -> str:
    """Return the sentence with which the page begins."""
    return tab.locator("#painted .lead-sentence").inner_text()


def table(tab: Page, place: str = "") -> str:
    """Return the words of the first table below a place, in one line."""
    shown = tab.locator(f"#painted {place} table").first
    return " ".join(str(shown.text_content()).split())


def taken(tab: Page, name: str) -> bytes:
    """Return the file behind a link, as the browser saves it."""
    with tab.expect_download() as download:
        tab.get_by_role("link", name=name, exact=True).first.click()
    return Path(download.value.path()).read_bytes()


def figures(base: str, query: str) -> pd.DataFrame:
    """Return rows of the API, as pandas reads them."""
    return pd.read_csv(f"{base}/api/v1/observations.csv?{query}", low_memory=False)


def test_the_figures_i_chose_open_in_pandas_arrow_and_a_spreadsheet(tab: Page, base: str) -> None:
    open_page(tab, base + CHOSEN)
    assert "2 rows: Looked after rate; Kent and England; RY2025" in lead(tab)
    csv = pd.read_csv(io.BytesIO(taken(tab, "CSV")))
    parquet = pq.read_table(io.BytesIO(taken(tab, "Parquet"))).to_pandas()
    book = openpyxl.load_workbook(io.BytesIO(taken(tab, "Excel workbook")), read_only=True)
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True) if CLA in row]
    for values in (
        csv.set_index("area_code")["value"].to_dict(),
        parquet.set_index("area_code")["value"].to_dict(),
    ):
        assert values == {KENT: 53, "E92000001": 67}
    assert sum({KENT, 53} <= set(row) or {"E92000001", 67} <= set(row) for row in rows) == 2
    assert set(csv["release"]) == {RELEASE}


def test_the_python_code_of_the_page_runs_and_counts_what_the_page_counts(
    tab: Page, base: str, tmp_path: Path
) -> None:
    open_page(tab, f"{base}/data?indicators={CLA},{CIN}&areas=neighbours:{KENT}&periods=last:3")
    count = int(lead(tab).partition(" rows")[0])
    file = tmp_path / "figures.py"
    file.write_text(str(tab.locator("#painted #code-python").text_content()), "utf-8")
    assert base in file.read_text("utf-8")
    command = [sys.executable, "-W", "error", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.startswith(f"{count} rows")
    assert count == 60


def test_a_file_of_the_whole_release_is_whole_and_unchanged(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/data")
    parquet = taken(tab, "observations.parquet")
    assert hashlib.sha256(parquet).hexdigest() in str(tab.locator("#painted").text_content())
    held = pq.read_table(io.BytesIO(parquet)).to_pandas()
    assert str(held["value"].dtype).startswith("float")
    open_page(tab, f"{base}/missing")
    shown = [int(said.replace(",", "")) for said in re.findall(r"\d[\d,]+", lead(tab))]
    counted = held["value"].notna().sum(), held["value"].isna().sum()
    assert shown[:2] == list(counted)


def test_a_missing_figure_says_why_on_the_page_and_in_the_file(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/indicators/ks2_rwm_expected_pct_cla?area={LONDON_CITY}")
    assert "has no figure" in lead(tab)
    assert "not applicable, because there was nothing to count" in lead(tab)
    asked = f"indicator=ks2_rwm_expected_pct_cla&area={LONDON_CITY}&period=latest"
    row = figures(base, asked).iloc[0]
    assert pd.isna(row["value"])
    assert (row["status"], row["source_symbol"]) == ("not_applicable", "z")


def test_the_definition_says_what_is_counted_of_what_and_its_method_can_be_followed(
    tab: Page, base: str
) -> None:
    open_page(tab, f"{base}/definitions?view=indicators&q=placements")
    expect(tab.locator("#painted main, #painted").first).to_contain_text("Which way is good")
    open_page(tab, f"{base}/methods/intervals")
    said = str(tab.locator("#painted").text_content())
    assert "230 of 358 young people" in " ".join(said.split())
    counted, of, z = 230, 358, 1.959964
    middle = (counted / of + z * z / (2 * of)) / (1 + z * z / of)
    half = (counted / of * (1 - counted / of) / of + z * z / (4 * of * of)) ** 0.5
    half *= z / (1 + z * z / of)
    assert f"{100 * (middle - half):.1f} to {100 * (middle + half):.1f}" in said


def test_an_authority_that_was_abolished_keeps_its_series_and_gets_no_nought(
    tab: Page, base: str
) -> None:
    open_page(tab, f"{base}/areas/{CUMBRIA}")
    assert lead(tab).startswith("Cumbria ended on 31 March 2023")
    assert re.search(r"Looked after rate\s*82", table(tab))
    held = figures(base, f"indicator={CLA}&area={CUMBRIA}&period=all")
    assert list(held["value"]) == [75, 79, 81, 81, 82]
    assert held["period"].max() == "RY2023"
    tab.locator("#painted").get_by_role("link", name="Westmorland and Furness").first.click()
    expect(tab.locator("#painted h1")).to_have_text("Westmorland and Furness")


def test_a_link_with_its_release_shows_the_same_and_leads_on_in_it(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/indicators/{CLA}?area={KENT}&view=ranked")
    first = lead(tab)
    cited = tab.locator("#painted .chart").first.locator("text=Available at").text_content()
    address = re.search(r"Available at:\s*(\S+release=[\w-]+)", str(cited))
    assert address
    open_page(tab, address[1] if address[1].startswith("http") else base + address[1])
    assert lead(tab) == first
    open_page(tab, f"{base}/gaps?area={KENT}&release={RELEASE}")
    tab.locator("#painted .breadcrumbs").get_by_role("link", name="Overview").click()
    tab.wait_for_url(f"{base}/?release={RELEASE}")
    tab.locator("#painted").get_by_role("link", name="Looked after rate").first.click()
    tab.wait_for_url(f"**/indicators/{CLA}?*release={RELEASE}*")


def test_a_citation_can_be_taken_into_a_library_of_references(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/scatter?x={CIN}&y={CLA}")
    tab.locator("#painted .chart summary", has_text="Share, save and embed").first.click()
    bib = tab.locator("#painted").get_by_role("link", name="BibTeX").first
    text = httpx.get(base + str(bib.get_attribute("href"))).text
    digest = httpx.get(f"{base}/api/v1/releases/{RELEASE}").json()["meta"]["digest"]
    assert f"version = {{{RELEASE}}}" in text
    assert digest in text


def test_a_pair_states_its_number_and_its_caution_and_can_be_computed_again(
    tab: Page, base: str
) -> None:
    open_page(tab, f"{base}/scatter?x={CIN}&y={CLA}&area={KENT}")
    said = " ".join(str(tab.locator("#painted").text_content()).split())
    both = figures(base, f"indicator={CIN},{CLA}&area=authority&period=latest")
    wide = both.pivot(index="area_code", columns="indicator", values="value").dropna()
    found = wide[CIN].rank().corr(wide[CLA].rank())
    assert f"Over the {len(wide)} authorities that have both figures" in said
    assert f"rank correlation {found:.2f}, 95% interval" in said
    assert "does not say that one brings about the other" in said
    assert "Neither differs from England by more than chance. So its quadrant says little." in said


def test_gaps_have_intervals_and_hidden_groups_stay_hidden(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/gaps?indicator=absence_persistent_pct_cino&area={KENT}")
    said = table(tab)
    assert re.search(r"State-funded secondary\s*64\.2%\s*61\.4 to 66\.8", said)
    assert re.search(r"worse\s*\+15\.9 \(13\.7 to 18\.1\)", said)
    assert re.search(r"Special\s*suppressed", said)
    row = figures(
        base,
        f"indicator=absence_persistent_pct_cino&area={KENT}&period=latest&school_phase=SPECIAL",
    )
    assert row["value"].isna().all()
    assert set(row["status"]) == {"suppressed"}


def test_groups_of_my_own_are_tested_and_the_list_stands_in_the_link(tab: Page, base: str) -> None:
    mine = f"own={KENT},E10000011,E10000012&named=Coast"
    open_page(tab, f"{base}/own?{mine}")
    tab.get_by_role("link", name="Hold its authorities against all others").first.click()
    expect(tab.locator("#painted .lead-sentence")).to_contain_text("Coast and all others")
    assert re.search(r"\(\d+ authorities in 2 groups, p [<=] 0\.\d+\)", lead(tab))
    for code in (KENT, "E10000011", "E10000012"):
        assert code in tab.url
    open_page(tab, tab.url.replace("compare=own", "compare=deprivation"))
    assert re.search(r"authorities in 5 groups, p [<=] 0\.\d+", lead(tab))


def test_both_models_of_neighbours_are_held_against_each_other(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/areas/{KENT}/neighbours")
    lists = {
        model: {
            row["code"]
            for row in httpx.get(
                f"{base}/api/v1/areas/{KENT}/neighbours", params={"model": model}
            ).json()["data"]
        }
        for model in ("2025", "2021")
    }
    both = len(lists["2025"] & lists["2021"])
    assert f"{both} of them are among its neighbours by the model of 2021 as well" in lead(tab)
    assert len(lists["2025"]) == 10


def test_outcomes_are_told_from_performance_and_what_nobody_measures_stays_empty(
    tab: Page, base: str
) -> None:
    open_page(tab, f"{base}/")
    said = str(tab.locator("#painted").text_content())
    assert "nobody measures this" in said
    assert "an outcome for children and families" in said
    open_page(tab, f"{base}/indicators?kind=outcome&only=core")
    held = httpx.get(f"{base}/api/v1/indicators").json()["data"]
    outcomes = [one for one in held if one["kind"] == "outcome" and one["is_core"]]
    assert f"Of {len(outcomes)} indicators" in lead(tab)


def test_what_an_authority_sent_is_told_where_nothing_came_too(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/areas/{KENT}/returns")
    assert "No return of Kent is in this release" in str(tab.locator("#painted").text_content())
    returns = httpx.get(f"{base}/api/v1/areas/{KENT}/returns").json()["data"]
    assert not returns


def test_back_and_forward_show_the_views_that_i_came_through(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/trends?indicator={CLA}&areas={KENT},E10000012,england")
    first = lead(tab)
    tab.locator("#site-nav, nav").get_by_role("link", name="Data", exact=True).first.click()
    expect(tab.locator("#painted h1")).to_have_text("Data")
    tab.go_back()
    expect(tab.locator("#painted .lead-sentence")).to_have_text(first)
    tab.go_forward()
    expect(tab.locator("#painted h1")).to_have_text("Data")
