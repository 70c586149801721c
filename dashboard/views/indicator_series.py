"""The figures of some areas in all periods, with what they are drawn beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from api.contract import ComparisonRow, ObservationRow


@dataclass(frozen=True)
class Over:
    """What a view over time shows; empty where the view is of one period."""

    rows: Sequence[ObservationRow] = ()
    address: str = ""
    """The address of the rows."""

    neighbours: Sequence[ComparisonRow] = ()
    """The chosen authority beside its neighbours, in each period."""

    spread: Sequence[ComparisonRow] = ()
    """Some authority beside the country in each period, for the quartiles of all authorities."""

    spread_address: str = ""
    inspections: Sequence[Mapping[str, Any]] = ()
    """The inspections of the chosen authority."""

    def row_of(self, code: str, period: str) -> ObservationRow | None:
        """Return the row of an area in a period."""
        return self._rows.get((code, period))

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str], ObservationRow]:
        return {(row["area_code"], row["period"]): row for row in self.rows}

    @cached_property
    def ends(self) -> Mapping[str, str]:
        """The last day of each period of which there is a row."""
        return {row["period"]: row["period_end"] for row in self.rows}

    @cached_property
    def spread_of(self) -> Mapping[str, ComparisonRow]:
        """Period to the row with the quartiles of all authorities."""
        return {row["period"]: row for row in self.spread}

    @cached_property
    def median_of(self) -> Mapping[str, float | None]:
        """Period to the median of the neighbours."""
        return {row["period"]: row["median"] for row in self.neighbours}
