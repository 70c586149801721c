"""Words about one figure under several comparators: does a conclusion hold, and on what."""

from dashboard.views.comparator_view import ComparatorView
from dashboard.words.agreement import agreement_words
from dashboard.words.counts import counts_authorities, yes_or_no
from dashboard.words.names import opening, with_article
from dashboard.words.numbers import plural
from dashboard.words.outcomes import missing_sentence
from dashboard.words.periods import when


def held_sentence(view: ComparatorView) -> str:
    """Return under how many comparators the conclusion holds."""
    if view.own is None:
        return f"No figure of {view.neighbours.name} is held of this indicator."
    measure, name = view.measure, view.neighbours.name
    if not view.has_value:
        return missing_sentence(name, view.own["status"], view.period, measure)
    figure = measure.amount(view.own["value"])
    if counts_authorities(measure.unit):
        figure = yes_or_no(view.own["value"]).lower()
    begins = f"{opening(name)}, {figure} {when(view.period, measure.measured)}"
    total = sum(map(len, view.outcomes.values()))
    if not total:
        return f"{begins}, cannot be compared with anyone beyond chance."
    return f"{begins}: {_held(view, total)}"


def _held(view: ComparatorView, total: int) -> str:
    (word, names), *others = view.outcomes.items()
    if not others:
        every = "the one comparator" if total == 1 else f"all {total} comparators"
        return f"“{word}” holds under {every}."
    return f"“{word}” holds under {len(names)} of {plural(total, 'comparator')}."


def depends_sentence(view: ComparatorView) -> str:
    """Return which comparators say what, or that all say the same."""
    said = agreement_words(view.outcomes)
    if said:
        return said
    return (
        f"What each comparator says of {with_article(view.neighbours.name)}, where it can be said."
    )
