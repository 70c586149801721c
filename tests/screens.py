"""Stored pictures of pages, small and grey, and how far a page has moved away from its own.

`python -m tests.screens` takes them anew with the machine's Chromium, into tests/dashboard/screens.
Look at them before you keep them: a test compares every page with its picture, with a tolerance for
fonts and dates.
"""

import io
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium_options
from tests.dashboard.real_paths import KENT

FOLDER: Final = Path(__file__).parent / "dashboard" / "screens"
SCREENS: Final = {
    "overview": "/",
    "search": "/search?q=LAC",
    "indicators": "/indicators",
    "indicator": f"/indicators/cla_31mar_rate_10k?area={KENT}",
    "ranked": f"/indicators/cla_31mar_rate_10k?area={KENT}&view=ranked",
    "trend": f"/indicators/rereferral_12m_pct?area={KENT}&view=trend",
    "groups": f"/compare?compare=ofsted:leadership&area={KENT}",
    "heat": f"/heat?area={KENT}",
    "authority": f"/areas/{KENT}",
    "neighbours": f"/areas/{KENT}/neighbours",
    "scatter": f"/scatter?x=cin_rate_10k&y=cla_31mar_rate_10k&area={KENT}",
    "multiples": "/trends?indicator=cla_31mar_rate_10k",
    "gaps": "/gaps?indicator=cla_31mar_rate_10k&by=age",
    "data": "/data?indicators=cla_31mar_rate_10k&areas=region",
    "releases": "/releases",
    "method": "/methods/trend",
    "refused": "/compare?rural_urban=seaside",
}
WIDTHS: Final = (1280, 390)
HEIGHT: Final = 1600
_SMALL: Final = (64, 80)
TOLERANCE: Final = 9.0
"""Mean difference of small grey pictures, of 255; other fonts of a machine make some 2 to 4."""


def taken(browser: Browser, address: str, width: int) -> Image.Image:
    """Return the top of a page as a grey picture, 160 pixels wide."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("[data-ready]:visible")
    shot = page.screenshot()
    context.close()
    picture = Image.open(io.BytesIO(shot)).convert("L")
    small = 160
    made = picture.resize((small, HEIGHT * small // width), Image.Resampling.LANCZOS)
    return made.quantize(16).convert("L")


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return how far two pictures differ: the mean over blurred, small forms of both, of 255."""
    first, second = (held.resize(_SMALL, Image.Resampling.BOX) for held in (one, other))
    mean: float = ImageStat.Stat(ImageChops.difference(first, second)).mean[0]
    return mean


def stored(name: str, width: int) -> Path:
    """Return where the picture of a page in a width is kept."""
    return FOLDER / f"{name}-{width}.png"


def main() -> None:
    """Take all pictures anew."""
    from tests.conftest import prepare_shipped
    from tests.dashboard.real import serving_home

    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        prepare_shipped(Path(folder))
        with serving_home(Path(folder) / "home") as base:
            browser = playwright.chromium.launch(**chromium_options())
            for name, path in SCREENS.items():
                for width in WIDTHS:
                    taken(browser, base + path, width).save(stored(name, width), optimize=True)
            browser.close()


if __name__ == "__main__":
    main()
