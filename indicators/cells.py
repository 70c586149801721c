"""The words a figure is described by: breakdowns, statuses, flags, symbols and row columns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import lru_cache
from typing import Final

TOTAL: Final = "_T"
"""The code of a breakdown that is not broken down."""

BREAKDOWN_COLUMNS: Final = (
    "sex",
    "age",
    "ethnicity",
    "need",
    "placement",
    "reason",
    "role",
    "school_phase",
)

KEY_COLUMNS: Final = ("indicator", "period", "area", *BREAKDOWN_COLUMNS)
"""What makes a cell one cell."""

CELL_COLUMNS: Final = (
    *KEY_COLUMNS,
    "value",
    "numerator",
    "denominator",
    "ci_lower",
    "ci_upper",
    "ci_level",
    "status",
    "flags",
    "source_symbol",
    "source",
    "definition_version",
)
"""A cell as ETL hands it to a release: numbers are floats (NaN = none), the rest is text;
`flags` is sorted and `;`-joined, `period`, `area`, `indicator` and `source` are ids."""

ROW_COLUMNS: Final = (
    "release",
    "indicator",
    "definition_version",
    "area_code",
    "area_name",
    "area_type",
    "period",
    "period_start",
    "period_end",
    *BREAKDOWN_COLUMNS,
    "value",
    "numerator",
    "denominator",
    "ci_lower",
    "ci_upper",
    "ci_level",
    "status",
    "flags",
    "source_symbol",
    "unit",
    "source",
    "updated_release",
)
"""A row as the API and every exported table give it, in this order (design, section 5)."""


class Status(StrEnum):
    """Why a cell has a value or has none; `value` is null unless it is `ok`."""

    OK = "ok"
    LOW = "low"
    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"
    NOT_COLLECTED = "not_collected"
    UNRELIABLE_WITHHELD = "unreliable_withheld"
    WITHDRAWN = "withdrawn"


class Flag(StrEnum):
    """What else a reader must know of a value."""

    BREAK = "break"
    DEFINITION_DIFFERS = "definition_differs"
    ESTIMATED = "estimated"
    FEW_MEMBERS = "few_members"
    IMPUTED = "imputed"
    JOINT_RETURN = "joint_return"
    LOW_RELIABILITY = "low_reliability"
    PARTIAL_COVERAGE = "partial_coverage"
    PROVISIONAL = "provisional"
    RECONSTRUCTED = "reconstructed"
    REVISED = "revised"


STATUSES: Final = tuple(Status)
"""Integer codes of statuses in a snapshot are positions here; only ever append."""

FLAGS: Final = tuple(Flag)
"""Bits of flags in a snapshot are positions here; only ever append."""

SYMBOL_STATUS: Final[Mapping[str, Status]] = {
    "c": Status.SUPPRESSED,
    "k": Status.LOW,
    "low": Status.LOW,
    "u": Status.UNRELIABLE_WITHHELD,
    "x": Status.NOT_AVAILABLE,
    "z": Status.NOT_APPLICABLE,
    "[x]": Status.NOT_AVAILABLE,
    "[z]": Status.NOT_APPLICABLE,
    "[n]": Status.NOT_AVAILABLE,
    "": Status.NOT_AVAILABLE,
}
"""Publishers' symbols; see the missing-data key in About the data."""


@dataclass(frozen=True, order=True)
class Breakdown:
    """One combination of breakdown codes; `_T` where not broken down."""

    sex: str = TOTAL
    age: str = TOTAL
    ethnicity: str = TOTAL
    need: str = TOTAL
    placement: str = TOTAL
    reason: str = TOTAL
    role: str = TOTAL
    school_phase: str = TOTAL

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in the order of BREAKDOWN_COLUMNS."""
        return tuple(getattr(self, field.name) for field in fields(self))

    @property
    def is_total(self) -> bool:
        """Whether nothing is broken down."""
        return set(self.codes) == {TOTAL}

    @property
    def order(self) -> tuple[tuple[bool, str], ...]:
        """Sort key: `_T` before every other code, column by column."""
        return tuple((code != TOTAL, code) for code in self.codes)


def flag_bits(flags: Iterable[str]) -> int:
    """Pack flag names into an integer; raises ValueError on an unknown name."""
    return sum(1 << FLAGS.index(Flag(flag)) for flag in set(flags))


@lru_cache(maxsize=4096)
def flag_names(bits: int) -> tuple[str, ...]:
    """Unpack an integer into flag names, sorted."""
    return tuple(sorted(str(flag) for place, flag in enumerate(FLAGS) if bits >> place & 1))
