"""What is hidden for its own sake, before anything is worked out."""

from collections.abc import Iterator, Mapping

from indicators.cells import Status
from indicators.disclosure.earlier import hidden_before
from indicators.disclosure.figures import CountId, Figure
from indicators.disclosure.policy import Policy
from indicators.disclosure.published import hidden_by_publishers
from indicators.disclosure.reader import Group
from indicators.disclosure.showing import Reason, Why


def hidden_first(group: Group, policy: Policy) -> dict[CountId, Why]:
    """Return the counts of figures that are small, over a small base, or were hidden already."""
    hidden: dict[CountId, Why] = {}
    for count, why in _reasons(group, policy):
        hidden.setdefault(count, why)
    return hidden


def _reasons(group: Group, policy: Policy) -> Iterator[tuple[CountId, Why]]:
    for figure in group.figures:
        yield from _small(figure, policy)
    for count in hidden_by_publishers(group.published, group.figures):
        yield count, Why(Reason.PUBLISHER, "the publisher hides it in its own table")
    for figure in group.figures:
        yield from _few(figure, policy)
    for count in hidden_before(group.earlier, group.returns):
        yield count, Why(Reason.EARLIER, "an earlier release hides it, and it is the same")


def _small(figure: Figure, policy: Policy) -> Iterator[tuple[CountId, Why]]:
    words = f"a count of 1 to {policy.largest_hidden}"
    for part in figure.parts:
        if part.key is None or part.is_score_sum or policy.is_exempt(part.key):
            continue
        if policy.is_small(part.number):
            yield (figure.unit, part.key), Why(Reason.PRIMARY, words)


def _few(figure: Figure, policy: Policy) -> Iterator[tuple[CountId, Why]]:
    """Hide shares and means of a few, and that everybody of a few is in one group."""
    top, bottom = figure.parts
    if top.key is None or bottom.key is None or figure.status is not Status.OK:
        return
    base = policy.percentage_min_base if figure.is_percentage else policy.mean_min_base
    if bottom.number < base:
        yield (figure.unit, top.key), Why(Reason.BASE, f"a figure over fewer than {base}")
    is_everybody = figure.is_percentage and top.number == bottom.number
    if is_everybody and bottom.number < policy.all_in_one_below:
        words = f"everybody of fewer than {policy.all_in_one_below} is in one group"
        yield (figure.unit, top.key), Why(Reason.COMPLEMENT, words)


def tied_to(group: Group, hidden: Mapping[CountId, Why]) -> dict[CountId, Why]:
    """Return the sums of scores that go with the counts of those scored."""
    return {
        (figure.unit, figure.numerator.key): Why(Reason.TIED, "the count of those scored is hidden")
        for figure in group.figures
        if figure.numerator.is_score_sum
        and figure.numerator.key is not None
        and figure.denominator.key is not None
        and (figure.unit, figure.denominator.key) in hidden
    }
