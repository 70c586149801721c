"""Figures that are made of the same submitted count: who withholds one withholds all of them.

The count of children looked after is the numerator of a rate and the denominator of many
percentages; withheld in one alone, it could be read in the others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import sqlalchemy as sa

from indicators.assembly import redaction_keys
from indicators.cells import KEY_COLUMNS
from indicators.disclosure.figures import key_of
from indicators.draft import Redaction
from indicators.measures import Key
from indicators.model import Counted, Indicator
from indicators.store.withholding import provisional_cells


def same_counts(
    connection: sa.Connection, redactions: Sequence[Redaction], indicators: Sequence[Indicator]
) -> tuple[Redaction, ...]:
    """Return the provisional figures that show the count above the line of a withheld one."""
    beside = [one for one in _beside(redactions, indicators) if one not in redactions]
    if not beside:
        return ()
    known = provisional_cells(connection, redaction_keys(beside)[list(KEY_COLUMNS)])
    held = set(zip(known["indicator"], known["period"], known["area"], strict=True))
    return tuple(one for one in beside if (one.indicator, one.period, one.area) in held)


def _beside(
    redactions: Sequence[Redaction], indicators: Sequence[Indicator]
) -> Iterator[Redaction]:
    fed = {one.id: one for one in indicators if one.submission is not None}
    for redaction in redactions:
        chosen = fed.get(redaction.indicator)
        if chosen is None or not redaction.breakdown.is_total:
            continue
        count = next(_counts(chosen))
        for other in fed.values():
            if other is not chosen and count in _counts(other):
                yield replace(redaction, indicator=other.id)


def _counts(indicator: Indicator) -> Iterator[tuple[str, Key]]:
    """Yield the submitted counts, that above the line first; a population is public and none."""
    fed = indicator.submission
    if fed is not None:
        yield fed.collection, key_of(fed.numerator)
        if isinstance(fed.denominator, Counted):
            yield fed.collection, key_of(fed.denominator)
