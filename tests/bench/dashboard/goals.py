"""What is measured of the dashboard, and the most that each may take."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured figure; without `most` or `least` it is told for orientation."""

    label: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the goal is reached."""
        above = self.least is None or self.value >= self.least
        return above and (self.most is None or self.value <= self.most)

    def line(self) -> str:
        """Return the figure beside its goal."""
        goal = "" if self.most is None else f"at most {self.most:g}"
        goal = goal if self.least is None else f"at least {self.least:g}"
        mark = "" if self.is_kept else "   NOT KEPT"
        return f"{self.label:66} {self.value:9.2f} {self.unit:3} {goal}{mark}"


COLD_LOCAL = 1.2
COLD_THROTTLED = 3.0
KILOBYTES = 700.0
WARM = 0.5
CHANGE_MS = 150.0
CHANGE_BUSY_MS = 400.0
PDF = 3.0
READERS = 300.0
READER_LIMIT_MS = 1000.0
