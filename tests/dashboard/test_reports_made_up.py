"""Reports of made-up places: hostile names and words, practice, provisional figures, comments."""

import asyncio
import io
import re
from dataclasses import replace
from typing import Any

import openpyxl
import pypdfium2
import pytest

from dashboard.client import ApiClient
from dashboard.report.paper import as_pdf
from dashboard.report.report import Report, report_of
from dashboard.report.workbook import as_xlsx
from dashboard.reports import file_name, plain_name
from dashboard.state import State
from reference.placesets import load_place_set
from tests.dashboard.fake_api import RATE, SHARE, FakeApi
from tests.dashboard.fake_said import comment
from tests.dashboard.reading import AUTHORITY, rendered, text_of

HOSTILE = '=HYPERLINK("http://x.example") & #let [*b*] _i_ $x$ \\ <b>@Co</b> `c` // /*'
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)")


def a_report(fake: FakeApi, *, is_practice: bool = False) -> Report:
    async def made() -> Report:
        client = ApiClient(fake.client)
        area = await client.area(AUTHORITY, "")
        return await report_of(
            client, State(subject=AUTHORITY), area, is_practice=is_practice, base="http://here"
        )

    return asyncio.run(made())


def called(name: str) -> FakeApi:
    """Return an API in which the authority has another name."""
    places = load_place_set("made_up")
    areas = (replace(area, name=name) if area.code == AUTHORITY else area for area in places.areas)
    return FakeApi(replace(places, areas=tuple(areas)))


def paper(report: Report) -> str:
    document = pypdfium2.PdfDocument(asyncio.run(as_pdf(report)))
    pages = [page.get_textpage().get_text_range() for page in document]
    return re.sub(r"\s+", " ", " ".join(pages))


def book(report: Report) -> Any:
    return openpyxl.load_workbook(io.BytesIO(as_xlsx(report)))


def test_a_hostile_name_is_text_on_paper_and_in_the_workbook() -> None:
    report = a_report(called(HOSTILE))
    assert re.sub(r"\s+", "", HOSTILE) in re.sub(r"\s+", "", paper(report))
    cells = [cell for sheet in book(report) for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(cell.value == HOSTILE for cell in cells)
    assert all(cell.hyperlink is None for cell in cells)


@pytest.mark.parametrize("words", FORMULAS)
def test_words_that_look_like_a_formula_stay_words(words: str) -> None:
    fake = FakeApi()
    fake.comments = [comment(RATE, "context", words)]
    report = a_report(fake)
    cell = book(report)["Comments"]["E4"]
    assert (cell.value, cell.data_type) == (words, "s")
    assert words in paper(report)


def test_practice_is_said_on_every_page_and_every_sheet() -> None:
    report = a_report(FakeApi(), is_practice=True)
    document = pypdfium2.PdfDocument(asyncio.run(as_pdf(report)))
    for page in document:
        assert "PRACTICE: every place and every figure" in page.get_textpage().get_text_range()
    made = book(report)
    for sheet in made:
        assert "PRACTICE" in str(sheet["A2"].value)
        assert "PRACTICE" in sheet.oddHeader.left.text
    assert file_name(report).startswith("practice-")
    assert document.get_metadata_dict()["Title"].startswith("PRACTICE: ")


def test_nothing_says_practice_where_figures_are_real() -> None:
    report = a_report(FakeApi())
    assert "PRACTICE" not in paper(report)
    assert "practice" not in file_name(report)


def test_a_provisional_figure_is_marked_on_page_paper_and_workbook(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fake = FakeApi()
    plain = fake.figures.profile_row
    monkeypatch.setattr(
        fake.figures,
        "profile_row",
        lambda held, area: plain(held, area) | {"flags": ["provisional"]},
    )
    report = a_report(fake)
    assert "(provisional" in paper(report)
    heads, first, *_ = book(report)["Profile"].iter_rows(min_row=3, values_only=True)
    assert "provisional" in first[heads.index("To be known")]
    page = rendered(f"/areas/{AUTHORITY}", fake)
    assert "provisional" in text_of(page.content)


def test_the_words_of_the_authority_stand_on_paper() -> None:
    words = paper(a_report(FakeApi()))
    assert "What Brennowcombe says" in words
    assert "Teams visit <families> earlier." in words


def test_the_same_report_gives_the_same_bytes() -> None:
    report = a_report(FakeApi())
    assert as_xlsx(report) == as_xlsx(report)
    assert asyncio.run(as_pdf(report)) == asyncio.run(as_pdf(report))


def test_the_name_of_a_file_has_letters_that_are_safe_anywhere() -> None:
    assert plain_name("King’s Côte & Sons, City of") == "kings-cote-sons-city-of"
    assert plain_name("…") == "area"
    assert file_name(a_report(FakeApi())).startswith("brennowcombe-profile-")


def test_what_the_core_set_leaves_out_is_counted() -> None:
    fake = FakeApi()
    fake.not_core = {SHARE}
    assert "The core set: 3 of 4 indicators." in paper(a_report(fake))
