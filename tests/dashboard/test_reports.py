"""The reports of a profile as files: the same numbers as the API and the page, and safe to open."""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import openpyxl
import pypdfium2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.main import create_api
from api.settings import ApiSettings
from dashboard.app import create_dashboard
from dashboard.report.columns import NO_FIGURE
from dashboard.report.profile import comparators_of
from dashboard.words.counts import counts_authorities
from dashboard.words.numbers import quantity
from tests.dashboard.real_paths import KENT, LONDON_CITY

pytestmark = pytest.mark.unmeasured

SOUTH_EAST = "E12000008"
HACKNEY, SLOUGH, BOURNEMOUTH = "E09000012", "E06000039", "E06000028"
AREAS = (KENT, LONDON_CITY, HACKNEY, SLOUGH)
SHEETS = [
    "Read first",
    "Profile",
    "What stands out",
    "Definitions",
    "Inspections",
    "Comments",
]


@pytest.fixture(scope="module")
def web(shipped_home: Any) -> Iterator[TestClient]:
    """API and dashboard over the figures that ship."""
    server = FastAPI(openapi_url=None)
    server.mount("/api", create_api(ApiSettings(home=shipped_home, rate_limit="off")))
    transport = httpx.ASGITransport(app=server)
    create_dashboard(server, httpx.AsyncClient(transport=transport, base_url="http://in-process"))
    with TestClient(server, follow_redirects=False) as client:
        yield client


def pdf_of(web: TestClient, code: str, query: str = "") -> pypdfium2.PdfDocument:
    answer = web.get(f"/areas/{code}/report.pdf{query}")
    assert answer.status_code == 200
    return pypdfium2.PdfDocument(answer.content)


def text_in(document: pypdfium2.PdfDocument) -> str:
    """The words of all pages with single spaces."""
    pages = [page.get_textpage().get_text_range() for page in document]
    return re.sub(r"\s+", " ", " ".join(pages))


def book_of(web: TestClient, code: str, query: str = "") -> Any:
    answer = web.get(f"/areas/{code}/report.xlsx{query}")
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def rows_of(book: Any) -> dict[str, dict[str, Any]]:
    """The rows of the profile by indicator, each by the names of its columns."""
    heads, *rows = book["Profile"].iter_rows(min_row=3, values_only=True)
    made = [dict(zip(heads, row, strict=True)) for row in rows]
    return {row["Indicator id"]: row for row in made}


def profile_of(web: TestClient, code: str) -> dict[str, Mapping[str, Any]]:
    area = web.get(f"/api/v1/areas/{code}").json()["data"]
    asked = ",".join(comparators_of(area, ""))
    rows = web.get(f"/api/v1/profiles/{code}?with={asked}").json()["data"]
    return {row["indicator"]: row for row in rows}


def core_of(web: TestClient) -> set[str]:
    cards = web.get("/api/v1/indicators").json()["data"]
    return {card["id"] for card in cards if card["is_core"]}


@pytest.mark.parametrize("code", [*AREAS, SOUTH_EAST])
def test_the_core_set_is_one_or_two_pages_with_name_release_and_sources(
    web: TestClient, code: str
) -> None:
    document = pdf_of(web, code)
    assert 1 <= len(document) <= 2
    area = web.get(f"/api/v1/areas/{code}").json()
    for page in document:
        words = re.sub(r"\s+", " ", page.get_textpage().get_text_range())
        assert f"Release {area['meta']['release']}" in words
        assert "Not an official statistics publication." in words
        assert "Sources: Department for Education (" in words
        assert "/definitions" in words
        assert re.search(rf"Page \d of {len(document)}", words)
    assert area["data"]["name"] in text_in(document)


def test_paper_has_a_title_a_language_and_tags_for_those_who_listen(web: TestClient) -> None:
    content = web.get(f"/areas/{KENT}/report.pdf").content
    document = pypdfium2.PdfDocument(content)
    assert document.get_metadata_dict()["Title"] == "Kent: children’s social care profile"
    assert b"/Lang (en-GB)" in content or b"en-GB" in content
    assert b"pdfuaid" in content  # the file says itself that it meets PDF/UA
    assert b"/StructTreeRoot" in content or document.is_tagged()


def test_a_page_of_paper_is_drawn_and_has_spines_in_their_colour(web: TestClient) -> None:
    picture = pdf_of(web, KENT)[0].render(scale=1).to_pil().convert("RGB")
    colours = {colour: count for count, colour in picture.getcolors(1 << 24)}
    assert colours[(255, 255, 255)] < 0.97 * picture.width * picture.height
    chosen = sum(n for (r, g, b), n in colours.items() if r > 110 and g < 60 and 40 < b < 110)
    assert chosen > 100  # the diamonds


def shown(figure: float | None) -> float | str:
    """What stands in the workbook for a comparator's figure; never nothing, and never nought."""
    return NO_FIGURE if figure is None else figure


