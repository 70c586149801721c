"""What readers hold already: the standing releases with returns, handed to disclosure control."""

from dataclasses import replace

from indicators.draft import DraftRelease, EarlierRelease
from indicators.store import Store, draft_release, withdraw_release
from indicators.store.earlier import earlier_releases
from tests.indicators.store.published import BRENNOWCOMBE, INDICATORS, NOW, publish
from tests.indicators.store.ways import (
    PUBLISHER,
    THEN,
    bring_out,
    prepare,
    send,
    stand_in,
)


def earlier(store: Store) -> tuple[EarlierRelease, ...]:
    with store.reading() as connection:
        return earlier_releases(connection)


def test_a_release_of_published_statistics_alone_tells_nothing_of_returns(store: Store) -> None:
    publish(store, THEN, release_id="then")
    assert earlier(store) == ()


def test_an_earlier_release_comes_with_the_counts_that_it_was_made_from(store: Store) -> None:
    publish(store, THEN, release_id="then")
    send(store, 41.0)
    bring_out(store, INDICATORS, stand_in, release_id="with")
    (found,) = earlier(store)
    assert found.policy == "strict"
    assert list(found.cells["area"]) == [BRENNOWCOMBE]
    assert found.submitted["value"].dropna().tolist() == [41.0]


def test_what_is_protected_next_is_handed_the_earlier_counts_though_the_return_changed(
    store: Store,
) -> None:
    publish(store, THEN, release_id="then")
    send(store, 41.0)
    bring_out(store, INDICATORS, stand_in, release_id="with")
    send(store, 57.0)
    draft_release(store, INDICATORS, now=NOW)
    handed: list[DraftRelease] = []

    def look(drafted: DraftRelease) -> DraftRelease:
        handed.append(replace(drafted))
        return stand_in(drafted)

    prepare(store, look)
    (one,) = handed[0].earlier
    assert one.submitted["value"].dropna().tolist() == [41.0]
    assert handed[0].submitted["value"].dropna().tolist() == [57.0]


def test_a_withdrawn_release_is_no_longer_reckoned_with(store: Store) -> None:
    publish(store, THEN, release_id="then")
    send(store, 41.0)
    bring_out(store, INDICATORS, stand_in, release_id="with")
    withdraw_release(store, "with", "a fault", now=NOW, actor=PUBLISHER)
    assert earlier(store) == ()
