"""Sentences about what differs between two releases: of all figures, of a choice, of one figure."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.contract import ChangeRow, ChangesSummary, Status
from dashboard.words.numbers import number, plural, quantity, signed, unit_word
from dashboard.words.outcomes import Measure, join_words
from dashboard.words.periods import when
from dashboard.words.statuses import status_word

KINDS: Final[Mapping[str, str]] = {
    "revised": "revised",
    "newly_suppressed": "newly suppressed",
    "no_longer_suppressed": "no longer suppressed",
    "withdrawn": "withdrawn",
    "new": "new",
}
"""Kinds of changes in words, what needs a second look first."""
MEANINGS: Final[Mapping[str, str]] = {
    "revised": "the value, or the reason for having none, is another",
    "newly_suppressed": "hidden now and not before; the old number is told nowhere",
    "no_longer_suppressed": "was hidden and is shown now",
    "withdrawn": "a later publication covers the period and no longer has the figure",
    "new": "there was no such figure before",
}

_COUNTED: Final[Mapping[str, str]] = {
    "new": "new figure",
    **{kind: words for kind, words in KINDS.items() if kind != "new"},
}
"""The same as counted in a sentence of a whole release, in which most are new."""


def counts_words(counts: Mapping[str, int]) -> str:
    """Return `10,500 revised and 103 newly suppressed`; nothing where nothing differs."""
    told = [f"{counts[kind]:,} {words}" for kind, words in KINDS.items() if counts.get(kind)]
    return join_words(told) if told else ""


def chosen_sentence(
    what: str, release: str, since: str, rows: Sequence[ChangeRow], counts: Mapping[str, int]
) -> str:
    """Return how many figures of a choice, such as `Kent`, differ."""
    against = f"between releases {since} and {release}"
    if not rows:
        return f"{what}: no figure differs {against}."
    differs = "figure differs" if len(rows) == 1 else "figures differ"
    return f"{what}: {len(rows):,} {differs} {against}: {counts_words(counts)}."


def cell_sentence(row: ChangeRow, title: str, measure: Measure) -> str:
    """Return what became of one figure."""
    time = when(row["period"], measure.measured)
    said = f"{title}, {row['area_name']}, {time}"
    if row["kind"] == "new":
        return f"{said}: new, {shown(row, 'new', measure)}."
    was, now = shown(row, "old", measure), shown(row, "new", measure)
    return f"{said}: {was} in release {row['since']}, {now} in release {row['release']}."


def shown(row: ChangeRow, side: str, measure: Measure) -> str:
    """Return the value of a side, `old` or `new`; the reason where it has none."""
    held: Mapping[str, Any] = {**row}
    value, status = held[f"{side}_value"], held[f"{side}_status"]
    if value is not None:
        return measure.amount(value)
    if not status:
        return "no such figure"
    return "shown, number not told" if status == Status.OK else status_word(status)


def change_words(row: ChangeRow, measure: Measure) -> str:
    """Return by how much a figure changed: `+3 points`; nothing without two numbers."""
    change = row["change"]
    if change is None:
        return ""
    plain = signed(change, measure.decimals)
    if measure.unit == "%":
        return f"{plain} {'point' if plain.strip('+−') == '1' else 'points'}"
    if measure.unit == "£":
        return f"{plain[:1] if plain[:1] in '+−' else ''}£{plain.lstrip('+−')}"
    return plain


def changes_sentence(release: str, changes: ChangesSummary | None) -> str:
    """Return how many figures differ from the release before."""
    if changes is None:
        return f"Release {release} was put together before changes were counted."
    if changes["since"] is None:
        return (
            f"Release {release} is the first one held here, so there is none to compare it with. "
            "Later ones will say here what they change."
        )
    told = [
        plural(count, words) if kind == "new" else f"{count:,} {words}"
        for kind, words in _COUNTED.items()
        if (count := changes["kinds"].get(kind, 0))
    ]
    against = f"Release {release} against release {changes['since']}"
    return f"{against}: {join_words(told)}." if told else f"{against}: no figure differs."


def size_words(size: float | None, unit: str, decimals: int) -> str:
    """Return the size of a revision: `2 points`, `£1,067`, `3.4 per 10,000`."""
    if unit == "%":
        plain = number(size, decimals)
        return plain if size is None else f"{plain} {'point' if plain == '1' else 'points'}"
    plain, word = quantity(size, unit, decimals), unit_word(unit)
    return f"{plain} {word.removesuffix('s') if plain == '1' else word}".strip()
