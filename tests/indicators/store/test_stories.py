"""What an authority is told of its returns before a release holds them, and who is told."""

from datetime import date

import pytest
import sqlalchemy as sa

from etl.story_page import story_page
from indicators.permissions import OPERATOR, Actor, NotPermittedError, Role
from indicators.store import Store
from indicators.store.occasions import Occasion
from indicators.store.return_tables import collection_round, return_slot, submission
from indicators.store.stories import tell_story
from tests.indicators.store.published import ALVERBY, BRENNOWCOMBE, NOW
from tests.indicators.store.test_released_returns import NAMES, sent

CANARY = 73731.0
MAY = [Actor("S", Role.SUBMITTER, ALVERBY), Actor("A", Role.APPROVER, ALVERBY),
       Actor("N", Role.STEWARD)]  # fmt: skip
MAY_NOT = [OPERATOR, Actor("S", Role.SUBMITTER, BRENNOWCOMBE), Actor("P", Role.PUBLISHER),
           Actor("V", Role.VIEWER), Actor("U", Role.AUDITOR)]  # fmt: skip


@pytest.fixture
def waiting(store: Store) -> Store:
    """A store with a return sent back, and another that is late."""
    source = sent(store, ALVERBY, CANARY)
    with store.writing() as connection:
        connection.execute(
            sa.update(submission)
            .where(submission.c.source == source)
            .values(state="returned", review_reason="Look at <row 7>", channel="command_line")
        )
        for collection in ("CIN", "CLA"):
            connection.execute(
                sa.insert(collection_round).values(
                    collection=collection, period="RY2024", due_on="2026-11-01"
                )
            )
            connection.execute(
                sa.insert(return_slot).values(
                    authority=ALVERBY, collection=collection, period="RY2024"
                )
            )
    return store


@pytest.mark.parametrize("actor", MAY, ids=lambda actor: actor.role.value)
def test_the_authority_and_stewards_are_told_how_each_return_stands(
    waiting: Store, actor: Actor
) -> None:
    stories = tell_story(waiting, ALVERBY, Occasion(NOW, actor))
    assert {story.collection: story.is_late("2026-11-23") for story in stories} == {
        "CIN": True,
        "CLA": False,
    }
    page = story_page("Alverby", stories, date(2026, 11, 23))
    assert "Late: nothing has been signed off." in page
    assert "Look at &lt;row 7&gt;" in page
    assert "Send a corrected version" in page
    assert "Due</dt><dd>1 November 2026" in page


@pytest.mark.parametrize("actor", MAY_NOT, ids=lambda actor: actor.role.value)
def test_nobody_else_is_told(waiting: Store, actor: Actor) -> None:
    with pytest.raises(NotPermittedError):
        tell_story(waiting, ALVERBY, Occasion(NOW, actor))


def test_a_story_holds_no_figure_and_no_name(waiting: Store) -> None:
    stories = tell_story(waiting, ALVERBY, Occasion(NOW, MAY[2]))
    page = story_page("Alverby", stories, date(2026, 11, 23))
    assert "73731" not in page
    assert not [name for name in NAMES if name in page]
    assert "http" not in page.replace("https://", "")


def test_an_authority_of_which_nothing_is_expected_is_told_so(waiting: Store) -> None:
    stories = tell_story(waiting, BRENNOWCOMBE, Occasion(NOW, MAY[2]))
    assert stories == ()
    assert "No return is expected" in story_page("Brennowcombe", stories, date(2026, 11, 23))
