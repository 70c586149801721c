"""The choices of a page: a form that works without any script, and at once with one."""

import json
from collections.abc import Sequence

from dashboard.page import Node, node
from dashboard.prerender import MARKUP, to_html
from dashboard.state import NOTHING, USUAL

Option = tuple[str, str]
"""A value and the words for it."""


def select(
    id: str, words: str, options: Sequence[Option], value: str, hint: str = "", name: str = ""
) -> Node:
    """Return a list to choose from, with its label; `id` is also the name in the address.

    A blank value is what is usual for that name; `name` where several lists are sent under one.
    """
    return node(
        "Div",
        node("Label", words, htmlFor=id, className="form-label"),
        node("Div", hint, className="form-hint") if hint else None,
        node(
            "Select",
            *[_option(*option, id=id, value=value) for option in options],
            id=id,
            name=name or id,
            className="form-select",
        ),
        className="field",
    )


def adder(id: str, words: str, name: str, options: Sequence[Option], held: Sequence[str]) -> Node:
    """Return a list that adds one more value to those `held`; it then stands blank again."""
    blank = node("Option", "–", value=NOTHING)
    given = [node("Option", said, value=value) for value, said in options if value not in held]
    # As markup it is painted anew whenever something was added: React would leave it as it is.
    return node(
        "Div",
        node("Label", words, htmlFor=id, className="form-label"),
        _written(
            node(
                "Select",
                blank,
                *given,
                id=id,
                name=name,
                className="form-select",
                data_held=",".join(held),
            )
        ),
        className="field",
    )


def _option(option: str, words: str, *, id: str, value: str) -> Node:
    is_chosen = (option or usual(id)) == (value or usual(id))
    return node("Option", words, value=option or usual(id), selected=is_chosen or None)


def usual(id: str) -> str:
    """Return the word that a form sends for what is usual in a choice."""
    return USUAL.get(id, NOTHING)


def text_field(
    id: str, words: str, value: str, hint: str = "", *, kind: str = "search", **more: str
) -> Node:
    """Return a line to write in, with its label; `id` is also the name in the address."""
    line = node(
        "Input",
        id=id,
        name=id,
        type=kind,
        value=value or None,
        className="form-control",
        autocomplete="off",
        aria_describedby=f"{id}-hint" if hint else None,
        **more,
    )
    return node(
        "Div",
        node("Label", words, htmlFor=id, className="form-label"),
        node("Div", hint, className="form-hint", id=f"{id}-hint") if hint else None,
        _written(line),
        className="field",
    )


def _written(content: Node) -> Node:
    """Return what holds an input, as markup: Dash has no input among its plain elements."""
    return node("Div", **{MARKUP: to_html(content)})


def checks(
    name: str, words: str, options: Sequence[Option], chosen: Sequence[str], hint: str = ""
) -> Node:
    """Return a group of boxes to tick; their values are sent under one name, joined with commas."""
    return node(
        "Div",
        node(
            "Fieldset",
            node("Legend", words, className="form-label"),
            node("Div", hint, className="form-hint") if hint else None,
            boxes(name, options, chosen),
        ),
        className="field checks-field",
    )


def boxes(name: str, options: Sequence[Option], chosen: Sequence[str]) -> Node:
    """Return boxes to tick, without what stands around them; each option its value and words."""
    items = [_box(name, *option, is_ticked=option[0] in chosen) for option in options]
    return _written(node("Ul", *items, className="checks"))


def _box(name: str, value: str, words: Node, *, is_ticked: bool) -> Node:
    # The focus finds its way back by the id after the page has followed a tick.
    box = node(
        "Input",
        id=f"{name}-{value}",
        type="checkbox",
        name=name,
        value=value,
        checked=is_ticked,
        className="check",
    )
    return node("Li", node("Label", box, node("Span", words)))


def kept(name: str, value: str) -> Node:
    """Return a choice that the form keeps without showing it; nothing where there is none."""
    if not value:
        return None
    # Dash has no hidden input among its plain elements; a hidden list of one is sent just the same.
    return node("Select", node("Option", value, value=value), name=name, hidden=True)


def form(action: str, *fields: Node, button: str, label: str, is_enhanced: bool = True) -> Node:
    """Return the form; an enhanced one updates the page as soon as a choice changes."""
    note = "The page follows your choice." if is_enhanced else ""
    return node(
        "Form",
        node("Div", *fields, className="fields"),
        node(
            "Div",
            node("Button", button, type="submit", className="btn btn-primary"),
            node("Span", note, className="form-hint needs-script") if note else None,
            className="form-end",
        ),
        action=action,
        method="get",
        className="choices",
        role="search" if not is_enhanced else None,
        aria_label=label,
        data_enhance="true" if is_enhanced else None,
        data_usual=json.dumps({"": NOTHING, **USUAL}) if is_enhanced else None,
    )
