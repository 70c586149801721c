"""One linear programme over unknowns, asked again and again with another objective only."""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from indicators.arithmetic import Numbers
from indicators.disclosure.unknowns import Row, System

_CLOSE = 1e-6
_TRIES = 6
_SECONDS = 10.0
"""A search for whole numbers that takes longer counts as not found."""


@dataclass(frozen=True)
class Room:
    """What an unknown can be at least and at most, within what was asked; whole numbers."""

    low: int
    high: int
    binding: tuple[Row, ...] = ()
    """The rows that keep it from being more or less, where a programme was asked."""

    def covers(self, low: int, high: int) -> bool:
        """Say whether every number from low to high is possible."""
        return self.low <= low and self.high >= high


class _QuietSolver(highspy.Highs):
    """The solver without its callbacks: setting those up prints a banner to standard output."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


class Programme:
    """Some columns of a system; all others stand at their true counts.

    Found numbers are whole but for sums of scores: a solution that is not is sought again
    as whole numbers.
    """

    def __init__(self, system: System, columns: Sequence[int], rows: Sequence[Row]) -> None:
        self._places = {column: place for place, column in enumerate(columns)}
        self._columns = np.array(columns)
        self._rows = tuple(rows)
        self._binding: set[int] = set()
        self._system = system
        scores = system.unknowns.scores
        self._is_whole = np.array([column not in scores for column in columns])
        self._solver = _QuietSolver()
        for option, setting in (("output_flag", False), ("threads", 1), ("presolve", "off")):
            self._solver.setOptionValue(option, setting)
        self._solver.passModel(self._model(rows))

    def _model(self, rows: Sequence[Row]) -> highspy.HighsLp:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self._columns), len(rows)
        model.col_cost_ = np.zeros(len(self._columns))
        model.col_lower_ = self._system.low[self._columns]
        model.col_upper_ = self._system.high[self._columns]
        starts, index, value, low, high = [0], [], [], [], []
        for row in rows:
            moved = 0.0
            for column, factor in zip(row.columns, row.factors, strict=True):
                place = self._places.get(column)
                if place is None:
                    moved += float(self._system.truth[column]) * factor
                else:
                    index.append(place)
                    value.append(factor)
            starts.append(len(index))
            low.append(row.low - moved)
            high.append(row.high - moved)
        model.row_lower_, model.row_upper_ = np.array(low), np.array(high)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array(starts)
        model.a_matrix_.index_ = np.array(index)
        model.a_matrix_.value_ = np.array(value, dtype=np.float64)
        return model

    def limit(self, column: int, low: float, high: float) -> None:
        """Change what one unknown can be."""
        self._solver.changeColBounds(self._places[column], low, high)

    def room_of(self, column: int, low: int, high: int) -> Room:
        """Return how much of a range is open for an unknown; its own limits are then as before."""
        place = self._places[column]
        bounds = self._limits(place)
        self._solver.changeColBounds(place, max(low, bounds[0]), min(high, bounds[1]))
        self._binding.clear()
        least, most = self._end(place, 1.0, low), self._end(place, -1.0, high)
        self._solver.changeColBounds(place, *bounds)
        binding = tuple(self._rows[number] for number in sorted(self._binding))
        return Room(least, most, binding)

    def covers(self, column: int, low: int, high: int) -> bool:
        """Say whether all of a range is open for an unknown; asks no more than it must."""
        place = self._places[column]
        bounds = self._limits(place)
        if bounds[0] > low or bounds[1] < high:
            return False
        self._solver.changeColBounds(place, low, high)
        is_open = self._end(place, 1.0, low) == low and self._end(place, -1.0, high) == high
        self._solver.changeColBounds(place, *bounds)
        return is_open

    def _limits(self, place: int) -> tuple[float, float]:
        _, _, low, high, _ = self._solver.getCol(place)
        return float(low), float(high)

    def _end(self, place: int, cost: float, wanted: int) -> int:
        """Return the last whole number that an unknown can be in one direction.

        A solution in fractions that does not get there needs no second search: one in whole
        numbers gets no further.
        """
        true = round(float(self._system.truth[self._columns[place]]))
        self._solver.changeColCost(place, cost)
        found = self._solved()
        if found is not None:
            duals = np.array(self._solver.getSolution().row_dual)
            self._binding.update(np.flatnonzero(np.abs(duals) > _CLOSE).tolist())
            if abs(found[place] - wanted) < _CLOSE and not self._are_whole(found):
                found = self._settled(found, place, wanted)
        self._solver.changeColCost(place, 0.0)
        if found is None:
            return true
        inward = np.ceil(found[place] - _CLOSE) if cost > 0 else np.floor(found[place] + _CLOSE)
        return int(inward)

    def _settled(self, found: Numbers, place: int, wanted: int) -> Numbers | None:
        """Return a solution in whole numbers.

        What is in fractions is held at its true count, and what then is, as long as that works;
        only then is one searched for.
        """
        truth = self._system.truth[self._columns]
        held: list[int] = []
        for _ in range(_TRIES):
            is_broken = self._is_whole & (np.abs(found - np.round(found)) >= _CLOSE)
            held += np.flatnonzero(is_broken).tolist()
            moved = self._held(held, truth)
            if moved is None or abs(moved[place] - wanted) >= _CLOSE:
                break
            found = moved
            if self._are_whole(found):
                return found
        return self._solved_whole()

    def _held(self, places: Sequence[int], values: Numbers) -> Numbers | None:
        """Solve with some unknowns at given numbers; their limits are then as before."""
        before = [(place, *self._limits(place)) for place in places]
        for place in places:
            self._solver.changeColBounds(place, values[place], values[place])
        found = self._solved()
        for place, low, high in before:
            self._solver.changeColBounds(place, low, high)
        return found

    def _solved(self) -> Numbers | None:
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(self._solver.getSolution().col_value)

    def _are_whole(self, found: Numbers) -> bool:
        whole = found[self._is_whole]
        return bool((np.abs(whole - np.round(whole)) < _CLOSE).all())

    def _solved_whole(self) -> Numbers | None:
        count = len(self._columns)
        kinds = [
            highspy.HighsVarType.kInteger if w else highspy.HighsVarType.kContinuous
            for w in self._is_whole
        ]
        self._solver.changeColsIntegrality(count, np.arange(count), np.array(kinds))
        # The solver's clock runs on from one question to the next.
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + _SECONDS)
        found = self._solved()
        self._solver.setOptionValue("time_limit", highspy.kHighsInf)
        plain = np.array([highspy.HighsVarType.kContinuous] * count)
        self._solver.changeColsIntegrality(count, np.arange(count), plain)
        return found
