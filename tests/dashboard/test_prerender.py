"""Static HTML of pages: the same as Dash paints, escaped, and condensed without loss."""

import html.parser
from typing import Any

import dash_bootstrap_components as dbc
import pytest
from dash import html as dash_html

from dashboard.page import BOOTSTRAP, HTML, Node, bootstrap, link, node
from dashboard.prerender import LIVE, MARKUP, condense, to_html
from tests.dashboard.fake_api import RATE
from tests.dashboard.reading import PATHS, nodes_of, rendered


class Reader(html.parser.HTMLParser):
    """Reads HTML into a list of what it holds, and fails on what is not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.held: list[Any] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.held.append((tag, sorted(attrs)))
        if tag not in {"br", "col", "hr", "img", "input", "link", "meta"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.held.append((tag, sorted(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.held.append(data)


@pytest.mark.parametrize("address", PATHS)
def test_every_node_is_one_that_dash_knows(address: str) -> None:
    for found in nodes_of(rendered(address).content):
        module = {HTML: dash_html, BOOTSTRAP: dbc}[found["namespace"]]
        component = getattr(module, found["type"])(**found["props"])
        painted = component.to_plotly_json()
        if "children" not in found["props"]:
            painted["props"].pop("children", None)  # some classes of Dash write a null for none
        assert painted == found


@pytest.mark.parametrize("address", PATHS)
def test_a_page_is_well_formed_html(address: str) -> None:
    assert Reader(to_html(rendered(address).content)).held


@pytest.mark.parametrize("address", PATHS)
def test_a_condensed_page_is_the_same_page(address: str) -> None:
    content = rendered(address).content
    assert to_html(condense(content)) == to_html(content)


def test_a_condensed_page_has_few_components_and_no_lists_in_lists() -> None:
    found = list(nodes_of(condense(rendered(f"/indicators/{RATE}").content)))
    assert len(found) < 80
    assert not any(
        isinstance(child, list)
        for component in found
        for child in component["props"].get("children") or ()
    )


def test_what_callbacks_touch_stays_a_component() -> None:
    button = node("Button", "Show", id="show", data_live="true")
    condensed = condense(node("Div", node("P", "still"), node("Div", button)))
    kinds = [found["type"] for found in nodes_of(condensed)]
    assert kinds == ["Div", "P", "Div", "Button"]
    assert LIVE in button["props"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('<b> & "', '&lt;b&gt; &amp; "'),
        (None, ""),
        (0, "0"),
        (node("P", "a", None, ["b", ["c"]]), "<p>abc</p>"),
        (link("x", '/a?b="c"&d'), '<a href="/a?b=&quot;c&quot;&amp;d">x</a>'),
        (
            node("Input", type="hidden", name="a", value="b"),
            '<input type="hidden" name="a" value="b">',
        ),
        (node("Details", "x", open=True), "<details open>x</details>"),
        (
            node("Div", hidden=False, data_x="true", aria_busy=True),
            '<div data-x="true" aria-busy="true"></div>',
        ),
        (node("Label", "n", htmlFor="x", className="y"), '<label for="x" class="y">n</label>'),
        (node("P", "x", style={"marginTop": "1px"}), '<p style="margin-top:1px">x</p>'),
        (node("Div", **{MARKUP: "<svg/>"}), "<div><svg/></div>"),
        (
            bootstrap("Row", bootstrap("Col", "x", xs=12, lg=6), class_name="g-4"),
            '<div class="g-4 row"><div class="col-12 col-lg-6">x</div></div>',
        ),
        (
            bootstrap("Table", size="sm", class_name="figures"),
            '<table class="figures table table-sm"></table>',
        ),
        (bootstrap("Container", "x"), '<div class="container">x</div>'),
    ],
)
def test_nodes_become_html(content: Node, expected: str) -> None:
    assert to_html(content) == expected


def test_a_component_without_a_static_form_is_refused() -> None:
    with pytest.raises(TypeError, match="Carousel has no static form"):
        to_html(bootstrap("Carousel"))
