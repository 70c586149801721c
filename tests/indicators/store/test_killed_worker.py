"""A worker that is killed while it publishes a scheduled release: old or new, and mended."""

import os
from collections.abc import Callable

import pytest

from indicators.snapshot_writer import folder_digest
from indicators.store import (
    Store,
    publish_due,
)
from indicators.store.steps import watched
from tests.indicators.store.conftest import Opener
from tests.indicators.store.published import (
    BRENNOWCOMBE,
    listed,
    opened,
    value,
)
from tests.indicators.store.test_scheduling import Hands, check_whole, public_bytes, scheduled
from tests.indicators.store.ways import (
    LATER,
)

pytestmark = pytest.mark.unmeasured

KILLED = 70


def killed_in_a_child(act: Callable[[], object], point: str) -> bool:
    """Run something in a child that ends at a point as if killed; say whether it got there."""
    child = os.fork()
    if child == 0:
        with watched(lambda reached: os._exit(KILLED) if reached == point else None):
            try:
                act()
            finally:
                os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


POINTS = (
    "publish:begun",
    "publish:rows",
    "publish:snapshot",
    "publish:noted",
    "scheduled:prepared",
    "scheduled:moved",
    "scheduled:brought_out",
    "scheduled:committed",
    "scheduled:listed",
)


@pytest.mark.parametrize("point", POINTS)
def test_a_worker_killed_at_any_point_leaves_old_or_new_and_the_next_one_ends_it(
    reopen: Opener, point: str
) -> None:
    store = reopen()
    scheduled(store)
    before = public_bytes(store.home)
    store.close()
    hands = Hands(LATER)
    assert killed_in_a_child(lambda: publish_due(reopen(), hands, hands.sleep), point)
    entries = listed(store).releases
    assert len(entries) == 2 or public_bytes_of(store, "then") in before
    for entry in entries:
        assert folder_digest(store.snapshots / entry.digest) == entry.digest
    again = reopen()
    publish_due(again, hands, hands.sleep)
    check_whole(again, "then", "with")
    assert value(opened(again, "with"), BRENNOWCOMBE, "RY2026") == 41
    assert not (again.home / "embargoed").exists()


def public_bytes_of(store: Store, name: str) -> bytes:
    """The figures of one release as readers get them."""
    digests = {entry.id: entry.digest for entry in listed(store).releases}
    return (store.snapshots / digests[name] / "cells.arrow").read_bytes()
