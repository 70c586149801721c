"""Drafts and submissions: nothing that authorities sent comes out unprotected or by itself."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa

from indicators.cell_frames import as_cells, cells_digest, stacked
from indicators.change_table import read_changes
from indicators.draft import DraftRelease, Protection
from indicators.store import (
    StaleDraftError,
    Store,
    StoreError,
    UnprotectedError,
    diff_releases,
    discard_draft,
    draft_release,
    publish_draft,
)
from indicators.store.return_tables import submission_value
from indicators.store.tables import draft_cell
from tests.builders import a_cell, cells_of, vintage
from tests.indicators.store.accepting import accept_submission
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

THEN = vintage(2024, a_cell(ALVERBY, "RY2024", 10))
NEXT = vintage(2025, a_cell(ALVERBY, "RY2025", 11))
RETURN = pd.DataFrame(
    [("CLA", "TOTAL", "ALL", 41.0, "ok"), ("CLA3", "TOTAL", "ALL", float("nan"), "missing")],
    columns=["measure", "breakdown_type", "breakdown", "value", "status"],
)


def send(store: Store, first: float = 41.0, authority: str = BRENNOWCOMBE) -> Any:
    values = RETURN.assign(value=[first, float("nan")])
    return accept_submission(
        store, values, authority=authority, collection="CLA", period="RY2026", now=NOW
    )


def stamped(drafted: DraftRelease, policy: str = "first") -> DraftRelease:
    proof = Protection(policy=policy, cells_digest=cells_digest(drafted.cells))
    return replace(drafted, submitted=drafted.submitted.iloc[:0], protection=proof)


def protect(drafted: DraftRelease) -> DraftRelease:
    """Stand in for disclosure control: every count of a measure becomes a provisional value."""
    counts = drafted.submitted[drafted.submitted["value"].notna()]
    rows = [
        a_cell(
            row["authority"], row["period"], row["value"], source=row["source"], flags="provisional"
        )
        for row in counts.to_dict("records")
        if row["authority"] not in published_areas(drafted, row["period"])
    ]
    return stamped(replace(drafted, cells=stacked([drafted.cells, as_cells(cells_of(*rows))])))


def published_areas(drafted: DraftRelease, period: Any) -> set[str]:
    return set(drafted.cells.loc[drafted.cells["period"] == period, "area"])


def draft(store: Store, how: Callable[[DraftRelease], DraftRelease] = protect) -> None:
    draft_release(store, INDICATORS, protect=how, now=NOW)


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
    draft(store)
    publish(store, NEXT)
    with pytest.raises(StoreError, match="there is no draft"):
        publish_draft(store, now=NOW)


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
    publish_draft(store, release_id="with", now=NOW)
    found = figure(opened(store, "with"), BRENNOWCOMBE, "RY2026") or {}
    assert (found["value"], found["flags"]) == (41, ["provisional"])
    assert found["source"] == "submission_cla_x06000002_ry2026_v1"
    assert opened(store, "with").card.has_submissions
    assert listed(store).releases[-1].policy == "first"


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
    publish_draft(store, release_id="with", now=NOW)
    assert value(opened(store, "with"), BRENNOWCOMBE, "RY2026") == 42


def test_a_published_return_is_carried_forward_but_not_a_newer_unpublished_version(
    store: Store,
) -> None:
    send(store)
    draft(store)
    publish_draft(store, release_id="with", now=NOW)
    send(store, 42)
    publish(store, NEXT, release_id="next", protect=protect)
    assert value(opened(store, "next"), BRENNOWCOMBE, "RY2026") == 41


def test_the_publishers_figure_replaces_the_provisional_one_and_history_keeps_both(
    store: Store,
) -> None:
    send(store)
    draft(store)
    publish_draft(store, release_id="with", now=NOW)
    final = vintage(2026, a_cell(BRENNOWCOMBE, "RY2026", 44))
    publish(store, final, release_id="final", protect=protect)
    found = figure(opened(store, "final"), BRENNOWCOMBE, "RY2026") or {}
    assert (found["value"], found["flags"]) == (44, [])
    assert value(opened(store, "with"), BRENNOWCOMBE, "RY2026") == 41


def test_a_provisional_figure_that_the_publisher_suppresses_leaves_history(store: Store) -> None:
    send(store)
    draft(store)
    publish_draft(store, release_id="with", now=NOW)
    publish(
        store,
        vintage(2026, a_cell(BRENNOWCOMBE, "RY2026")),
        release_id="final",
        protect=protect,
    )
    found = figure(opened(store, "with"), BRENNOWCOMBE, "RY2026") or {}
    assert found["status"] == "suppressed"
    (change,) = read_changes(folder_of(store, "final"))
    assert (change.kind, change.old_value) == ("newly_suppressed", None)


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        (lambda drafted: drafted, "have not been protected"),
        (
            lambda drafted: replace(protect(drafted), protection=None),
            "disclosure control has not run",
        ),
        (
            lambda drafted: replace(
                protect(drafted), protection=Protection(policy="first", cells_digest="0" * 64)
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
        publish_draft(store, now=NOW)
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
