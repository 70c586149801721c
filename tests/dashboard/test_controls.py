"""What forms are made of can be painted by Dash, and works without any script."""

from collections.abc import Iterator

from dash import html

from dashboard.components import controls
from dashboard.page import HTML, Node
from dashboard.prerender import to_html


def kinds(node: Node) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from kinds(one)
    elif isinstance(node, dict):
        if node["namespace"] == HTML:
            yield node["type"]
        yield from kinds(node["props"].get("children"))


FIELDS = (
    controls.text_field("find", "Find", '"><b>', "A word"),
    controls.checks("by", "By", [("sex", "Sex"), ("age", "Age")], ["age"]),
    controls.select("period", "Period", [("", "Latest")], ""),
    controls.kept("release", "2025-11-20"),
)


def test_every_part_of_a_form_is_one_that_dash_has() -> None:
    made = controls.form("/data", *FIELDS, button="Show", label="Choose")
    assert [kind for kind in kinds(made) if not hasattr(html, kind)] == []


def test_a_box_is_sent_under_its_name_and_ticked_where_it_was_chosen() -> None:
    written = to_html(FIELDS[1])
    assert written.count('type="checkbox" name="by"') == 2
    assert 'value="age" checked' in written
    assert 'value="sex" checked' not in written


def test_what_a_reader_wrote_is_escaped() -> None:
    assert 'value="&quot;&gt;&lt;b&gt;"' in to_html(FIELDS[0])
