"""First and next pages in a real browser: new context, empty cache, until ready is painted."""

import statistics
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

VISITS = 5
# 10 Mbit/s and 40 ms, with a processor four times slower than this one.
NETWORK = {
    "offline": False,
    "latency": 40,
    "downloadThroughput": 10_000_000 / 8,
    "uploadThroughput": 10_000_000 / 8,
}
SLOWER = 4


@dataclass(frozen=True)
class Visit:
    """One visit: seconds to the first HTML with its chart, to ready, and kilobytes in all."""

    painted: float
    ready: float
    kilobytes: float
    hosts: int


def visit(browser: Browser, address: str, *, throttled: bool = False) -> Visit:
    """Open a page in a new context with an empty cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sizes: list[float] = []
    hosts: set[str] = set()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    if throttled:
        session.send("Network.emulateNetworkConditions", dict[str, Any](NETWORK))
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="commit")
    ready = _ready(page)
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    page.wait_for_load_state("networkidle")
    context.close()
    own = {address.split("/")[2]}
    return Visit(painted / 1000, ready / 1000, sum(sizes) / 1000, len(hosts - own))


def median_visit(browser: Browser, address: str, *, throttled: bool = False) -> Visit:
    """Return the median of five visits, after one that is not counted."""
    visits = [visit(browser, address, throttled=throttled) for _ in range(VISITS + 1)][1:]
    return Visit(
        statistics.median(one.painted for one in visits),
        statistics.median(one.ready for one in visits),
        statistics.median(one.kilobytes for one in visits),
        max(one.hosts for one in visits),
    )


def next_page(browser: Browser, first: str, second: str) -> float:
    """Return the median seconds to a second page as a document, its files in the cache."""
    taken = []
    for _ in range(VISITS):
        context: BrowserContext = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(first)
        _ready(page)
        page.wait_for_load_state("networkidle")
        page.goto(second, wait_until="commit")
        taken.append(_ready(page) / 1000)
        context.close()
    return statistics.median(taken)


# The mark is set two frames after the page was put in place.
_MARKED = """() => new Promise((resolve) => {
  const look = () => {
    const [mark] = performance.getEntriesByName("outcomes-ready");
    if (mark) resolve(mark.startTime); else requestAnimationFrame(look);
  };
  look();
})"""


def _ready(page: Page) -> float:
    """Return the milliseconds until the page that Dash paints took the place of the first HTML."""
    page.wait_for_selector("[data-ready]:visible")
    marked: float = page.evaluate(_MARKED)
    return marked
