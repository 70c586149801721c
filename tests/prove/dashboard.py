"""`make prove-dashboard`: every page in every width by axe, and thousands of addresses.

Prints what it looked at and what is wrong; exit code 1 if anything is. `make test` runs a sample.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from hypothesis import HealthCheck, Phase, given, seed, settings
from playwright.sync_api import sync_playwright

from tests.browser import chromium_options
from tests.conftest import prepare_shipped
from tests.dashboard.any_address import addresses
from tests.dashboard.real import RealPages, serving_home
from tests.dashboard.real_paths import REAL_PATHS
from tests.dashboard.test_any_address import look_at
from tests.dashboard.test_every_page import troubles_of

WIDTHS = (1280, 768, 390, 320)


def main() -> int:
    """Look at everything; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=3000, help="how many addresses are drawn")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--widths", type=int, nargs="*", default=WIDTHS)
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="outcomes-prove-") as folder:
        prepare_shipped(Path(folder))
        home = Path(folder) / "home"
        wrong = pages(home, asked.widths)
        drawn(RealPages(home), asked.cases, asked.seed)
    looked = len(REAL_PATHS) * len(asked.widths)
    took = time.monotonic() - begun
    print(f"{looked} pages, {asked.cases} addresses in {took:.0f} s: {wrong} pages with faults")
    return 1 if wrong else 0


def pages(home: Path, widths: list[int]) -> int:
    """Check every page in every width; return how many have faults."""
    wrong = 0
    with serving_home(home) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options())
        for width in widths:
            for name, path in REAL_PATHS.items():
                found = troubles_of(browser, base + path, width)
                wrong += bool(found)
                for fault in found:
                    print(f"{width} {name} {path}: {fault}")
        browser.close()
    return wrong


def drawn(real: RealPages, cases: int, start: int) -> None:
    """Render so many drawn addresses; raises AssertionError for the first that fails."""

    @seed(start)
    @settings(
        max_examples=cases,
        deadline=None,
        derandomize=False,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(addresses)
    def look(address: tuple[str, tuple[tuple[str, str], ...]]) -> None:
        path, choices = address
        look_at(real, f"{path}?{urlencode(choices)}")

    look()


if __name__ == "__main__":
    sys.exit(main())
