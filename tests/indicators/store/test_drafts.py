"""Drafts and submissions: nothing that authorities sent comes out unprotected or by itself."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa

from indicators.assembly import PublishedLoad
from indicators.change_table import read_changes
from indicators.draft import DraftRelease, Protection
from indicators.store import (
    StaleDraftError,
    Store,
    StoreError,
    UnprotectedError,
    approve_release,
    diff_releases,
    discard_draft,
    draft_release,
    publish_draft,
)
from indicators.store.return_tables import submission_value
from indicators.store.tables import draft_cell
from tests.builders import a_cell, vintage
from tests.indicators.store.published import (
    ALVERBY,
    BRENNOWCOMBE,
    INDICATORS,
    NOW,
    figure,
    folder_of,
    listed,
    on,
    opened,
    publish,
    value,
)
from tests.indicators.store.ways import PUBLISHER, approve, by, prepare, send, stand_in

THEN = vintage(2024, a_cell(ALVERBY, "RY2024", 10))
NEXT = vintage(2025, a_cell(ALVERBY, "RY2025", 11))


def draft(store: Store, how: Callable[[DraftRelease], DraftRelease] = stand_in) -> None:
    draft_release(store, INDICATORS, now=NOW)
    approve(store, how)


def publish_approved(store: Store, release_id: str | None = None) -> None:
    publish_draft(store, release_id=release_id, now=NOW, actor=PUBLISHER)


def publish_beside_returns(store: Store, load: PublishedLoad, release_id: str) -> None:
    """Publish files where the release before holds returns: the whole way."""
    publish(store, load, draft=True)
    approve(store, stand_in)
    publish_approved(store, release_id)


def test_a_load_with_draft_publishes_nothing_until_asked(store: Store) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    outcome = publish(store, NEXT, draft=True)
    assert (outcome.digest, outcome.changed_cells) == ("", 1)
    assert listed(store).latest == "then"
    assert publish_draft(store, release_id="next", now=NOW).changed_cells == 1
    assert value(opened(store, "next"), ALVERBY, "RY2025") == 11
    with pytest.raises(StoreError, match="there is no draft"):
        publish_draft(store, now=NOW)


def test_loads_add_up_in_a_draft(store: Store) -> None:
    publish(store, THEN, draft=True)
    publish(store, NEXT, draft=True)
    publish_draft(store, release_id="next", now=NOW)
    assert [value(opened(store, "next"), ALVERBY, p) for p in ("RY2024", "RY2025")] == [10, 11]


def test_a_draft_keeps_its_name_and_its_date(store: Store) -> None:
    publish(store, THEN, draft=True, release_id="then", published_on=on(2024))
    publish_draft(store, now=NOW)
    (entry,) = listed(store).releases
    assert (entry.id, entry.kind, entry.published_on) == ("then", "rebuilt_history", "2024-11-21")


def test_files_are_not_published_past_a_draft_that_holds_others(store: Store) -> None:
    publish(store, THEN, draft=True)
    with pytest.raises(StoreError, match="the draft holds figures that are not published yet"):
        publish(store, NEXT)
    assert discard_draft(store)
    assert not discard_draft(store)
    publish(store, NEXT, release_id="next")
    assert figure(opened(store, "next"), ALVERBY, "RY2024") is None


def test_a_discarded_draft_withdraws_nothing_later(store: Store) -> None:
    covering = vintage(2025, a_cell(ALVERBY, "RY2025", 1), covers=("RY2020", "RY2025"))
    publish(store, covering, draft=True)
    discard_draft(store)
    publish(store, THEN, release_id="then")
    assert value(opened(store, "then"), ALVERBY, "RY2024") == 10


def test_a_draft_is_stale_once_another_release_is_out(store: Store) -> None:
    publish(store, THEN, published_on=on(2024))
    send(store)
    draft_release(store, INDICATORS, now=NOW)
    publish(store, NEXT)
    with pytest.raises(StoreError, match="there is no draft"):
        publish_approved(store)


def test_a_draft_made_on_another_base_is_refused(store: Store) -> None:
    publish(store, THEN, draft=True)
    with store.writing() as connection:
        connection.execute(sa.text("UPDATE draft SET base = 7"))
    with pytest.raises(StaleDraftError, match="make the draft again"):
        publish_draft(store, now=NOW)


def test_a_draft_can_be_compared_with_a_release(store: Store) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    publish(store, NEXT, draft=True)
    (change,) = diff_releases(store, "then", "draft")
    assert (change.kind, change.period, change.new_value) == ("new", "RY2025", 11)


def test_a_submission_is_published_by_a_release_only(store: Store) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    send(store)
    publish(store, NEXT, release_id="next")
    assert figure(opened(store, "next"), BRENNOWCOMBE, "RY2026") is None
    draft(store)
    assert listed(store).latest == "next"
    publish_approved(store, "with")
    found = figure(opened(store, "with"), BRENNOWCOMBE, "RY2026") or {}
    assert (found["value"], found["flags"]) == (41, ["provisional"])
    assert found["source"] == "submission_cla_x06000002_ry2026_v1"
    assert opened(store, "with").card.has_submissions
    assert listed(store).releases[-1].policy == "strict"


def test_the_same_return_again_makes_no_version(store: Store) -> None:
    first, again, corrected = send(store), send(store), send(store, 42)
    assert (first.version, first.is_duplicate) == (1, False)
    assert again == replace(first, is_duplicate=True)
    assert (corrected.version, corrected.is_duplicate) == (2, False)
    with store.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(submission_value)) == 4


def test_the_newest_version_of_a_return_counts(store: Store) -> None:
    send(store)
    send(store, 42)
    draft(store)
    publish_approved(store, "with")
    assert value(opened(store, "with"), BRENNOWCOMBE, "RY2026") == 42


def test_a_version_accepted_after_publication_leaves_what_was_published(store: Store) -> None:
    send(store)
    draft(store)
    publish_approved(store, "with")
    digest = listed(store).releases[-1].digest
    send(store, 42)
    assert listed(store).releases[-1].digest == digest
    assert value(opened(store, "with"), BRENNOWCOMBE, "RY2026") == 41


def test_a_version_accepted_after_the_freeze_waits_for_the_next_release(store: Store) -> None:
    send(store)
    draft_release(store, INDICATORS, now=NOW)
    prepare(store, stand_in)
    send(store, 42)
    approve_release(store, by(PUBLISHER))
    publish_approved(store, "with")
    assert value(opened(store, "with"), BRENNOWCOMBE, "RY2026") == 41
    publish_beside_returns(store, NEXT, "next")
    assert value(opened(store, "next"), BRENNOWCOMBE, "RY2026") == 42


def test_files_beside_published_returns_take_the_whole_way(store: Store) -> None:
    send(store)
    draft(store)
    publish_approved(store, "with")
    with pytest.raises(UnprotectedError, match="load with --draft"):
        publish(store, NEXT, release_id="next")
    publish_beside_returns(store, NEXT, "next")
    assert value(opened(store, "next"), ALVERBY, "RY2025") == 11
    assert value(opened(store, "next"), BRENNOWCOMBE, "RY2026") == 41


def test_the_publishers_figure_replaces_the_provisional_one_and_history_keeps_both(
    store: Store,
) -> None:
    send(store)
    draft(store)
    publish_approved(store, "with")
    final = vintage(2026, a_cell(BRENNOWCOMBE, "RY2026", 44))
    publish_beside_returns(store, final, "final")
    found = figure(opened(store, "final"), BRENNOWCOMBE, "RY2026") or {}
    assert (found["value"], found["flags"]) == (44, [])
    assert value(opened(store, "with"), BRENNOWCOMBE, "RY2026") == 41


def test_a_provisional_figure_that_the_publisher_suppresses_leaves_history(store: Store) -> None:
    send(store)
    draft(store)
    publish_approved(store, "with")
    publish_beside_returns(store, vintage(2026, a_cell(BRENNOWCOMBE, "RY2026")), "final")
    found = figure(opened(store, "with"), BRENNOWCOMBE, "RY2026") or {}
    assert found["status"] == "suppressed"
    (change,) = read_changes(folder_of(store, "final"))
    assert (change.kind, change.old_value) == ("newly_suppressed", None)


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        (lambda drafted: drafted, "have not been protected"),
        (
            lambda drafted: replace(stand_in(drafted), protection=None),
            "disclosure control has not run",
        ),
        (
            lambda drafted: replace(
                stand_in(drafted), protection=Protection(policy="strict", cells_digest="0" * 64)
            ),
            "changed after they were protected",
        ),
    ],
)
def test_a_draft_with_unprotected_submissions_is_not_kept(
    store: Store, how: Callable[[DraftRelease], DraftRelease], reason: str
) -> None:
    send(store)
    with pytest.raises(UnprotectedError, match=reason):
        draft(store, how)


def test_a_draft_changed_after_protection_is_not_published(store: Store) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    send(store)
    draft(store)
    with store.writing() as connection:
        connection.execute(
            sa.update(draft_cell).where(draft_cell.c.area == BRENNOWCOMBE).values(value=4)
        )
    with pytest.raises(UnprotectedError, match="changed after they were protected"):
        publish_approved(store)
    assert listed(store).latest == "then"


def test_a_draft_that_changes_nothing_makes_no_release(store: Store) -> None:
    publish(store, THEN, release_id="then")
    publish(store, THEN, draft=True)
    assert "nothing changed" in publish_draft(store, now=NOW).message
    assert listed(store).latest == "then"
    assert not discard_draft(store)


def test_a_new_draft_takes_the_place_of_a_stale_one(store: Store) -> None:
    publish(store, THEN, draft=True)
    with store.writing() as connection:
        connection.execute(sa.text("UPDATE draft SET base = 7"))
    publish(store, NEXT, draft=True)
    publish_draft(store, release_id="next", now=NOW)
    assert figure(opened(store, "next"), ALVERBY, "RY2024") is None
    assert value(opened(store, "next"), ALVERBY, "RY2025") == 11
