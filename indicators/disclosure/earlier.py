"""What earlier releases that still stand tell of the counts behind this one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indicators.cells import Status
from indicators.disclosure.figures import CountId, Figure, Sent, Slot, units_of
from indicators.disclosure.policy import Policy, is_score_sum
from indicators.disclosure.returns import add_return
from indicators.disclosure.seen import Seen, see_figure, see_total
from indicators.disclosure.unknowns import Secret, Unknowns
from indicators.measures import Collection, Key


@dataclass(frozen=True)
class Earlier:
    """One earlier release, for one collection and period: its policy, counts, and cells.

    `totals` are cells of areas, each with the figures of all who are in it.
    """

    policy: Policy
    returns: Mapping[Slot, Sent]
    own: tuple[Seen, ...]
    totals: tuple[Seen, ...]


def hidden_before(earlier: Sequence[Earlier], returns: Mapping[Slot, Sent]) -> list[CountId]:
    """Return the counts that an earlier release hid and that are the same now."""
    found: dict[CountId, None] = {}
    for one in earlier:
        for unit, key in _hidden_in(one):
            before, now = one.returns[unit].counts.get(key), returns.get(unit)
            if now is not None and now.counts.get(key) == before:
                found[unit, key] = None
    return list(found)


def _hidden_in(one: Earlier) -> list[CountId]:
    """Return the counts of which figures were made and none was shown."""
    shown, hidden = set[CountId](), dict[CountId, None]()
    for seen in one.own:
        (figure,) = seen.figures
        sides = zip(figure.parts, (seen.numerator, seen.denominator), strict=True)
        for part, number in sides:
            if part.key is not None and number == number:
                shown.add((figure.unit, part.key))
        if seen.status is Status.SUPPRESSED:
            hidden.update({(figure.unit, part.key): None for part in figure.parts if part.key})
    return [count for count in hidden if count not in shown]


def see_earlier(unknowns: Unknowns, one: Earlier, collection: Collection, policy: Policy) -> None:
    """Add what an earlier release shows; counts changed since are unknowns of their own."""
    displayable: set[Key] = set()
    for seen in one.own:
        displayable.update(part.key for part in seen.figures[0].parts if part.key is not None)
    units = units_of(one.returns)
    for unit in sorted(set(units.values())):
        counts = one.returns[unit].counts
        add_return(unknowns, unit, counts, collection)
        for key, count in counts.items():
            is_people = not policy.is_exempt(key) and not is_score_sum(collection, key)
            if is_people and key in displayable and one.policy.is_small(count):
                column = unknowns.column(unit, key, count)
                unknowns.keep_secret(Secret(column, unit, key, 1, one.policy.largest_hidden))
    for seen in one.own:
        unknowns.public.update(see_figure(unknowns, seen, one.policy))
    for seen in one.totals:
        see_total(unknowns, seen, one.policy, is_ours=False)


def earlier_cells(
    figures: Sequence[Figure], cells: Mapping[tuple[str, str], tuple[float, float, float, Status]]
) -> tuple[Seen, ...]:
    """Return the earlier cells of authorities, each with the figure behind it."""
    return tuple(
        Seen((figure,), *cells[figure.indicator.id, figure.authority], figure.authority)
        for figure in figures
        if (figure.indicator.id, figure.authority) in cells
    )
