"""Why a figure is missing, and what else a reader must know of one."""

from typing import Final

from api.contract import FLAG_WORDS, STATUS_WORDS, Flag, Status

STATUS_REASONS: Final[dict[str, str]] = {
    Status.LOW: "above zero, but rounds to zero",
    Status.SUPPRESSED: "hidden, because the number of children behind it is small",
    Status.NOT_AVAILABLE: "not available from the publisher",
    Status.NOT_APPLICABLE: "not applicable, because there was nothing to count",
    Status.NOT_COLLECTED: "not published for areas of this kind",
    Status.UNRELIABLE_WITHHELD: "withheld by the publisher as unreliable",
    Status.WITHDRAWN: "published once and since withdrawn",
}

STATUS_MEANING: Final[dict[str, str]] = {
    Status.OK: "There is a figure.",
    Status.LOW: "The figure is above zero but rounds to zero.",
    Status.SUPPRESSED: "The publisher or this service hides the figure, because the number of "
    "children behind it is so small that one of them might be recognised.",
    Status.NOT_AVAILABLE: "The figure should exist, but the source does not hold it: for example, "
    "an authority did not send its return.",
    Status.NOT_APPLICABLE: "The figure cannot exist, for example because there were no children "
    "to count, because the area did not exist in the period, or because it need not report.",
    Status.NOT_COLLECTED: "The source does not publish this figure for areas of this kind.",
    Status.UNRELIABLE_WITHHELD: "Whoever holds the figure, its publisher or authority, does not "
    "trust it.",
    Status.WITHDRAWN: "A figure was published here and has been withdrawn.",
}

STATUS_SYMBOLS: Final[dict[str, str]] = {
    Status.LOW: "k, low",
    Status.SUPPRESSED: "c",
    Status.NOT_AVAILABLE: "x, [x], blank",
    Status.NOT_APPLICABLE: "z",
    Status.UNRELIABLE_WITHHELD: "u",
}

FLAG_MEANING: Final[dict[str, str]] = {
    Flag.BREAK: "Earlier figures cannot be compared with this one.",
    Flag.DEFINITION_DIFFERS: "What was counted differs a little from the definition shown.",
    Flag.ESTIMATED: "The publisher estimated part of the figure.",
    Flag.FEW_MEMBERS: "Fewer than five members of the group have data.",
    Flag.IMPUTED: "The publisher filled a gap from other figures.",
    Flag.JOINT_RETURN: "Two authorities report together; both show the same figure, and a group "
    "counts it once.",
    Flag.LOW_RELIABILITY: "The publisher advises caution.",
    Flag.PARTIAL_COVERAGE: "Some authorities are missing from this total.",
    Flag.PROVISIONAL: "Sent by the authority itself and not yet published officially.",
    Flag.RECONSTRUCTED: "The file published could not be had; the figure comes from the tables of "
    "a dashboard that was built on it.",
    Flag.REVISED: "The publisher has changed it since it first appeared.",
}


def status_word(status: str | None) -> str:
    """Return why there is no figure, in a word or two; nothing for a figure."""
    if status in (None, Status.OK):
        return ""
    return STATUS_WORDS.get(str(status), str(status).replace("_", " "))


def status_reason(status: str | None) -> str:
    """Return why there is no figure, in words that need no looking up; nothing for a figure."""
    return STATUS_REASONS.get(str(status), status_word(status))


def flag_words(flags: list[str]) -> str:
    """Return flags as words, joined by commas."""
    return ", ".join(FLAG_WORDS.get(flag, flag.replace("_", " ")) for flag in flags)
