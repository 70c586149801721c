"""What holds of every page over real figures, in a browser: it fits, it is accessible, it is quiet.

All addresses in all widths are checked by `make prove-dashboard`; here one of each kind of page,
each kind in one width.
"""

import pytest
from playwright.sync_api import Browser

from tests.dashboard.conftest import open_page, watch
from tests.dashboard.real_paths import REAL_PATHS
from tests.dashboard.test_accessibility import all_violations

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured]
WIDTHS = (1280, 320, 768)


def kind_of(path: str) -> str:
    """Return the first part of a path and how deep it is."""
    place = path.partition("?")[0]
    return f"{place.split('/')[1]} {place.count('/')}"


KINDS = {kind_of(path): name for name, path in reversed(REAL_PATHS.items())}
SAMPLE = {width: list(KINDS.values())[place :: len(WIDTHS)] for place, width in enumerate(WIDTHS)}


def troubles_of(browser: Browser, address: str, width: int) -> list[str]:
    """Return what is wrong with a page in a width: accessibility, size, console, other hosts."""
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    noted = watch(page)
    open_page(page, address)
    # A browser notes the status of a document that is refused or not there, as it should be.
    found = [one for one in noted if "the server responded with a status of 4" not in one]
    found += all_violations(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    return [*found, *([f"{wide} pixels wide"] if wide > width else [])]


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_fit_are_accessible_and_ask_no_other_host(
    browser: Browser, real_address: str, width: int
) -> None:
    troubles = {
        name: found
        for name in SAMPLE[width]
        if (found := troubles_of(browser, real_address + REAL_PATHS[name], width))
    }
    assert troubles == {}
