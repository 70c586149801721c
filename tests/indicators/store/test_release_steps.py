"""Who may take a release which step, and in which order: everything else is refused in words."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from indicators.permissions import GRANTS, OPERATOR, Action, Actor, NotPermittedError, Role
from indicators.store import (
    Store,
    StoreError,
    UnprotectedError,
    amend_release,
    approve_release,
    diff_releases,
    draft_release,
    freeze_release,
    preview_release,
    protect_release,
    publish_draft,
    redact_cells,
    reopen_release,
    schedule_release,
    withdraw_release,
)
from indicators.store.occasions import Occasion
from indicators.store.release_states import POSSIBLE, State, Step
from indicators.store.return_tables import release_member
from indicators.store.tables import audit, draft, draft_cell, release
from tests.indicators.store.published import (
    ALVERBY,
    BRENNOWCOMBE,
    INDICATORS,
    NOW,
    listed,
    on,
    opened,
    publish,
    value,
)
from tests.indicators.store.ways import (
    AUDITOR,
    LATER,
    NEXT,
    OTHER_PUBLISHER,
    PUBLISHER,
    STEWARD,
    THEN,
    VIEWER,
    approve,
    begun,
    bring_to,
    by,
    prepare,
    send,
    stand_in,
)


def held(store: Store) -> object:
    with store.reading() as connection:
        return connection.execute(sa.select(draft)).one_or_none()


def step(store: Store, what: Step, folder: Path) -> None:
    steps: dict[Step, Callable[[], object]] = {
        Step.LOAD: lambda: publish(store, NEXT, draft=True),
        Step.AMEND: lambda: amend_release(store, "then", "a note", INDICATORS, by(STEWARD)),
        Step.FREEZE: lambda: freeze_release(store, by(STEWARD)),
        Step.PROTECT: lambda: protect_release(store, by(STEWARD), protect=stand_in),
        Step.APPROVE: lambda: approve_release(store, by(PUBLISHER)),
        Step.SCHEDULE: lambda: schedule_release(store, LATER, by(PUBLISHER)),
        Step.PUBLISH: lambda: publish_draft(store, now=NOW, actor=PUBLISHER),
        Step.REOPEN: lambda: reopen_release(store, by(STEWARD)),
        Step.PREVIEW: lambda: preview_release(store, folder, by(STEWARD)),
    }
    steps[what]()


@pytest.mark.parametrize("state", list(State))
def test_only_the_steps_of_a_state_are_possible_and_the_others_change_nothing(
    store: Store, tmp_path: Path, state: State
) -> None:
    bring_to(store, state)
    before = held(store)
    for what in Step:
        if state not in POSSIBLE[what]:
            with pytest.raises(StoreError, match=rf"\b{state}\b"):
                step(store, what, tmp_path / "out")
            assert held(store) == before, what


@pytest.mark.parametrize(
    ("what", "state"),
    [(what, state) for what in Step for state in sorted(POSSIBLE[what])],
)
def test_the_steps_of_a_state_are_taken(
    sqlite_store: Store, tmp_path: Path, what: Step, state: State
) -> None:
    bring_to(sqlite_store, state)
    step(sqlite_store, what, tmp_path / "out")
    with sqlite_store.reading() as connection:
        actions = connection.scalars(sa.select(audit.c.action).order_by(audit.c.id)).all()
    assert actions[-1] in {"draft", "amend", str(what.name).lower()}


@pytest.mark.parametrize("state", [State.DRAFT, State.FROZEN, State.PROTECTED])
def test_a_release_with_returns_is_not_published_before_it_is_approved(
    store: Store, state: State
) -> None:
    bring_to(store, state)
    with pytest.raises(UnprotectedError, match="not approved"):
        publish_draft(store, now=NOW, actor=PUBLISHER)
    assert listed(store).latest == "then"


ACTIONS: dict[Action, tuple[State, Callable[[Store, Occasion], object]]] = {
    Action.DRAFT: (
        State.DRAFT,
        lambda s, at: draft_release(s, INDICATORS, now=NOW, actor=at.actor),
    ),
    Action.FREEZE: (State.DRAFT, freeze_release),
    Action.PROTECT: (State.FROZEN, lambda s, at: protect_release(s, at, protect=stand_in)),
    Action.APPROVE: (State.PROTECTED, approve_release),
    Action.REOPEN: (State.FROZEN, reopen_release),
    Action.SCHEDULE: (State.APPROVED, lambda s, at: schedule_release(s, LATER, at)),
    Action.PUBLISH: (State.APPROVED, lambda s, at: publish_draft(s, now=NOW, actor=at.actor)),
    Action.AMEND: (State.DRAFT, lambda s, at: amend_release(s, "then", "a note", INDICATORS, at)),
    Action.READ_EMBARGOED: (State.PROTECTED, lambda s, at: diff_releases(s, "then", "draft", at)),
    Action.WITHDRAW_RELEASE: (
        State.DRAFT,
        lambda s, at: withdraw_release(s, "then", "wrong", now=NOW, actor=at.actor),
    ),
    Action.REDACT: (
        State.DRAFT,
        lambda s, at: redact_cells(s, [], "a reason", now=NOW, actor=at.actor),
    ),
}
PEOPLE = {
    Role.STEWARD: STEWARD,
    Role.PUBLISHER: PUBLISHER,
    Role.VIEWER: VIEWER,
    Role.AUDITOR: AUDITOR,
    Role.OPERATOR: OPERATOR,
    Role.SUBMITTER: Actor("Sam Submitter", Role.SUBMITTER, ALVERBY),
    Role.APPROVER: Actor("Ada Approver", Role.APPROVER, ALVERBY),
}


@pytest.mark.parametrize("action", list(ACTIONS))
def test_a_step_takes_the_role_that_is_granted_it(sqlite_store: Store, action: Action) -> None:
    state, act = ACTIONS[action]
    bring_to(sqlite_store, state)
    before = held(sqlite_store)
    refused = [role for role in Role if action not in GRANTS[role]]
    for role in refused:
        with pytest.raises(NotPermittedError, match=r"may not|may look"):
            act(sqlite_store, by(PEOPLE[role]))
        assert held(sqlite_store) == before
    granted = next(role for role in Role if action in GRANTS[role])
    act(sqlite_store, by(PEOPLE[granted]))


def test_published_statistics_alone_go_the_short_way(store: Store) -> None:
    publish(store, THEN, draft=True)
    for actor in (STEWARD, VIEWER, AUDITOR):
        with pytest.raises(NotPermittedError):
            publish_draft(store, now=NOW, actor=actor)
    assert publish_draft(store, release_id="then", now=NOW).release_id == "then"


def test_published_statistics_alone_may_go_the_whole_way(store: Store) -> None:
    publish(store, THEN, draft=True)
    approve(store)
    publish_draft(store, release_id="then", now=NOW, actor=PUBLISHER)
    assert value(opened(store, "then"), ALVERBY, "RY2024") == 10
    assert not opened(store, "then").card.has_submissions


def test_who_prepared_a_release_does_not_approve_it_in_another_role_either(store: Store) -> None:
    begun(store)
    prepare(store, stand_in)
    with pytest.raises(NotPermittedError, match="somebody else"):
        approve_release(store, by(Actor(STEWARD.name, Role.PUBLISHER)))
    approve_release(store, by(PUBLISHER))


def test_another_policy_takes_a_publisher_with_a_reason_and_another_one_to_approve(
    store: Store,
) -> None:
    begun(store)
    freeze_release(store, by(STEWARD))
    with pytest.raises(NotPermittedError, match="choose another disclosure policy"):
        protect_release(store, by(STEWARD), policy="other", reason="why", protect=stand_in)
    with pytest.raises(StoreError, match="give the reason"):
        protect_release(store, by(PUBLISHER), policy="other", reason=" ", protect=stand_in)
    protect_release(store, by(PUBLISHER), policy="other", reason="compared", protect=stand_in)
    with pytest.raises(NotPermittedError, match="somebody else"):
        approve_release(store, by(PUBLISHER))
    approve_release(store, by(OTHER_PUBLISHER))
    publish_draft(store, now=NOW, actor=PUBLISHER)
    with store.reading() as connection:
        row = connection.execute(sa.select(release).where(release.c.id == "with")).one()
    assert (row.policy_reason, row.approved_by, row.published_by) == (
        "compared",
        OTHER_PUBLISHER.name,
        PUBLISHER.name,
    )
    assert row.prepared_by == f"{STEWARD.name}; {PUBLISHER.name}"


def test_a_load_after_approval_clears_it(store: Store) -> None:
    bring_to(store, State.APPROVED)
    publish(store, NEXT, draft=True)
    with pytest.raises(UnprotectedError, match="only draft, not approved"):
        publish_draft(store, now=NOW, actor=PUBLISHER)
    row = held(store)
    assert (row.state, row.approved_by, row.release_id) == ("draft", "", "with")  # type: ignore[attr-defined]


def test_a_reopened_release_holds_the_published_figures_and_no_pin(store: Store) -> None:
    bring_to(store, State.APPROVED)
    reopen_release(store, by(PUBLISHER))
    with store.reading() as connection:
        areas = set(connection.scalars(sa.select(draft_cell.c.area)))
        pins = connection.scalar(sa.select(sa.func.count()).select_from(release_member))
    assert BRENNOWCOMBE not in areas
    assert (ALVERBY in areas, pins) == (True, 0)
    approve(store, stand_in)
    publish_draft(store, now=NOW, actor=PUBLISHER)
    assert value(opened(store, "with"), BRENNOWCOMBE, "RY2026") == 41


def test_unprotected_counts_lie_in_no_draft(store: Store) -> None:
    begun(store)
    freeze_release(store, by(STEWARD))
    with store.reading() as connection:
        assert BRENNOWCOMBE not in set(connection.scalars(sa.select(draft_cell.c.area)))


def test_who_may_see_a_draft_depends_on_what_is_in_it(store: Store) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    publish(store, NEXT, draft=True)
    assert diff_releases(store, "then", "draft")
    send(store)
    draft_release(store, INDICATORS, now=NOW)
    with pytest.raises(NotPermittedError, match="read a release before it is published"):
        diff_releases(store, "then", "draft")
    with pytest.raises(NotPermittedError, match="24 hours before"):
        diff_releases(store, "then", "draft", by(VIEWER))
    assert diff_releases(store, "then", "draft", by(PUBLISHER))
