"""What must hold between the counts of one return, as anybody can read in the standard."""

from collections.abc import Mapping

from indicators.disclosure.figures import Slot
from indicators.disclosure.policy import is_score_sum
from indicators.disclosure.unknowns import NO_LIMIT, Unknowns
from indicators.measures import ALL, TOTAL_TYPE, Collection, Key, Score


def add_return(
    unknowns: Unknowns, unit: Slot, counts: Mapping[Key, int], collection: Collection
) -> None:
    """Add the counts of a return, and the sums and limits of which every count was sent."""
    columns = {key: unknowns.column(unit, key, count) for key, count in counts.items()}
    for key, column in columns.items():
        if is_score_sum(collection, key):
            unknowns.scores.add(column)
    for identity in collection.identities:
        if all(key in columns for key in identity.keys):
            terms = [(columns[identity.whole], 1.0)]
            terms += [(columns[key], -1.0) for key in identity.parts]
            unknowns.row(terms, 0, 0, unit=unit)
    for bound in collection.bounds:
        if all(key in columns for key in (*bound.smaller, *bound.larger)):
            terms = [(columns[key], 1.0) for key in bound.larger]
            terms += [(columns[key], -1.0) for key in bound.smaller]
            unknowns.row(terms, 0, NO_LIMIT, unit=unit)
    for score in collection.scores:
        _add_score(unknowns, unit, columns, score)


def _add_score(unknowns: Unknowns, unit: Slot, columns: Mapping[Key, int], score: Score) -> None:
    """Add what bands say of a sum of scores: so much at least and at most for each child in one."""
    names = (score.total, score.counted, score.high, score.border)
    keys = [(name, TOTAL_TYPE, ALL) for name in names]
    if not all(key in columns for key in keys):
        return
    total, counted, high, border = (columns[key] for key in keys)
    at_least = [(total, 1.0), (high, -float(score.high_from)), (border, -float(score.border_from))]
    unknowns.row(at_least, 0, NO_LIMIT, unit=unit)
    rest = float(score.border_from - 1)
    at_most = [
        (total, -1.0),
        (counted, rest),
        (high, float(score.highest) - rest),
        (border, float(score.high_from - 1) - rest),
    ]
    unknowns.row(at_most, 0, NO_LIMIT, unit=unit)
    unknowns.row([(total, -1.0), (counted, float(score.highest))], 0, NO_LIMIT, unit=unit)
