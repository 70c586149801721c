"""Reading in a browser: what a page says, where its links lead, and what its files hold."""

import re
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Page, expect

LARGEST_SIGN = 32
"""Pixels; a sign in the key of a chart is about as high as its words."""
SIGNS = """() => [...document.querySelectorAll("#painted .key-drawing")]
    .map(sign => sign.getBoundingClientRect()).map(box => Math.max(box.width, box.height))"""


def says(tab: Page, *expected: str) -> str:
    """Expect the page to say something, as soon as it is painted; return all that it says."""
    page = tab.locator("#painted")
    for words in expected:
        expect(page).to_contain_text(words, use_inner_text=True)
    return " ".join(page.inner_text().split())


def saved(tab: Page, name: str, path: Path) -> Path:
    """Follow a link that downloads; return the file."""
    with tab.expect_download() as download:
        tab.get_by_role("link", name=name).first.click()
    download.value.save_as(path)
    return path


def words_on(document: pypdfium2.PdfDocument) -> str:
    """Return the words of all sheets."""
    sheets = (sheet.get_textpage().get_text_range() for sheet in document)
    return re.sub(r"\s+", " ", " ".join(sheets))


def ink(picture: Image.Image) -> float:
    """Return the share of a picture that is dark."""
    shades = picture.convert("L").histogram()
    return sum(shades[:160]) / sum(shades)


def follow(tab: Page, name: str, path: str, exact: bool = True) -> None:
    """Follow a link of the page itself and wait until the page it leads to is there."""
    tab.locator("#painted").get_by_role("link", name=name, exact=exact).first.click()
    expect(tab).to_have_url(re.compile(re.escape(path)))
    tab.wait_for_selector("[data-ready]:visible")
