"""Two groupings crossed: the cells, and where their groups overlap so that they tell the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from api.contract import GroupRow
from dashboard.views.group_view import GroupView

FEW: Final = 5
"""With fewer authorities a cell says that they are few."""
TOO_FEW: Final = 3
"""With fewer there is no figure, as the API has none."""
MEDIAN, TOGETHER = "median", "together"
_SHADES: Final = 5
_MOST_OVERLAPS: Final = 2
_HALF: Final = 0.5
_MUCH_MORE: Final = 1.4


@dataclass(frozen=True)
class Overlap:
    """A group of which most authorities lie in one group of the other grouping."""

    label: str
    within: str
    count: int
    members: int
    count_of_all: int
    all: int


@dataclass(frozen=True)
class Cross:
    """The groups of a view within each group of a second grouping."""

    view: GroupView
    rows: Sequence[GroupRow]

    @property
    def shows(self) -> str:
        """Which figure stands in the cells."""
        return TOGETHER if self.view.state.view == TOGETHER else MEDIAN

    @cached_property
    def across(self) -> Mapping[str, str]:
        """The groups of the second grouping, each with its words."""
        return {str(row["across_group"]): str(row["across_label"]) for row in self.rows}

    @cached_property
    def cells(self) -> Mapping[tuple[str, str], GroupRow]:
        """The cells by both groups."""
        return {(row["group"], str(row["across_group"])): row for row in self.rows}

    def value(self, cell: GroupRow | None) -> float | int | None:
        """Return the figure of a cell; None of too few authorities."""
        if cell is None or (cell["members_with_data"] or 0) < TOO_FEW:
            return None
        return cell["pooled"] if self.shows == TOGETHER else cell["median"]

    @cached_property
    def _ends(self) -> tuple[float, float]:
        held = [value for cell in self.rows if (value := self.value(cell)) is not None]
        return (float(min(held)), float(max(held))) if held else (0.0, 0.0)

    def shade(self, cell: GroupRow | None) -> str:
        """Return the shade of a cell: five steps from the lowest figure to the highest."""
        value, (low, high) = self.value(cell), self._ends
        if value is None or high == low:
            return ""
        return f"shade-{min(int((value - low) / (high - low) * _SHADES), _SHADES - 1)}"

    def verdict(self, across: str) -> str:
        """Return whether the groups differ within a group of the second grouping, in a word."""
        first = next(row for row in self.rows if row["across_group"] == across)
        said = {True: "yes", False: "no", None: "cannot say"}
        return said[first["groups_differ"]]

    def overlaps(self) -> list[Overlap]:
        """Return the groups that lie mostly in one group of the other, the strongest first.

        Mostly is more than half, and well more than that group's share of all authorities.
        """
        every = sum(row["members"] for row in self.rows)
        found = []
        for group in self.view.rows:
            members = sum(row["members"] for row in self.rows if row["group"] == group["group"])
            for across, label in self.across.items():
                cell = self.cells.get((group["group"], across))
                of_all = sum(r["members"] for r in self.rows if r["across_group"] == across)
                if cell is None or members < FEW or of_all == every:
                    continue
                is_most = cell["members"] > _HALF * members
                if is_most and cell["members"] / members > _MUCH_MORE * of_all / every:
                    found.append(
                        Overlap(
                            self.view.label(group), label, cell["members"], members, of_all, every
                        )
                    )
        found.sort(key=lambda one: -(one.count / one.members) / (one.count_of_all / one.all))
        return found[:_MOST_OVERLAPS]
