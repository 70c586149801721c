"""The views of an indicator's page: what each is called, and what it needs of the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

OVERVIEW, MAP, RANKED, DISTRIBUTION = "", "map", "ranked", "distribution"
FUNNEL, TREND, GROUPS, PARTS, TABLE, ABOUT = (
    "funnel", "trend", "groups", "parts", "table", "about",
)  # fmt: skip


@dataclass(frozen=True)
class View:
    """One view: `name` is the word of `view=`; `ids` are those of its sections.

    Before there were views all sections stood on one page, so that links lead to these ids: where
    a section is not shown, the link to its view bears its id.
    """

    name: str
    words: str
    ids: tuple[str, ...]


VIEWS: Final = (
    View(OVERVIEW, "Overview", ("overview",)),
    View(MAP, "Map", ("map-section",)),
    View(RANKED, "Ranked", ("authorities",)),
    View(DISTRIBUTION, "Distribution", ("distribution",)),
    View(FUNNEL, "Funnel", ("funnel",)),
    View(TREND, "Trend", ("change",)),
    View(GROUPS, "Groups", ("groups",)),
    View(PARTS, "Breakdowns", ("broken-down",)),
    View(TABLE, "Table", ("values",)),
    View(ABOUT, "About", ("definition", "why", "caveats", "read-with", "sources")),
)
NAMES: Final = frozenset(view.name for view in VIEWS)

_NEEDS: Final[Mapping[str, frozenset[str]]] = {
    OVERVIEW: frozenset({"series", "family", "standing"}),
    MAP: frozenset({"boundaries"}),
    RANKED: frozenset({"standing", "band"}),
    DISTRIBUTION: frozenset({"band"}),
    FUNNEL: frozenset({"standing"}),
    TREND: frozenset({"series", "standing", "neighbours over time", "band", "inspections"}),
    GROUPS: frozenset({"groups"}),
    PARTS: frozenset({"parts", "family"}),
    TABLE: frozenset({"groups", "standing"}),
    ABOUT: frozenset({"about"}),
}


def needs_of(view: str) -> frozenset[str]:
    """Return what a view needs beyond the figures of the shown period."""
    return _NEEDS.get(view, frozenset())
