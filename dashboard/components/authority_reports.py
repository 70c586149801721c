"""The ways to the reports of a profile: for paper, and for a spreadsheet."""

from typing import Final
from urllib.parse import quote

from dashboard.page import Node, link
from dashboard.state import State, address

_FORMATS: Final = (("pdf", "Report for a board (PDF)"), ("xlsx", "Workbook (XLSX)"))


def report_ways(code: str, state: State) -> list[Node]:
    """Return the links to the reports of an area that show what its page shows in a state."""
    kept = state.changed(subject="", sort="")
    path = f"/areas/{quote(code, safe='')}/report"
    return [
        link(words, address(f"{path}.{format}", kept), download="", className="report-link")
        for format, words in _FORMATS
    ]
