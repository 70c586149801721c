"""Documents are set without a browser, in one font, and the same source gives the same bytes."""

import asyncio
import io
from datetime import UTC, datetime

import pypdfium2
import pytest
import typst
from PIL import Image

from dashboard.typesetting import FONT, WEIGHTS, literal, typeset

DATED = datetime(2026, 7, 1, tzinfo=UTC)
PAGE = "#set page(width: 300pt, height: 100pt, margin: 20pt)\n"
LETTERED = """<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100">
<rect width="300" height="100" fill="#ffffff"/>
<text x="10" y="60" style="font: 40px '{font}'; fill: #000000">Kent</text></svg>"""


def test_a_document_becomes_a_pdf_whose_text_can_be_read() -> None:
    source = PAGE + f'#set text(font: "{FONT}")\n#{literal("53.4 per 10,000")}'
    made = asyncio.run(typeset(source, dated=DATED))
    text = pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range()
    assert text.strip() == "53.4 per 10,000"
    assert made == asyncio.run(typeset(source, dated=DATED))


def test_text_is_never_taken_for_markup() -> None:
    said = 'a "quoted" #name [*not bold*] \\ $x$'
    made = asyncio.run(typeset(PAGE + f"#{literal(said)}"))
    text = pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range()
    assert " ".join(text.split()) == said


def test_a_picture_has_the_size_asked_for_and_its_letters_are_drawn() -> None:
    source = '#set page(width: 300pt, height: 100pt, margin: 0pt)\n#image("drawing.svg")'
    files = {"drawing.svg": LETTERED.format(font=FONT).encode()}
    picture = Image.open(io.BytesIO(asyncio.run(typeset(source, files, "png", scale=2))))
    assert picture.size == (600, 200)
    assert picture.convert("L").getextrema() == (0, 255)


def test_no_font_of_the_system_is_used_even_where_it_is_asked_for() -> None:
    made = asyncio.run(typeset(PAGE + '#text(font: "DejaVu Sans", fallback: true)[Kent]'))
    assert b"SourceSans3" in made
    assert b"DejaVu" not in made


def test_every_weight_of_the_font_is_there() -> None:
    made = [
        asyncio.run(typeset(PAGE + f'#text(font: "{FONT}", weight: {weight})[Kent]', dated=DATED))
        for weight in WEIGHTS
    ]
    assert len(set(made)) == len(WEIGHTS)


def test_a_fault_in_a_source_is_raised() -> None:
    with pytest.raises(typst.TypstError, match="unknown variable"):
        asyncio.run(typeset("#nothing"))
