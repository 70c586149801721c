"""Sentences that say where a figure comes from."""

from collections.abc import Sequence

from api.contract import Flag, ObservationRow, SourceCard, SourceKind, Status
from dashboard.words.counts import counted_of, counts_authorities, yes_or_no
from dashboard.words.names import opening, with_article
from dashboard.words.numbers import plural
from dashboard.words.outcomes import Measure, join_words
from dashboard.words.periods import day, when
from dashboard.words.readings import Reading, quoted
from dashboard.words.statuses import status_reason


def publication_words(source: SourceCard) -> str:
    """Return who published it and when, for brackets."""
    return ", ".join(filter(None, [source["publisher"], day(source["published_on"])]))


def files_words(source: SourceCard, reading: Reading | None = None) -> str:
    """Return the files, or the publication where none is recorded, with who published it when."""
    names = list(reading.files) if reading else [file["name"] for file in source["files"]]
    named = f"the {'file' if len(names) == 1 else 'files'} {join_words(names)}" if names else ""
    return f"{named or quoted([source['title']])} ({publication_words(source)})"


def source_sentence(source: SourceCard, release: str) -> str:
    """Return what a source gives, in a sentence."""
    count = plural(len(source["indicators"]), "indicator")
    if source["kind"] == SourceKind.COMPUTED:
        return (
            "Where no publication gives a total, this service adds up the authorities that "
            f"responded; release {release} has such totals of {count}."
        )
    if source["kind"] == SourceKind.SUBMISSION:
        return (
            f"{opening(source['publisher'])} sent this return itself, on "
            f"{day(source['published_on'])}; release {release} has provisional figures of {count} "
            "from it."
        )
    return (
        f"“{source['title']}” ({publication_words(source)}) gives release {release} figures of "
        f"{count}."
    )


def indicator_sentence(
    source: SourceCard, short_title: str, found: Sequence[Reading], period: str, measured: str
) -> str:
    """Return how all figures of an indicator are read from a source, in a sentence."""
    named = quoted([short_title])
    if source["kind"] == SourceKind.COMPUTED:
        return (
            f"{named}: where no publication gives a total, this service works it out over "
            "the authorities that responded."
        )
    if source["kind"] == SourceKind.SUBMISSION:
        return f"{named}: worked out from a return that {source['publisher']} sent itself."
    if not found:
        return f"{named} is not read from {files_words(source)}."
    time = f" {when(period, measured)}" if period else ""
    return f"{named}{time} {_stands(source, found[0])}."


def figure_sentence(
    source: SourceCard, row: ObservationRow, measure: Measure, found: Sequence[Reading]
) -> str:
    """Return where one figure, or the reason for a missing one, stands."""
    name, time = opening(row["area_name"]), when(row["period"], measure.measured)
    if row["status"] != Status.OK:
        reason = status_reason(row["status"])
        return f"{name} has no figure {time}: {reason}; {_missing(source, row, found)}."
    if found and found[0].counted_where and source["kind"] == SourceKind.PUBLICATION:
        return f"{name}: {_counted(source, row, found[0], time)}"
    of = f"The figure of {with_article(row['area_name'])} {time}"
    is_count = counts_authorities(measure.unit)
    counted = counted_of(row["value"], row["denominator"])
    amount = counted if is_count else measure.amount(row["value"])
    return f"{of}, {amount}, {_had(source, row, found)}"


def _had(source: SourceCard, row: ObservationRow, found: Sequence[Reading]) -> str:
    """Return how a figure was had, as the end of a sentence."""
    if source["kind"] == SourceKind.SUBMISSION:
        return (
            f"is provisional: it was worked out from a return that {source['publisher']} sent to "
            "this service itself."
        )
    if source["kind"] == SourceKind.COMPUTED:
        of = "the returns of" if Flag.PROVISIONAL in row["flags"] else "the figures of"
        return (
            f"was worked out by this service from {of} its authorities, because no publication "
            "gives it."
        )
    return f"{_stands(source, found[0])}." if found else f"comes from {files_words(source)}."


def elsewhere_sentence(row: ObservationRow, measure: Measure) -> str:
    """Return that a figure does not come from the source that the address names."""
    time = when(row["period"], measure.measured)
    return f"The figure of {with_article(row['area_name'])} {time} comes from another source."


def _stands(source: SourceCard, reading: Reading) -> str:
    files = files_words(source, reading)
    if reading.is_published:
        return f"stands in column “{reading.value}” of {files}"
    if reading.counted_where:
        column, words = reading.counted_where[0]
        return f"is counted where column “{column}” of {files} says {quoted(words)}"
    if reading.value:
        return f"is 100 less column “{reading.value}” of {files}"
    return f"is worked out from numbers in {files}, which does not give the figure itself"


def _counted(source: SourceCard, row: ObservationRow, reading: Reading, time: str) -> str:
    column, words = reading.counted_where[0]
    says = "says" if row["value"] else "does not say"
    return (
        f"{yes_or_no(row['value']).lower()} {time}, because column “{column}” of "
        f"{files_words(source, reading)} {says} {quoted(words)}."
    )


def _missing(source: SourceCard, row: ObservationRow, found: Sequence[Reading]) -> str:
    if source["kind"] != SourceKind.PUBLICATION:
        return "nothing to work it out from was sent"
    files = files_words(source, found[0] if found else None)
    if row["source_symbol"]:
        return f"{files} has “{row['source_symbol']}” in its place"
    return f"{files} has none" if row["source"] else f"{files} has no row of it"
