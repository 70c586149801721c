"""Every chart by itself: as SVG, as PNG and in a frame, with all that must stay with it."""

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import etree, html
from PIL import Image, ImageFont

from dashboard.build_assets import BROWSER_FILES
from dashboard.charts.charting import CHARTS
from dashboard.svg.letters import balanced, width_of, wrapped
from dashboard.typesetting import FONT
from outcomes import public_app
from tests.dashboard.chart_paths import CHART_PATHS, NO_CHART_PATHS
from tests.tree import ROOT

ADDRESSES = [address for addresses in CHART_PATHS.values() for address in addresses]
SVG = "{http://www.w3.org/2000/svg}"


pytestmark = pytest.mark.unmeasured


@pytest.fixture(scope="module")
def web(shipped_home: Path) -> Iterator[TestClient]:
    """The public process over the figures that ship, without a network."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("OUTCOMES_HOME", str(shipped_home))
        patched.setenv("OUTCOMES_RATE_LIMIT", "off")
        with TestClient(public_app()) as client:
            yield client


def picture_address(address: str, suffix: str) -> str:
    place, question, query = address.partition("?")
    return f"/charts/{place}.{suffix}{question}{query}"


def said(text: str) -> str:
    return " ".join(text.split())


@cache
def font(weight: str) -> ImageFont.FreeTypeFont:
    found = next((ROOT / "dashboard" / "vendor").glob(f"source-sans-3-{weight}*.ttf"))
    return ImageFont.truetype(found, 1000, layout_engine=ImageFont.Layout.BASIC)


@cache
def is_in_font(letter: str) -> bool:
    """Whether it is drawn otherwise than a letter that no font has."""
    small = font("400regular").font_variant(size=40)
    return bytes(small.getmask(letter)) != bytes(small.getmask("\uffff"))


def test_every_kind_of_chart_has_addresses_to_test() -> None:
    assert set(CHART_PATHS) == set(CHARTS)
    for kind, addresses in CHART_PATHS.items():
        assert all(re.match(rf"{kind}(/|\?|$)", address) for address in addresses)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_picture_stands_for_itself(web: TestClient, address: str) -> None:
    answer = web.get(picture_address(address, "svg"))
    assert answer.status_code == 200, answer.text
    root = etree.fromstring(answer.content)
    words = said(" ".join(root.itertext()))
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title")
    assert "Source: " in words
    assert re.search(r"release \S+, published here \d+ \w+ 20\d\d", words)
    assert "Open Government Licence" in words
    assert "not an official statistics publication" in words


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_picture_needs_nothing_beside_it(web: TestClient, address: str) -> None:
    text = web.get(picture_address(address, "svg")).text
    assert "var(" not in text
    assert "url(" not in text
    assert "@" not in re.sub(r">[^<]*<", "><", text)
    assert not re.findall(r'(?:href|src)="[^#]', text)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_letter_of_a_picture_is_in_its_font(web: TestClient, address: str) -> None:
    root = etree.fromstring(web.get(picture_address(address, "svg")).content)
    letters = {c for one in root.iter(f"{SVG}text") for c in "".join(one.itertext())} - set("\n")
    assert not is_in_font("\uffff")
    assert [c for c in sorted(letters) if not is_in_font(c)] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_png_is_two_pixels_for_one_and_not_blank(web: TestClient, address: str) -> None:
    answer = web.get(picture_address(address, "png"))
    assert answer.headers["content-type"] == "image/png"
    picture = Image.open(io.BytesIO(answer.content))
    drawn = etree.fromstring(web.get(picture_address(address, "svg")).content)
    scale = picture.width / int(drawn.get("width", "0"))
    assert 0.8 <= scale <= 2
    assert abs(picture.height / int(drawn.get("height", "0")) - scale) < 0.01
    grey = picture.convert("L")
    low, high = grey.getextrema()
    assert (low, high) < (60, 256)
    assert sum(grey.histogram()[:250]) / (picture.width * picture.height) > 0.005


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_frame_holds_the_chart_with_its_words_and_nothing_else(
    web: TestClient, address: str
) -> None:
    answer = web.get(f"/embed/{address}")
    page = html.fromstring(answer.text)
    words = said(page.text_content())
    assert answer.status_code == 200
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert page.get("lang") == "en-GB"
    assert len(page.findall(".//h1")) == 1
    assert page.findtext(".//title").startswith(page.findtext(".//h1"))
    assert page.find(".//svg") is not None
    assert page.findall(".//script") == page.findall(".//header") == []
    assert "Source: " in words
    assert re.search(r"elease \S+, published here \d+ \w+ 20\d\d", words)
    assert page.find(".//meta[@name='robots']").get("content") == "noindex"


def test_no_other_page_may_be_framed(web: TestClient) -> None:
    for address in ("/", "/charts/nothing.svg", "/embedded"):
        assert "frame-ancestors 'none'" in web.get(address).headers["content-security-policy"]


def test_a_picture_is_saved_under_a_name_that_says_what_it_shows(web: TestClient) -> None:
    answer = web.get(picture_address(ADDRESSES[0], "png"))
    assert answer.headers["content-disposition"].startswith('inline; filename="looked-after-rate')
    assert answer.headers["content-disposition"].endswith('.png"')


def test_an_unchanged_picture_is_not_sent_again(web: TestClient) -> None:
    address = picture_address(ADDRESSES[0], "svg")
    first = web.get(address)
    again = web.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


@pytest.mark.parametrize("address", NO_CHART_PATHS.values())
def test_where_there_is_nothing_to_draw_that_is_said(web: TestClient, address: str) -> None:
    picture, frame = web.get(picture_address(address, "png")), web.get(f"/embed/{address}")
    assert (picture.status_code, frame.status_code) == (404, 404)
    assert "Share, save and embed" in picture.text
    assert "There is no chart here" in frame.text


def test_a_chart_that_does_not_exist_is_answered_with_those_that_do(web: TestClient) -> None:
    for address in ("/charts/pie.svg", "/embed/pie"):
        answer = web.get(address)
        assert answer.status_code == 404
        assert "There is no chart “pie”" in answer.text
        assert all(kind in answer.text for kind in CHARTS)
    assert "ends with .png or .svg" in web.get("/charts/pie.gif").text


def test_an_unknown_subject_is_refused_with_the_words_of_the_api(web: TestClient) -> None:
    answer = web.get("/charts/groups_strip.svg?indicator=cla_31mar_rate")
    assert answer.status_code in {400, 404}
    assert "Did you mean" in answer.text
    assert web.get("/charts/groups_strip.svg?release=none").status_code == 404


def test_widths_of_letters_are_those_of_the_font() -> None:
    letters = "".join(map(chr, range(32, 127)))
    for weight, is_bold in (("400regular", False), ("700bold", True)):
        measured = {c: round(font(weight).getlength(c)) for c in letters}
        assert {c: round(width_of(c, 1000, is_bold=is_bold)) for c in letters} == measured


def test_the_font_of_pictures_is_the_one_that_is_built() -> None:
    assert font("400regular").getname() == (FONT, "Regular")
    assert len([one for one in BROWSER_FILES if one.name.endswith(".ttf")]) == 3


def test_no_title_ends_with_a_word_alone_in_its_line() -> None:
    title = "Looked after rate, 31 March 2025: how authorities lie"
    assert wrapped(title, 22, 536, is_bold=True)[1:] == ["lie"]
    assert balanced(title, 22, 536, is_bold=True)[1:] == ["2025: how authorities lie"]
    assert balanced("Kent", 22, 500) == ["Kent"]
    assert balanced("", 22, 500) == []
