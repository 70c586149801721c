"""The indicator page in a real browser with an empty cache: bytes, hosts, and time to ready."""

import statistics
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from tests.bench.servers import free_port, serving, wait_for
from tests.browser import chromium_options

PAGE = "/indicators/cla_31mar_rate_10k"
VISITS = 5
PROMISED_SECONDS = 1.5
PROMISED_KILOBYTES = 700


def measure(home: Path) -> dict[str, float]:
    """Return the median seconds until ready is painted, kilobytes, and other hosts asked."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        port = free_port()
        command = [sys.executable, "-m", "outcomes", "up", "--port", str(port), "--workers", "1"]
        log = Path(folder) / "server.log"
        with serving(command, log, {"OUTCOMES_HOME": str(home)}) as process:
            address = f"http://127.0.0.1:{port}{PAGE}"
            wait_for(address, process)
            browser = playwright.chromium.launch(**chromium_options())
            visits = [_visit(browser, address) for _ in range(VISITS + 1)][1:]
            browser.close()
    return {
        "ready_seconds": statistics.median(visit[0] for visit in visits),
        "kilobytes": statistics.median(visit[1] for visit in visits),
        "other_hosts": float(max(visit[2] for visit in visits)),
    }


def _visit(browser: Browser, address: str) -> tuple[float, float, int]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sizes: list[float] = []
    hosts: set[str | None] = set()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.goto(address, wait_until="commit")
    page.wait_for_selector("[data-ready]:visible")
    ready = page.evaluate("performance.getEntriesByName('outcomes-ready')[0].startTime")
    page.wait_for_load_state("networkidle")
    context.close()
    return ready / 1000, sum(sizes) / 1000, len(hosts - {"127.0.0.1", None, ""})