@pytest.mark.parametrize("code", AREAS)
def test_numbers_of_the_workbook_are_those_of_the_api(web: TestClient, code: str) -> None:
    rows, told = rows_of(book_of(web, code, "?view=all")), profile_of(web, code)
    assert set(rows) == set(told)
    name = web.get(f"/api/v1/areas/{code}").json()["data"]["name"]
    for id, row in told.items():
        if counts_authorities(row["unit"]):
            continue
        held = rows[id]
        if row["value"] is None:
            assert isinstance(held[name], str)
            assert held["Why there is no figure"]
        else:
            assert held[name] == row["value"], id
        by = {compared["with"]: compared for compared in row["comparisons"]}
        assert held["England"] == shown(by["england"]["comparator_value"]), id
        near = by["neighbours"]
        assert held[f"Neighbours {near['model']}, median"] == shown(near["comparator_value"]), id
        assert held[f"Neighbours {near['model']}, mean"] == shown(near["mean"]), id


@pytest.mark.parametrize("code", AREAS)
def test_paper_and_page_say_the_same_figures_as_the_api(web: TestClient, code: str) -> None:
    paper, page = text_in(pdf_of(web, code)), web.get(f"/areas/{code}").text
    core, told = core_of(web), profile_of(web, code)
    for id in core:
        row = told[id]
        part = page[page.index(f'<tbody id="{id}"') :].partition("</tbody>")[0]
        if row["value"] is None:
            assert 'class="row-none"' in part
            continue
        said = quantity(row["value"], row["unit"], row["decimals"])
        assert f'class="row-value">{said}</strong>' in part, id
        assert said in paper, id
        near = next(c for c in row["comparisons"] if c["with"] == "neighbours")
        mean = f"mean {quantity(near['mean'], row['unit'], row['decimals'])}"
        assert mean in part, id
        assert mean in paper, id


def test_the_workbook_is_made_for_paper_and_for_reading(web: TestClient) -> None:
    book = book_of(web, KENT)
    assert book.sheetnames == SHEETS
    sheet = book["Profile"]
    assert sheet.freeze_panes == "D4"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage  # one page wide, however many high
    assert (sheet.page_setup.fitToHeight, sheet.page_setup.paperSize) == (0, 9)
    assert sheet.print_area
    assert sheet.print_title_rows == "$3:$3"
    assert "Release shipped" in sheet.oddHeader.right.text
    assert "Not an official statistics publication" in sheet.oddFooter.left.text
    assert book["Read first"]["A1"].value == "Kent: children’s social care profile"
    value = next(row for row in sheet.iter_rows(min_row=4) if row[2].value == "Repeat referrals")[4]
    assert (value.value, value.number_format) == (21.6, '#,##0.0"%"')
    assert len(rows_of(book)) == 25


def test_what_differs_is_bold_besides_its_shade(web: TestClient) -> None:
    sheet = book_of(web, KENT)["Profile"]
    cells = [cell for row in sheet.iter_rows(min_row=4) for cell in row if cell.value == "worse"]
    assert cells
    assert all(cell.font.bold for cell in cells)


def test_inspections_are_dated_and_machine_read_ones_say_so(web: TestClient) -> None:
    rows = list(book_of(web, KENT)["Inspections"].iter_rows(min_row=4, values_only=True))
    newest = rows[0]
    assert newest[0].isoformat().startswith("2026-02-02")
    assert newest[5] == "Read by machine from the report"
    assert "read by machine from the report" in text_in(pdf_of(web, KENT))


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        (f"/areas/{BOURNEMOUTH}/report.pdf", 404, "There is no report of it"),
        ("/areas/X9/report.xlsx", 404, "X9"),
        (f"/areas/{KENT}/report.pdf?model=1999", 400, "1999"),
        (f"/areas/{KENT}/report.odt", 404, ""),
    ],
)
def test_where_there_is_no_report_a_page_says_why(
    web: TestClient, address: str, status: int, said: str
) -> None:
    answer = web.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert said in answer.text


@pytest.mark.parametrize("format", ["pdf", "xlsx"])
def test_a_report_has_a_name_and_a_tag_and_is_not_sent_twice(web: TestClient, format: str) -> None:
    answer = web.get(f"/areas/{KENT}/report.{format}")
    release = web.get("/api/v1/releases/latest").json()["data"]["id"]
    name = f'attachment; filename="kent-profile-{release}.{format}"'
    assert answer.headers["content-disposition"] == name
    assert answer.headers["cache-control"] == "no-cache"
    again = {"If-None-Match": answer.headers["etag"]}
    assert web.get(f"/areas/{KENT}/report.{format}", headers=again).status_code == 304


def test_a_report_follows_the_choices_of_the_page(web: TestClient) -> None:
    page = web.get(f"/areas/{KENT}?model=2021&view=all").text
    assert f'href="/areas/{KENT}/report.pdf?model=2021&amp;view=all"' in page
    rows = rows_of(book_of(web, KENT, "?model=2021&view=all"))
    assert len(rows) == len(profile_of(web, KENT))
    heads = list(next(iter(rows.values())))
    assert heads.index("Neighbours 2021, median") < heads.index("Neighbours 2025, median")
    few = rows_of(book_of(web, KENT, "?stage=leaving_care&view=all"))
    assert {row["Stage"] for row in few.values()} == {"Leaving care"}
