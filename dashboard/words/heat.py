"""Words of the heat table: its sentence, its cells, and letters for missing figures."""

from collections.abc import Sequence
from typing import Final

from api.contract import ComparisonRow, Outcome, Status
from dashboard.words.differences import is_different
from dashboard.words.names import opening, with_article
from dashboard.words.numbers import plural
from dashboard.words.outcomes import join_words, outcome_of
from dashboard.words.statuses import status_reason

LETTERS: Final[dict[str, str]] = {
    Status.LOW: "low",
    Status.SUPPRESSED: "c",
    Status.NOT_AVAILABLE: "x",
    Status.NOT_APPLICABLE: "z",
    Status.NOT_COLLECTED: "n",
    Status.UNRELIABLE_WITHHELD: "u",
    Status.WITHDRAWN: "w",
}
"""Why a figure is missing in a letter or three; the key under the table has the words."""
HIGHER, LOWER = "▲", "▼"


def heat_sentence(
    authorities: int, indicators: int, compared: int, different: int, against: str
) -> str:
    """Return the sentence of the page: how many figures differ, of those that can be compared."""
    what = f"{plural(authorities, 'authority', 'authorities')}, {plural(indicators, 'indicator')}"
    if not compared:
        return f"None of these figures can be compared with {against} ({what})."
    begun = f"Of {plural(compared, 'figure')} that can be compared ({what}),"
    if not different:
        return f"{begun} none differs from {against} beyond chance."
    differ = "differs" if different == 1 else "differ"
    return f"{begun} {different:,} {differ} from {against} beyond chance."


def own_heat_sentence(
    name: str, against: str, different: Sequence[tuple[str, str]], compared: int
) -> str:
    """Return which figures of one authority differ, each with its outcome."""
    if not compared:
        return f"No figure of {with_article(name)} can be compared."
    if not different:
        return f"None of the {compared} figures of {with_article(name)} differs from {against}."
    said = join_words([f"{title} ({outcome})" for title, outcome in different])
    figures = f"{len(different)} of {plural(compared, 'figure')}"
    return f"{opening(name)} differs from {against} in {figures}: {said}."


def look_of(row: ComparisonRow) -> str:
    """Return how a cell looks: `better`, `worse`, `beyond` (no way is good), `plain`, `untested`.

    Blank for a missing figure.
    """
    if row["value"] is None:
        return ""
    outcome = outcome_of(row)
    if outcome in {Outcome.BETTER, Outcome.WORSE}:
        return outcome
    if is_different(outcome):
        return "beyond"
    return "untested" if outcome == Outcome.CANNOT_COMPARE else "plain"


def mark_of(row: ComparisonRow, direction: str) -> str:
    """Return the mark of a figure that differs: which way it does; nothing for others."""
    outcome = outcome_of(row)
    if not is_different(outcome):
        return ""
    if outcome in {Outcome.HIGHER, Outcome.LOWER}:
        return HIGHER if outcome == Outcome.HIGHER else LOWER
    is_higher = (outcome == Outcome.BETTER) == (direction == "higher_is_better")
    return HIGHER if is_higher else LOWER


def heard(row: ComparisonRow) -> str:
    """Return the outcome of a cell for those who listen."""
    return outcome_of(row).replace("_", " ")


def letter_of(status: str) -> str:
    """Return why a figure is missing, in a letter or three."""
    return LETTERS.get(status, "x")


def letter_meaning(status: str) -> str:
    """Return what such a letter stands for."""
    return status_reason(status)


def good_words(direction: str) -> str:
    """Return which way is good, in two words; nothing where neither is."""
    return {"higher_is_better": "higher is better", "lower_is_better": "lower is better"}.get(
        direction, ""
    )
