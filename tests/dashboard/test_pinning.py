"""A page of a release that the reader chose leads to pages of the same release."""

import pytest

from dashboard.pinning import with_release
from tests.dashboard.reading import PATHS, links_of


@pytest.mark.parametrize("address", [path for path in PATHS if path != "/nowhere"])
def test_no_link_of_a_page_leaves_the_release_that_was_chosen(address: str) -> None:
    joined = f"{address}{'&' if '?' in address else '?'}release=2024"
    to_pages = [
        link
        for link in links_of(joined)
        if link.startswith("/") and not link.startswith(("/api", "/releases"))
    ]
    assert to_pages
    assert [link for link in to_pages if "release=2024" not in link] == []


def test_a_release_is_put_before_the_part_of_a_page_and_on_no_other_site() -> None:
    assert with_release("/own?own=a,b#list", "x y") == "/own?own=a,b&release=x+y#list"
    assert with_release("/areas?named=release%3D1", "2") == "/areas?named=release%3D1&release=2"
    for kept in ("/areas?release=1", "#list", "https://x.example/a", "//x.example", "/api/v1/"):
        assert with_release(kept, "2") == kept
