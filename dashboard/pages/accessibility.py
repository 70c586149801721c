"""The accessibility statement: the aim, what was tested and how, what falls short, what to do."""

from typing import Final

from dashboard.client import ApiClient
from dashboard.components.text import breadcrumbs, bullets, heading, lead, section
from dashboard.page import Node, Page, link, node
from dashboard.state import State

_SENTENCE: Final = (
    "Every page is meant to meet WCAG 2.2 at level AA, and is tested for it by machine; nobody who "
    "relies on assistive technology has tested it yet."
)
_CAN: Final = (
    "read every page without any script, and without colour: shape, dash or words say the same",
    "do everything by keyboard, with a focus that is always visible and a link past the menu",
    "zoom to 400 %, or read on a window of 320 pixels: only wide tables scroll, each in its box",
    "read the numbers of every chart as a table, and what it says as a sentence before it",
    "print any page, and have it without motion where your system asks for that",
)
_BY_MACHINE: Final = (
    "axe-core in a real browser, with the rules of WCAG 2.0, 2.1 and 2.2 at A and AA and its best "
    "practices, contrast included and no rule left out, on every kind of page in normal, chosen, "
    "empty and refused states: with every change on a part of them at 1280, 768, 390 and 320 "
    "pixels, and on all of them by a command of its own.",
    "No page is wider than the window, headings stand in order, and every field has a label.",
    "On 26 November 2026, at 320 pixels, which is a window of 1280 at 400 %: half of the addresses "
    "of that command, and 35 charts that stand alone. Charts of four kinds, wider than their "
    "frame, could not be moved by keyboard, and keys of maps were drawn too large; both are "
    "mended, and nothing else was found.",
    "Every chart alone in a frame of 390 pixels: no letter is smaller than 10.5 pixels, and no "
    "word leaves the window.",
    "Folded parts, forms and links are used by keyboard in a browser. The page of an indicator is "
    "gone through with the Tab key alone: each stop shows where it is. Where a reader asks for no "
    "motion nothing on it moves, and when another authority is chosen the new sentence is "
    "announced and the focus stays on the field.",
)
_BY_HAND: Final = (
    "Every kind of page was looked at by its makers at 390 and 1280 pixels, most of them at 768 "
    "too, in their normal and chosen states; most also where figures are hidden, where there is "
    "nothing to show, and where an address is refused.",
    "Words were read again for plain English and for words of the glossary.",
    "Pictures of charts alone at 320 and 390 pixels were looked at on 26 November 2026, and of an "
    "indicator and the heat table in the colours of a dark system (forced colours), where drawings "
    "keep their own colours on a white ground.",
)
_LIMITS: Final = (
    "No test with a screen reader, screen magnifier or speech input by people who use one.",
    "At 320 pixels letters of some drawings are about 10 pixels high, and long names end in “…”.",
    "No browser but Chromium, and no telephone, was tried.",
    "Drawings with many small marks can be followed mark by mark with a pointer only. Each mark is "
    "also a link in a table on the same page, at full size and in reach of the keyboard.",
    "Some tables have many columns. They scroll sideways in a box that is reached by keyboard.",
    "The description of the API (/api/docs) shows a tool made by others, and was not tested.",
    "Reports on paper (PDF) have a title, a language and tags, which a test looks for; neither "
    "they nor workbooks were tried with assistive technology. The page says the same.",
    "Some names and notes are publishers’ own words, with their abbreviations.",
)


async def page(client: ApiClient, state: State) -> Page:
    """Return the statement; it is the same in every release."""
    return Page(
        title="Accessibility",
        description=_SENTENCE,
        content=[
            breadcrumbs(("Overview", "/")),
            heading("Accessibility"),
            lead(_SENTENCE),
            section("can", "What you should be able to do", bullets(_CAN)),
            section("machine", "Tested by machine", bullets(_BY_MACHINE)),
            section("hand", "Tested by hand", bullets(_BY_HAND)),
            section("limits", "Known limits", bullets(_LIMITS)),
            section("report", "If something does not work for you", *_report()),
        ],
    )


def _report() -> list[Node]:
    return [
        node(
            "P",
            "Tell whoever runs this copy of the service; it names no address of its own. Say which "
            "page, what you wanted to do, and with what you read it. Until it is mended, the same "
            "figures are to be had as ",
            link("tables and files", "/data"),
            " or from the ",
            link("API", "/api/docs"),
            ".",
        ),
    ]
