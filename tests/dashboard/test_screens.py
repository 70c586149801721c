"""Pages look as they were last looked at: each beside its stored picture, with a tolerance."""

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.screens import SCREENS, TOLERANCE, WIDTHS, difference, stored, taken

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured]


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_look_as_they_did(browser: Browser, real_address: str, width: int) -> None:
    moved = {}
    for name, path in SCREENS.items():
        kept = Image.open(stored(name, width))
        far = difference(kept, taken(browser, real_address + path, width))
        if far > TOLERANCE:
            moved[name] = round(far, 1)
    assert moved == {}, "look at these pages; if they are right, run python -m tests.screens"


def test_a_page_that_looks_otherwise_is_noticed() -> None:
    pictures = [Image.open(stored(name, 1280)) for name in ("overview", "groups", "data")]
    for place, one in enumerate(pictures):
        for other in pictures[place + 1 :]:
            assert difference(one, other) > TOLERANCE
