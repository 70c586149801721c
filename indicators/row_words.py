"""What the columns of a row, its statuses and its flags mean: the words of files and of the API."""

from collections.abc import Mapping
from typing import Final

from indicators.cells import Flag, Status

ROW_TEXTS: Final[Mapping[str, str]] = {
    "release": "The release that the row is from.",
    "indicator": "The id of the indicator.",
    "definition_version": "The version of the indicator's definition.",
    "area_code": "The code of the area that the row is about.",
    "area_name": "The name of the area that the row is about.",
    "area_type": "The type of an authority, or the kind of any other area.",
    "period": "The id of the period that the figure is for, such as `RY2025`.",
    "period_start": "The first day of the period; of a snapshot, its day.",
    "period_end": "The last day of the period.",
    "sex": "The code of the part by sex; `_T` is not broken down.",
    "age": "The code of the part by age; `_T` is not broken down.",
    "ethnicity": "The code of the part by ethnicity; `_T` is not broken down.",
    "need": "The code of the part by need; `_T` is not broken down.",
    "placement": "The code of the part by placement; `_T` is not broken down.",
    "reason": "The code of the part by reason; `_T` is not broken down.",
    "role": "The code of the part by role; `_T` is not broken down.",
    "school_phase": "The code of the part by school phase; `_T` is not broken down.",
    "value": "The figure as shown; null where the status is not `ok`.",
    "numerator": "The count (or amount) above the line of the figure, where it is known.",
    "denominator": "The count (or amount) below the line of the figure, where it is known.",
    "ci_lower": "The lower end of the figure's interval; null where it has none.",
    "ci_upper": "The upper end of the figure's interval; null where it has none.",
    "ci_level": "How sure the interval is, in per cent, such as 95.",
    "status": "Why there is a value (`ok`) or none, such as `suppressed` or `not_available`.",
    "flags": "Things to know about the row, such as `provisional`, `break` or `few_members`.",
    "source_symbol": "What the publisher wrote instead of a figure.",
    "unit": "The unit of the figure.",
    "source": "The id of the source that the figure is from.",
    "updated_release": "The release in which this cell last changed.",
}
"""By column, in the order of a row."""

STATUS_WORDS: Final[Mapping[str, str]] = {
    Status.OK: "figure",
    Status.LOW: "rounds to zero",
    Status.SUPPRESSED: "suppressed",
    Status.NOT_AVAILABLE: "not available",
    Status.NOT_APPLICABLE: "not applicable",
    Status.NOT_COLLECTED: "not collected",
    Status.UNRELIABLE_WITHHELD: "withheld as unreliable",
    Status.WITHDRAWN: "withdrawn",
}
"""In a word or two, wherever there is little room."""

STATUS_TEXTS: Final[Mapping[Status, str]] = {
    Status.OK: "There is a value.",
    Status.LOW: "The figure is above zero but rounds to zero.",
    Status.SUPPRESSED: "The publisher or this service hides the figure, as few children are behind "
    "it.",
    Status.NOT_AVAILABLE: "The figure should exist, but the source does not hold it.",
    Status.NOT_APPLICABLE: "The figure cannot exist: there was nothing to count.",
    Status.NOT_COLLECTED: "The source does not publish the figure for areas of this kind.",
    Status.UNRELIABLE_WITHHELD: "Whoever holds the figure does not trust it, and does not give it.",
    Status.WITHDRAWN: "A figure was published here and has been withdrawn.",
}

FLAG_WORDS: Final[Mapping[str, str]] = {
    Flag.BREAK: "break in the series",
    Flag.DEFINITION_DIFFERS: "definition differs",
    Flag.ESTIMATED: "estimated",
    Flag.FEW_MEMBERS: "few members with data",
    Flag.IMPUTED: "imputed",
    Flag.JOINT_RETURN: "joint return of two authorities",
    Flag.LOW_RELIABILITY: "low reliability",
    Flag.PARTIAL_COVERAGE: "partial coverage",
    Flag.PROVISIONAL: "provisional",
    Flag.RECONSTRUCTED: "reconstructed",
    Flag.REVISED: "revised",
}
"""In a word or two, wherever there is little room."""

FLAG_TEXTS: Final[Mapping[Flag, str]] = {
    Flag.BREAK: "The series breaks here: values cannot be compared with earlier ones.",
    Flag.DEFINITION_DIFFERS: "The source counts something slightly different here.",
    Flag.ESTIMATED: "The figure is an estimate.",
    Flag.FEW_MEMBERS: "Fewer than five members of a group have data.",
    Flag.IMPUTED: "The publisher filled in what was missing.",
    Flag.JOINT_RETURN: "Two authorities sent one return; both have the same figure.",
    Flag.LOW_RELIABILITY: "The publisher gives the figure and says that it is not reliable.",
    Flag.PARTIAL_COVERAGE: "Not all of the area's children are covered.",
    Flag.PROVISIONAL: "The figure is from an authority's return, before its publisher's.",
    Flag.RECONSTRUCTED: "The figure was put together from what is published, not taken as it is.",
    Flag.REVISED: "The publisher gave another figure before.",
}
