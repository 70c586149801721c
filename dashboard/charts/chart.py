"""What a chart is: a drawing with all that must stay with it wherever it goes.

A page, an embedded chart, a picture and a report show the same chart: they are handed the same
`Chart` and differ in its frame alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from api.contract import Meta
from dashboard.page import Node
from dashboard.state import State


class NoChart(Exception):  # noqa: N818 - it is an answer, not a fault
    """There is no such chart of these figures: the reason, in a sentence for readers."""


@dataclass(frozen=True)
class KeyItem:
    """One line of the key: a small drawing, an `<svg>` of its own, and what it stands for."""

    symbol: str
    words: str


@dataclass(frozen=True)
class Chart:
    """A drawing with its words, its numbers and where they come from.

    `kind` names it in addresses (`ranked`), `subject` what it is of, which is a part of the path or
    blank; with `state` these give the same chart again. `title` says what is shown, for which
    period; `summary` is the one sentence that the chart says. `svg` is the drawing: an `<svg>` with
    classes of assets/css/charts.css and no colours of its own.
    """

    kind: str
    subject: str
    state: State
    title: str
    summary: str
    svg: str
    meta: Meta
    source: str
    """Publisher and publication, with its date: what stands under the picture after “Source:”."""
    rows_address: str
    """The API address of the same numbers."""
    csv_address: str = ""
    """The same as CSV where adding `format=csv` is not enough."""
    table: Node = None
    """The table twin, where it does not stand elsewhere on the page; `table_address` if it does."""
    table_address: str = ""
    key: Sequence[KeyItem] = field(default=())
    key_title: str = ""
    note: str = ""
    """A caution that must stay with the chart."""
    panels: Sequence[str] = field(default=())
    """The drawings that `svg` puts into one, for pages, which set them side by side as there is
    room."""
    width: int = 0
    """How wide the drawing is read best, in pixels; 0 for as wide as there is room."""
    page_address: str = ""
    """The page on which a reader finds the chart in its place, from the path on."""
