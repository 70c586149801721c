"""Comments: who may write, what they may say, how they are checked, and what goes out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from indicators.cells import Breakdown
from indicators.commentary import (
    Comment,
    CommentKind,
    CommentReason,
    Figure,
    Words,
    read_commentary,
)
from indicators.draft import Redaction
from indicators.permissions import OPERATOR, Actor, NotPermittedError, Role
from indicators.store import (
    Store,
    StoreError,
    list_releases,
    redact_cells,
    withdraw_release,
)
from indicators.store.auditing import read_audit
from indicators.store.commentary import (
    CommentState,
    add_comment,
    list_comments,
    moderate_comment,
    withdraw_comment,
)
from indicators.store.occasions import Occasion
from indicators.store.published_comments import commentary_file, write_commentary
from tests.builders import a_cell, vintage
from tests.indicators.store.conftest import Opener
from tests.indicators.store.published import ALVERBY, BRENNOWCOMBE, NOW, publish

SUBMITTER = Actor("Sam", Role.SUBMITTER, ALVERBY)
APPROVER = Actor("Ada", Role.APPROVER, ALVERBY)
OTHER = Actor("Bea", Role.SUBMITTER, BRENNOWCOMBE)
STEWARD = Actor("Stu", Role.STEWARD)
OTHERS = [OPERATOR, OTHER, STEWARD, *(Actor("P", role) for role in
          (Role.PUBLISHER, Role.VIEWER, Role.AUDITOR))]  # fmt: skip

SHOWN = Figure("an_indicator_pct", ALVERBY, "RY2024")
IN_PART = Figure("an_indicator_pct", ALVERBY, "RY2023")
ABSENT = Figure("an_indicator_pct", ALVERBY, "RY2025")
WORDS = Words(
    CommentKind.GOING_WELL,
    CommentReason.PRACTICE_CHANGE,
    "Since April 2023 two more teams visit families early.",
    "https://www.example.org/plan",
)
PLAIN = replace(WORDS, text="Teams now visit families earlier than before.", link="")
CANARY = "Quinquereme of Nineveh from distant Ophir"


def at(actor: Actor, minutes: int = 0) -> Occasion:
    return Occasion(NOW + timedelta(minutes=minutes), actor)


@pytest.fixture
def released(store: Store) -> Store:
    """A store whose release shows one figure of Alverby and hides a part of another."""
    publish(
        store,
        vintage(
            2024,
            a_cell(ALVERBY, "RY2024", 20),
            a_cell(BRENNOWCOMBE, "RY2024", 30),
            a_cell(ALVERBY, "RY2023", 25),
            a_cell(ALVERBY, "RY2023", sex="F"),
        ),
    )
    return store


def accepted(store: Store, figure: Figure = SHOWN, words: Words = WORDS) -> str:
    id = add_comment(store, figure, words, at(SUBMITTER)).id
    moderate_comment(store, id, at(STEWARD, 1), accepted=True)
    return id


def published(store: Store) -> tuple[Comment, ...]:
    found = read_commentary(commentary_file(store))
    assert found is not None
    return found.comments


def test_a_comment_goes_out_when_a_steward_has_accepted_it_and_not_before(released: Store) -> None:
    entry = add_comment(released, SHOWN, WORDS, at(SUBMITTER))
    assert entry.state is CommentState.AWAITING
    assert published(released) == ()
    moderate_comment(released, entry.id, at(STEWARD, 60 * 24), accepted=True)
    (comment,) = published(released)
    assert (comment.text, comment.link) == (WORDS.text, WORDS.link)
    assert (comment.author_role, comment.written_on, comment.checked_on) == (
        "submitter",
        "2026-11-23",
        "2026-11-24",
    )
    assert "Sam" not in commentary_file(released).read_text("utf-8")


def test_a_declined_comment_stays_in_and_the_authority_reads_why(released: Store) -> None:
    id = add_comment(released, SHOWN, replace(WORDS, text=CANARY), at(SUBMITTER)).id
    with pytest.raises(StoreError, match="reason for declining"):
        moderate_comment(released, id, at(STEWARD), accepted=False, reason=" ")
    moderate_comment(released, id, at(STEWARD), accepted=False, reason="Names a ship")
    assert published(released) == ()
    (entry,) = list_comments(released, at(APPROVER))
    assert (entry.state, entry.moderation_reason) == (CommentState.DECLINED, "Names a ship")


def test_a_new_version_leaves_the_accepted_one_visible_until_it_is_accepted_itself(
    released: Store,
) -> None:
    id = accepted(released)
    again = replace(WORDS, text="The teams were made permanent in the autumn.")
    entry = add_comment(released, SHOWN, again, at(APPROVER, 2), new_version_of=id)
    assert (entry.id, entry.version) == (id, 2)
    assert [comment.version for comment in published(released)] == [1]
    moderate_comment(released, id, at(STEWARD, 3), accepted=True)
    assert [(c.version, c.author_role) for c in published(released)] == [(2, "approver")]
    states = [held.state for held in list_comments(released, at(SUBMITTER))]
    assert states == [CommentState.REPLACED, CommentState.ACCEPTED]


def test_a_declined_new_version_leaves_the_accepted_one_where_it_is(released: Store) -> None:
    id = accepted(released)
    add_comment(released, SHOWN, PLAIN, at(SUBMITTER), new_version_of=id)
    moderate_comment(released, id, at(STEWARD), accepted=False, reason="No news")
    assert [comment.version for comment in published(released)] == [1]


def test_a_new_version_is_of_the_same_figure(released: Store) -> None:
    id = accepted(released)
    other = replace(SHOWN, indicator="another_pct")
    with pytest.raises(StoreError, match="not on another_pct"):
        add_comment(released, other, PLAIN, at(SUBMITTER), new_version_of=id)


def test_a_comment_that_was_taken_back_is_gone_and_stays_gone(released: Store) -> None:
    id = accepted(released)
    add_comment(released, SHOWN, PLAIN, at(SUBMITTER), new_version_of=id)
    withdraw_comment(released, id, at(APPROVER))
    assert published(released) == ()
    with pytest.raises(StoreError, match="withdrawn already"):
        withdraw_comment(released, id, at(APPROVER))
    with pytest.raises(StoreError, match="awaits no decision"):
        moderate_comment(released, id, at(STEWARD), accepted=True)
    with pytest.raises(StoreError, match="was withdrawn"):
        add_comment(released, SHOWN, PLAIN, at(SUBMITTER), new_version_of=id)


@pytest.mark.parametrize("actor", OTHERS, ids=lambda actor: actor.role.value)
def test_only_the_authority_itself_comments_and_takes_back(released: Store, actor: Actor) -> None:
    id = accepted(released)
    with pytest.raises(NotPermittedError):
        add_comment(released, SHOWN, PLAIN, at(actor))
    with pytest.raises(NotPermittedError):
        withdraw_comment(released, id, at(actor))
    assert len(published(released)) == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.STEWARD])
def test_only_a_steward_moderates_and_none_reads_what_is_not_theirs(
    released: Store, role: Role
) -> None:
    id = add_comment(released, SHOWN, WORDS, at(SUBMITTER)).id
    actor = Actor("Someone", role, BRENNOWCOMBE)
    with pytest.raises(NotPermittedError):
        moderate_comment(released, id, at(actor), accepted=True)
    with pytest.raises(NotPermittedError):
        list_comments(released, at(actor), ALVERBY)


def test_nobody_accepts_what_they_wrote_themselves(released: Store) -> None:
    id = add_comment(released, SHOWN, WORDS, at(SUBMITTER)).id
    with pytest.raises(NotPermittedError, match="somebody else"):
        moderate_comment(released, id, at(Actor("Sam", Role.STEWARD)), accepted=True)


def test_an_authority_lists_its_own_comments_and_a_steward_those_of_all(released: Store) -> None:
    accepted(released)
    theirs = Figure("an_indicator_pct", BRENNOWCOMBE, "RY2024")
    add_comment(released, theirs, PLAIN, at(OTHER))
    assert {one.figure.area for one in list_comments(released, at(SUBMITTER))} == {ALVERBY}
    assert len(list_comments(released, at(STEWARD))) == 2
    assert len(list_comments(released, at(STEWARD), BRENNOWCOMBE)) == 1


@pytest.mark.parametrize("figure", [IN_PART, ABSENT])
@pytest.mark.parametrize("text", ["There were 3 of them.", "Only three of them went.", "Up by ٣ %"])
def test_a_comment_on_a_figure_that_is_not_fully_shown_holds_no_number(
    released: Store, figure: Figure, text: str
) -> None:
    with pytest.raises(StoreError, match="no number"):
        add_comment(released, figure, replace(PLAIN, text=f"{PLAIN.text} {text}"), at(SUBMITTER))
    assert list_comments(released, at(STEWARD)) == ()
    add_comment(released, figure, PLAIN, at(SUBMITTER))


def test_a_comment_on_a_hidden_part_is_on_that_part(released: Store) -> None:
    girls = replace(IN_PART, breakdown=Breakdown(sex="F"))
    accepted(released, girls, PLAIN)
    (comment,) = published(released)
    assert comment.breakdown == "sex=F"


def test_a_comment_on_a_figure_that_no_release_holds_waits_for_the_release(released: Store) -> None:
    accepted(released, ABSENT, PLAIN)
    assert published(released) == ()
    publish(released, vintage(2025, a_cell(ALVERBY, "RY2025", 21), a_cell(ALVERBY, "RY2024", 20)))
    assert [comment.period for comment in published(released)] == ["RY2025"]


def test_a_comment_with_a_number_goes_when_its_figure_is_withheld(released: Store) -> None:
    id = accepted(released)
    accepted(released, SHOWN, PLAIN)
    redact_cells(released, [Redaction(SHOWN.indicator, SHOWN.period, ALVERBY)], "A reason", now=NOW)
    (comment,) = published(released)
    assert comment.id != id


def test_accepting_looks_again_at_what_has_been_hidden_since(released: Store) -> None:
    id = add_comment(released, SHOWN, WORDS, at(SUBMITTER)).id
    redact_cells(released, [Redaction(SHOWN.indicator, SHOWN.period, ALVERBY)], "A reason", now=NOW)
    with pytest.raises(StoreError, match="no number"):
        moderate_comment(released, id, at(STEWARD), accepted=True)


def test_with_the_last_release_that_held_them_comments_go_too(released: Store) -> None:
    accepted(released)
    (entry,) = [held.id for held in list_releases(released)]
    withdraw_release(released, entry, "Wrong", now=NOW)
    assert published(released) == ()


def test_a_file_that_is_missing_or_damaged_is_made_again_when_the_store_is_opened(
    released: Store, reopen: Opener
) -> None:
    accepted(released)
    path = commentary_file(released)
    before = path.read_bytes()
    path.unlink()
    reopen()
    assert path.read_bytes() == before
    path.write_bytes(b"{")
    store = reopen()
    assert path.read_bytes() == before
    assert write_commentary(store) is False


@pytest.mark.parametrize(
    ("figure", "found"),
    [
        (replace(SHOWN, indicator="no_such_pct"), "no indicator 'no_such_pct'"),
        (replace(SHOWN, period="AY2023-24"), "periods of the kind RY"),
    ],
)
def test_a_figure_that_there_cannot_be_is_refused(
    released: Store, figure: Figure, found: str
) -> None:
    with pytest.raises(StoreError, match=found):
        add_comment(released, figure, PLAIN, at(SUBMITTER))


def test_before_the_first_release_there_is_nothing_to_comment_on(store: Store) -> None:
    with pytest.raises(StoreError, match="no release yet"):
        add_comment(store, SHOWN, PLAIN, at(SUBMITTER))


def test_the_audit_says_who_did_what_and_never_the_words(released: Store) -> None:
    id = add_comment(released, SHOWN, replace(WORDS, text=CANARY), at(SUBMITTER)).id
    moderate_comment(released, id, at(STEWARD), accepted=False, reason=CANARY)
    lines = read_audit(released, Actor("Aud", Role.AUDITOR))
    assert [(one.action, one.actor) for one in lines[-2:]] == [
        ("comment", "Sam"),
        ("comment declined", "Stu"),
    ]
    assert CANARY not in str(lines)
