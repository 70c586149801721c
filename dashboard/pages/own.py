"""A reader's own list of authorities: build it, name it, share it, use it."""

from typing import Final

from dashboard.client import ApiClient
from dashboard.components.own_parts import on_the_list, own_sentence, uses, ways_to_add
from dashboard.components.sources import release_section
from dashboard.components.text import breadcrumbs, heading, lead, section
from dashboard.page import Page, node
from dashboard.state import State
from dashboard.views.own_list import load_own

_TITLE: Final = "A list of your own"
_WHERE_KEPT: Final = (
    "Lists that you keep stay in this browser on this device, until you delete them or clear its "
    "storage. They are never sent to us; a list that you share is in the address alone."
)


async def page(client: ApiClient, state: State) -> Page:
    """Return the page; a list that is empty or has unknown codes is no error."""
    own = await load_own(client, state)
    sentence = own_sentence(own)
    return Page(
        title=f"{own.name}: a list of your own" if own.name else _TITLE,
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/"), ("Authorities", "/areas")),
            heading(own.name or _TITLE, caption=_TITLE if own.name else ""),
            lead(sentence),
            on_the_list(own),
            ways_to_add(own) if own.is_being_built else None,
            uses(own),
            node(
                "Div",
                section(
                    "kept",
                    "Kept on this device",
                    node(
                        "Div",
                        id="own-kept",
                        data_codes=",".join(own.codes),
                        data_called=own.name,
                    ),
                    node("P", _WHERE_KEPT, className="note"),
                ),
                className="needs-script-block",
            ),
            None if own.is_being_built else ways_to_add(own),
            release_section(own.meta),
        ],
    )
