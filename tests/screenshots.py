"""Every page at 1280 and 390 pixels, written into `screenshots/`, to be looked at.

`python -m tests.screenshots [FOLDER]` serves the store of OUTCOMES_HOME (prepared first if it is
empty) and takes the pictures with the machine's Chromium.
"""

import json
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.bench.servers import free_port, serving, wait_for
from tests.browser import chromium_options
from tests.tree import ROOT

WIDTHS = (1280, 390)
HEIGHT = 900


def main(folder: Path) -> None:
    """Write a picture of each page in each width."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [sys.executable, "-m", "outcomes", "up", "--port", str(port)]
    with tempfile.TemporaryDirectory() as logs, serving(command, Path(logs) / "log") as process:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/", process)
        pages = dict(pages_of(address))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**chromium_options())
            for name, path in pages.items():
                for width in WIDTHS:
                    file = folder / f"{name}-{width}.png"
                    take(browser, address + path, width, file)
                    print(file)
            browser.close()


def pages_of(address: str) -> Iterator[tuple[str, str]]:
    """Yield a name and a path for each kind of page, over whatever the release holds."""
    indicators = [card["id"] for card in answer(address, "indicators")]
    authorities = answer(address, "areas?kind=authority")
    area = next(a["code"] for a in authorities if a["is_rankable"] and not a["last_day"])
    yield "overview", "/"
    yield "authorities", "/areas"
    yield "authority", f"/areas/{area}"
    yield "about", "/about"
    yield "nowhere", "/nowhere"
    for id in indicators[:4]:
        yield f"indicator-{id}", f"/indicators/{id}"
    grouping = next(row for row in answer(address, "groups") if row["is_default"])["grouping"]
    for id in indicators[:4]:
        yield f"chosen-{id}", f"/indicators/{id}?area={area}&compare={grouping}&sort=-value"


def answer(address: str, resource: str) -> list[dict[str, Any]]:
    """Return the rows of a resource of the API."""
    with urllib.request.urlopen(f"{address}/api/v1/{resource}") as response:  # noqa: S310 - ours
        rows: list[dict[str, Any]] = json.load(response)["data"]
    return rows


def take(browser: Browser, address: str, width: int, file: Path) -> None:
    """Write one picture of a whole page, once Dash has painted it."""
    page = browser.new_page(viewport={"width": width, "height": HEIGHT})
    page.goto(address)
    page.wait_for_selector("[data-ready]:visible")
    page.screenshot(path=file, full_page=True)
    page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "screenshots")
