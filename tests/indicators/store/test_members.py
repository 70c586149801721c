"""What a release is made of: pinned once, the same every time, and corrected by an amendment."""

import json

import pytest
import sqlalchemy as sa

from indicators.store import (
    Store,
    StoreError,
    amend_release,
    approve_release,
    draft_release,
    freeze_release,
    protect_release,
    publish_draft,
    reopen_release,
    withdraw_release,
)
from indicators.store.occasions import Occasion
from indicators.store.return_tables import collection_round, release_member, return_slot
from tests.indicators.store.published import (
    ALVERBY,
    BRENNOWCOMBE,
    INDICATORS,
    NOW,
    figure,
    listed,
    on,
    opened,
    publish,
    value,
)
from tests.indicators.store.ways import (
    LATER,
    NEXT,
    PUBLISHER,
    STEWARD,
    THEN,
    approve,
    begun,
    bring_out,
    by,
    send,
    stand_in,
)


def test_freezing_again_writes_the_same_manifest(store: Store) -> None:
    begun(store)
    first = freeze_release(store, by(STEWARD)).manifest
    reopen_release(store, by(STEWARD))
    assert freeze_release(store, Occasion(LATER, STEWARD)).manifest == first
    told = json.loads(first)
    assert [one["source"] for one in told["members"]] == ["submission_cla_x06000002_ry2026_v1"]
    assert told["base"] == "then"


THIRD = "X06000003"


def a_round(store: Store, *slots: str, period: str = "RY2026", **decisions: str) -> None:
    """Expect returns of authorities for a period, some of them decided about."""
    with store.writing() as connection:
        connection.execute(sa.insert(collection_round).values(collection="CLA", period=period))
        for authority in slots:
            values = {"authority": authority, "collection": "CLA", "period": period}
            decision = decisions.get(authority, "")
            connection.execute(sa.insert(return_slot).values(**values, decision=decision))


def members(store: Store, number: int = 0) -> list[tuple[str, str, str]]:
    with store.reading() as connection:
        rows = connection.execute(sa.select(release_member).order_by(release_member.c.authority))
        return [(r.authority, r.source, r.decision) for r in rows if r.release == number]


def test_a_return_that_is_expected_and_neither_there_nor_decided_about_stops_the_freeze(
    store: Store,
) -> None:
    begun(store)
    a_round(store, ALVERBY, BRENNOWCOMBE, THIRD)
    with pytest.raises(StoreError, match=f"^2 expected returns .*{ALVERBY} CLA RY2026; {THIRD}"):
        freeze_release(store, by(STEWARD))
    assert members(store) == []


def test_every_slot_is_pinned_once_with_a_return_or_a_decision(store: Store) -> None:
    begun(store)
    a_round(store, ALVERBY, BRENNOWCOMBE, THIRD, **{ALVERBY: "excluded", THIRD: "exempt"})
    freeze_release(store, by(STEWARD))
    source = "submission_cla_x06000002_ry2026_v1"
    expected = [(ALVERBY, "", "excluded"), (BRENNOWCOMBE, source, ""), (THIRD, "", "exempt")]
    assert members(store) == expected
    protect_release(store, by(STEWARD), protect=stand_in)
    approve_release(store, by(PUBLISHER))
    publish_draft(store, now=NOW, actor=PUBLISHER)
    assert (members(store, 2), members(store)) == (expected, [])


def test_a_round_of_which_nothing_came_yet_is_not_waited_for(store: Store) -> None:
    begun(store)
    a_round(store, ALVERBY, THIRD, period="RY2027")
    assert len(freeze_release(store, by(STEWARD)).members) == 1


def test_an_imputed_return_stands_for_the_period_and_is_never_older_than_two_years(
    store: Store,
) -> None:
    begun(store)
    seen = []

    def watched(drafted):  # type: ignore[no-untyped-def]
        seen.append(drafted)
        return stand_in(drafted)

    a_round(store, BRENNOWCOMBE, period="RY2028", **{BRENNOWCOMBE: "imputed"})
    freeze_release(store, by(STEWARD))
    protect_release(store, by(STEWARD), protect=watched)
    assert set(seen[0].submitted["period"]) == {"RY2026", "RY2028"}
    assert [(d.period, d.decision) for d in seen[0].decisions] == [("RY2028", "imputed")]
    reopen_release(store, by(STEWARD))
    a_round(store, BRENNOWCOMBE, period="RY2029", **{BRENNOWCOMBE: "imputed"})
    with pytest.raises(StoreError, match=r"nothing can be imputed .* RY2029"):
        freeze_release(store, by(STEWARD))


def test_an_amendment_bears_the_name_of_what_it_corrects_which_stays(store: Store) -> None:
    begun(store)
    approve(store, stand_in)
    publish_draft(store, now=NOW, actor=PUBLISHER)
    send(store, 42)
    for count in (1, 2):
        newest = listed(store).latest or ""
        amend_release(store, newest, f"put right {count}", INDICATORS, by(STEWARD))
        approve(store, stand_in)
        outcome = publish_draft(store, now=NOW, actor=PUBLISHER)
        assert outcome.release_id == f"with.{count}"
        send(store, 43)
    entries = {entry.id: entry for entry in listed(store).releases}
    assert (entries["with"].amended_by, entries["with.1"].amends) == ("with.1", "with")
    assert (entries["with.2"].amends, entries["with.2"].note) == ("with.1", "put right 2")
    shown = [value(opened(store, n), BRENNOWCOMBE, "RY2026") for n in ("with", "with.1", "with.2")]
    assert shown == [41, 42, 43]


def test_an_amendment_needs_a_note_and_the_newest_release(store: Store) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    publish(store, NEXT, release_id="next")
    with pytest.raises(StoreError, match="give the note"):
        amend_release(store, "next", " ", INDICATORS, by(STEWARD))
    with pytest.raises(StoreError, match=r"only the newest release that stands .* it is next"):
        amend_release(store, "then", "a note", INDICATORS, by(STEWARD))


def test_a_draft_of_what_is_withdrawn_has_to_be_made_again(store: Store) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    publish(store, NEXT, release_id="next")
    send(store)
    draft_release(store, INDICATORS, now=NOW)
    approve(store, stand_in)
    assert withdraw_release(store, "next", "wrong", now=NOW)
    with pytest.raises(StoreError, match="make the draft again"):
        publish_draft(store, now=NOW, actor=PUBLISHER)
    bring_out(store, INDICATORS, stand_in, release_id="with")
    assert figure(opened(store, "with"), ALVERBY, "RY2025") is None
