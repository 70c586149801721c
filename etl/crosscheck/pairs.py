"""Two sets of figures side by side: what is equal, what differs, what only one of them has."""

from enum import StrEnum
from typing import Any, Final

import numpy as np
import pandas as pd

from etl.crosscheck.declared import Case

LACKING: Final = "lacking"
"""Our status where we have no row at all, in a period for which we have figures of others."""

_KEY: Final = ["measure", "period", "area"]


class Outcome(StrEnum):
    """What came of laying two figures side by side."""

    EQUAL = "equal"
    DIFFERENT = "different"
    ONLY_THEIRS = "only_theirs"
    ONLY_OURS = "only_ours"


def paired(theirs: pd.DataFrame, ours: pd.DataFrame) -> pd.DataFrame:
    """Lay figures side by side and judge each pair; pairs without any number are left out.

    Equal means within half a unit of the last digit that they show. A number that only one of
    the two shows is a difference where both have figures for the period, else it is theirs or
    ours alone. Adds `outcome`, and `case` for differences.
    """
    both = theirs.merge(ours, on=_KEY, how="outer")
    both["status"] = both["status"].fillna(LACKING)
    both["symbol"] = both["symbol"].fillna("")
    both["source"] = both["source"].fillna("")
    both["is_computed"] = both["is_computed"].eq(True)
    both = both[both["theirs"].notna() | both["ours"].notna()].reset_index(drop=True)
    they_show, we_show = both["theirs"].notna(), both["ours"].notna()
    period = [both["measure"], both["period"]]
    in_theirs = they_show.groupby(period).transform("any")
    in_ours = we_show.groupby(period).transform("any")
    is_equal = _is_equal(both)
    outcome = np.select(
        [is_equal, ~in_ours, ~in_theirs],
        [Outcome.EQUAL, Outcome.ONLY_THEIRS, Outcome.ONLY_OURS],
        Outcome.DIFFERENT,
    )
    case = np.select(
        [they_show & we_show, they_show], [Case.DIFFERS, Case.ONLY_THEY_SHOW], Case.ONLY_WE_SHOW
    )
    is_different = outcome == Outcome.DIFFERENT
    return both.assign(outcome=outcome, case=np.where(is_different, case, ""))


def _is_equal(both: pd.DataFrame) -> Any:
    """Tell where two numbers agree to half a unit of the digits that they show."""
    half = 0.5 * 10.0 ** -both["digits"].fillna(0).to_numpy(dtype=np.float64)
    apart = (both["theirs"] - both["ours"]).abs().to_numpy(dtype=np.float64)
    # Binary fractions: 84.5 and 85 are half apart, whatever the last bit says.
    return apart <= half + 1e-9
