"""What statuses, flags and the signs of publishers mean, in words."""

from collections.abc import Mapping
from typing import Final

from indicators.cells import Flag, Status

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
SYMBOL_TEXTS: Final[Mapping[str, str]] = {
    "": "no sign",
    "c": "confidential",
    "k": "rounds to zero",
    "low": "rounds to zero",
    "u": "low reliability",
    "x": "not available",
    "z": "not applicable",
    "[x]": "not available, in outturn files",
    "[z]": "not applicable, in outturn files",
    "[n]": "not available, in outturn files",
}
