"""An occasion: when something is done, and by whom."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from indicators.permissions import OPERATOR, Actor


@dataclass(frozen=True)
class Occasion:
    """When something is done, the moment in UTC, and who does it."""

    now: datetime
    actor: Actor = OPERATOR

    @property
    def moment(self) -> str:
        """The moment as releases.json and the database write it."""
        return self.now.isoformat(timespec="seconds").replace("+00:00", "Z")

    @property
    def today(self) -> date:
        """The day."""
        return self.now.date()


def next_number(connection: sa.Connection, column: "sa.Column[int]") -> int:
    """Return the next number of a table; the store has one writer at a time."""
    return 1 + (connection.scalar(sa.select(sa.func.max(column))) or 0)
