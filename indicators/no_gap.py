"""Why nothing is said of a part of a figure against its total; docs/methods/inequalities.md."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from indicators.position import MIN_DENOMINATOR, MIN_EXPECTED


class NoGap(StrEnum):
    """Why nothing is said of a part against its total, or of two parts against each other."""

    IS_TOTAL = "is_total"
    SIBLINGS = "siblings"
    PART_MISSING = "part_missing"
    TOTAL_MISSING = "total_missing"
    NO_INTERVAL = "no_interval"
    SHARES_DENOMINATOR = "shares_denominator"
    COUNTS_UNKNOWN = "counts_unknown"
    OTHER_EDITION = "other_edition"
    NOTHING_ELSE = "nothing_else"
    NOT_INSIDE = "not_inside"
    REST_WITHHELD = "rest_withheld"
    FEW = "few"
    OVERLAPPING_PARTS = "overlapping_parts"
    TOO_FEW_PARTS = "too_few_parts"


NO_GAP: Final = tuple(NoGap)
WORDS: Final[Mapping[NoGap, str]] = {
    NoGap.IS_TOTAL: "This is the total itself",
    NoGap.SIBLINGS: "An indicator of its own: the catalogue holds no total that it lies in",
    NoGap.PART_MISSING: "The part has no figure",
    NoGap.TOTAL_MISSING: "The total has no figure",
    NoGap.NO_INTERVAL: "No valid interval",
    NoGap.SHARES_DENOMINATOR: (
        "Every part is counted over the denominator of the total, so that it is a share of it and "
        "always smaller"
    ),
    NoGap.COUNTS_UNKNOWN: (
        "The numbers behind the part or its total are not published, or are rounded too far to "
        "give its value"
    ),
    NoGap.OTHER_EDITION: (
        "The total was revised after the parts were published, and the parts do not come to it"
    ),
    NoGap.NOTHING_ELSE: "The part is nearly all of its total",
    NoGap.NOT_INSIDE: "The counts of the part, as rounded, do not lie inside those of its total",
    NoGap.REST_WITHHELD: "All the rest of the total is withheld, so nothing is said of it",
    NoGap.FEW: (
        f"Few are counted: the part or the rest is of fewer than {MIN_DENOMINATOR}, or fewer than "
        f"{MIN_EXPECTED} events are to be expected there"
    ),
    NoGap.OVERLAPPING_PARTS: "Some parts hold one another, so that two of them are not compared",
    NoGap.TOO_FEW_PARTS: "Fewer than two parts can be compared",
}
