"""One indicator of one area as page, paper and workbook all show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from api.contract import FLAG_WORDS, Status
from dashboard.svg.spine import Spine
from dashboard.words.differences import short_reason

_PROVISIONAL: Final = FLAG_WORDS["provisional"]
Number = float | int | None


@dataclass(frozen=True)
class Beside:
    """A figure that a value stands beside, and how the two compare."""

    token: str
    name: str
    model: str
    """Of neighbours, the model that names them."""
    figure: Number
    words: str
    mean: Number
    mean_words: str
    together_words: str
    """The group taken together, where value and median alone would not explain the outcome."""
    members: int
    with_data: int
    outcome: str
    """`worse`, `similar` …, `cannot compare`; blank where the value is missing."""
    is_different: bool
    reason: str
    period: str
    """Of the own past, the period before."""

    @property
    def is_median(self) -> bool:
        """Whether the figure is the median of a group."""
        return bool(self.model)

    @property
    def count_words(self) -> str:
        """How many of a group have data, such as `9 of 10`."""
        return f"{self.with_data} of {self.members}" if self.mean is not None else ""

    @property
    def short_reason(self) -> str:
        """Why nothing can be compared, in a word or three."""
        return short_reason(self.reason) if self.reason else ""


@dataclass(frozen=True)
class Line:
    """One indicator of one area: value, comparators, trend, and what is to be known of it."""

    indicator: str
    title: str
    short_title: str
    kind: str
    stage: str
    is_core: bool
    unit: str
    decimals: int
    direction: str
    measured: str
    period: str
    period_label: str
    value: Number
    words: str
    """The value as it is shown; in a word or two why there is none."""
    unit_words: str
    status: str
    reason: str
    """Why there is no figure, in words that need no looking up."""
    flags: str
    lower: Number
    upper: Number
    country: Beside | None
    region: Beside | None
    """The region, or what the reader chose in its place."""
    neighbours: tuple[Beside, ...]
    """One for each model, the chosen one first."""
    past: Beside | None
    trend: Mapping[str, Any]
    history: tuple[tuple[str, float], ...]
    """Periods and values that the trend is told of."""
    agreement: str
    rank: int
    """How far up it stands among what differs from others, the surest first."""
    past_rank: int
    """The same among what changed; 0 where it did not beyond chance."""
    spine: Spine | None
    source: str

    @property
    def has_value(self) -> bool:
        """Whether there is a figure."""
        return self.status == Status.OK

    @property
    def is_provisional(self) -> bool:
        """Whether it is from a return, and gives way to the published figure."""
        return _PROVISIONAL in self.flags

    @property
    def period_words(self) -> str:
        """The period in the few letters that a row has room for."""
        return self.period_label.replace("year ending ", "year to ")

    @property
    def beside(self) -> tuple[Beside, ...]:
        """All whom the value stands beside, its own past left out."""
        return tuple(filter(None, (self.country, self.region, *self.neighbours)))

    @property
    def differing(self) -> tuple[Beside, ...]:
        """Country and neighbours from which it differs by more than chance."""
        told = (self.country, *self.neighbours[:1])
        return tuple(beside for beside in told if beside and beside.is_different)
