"""Charts in a real browser: in a page of another host, in narrow frames, copied and saved."""

import http.server
import io
import threading
from collections.abc import Iterator
from functools import partial

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.dashboard.chart_paths import CHART_PATHS
from tests.dashboard.conftest import open_page, watch
from tests.dashboard.test_accessibility import STANDARD, all_violations, violations

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured]


@pytest.fixture(scope="module")
def elsewhere(real_address: str) -> Iterator[str]:
    """A page of another host that holds a chart in a frame, by the code that we give."""
    code = f'<iframe src="{real_address}/embed/groups_strip" title="Chart" width="600"></iframe>'
    handler = partial(_Page, f"<!DOCTYPE html><title>Council</title>{code}".encode())
    server = http.server.HTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class _Page(http.server.BaseHTTPRequestHandler):
    def __init__(self, content: bytes, *rest: object) -> None:
        self._content = content
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/" else 204)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.path == "/":
            self.wfile.write(self._content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_chart_shows_in_a_page_of_another_host_and_asks_no_third(
    tab: Page, elsewhere: str
) -> None:
    tab.goto(elsewhere)
    frame = tab.frame_locator("iframe")
    expect(frame.locator("h1")).to_be_visible()
    expect(frame.locator("svg.drawing").first).to_be_visible()
    assert frame.locator("h1").evaluate("one => getComputedStyle(one).fontWeight") == "700"


@pytest.mark.parametrize("width", [390, 1200])
def test_a_frame_meets_wcag_and_fits_its_width(
    browser: Browser, real_address: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{real_address}/embed/groups_strip?area=E10000016")
    wide = page.evaluate("document.documentElement.scrollWidth")
    found = violations(page, runOnly={"type": "tag", "values": STANDARD})
    context.close()
    assert (wide, found) == (width, [])


LETTERS = """() => [...document.querySelectorAll("svg.drawing text, svg.drawing tspan")]
    .filter(one => [...one.childNodes].some(part => part.nodeType === 3 && part.data.trim()))
    .map(one => [parseFloat(getComputedStyle(one).fontSize)
        * Math.hypot(one.getScreenCTM().a, one.getScreenCTM().b), one.textContent])"""
LEAST = 10.5
"""Pixels."""
OUTSIDE = """() => [...document.querySelectorAll("svg.drawing text")]
    .filter(one => !one.closest("[tabindex]"))
    .map(one => [one.getBoundingClientRect(), one.textContent])
    .filter(([box]) => box.left < 0 || box.right > innerWidth).map(([, words]) => words)"""
"""Words that leave the window and that no box scrolls to."""
LARGE_KEYS = """() => [...document.querySelectorAll(".key-drawing svg")]
    .map(one => one.getBoundingClientRect().width).filter(width => width > 40)"""


def test_every_chart_fits_a_narrow_frame_and_its_letters_can_be_read(
    browser: Browser, real_address: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900})
    tab = context.new_page()
    troubles = watch(tab)
    found: dict[str, object] = {}
    for address in (one for addresses in CHART_PATHS.values() for one in addresses):
        tab.goto(f"{real_address}/embed/{address}")
        small = [words for size, words in tab.evaluate(LETTERS) if size < LEAST]
        wide = tab.evaluate("document.documentElement.scrollWidth")
        lost = [*tab.evaluate(OUTSIDE), *tab.evaluate(LARGE_KEYS)]
        if small or lost or wide > 390:
            found[address] = (wide, small[:3], lost)
    context.close()
    assert (found, troubles) == ({}, [])


@pytest.mark.parametrize("kind", ["heat", "groups_cross", "spines", "neighbour_map", "map"])
def test_a_drawing_too_wide_for_its_frame_is_reached_by_the_keyboard(
    browser: Browser, real_address: str, kind: str
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 900}, bypass_csp=True)
    tab = context.new_page()
    tab.goto(f"{real_address}/embed/{CHART_PATHS[kind][0]}")
    found = all_violations(tab)
    context.close()
    assert found == []


def test_link_code_citation_and_picture_are_copied(browser: Browser, real_address: str) -> None:
    rights = ["clipboard-read", "clipboard-write"]
    context = browser.new_context(permissions=rights)
    tab = context.new_page()
    troubles = watch(tab)
    open_page(tab, f"{real_address}/compare?area=E10000016")
    fold = tab.locator("#painted .chart-share").first
    fold.locator("summary").click()
    _copies(tab, "Link to this view", f"{real_address}/compare?area=E10000016")
    _copies(tab, "Embed", f'<iframe src="{real_address}/embed/groups_strip?area=E10000016')
    _copies(tab, "Cite", "In: Children’s social care outcomes, release")
    fold.get_by_role("button", name="Copy the picture").click()
    expect(tab.locator("#announcement")).to_have_text("Copied: Picture")
    kinds = tab.evaluate("navigator.clipboard.read().then(held => held[0].types)")
    context.close()
    assert kinds == ["image/png"]
    assert troubles == []


def _copies(tab: Page, row: str, expected: str) -> None:
    part = tab.locator("#painted .share-row").filter(has_text=row).first
    part.locator(".copies").click()
    expect(tab.locator("#announcement")).to_have_text(f"Copied: {row}")
    assert expected in tab.evaluate("navigator.clipboard.readText()")


def test_a_picture_saved_from_a_page_is_a_picture(tab: Page, real_address: str) -> None:
    open_page(tab, f"{real_address}/compare")
    fold = tab.locator("#painted .chart-share").first
    fold.locator("summary").click()
    with tab.expect_download() as saved:
        fold.get_by_role("link", name="PNG").click()
    assert saved.value.suggested_filename.endswith("-groups_strip.png")
    content = httpx.get(saved.value.url).content
    assert Image.open(io.BytesIO(content)).width >= 1200


GROUND = """() => [...document.querySelectorAll("#painted .chart-drawing")]
    .map(one => getComputedStyle(one))
    .map(style => [style.forcedColorAdjust, style.backgroundColor])"""


def test_a_drawing_keeps_its_colours_where_the_system_sets_those_of_the_page(
    browser: Browser, real_address: str
) -> None:
    context = browser.new_context(forced_colors="active", color_scheme="dark")
    tab = context.new_page()
    open_page(tab, f"{real_address}/indicators/cla_31mar_rate_10k")
    grounds = tab.evaluate(GROUND)
    context.close()
    assert grounds
    assert all(ground == ["none", "rgb(255, 255, 255)"] for ground in grounds)


FOCUS = """() => {
    const one = document.activeElement;
    if (one === document.body) return null;
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const drawn = [...one.querySelectorAll(".tile")].some(
        tile => getComputedStyle(tile).strokeWidth === "4px");
    const seen = drawn || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0);
    return [seen && box.bottom > 0 && box.top < innerHeight, one.outerHTML.slice(0, 80)];
}"""


def test_each_stop_of_the_keyboard_on_an_indicator_is_seen(
    browser: Browser, real_address: str
) -> None:
    context = browser.new_context(reduced_motion="reduce")
    tab = context.new_page()
    open_page(tab, f"{real_address}/indicators/cla_31mar_rate_10k?area=E10000016")
    stops: list[list[object]] = []
    tab.keyboard.press("Tab")
    while (stop := tab.evaluate(FOCUS)) and len(stops) < 600:
        stops.append(stop)
        tab.keyboard.press("Tab")
    context.close()
    assert 50 < len(stops) < 600
    assert [words for is_seen, words in stops if not is_seen] == []
