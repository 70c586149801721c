"""Where made-up returns were imported from before they had a package of their own."""

from etl.practice.packages import (
    Practice,
    as_package,
    practice_counts,
    practice_returns,
    table_bytes,
)

__all__ = ["Practice", "as_package", "practice_counts", "practice_returns", "table_bytes"]
