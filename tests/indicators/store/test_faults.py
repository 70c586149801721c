"""A sample of the proof that nothing is lost, doubled or half published, wherever it is killed."""

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from indicators.store import Store
from indicators.store.steps import reached
from indicators.store.tables import load
from tests.prove.faults import Stage, killed_at, open_at, points_of, prove, told, try_stage

pytestmark = pytest.mark.unmeasured


def test_nothing_is_lost_doubled_or_half_published_at_fifty_points(tmp_path: Path) -> None:
    tried, amiss = prove(tmp_path, 50, 1)
    assert (tried, amiss) == (50, [])


def in_two_halves(store: Store) -> None:
    """Do badly what has to be done at once."""
    for number in (1, 2):
        with store.writing() as connection:
            connection.execute(sa.insert(load).values(id=number, loaded_at="then", cells=0))
        reached("half done")


def test_the_proof_notices_a_step_that_is_not_done_at_once(tmp_path: Path) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    store = open_at(home)
    before = told(store)
    store.close()
    shutil.copytree(home, other)
    points = points_of(other, in_two_halves, tmp_path / "points")
    store = open_at(other)
    stage = Stage("halves", in_two_halves, home, before, told(store), points)
    store.close()
    (amiss,) = try_stage(stage, tmp_path, killed_at(stage, points.index("half done")))
    assert "neither as before nor as after" in amiss
