"""The decision log of disclosure control: for each count and total hidden, why, and what is open.

Few may read it: that a count is hidden for its own sake says that it is one of a few numbers.
"""

from collections.abc import Iterator, Mapping

from indicators.cells import Status
from indicators.disclosure.programme import Room
from indicators.disclosure.reader import Group, Release
from indicators.disclosure.showing import Reason, Showing
from indicators.disclosure.unknowns import Unknowns
from indicators.draft import Suppressed


def decisions_of(
    group: Group,
    release: Release,
    showing: Showing,
    before: Unknowns,
    rooms: Mapping[int, Room],
) -> Iterator[Suppressed]:
    """Yield every hidden count in order, then every total that is held back."""
    policy = showing.policy.id
    for (unit, key), why in sorted(showing.counts.items(), key=lambda one: one[0]):
        count = group.returns[unit].counts.get(key)
        column = None if count is None else before.names.get((unit, key, count))
        room = None if column is None else rooms.get(column)
        yield Suppressed(
            authority=unit[0],
            collection=unit[1],
            period=unit[2],
            measure=key[0],
            breakdown_type=key[1],
            breakdown=key[2],
            reason=str(why.reason),
            policy=policy,
            because=why.because,
            lower=None if room is None else float(room.low),
            upper=None if room is None else float(room.high),
        )
    for one in release.totals:
        if one.status is Status.SUPPRESSED:
            yield Suppressed(
                collection=group.collection.collection,
                period=group.period,
                indicator=one.total.like.indicator.id,
                area=one.total.area.code,
                reason=str(Reason.TOTAL),
                policy=policy,
                because="the total would give a hidden count in it away",
            )
