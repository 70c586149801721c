"""The publications behind the lines of a profile: who published them, and when."""

from collections.abc import Sequence

from api.contract import SourceCard
from dashboard.answers import Library
from dashboard.report.line import Line


def source_words(lines: Sequence[Line], library: Library) -> str:
    """Return the publishers of some lines, in a few words."""
    publishers = dict.fromkeys(
        library.indicators[line.indicator]["publisher"]
        for line in lines
        if line.indicator in library.indicators
    )
    return "; ".join(filter(None, publishers)) or "made of returns of authorities"


def sources_of(lines: Sequence[Line], sources: Sequence[SourceCard]) -> list[SourceCard]:
    """Return the publications that the figures of some lines were read from."""
    used = {line.source for line in lines}
    return [source for source in sources if source["id"] in used]
