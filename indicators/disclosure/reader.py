"""All that a reader can put together about the counts of one collection and period.

What does not depend on what this release hides comes first: sums that hold in every return, the
publishers' own figures, and earlier releases. What this release shows is added for each round.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from indicators.cells import Status
from indicators.disclosure.earlier import Earlier, see_earlier
from indicators.disclosure.figures import Figure, Sent, Slot, units_of
from indicators.disclosure.policy import Policy, is_unprotected
from indicators.disclosure.published import Published, see_published
from indicators.disclosure.returns import add_return
from indicators.disclosure.seen import Seen, column_of, see_figure, see_total
from indicators.disclosure.showing import Showing, Shown, shown_figures
from indicators.disclosure.totals import ShownTotal, Total, shown_total
from indicators.disclosure.unknowns import Secret, Unknowns
from indicators.draft import Decision
from indicators.measures import Collection, Key


@dataclass(frozen=True)
class Group:
    """The returns of one collection and period, and what is made of them."""

    collection: Collection
    period: str
    returns: Mapping[Slot, Sent]
    figures: tuple[Figure, ...]
    totals: tuple[Total, ...]
    published: Published
    earlier: tuple[Earlier, ...] = ()

    @cached_property
    def displayable(self) -> frozenset[Key]:
        """The counts that some figure shows."""
        return frozenset(
            part.key for figure in self.figures for part in figure.parts if part.key is not None
        )


@dataclass(frozen=True)
class Release:
    """What a group comes to in the release as it would be shown."""

    figures: tuple[Shown, ...]
    totals: tuple[ShownTotal, ...]


def released(group: Group, showing: Showing) -> Release:
    """Return what the release shows of a group; the publisher's cells stand in the way of ours."""
    own = (
        shown
        for shown in shown_figures(group.figures, showing)
        if not group.published.has(shown.figure.indicator.id, shown.figure.authority)
    )
    totals = (
        shown_total(total, showing)
        for total in group.totals
        if not group.published.has(total.like.indicator.id, total.area.code)
    )
    return Release(tuple(own), tuple(totals))


def known_before(group: Group, policy: Policy) -> Unknowns:
    """Return what does not depend on what this release hides, and all that must stay open."""
    unknowns = Unknowns()
    units = units_of(group.returns)
    for unit in sorted(set(units.values())):
        sent = group.returns[unit]
        if sent.decision in (None, Decision.IMPUTED):
            add_return(unknowns, unit, sent.counts, group.collection)
            _keep_small_counts(unknowns, unit, sent.counts, group, policy)
            if sent.decision is Decision.IMPUTED:
                _take_as_known(unknowns, unit, sent.counts, policy)
    if policy.protects_complements:
        for figure in group.figures:
            _keep_complement(unknowns, figure, policy)
    see_published(unknowns, group.published, group.figures)
    for one in group.earlier:
        see_earlier(unknowns, one, group.collection, policy)
    return unknowns


def _keep_small_counts(
    unknowns: Unknowns, unit: Slot, counts: Mapping[Key, int], group: Group, policy: Policy
) -> None:
    """Demand that small counts stay open: those that figures show, and under some policies all."""
    for key, count in counts.items():
        is_covered = policy.protects_complements or key in group.displayable
        if (
            is_covered
            and policy.is_small(count)
            and not is_unprotected(group.collection, key, policy)
        ):
            column = unknowns.column(unit, key, count)
            unknowns.keep_secret(Secret(column, unit, key, 1, policy.largest_hidden))


def _take_as_known(
    unknowns: Unknowns, unit: Slot, counts: Mapping[Key, int], policy: Policy
) -> None:
    """Take an imputed return as known but for small counts: it was published once already."""
    for key, count in counts.items():
        if not policy.is_small(count):
            column = unknowns.column(unit, key, count)
            unknowns.bound(column, count, count)
            unknowns.public.add(column)


def _keep_complement(unknowns: Unknowns, figure: Figure, policy: Policy) -> None:
    """Demand that those who are not in a group stay open, if they are few or none of a few."""
    top, bottom = (column_of(unknowns, figure, side) for side in (0, 1))
    if top is None or bottom is None or not figure.is_percentage or figure.status is not Status.OK:
        return
    whole, rest = figure.denominator.number, figure.denominator.number - figure.numerator.number
    if rest < 0:
        return
    key = ("not in the group", "indicator", figure.indicator.id)
    column = unknowns.column(figure.unit, key, int(rest))
    terms = [(bottom, 1.0), (top, -1.0), (column, -1.0)]
    unknowns.row(terms, 0, 0, unit=figure.unit)
    is_all_of_few = rest == 0 and whole < policy.all_in_one_below
    if policy.is_small(rest) or is_all_of_few:
        low = 0 if is_all_of_few else 1
        unknowns.keep_secret(
            Secret(column, figure.unit, key, low, policy.largest_hidden, is_complement=True)
        )


def what_a_reader_knows(before: Unknowns, release: Release, policy: Policy) -> Unknowns:
    """Add to what is known what this release shows."""
    unknowns = before.copy()
    for shown in release.figures:
        seen = Seen((shown.figure,), *_three(shown.numbers), shown.status)
        unknowns.shown.update(see_figure(unknowns, seen, policy))
    for one in release.totals:
        seen = Seen(one.total.units, *_three(one.numbers), one.status, one.total.area.code)
        see_total(unknowns, seen, policy, is_ours=True)
    return unknowns


def _three(numbers: tuple[float, ...]) -> tuple[float, float, float]:
    """Return value, numerator and denominator."""
    value, top, bottom, *_ = numbers
    return value, top, bottom
