"""Which charts there are by themselves. To add one, name what makes it in CHARTS."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from dashboard.chart import Chart
from dashboard.client import ApiClient
from dashboard.state import State

ChartFunction = Callable[[ApiClient, State], Awaitable[Chart]]
"""Makes a chart of a state whose `subject` is that of the path; raises ApiError, and
`NoChart` where there is nothing to draw."""


class NoChart(Exception):  # noqa: N818 - it is an answer, not a fault
    """There is no such chart of these figures: the reason, in a sentence for readers."""


CHARTS: Final[Mapping[str, ChartFunction]] = {}
