"""Text that readers copy: code, addresses, citations."""

from dashboard.page import Node, node


def code_block(id: str, text: str, what: str) -> Node:
    """Return a text as it is written, with a button that copies it where scripts run.

    `what` says what is copied, such as `the address`.
    """
    # A part that scrolls must be reachable by keyboard, and then needs a name.
    return node(
        "Div",
        node(
            "Pre",
            node("Code", text, id=id),
            tabIndex="0",
            role="region",
            aria_label=what[:1].upper() + what[1:],
        ),
        node(
            "Button",
            f"Copy {what}",
            type="button",
            className="btn btn-outline-primary copy needs-script",
            data_copies=id,
        ),
        className="code-block",
    )
