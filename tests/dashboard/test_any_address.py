"""Whatever stands in an address, a page is shown: with figures, or with what to do instead."""

from urllib.parse import urlencode

import pytest
from hypothesis import given, settings

from dashboard.prerender import to_html
from tests.dashboard.any_address import PATHS, addresses
from tests.dashboard.reading import nodes_of
from tests.dashboard.real import RealPages

pytestmark = pytest.mark.unmeasured


def look_at(real: RealPages, address: str) -> None:
    """Render a page and hold it to what holds of all."""
    page = real.page(address)
    assert page.status != 500, address
    html = to_html(page.content)
    assert page.redirect or html.count("<h1") == 1, address
    assert page.redirect or page.description.strip(), address
    assert "<script>" not in html, address
    heads = [n for n in nodes_of(page.content) if n["type"] in {"H1", "H2", "H3"}]
    assert all(n["props"].get("children") for n in heads), address


@given(addresses)
@settings(max_examples=60)
def test_any_choice_in_an_address_gives_a_page(
    real: RealPages, address: tuple[str, tuple[tuple[str, str], ...]]
) -> None:
    path, choices = address
    look_at(real, f"{path}?{urlencode(choices)}")


@pytest.mark.parametrize("path", PATHS)
def test_every_path_gives_a_page(real: RealPages, path: str) -> None:
    look_at(real, path)
