"""Our statuses and flags as the codes of SDMX, and what each code means."""

from collections.abc import Mapping
from typing import Final

from indicators.cells import Flag, Status

FREE: Final = "F"
CONFIDENTIAL: Final = "C"
NORMAL: Final = "A"

STATUS_TEXTS: Final[Mapping[Status, tuple[str, str]]] = {
    Status.OK: ("Given", "There is a value."),
    Status.LOW: ("Low", "The publisher says that it is not zero but rounds to zero."),
    Status.SUPPRESSED: ("Suppressed", "Kept back so that nobody can be recognised."),
    Status.NOT_AVAILABLE: ("Not available", "The source has no value."),
    Status.NOT_APPLICABLE: ("Not applicable", "There can be no value."),
    Status.NOT_COLLECTED: ("Not collected", "Nobody collects it at this level."),
    Status.UNRELIABLE_WITHHELD: ("Unreliable", "The publisher withheld it as not reliable."),
    Status.WITHDRAWN: ("Withdrawn", "It was given once and taken back."),
}

WHY_MISSING: Final[Mapping[Status, str]] = {
    Status.LOW: "N",
    Status.SUPPRESSED: "Q",
    Status.NOT_AVAILABLE: "O",
    Status.NOT_APPLICABLE: "M",
    Status.NOT_COLLECTED: "L",
    Status.UNRELIABLE_WITHHELD: "O",
    Status.WITHDRAWN: "O",
}
"""OBS_STATUS of what has no value. U would say that there is one, of low reliability."""

OF_FLAG: Final[Mapping[Flag, str]] = {
    Flag.BREAK: "B",
    Flag.DEFINITION_DIFFERS: "D",
    Flag.IMPUTED: "I",
    Flag.ESTIMATED: "E",
    Flag.PROVISIONAL: "P",
    Flag.LOW_RELIABILITY: "U",
}
"""OBS_STATUS of what has a value. The standard has no code for the other flags."""

PRECEDENCE: Final = "BOMLHQJSDKWIFEPNUVGA"
"""Which code stands where several apply, the first first."""

OBS_STATUS_TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "A": ("Normal value", "A value, and nothing to add."),
    "B": ("Time series break", "The figures before were made in another way."),
    "D": ("Definition differs", "The figure is defined in another way here."),
    "E": ("Estimated value", "The figure is an estimate."),
    "I": ("Value imputed", "The figure was filled in by its publisher."),
    "L": ("Missing value; data exist but were not collected", "STATUS is not_collected."),
    "M": ("Missing value; data cannot exist", "STATUS is not_applicable."),
    "N": (
        "Not significant",
        "STATUS is low: not a real zero, but what rounds to zero; no value is given.",
    ),
    "O": ("Missing value", "STATUS is not_available, unreliable_withheld or withdrawn."),
    "P": ("Provisional value", "The figure may still change."),
    "Q": ("Missing value; suppressed", "STATUS is suppressed."),
    "U": ("Low reliability", "There is a value; read it with care."),
}
CONF_STATUS_TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    FREE: ("Free", "Nothing is kept back."),
    CONFIDENTIAL: ("Confidential statistical information", "The value is suppressed."),
}


def obs_status(status: Status, flags: tuple[str, ...]) -> str:
    """Return the one code that says most: why there is no value, else the weightiest flag."""
    if status is not Status.OK:
        return WHY_MISSING[status]
    codes = {OF_FLAG[Flag(flag)] for flag in flags if Flag(flag) in OF_FLAG}
    return min(codes, key=PRECEDENCE.index, default=NORMAL)


def conf_status(status: Status) -> str:
    """Return whether something is kept back."""
    return CONFIDENTIAL if status is Status.SUPPRESSED else FREE
