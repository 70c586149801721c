"""What a map leaves white, in words: areas without a figure, and figures without a shape."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from api.area_choice import AreaChoice
from api.left_out import listed
from api.opened import OpenRelease
from indicators.cells import Status

NOT_THEN: Final = "The area did not exist in this period."
NOT_PUBLISHED: Final = "No figure is published for this area in this period."
MOST_NAMED: Final = 30


@dataclass(frozen=True)
class MapFigures:
    """The rows of one figure by area, and what an area without one says."""

    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    blank: Mapping[str, Any] = field(default_factory=dict)
    """Empty where no figure is asked for."""
    existed: NDArray[np.bool_] | None = None
    """By area, by its code in the cells: whether it existed in the period."""

    def of(self, code: int, area: str) -> Mapping[str, Any]:
        """Return the figure of an area, with the status and reason where it has no row."""
        if area in self.rows or not self.blank:
            return self.rows.get(area, self.blank)
        existed = self.existed is None or bool(self.existed[code])
        status = Status.NOT_AVAILABLE if existed else Status.NOT_APPLICABLE
        reason = NOT_PUBLISHED if existed else NOT_THEN
        return {**self.blank, "status": str(status), "status_reason": reason}


def figures_on_map(
    release: OpenRelease,
    columns: Sequence[str],
    rows: Mapping[str, Mapping[str, Any]],
    indicator: int,
    period: str,
) -> MapFigures:
    """Return the rows of one indicator and period with what all other areas say.

    The period is an id, or what was asked for where the release holds no such one.
    """
    named = release.snapshot.indicators[indicator]
    told = {"release": release.id, "indicator": named.id, "period": period, "unit": named.unit}
    blank = {**dict.fromkeys(columns), **told, "flags": ""}
    known = release.snapshot.index.periods
    existed = release.existed[known.index(period)] if period in known else None
    return MapFigures(rows, blank, existed)


def undrawn(
    release: OpenRelease,
    chosen: AreaChoice,
    drawn: Mapping[str, Any],
    rows: Mapping[str, Any],
    *,
    level: str,
    is_asked: bool,
) -> Iterator[str]:
    """Say by name which areas have no shape, of those that a reader expects on the map.

    These are the areas of the level that have a row of the figures, and all that `area=` means,
    but for such of the level as have no row and were not named singly: they had ended.
    """
    names: dict[bool, list[str]] = {True: [], False: []}
    for code in chosen.codes.tolist():
        area = release.areas[code]
        is_of_level = area.kind == level
        is_named = chosen.named is not None and bool(chosen.named[code])
        is_meant = is_named or (is_asked and not is_of_level)
        if area.code not in drawn and (is_meant or (is_of_level and area.code in rows)):
            names[area.code in rows].append(f"{area.name} ({area.code})")
    for has_row, found in names.items():
        if found:
            count = "1 area is" if len(found) == 1 else f"{len(found)} areas are"
            though = ", though they have a row of these figures" if has_row else ""
            yield (
                f"{count} not drawn{though}: no shape of level '{level}' here is of "
                f"{listed(found, MOST_NAMED)}"
            )
