"""The commands on the way of a release: moments as they are typed, and who is let through."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl.release_steps import advice_on, read_moment
from outcomes import app

LONDON = "Europe/London"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-12-01T09:30", datetime(2026, 12, 1, 9, 30, tzinfo=UTC)),
        ("2026-07-01T09:30", datetime(2026, 7, 1, 8, 30, tzinfo=UTC)),
        ("2026-07-01T09:30Z", datetime(2026, 7, 1, 9, 30, tzinfo=UTC)),
        ("2026-07-01 09:30+02:00", datetime(2026, 7, 1, 7, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_without_a_zone_is_one_of_the_setting(text: str, moment: datetime) -> None:
    assert read_moment(text, LONDON) == moment


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tomorrow", "is not a moment"),
        ("2026-12-01", "not a whole minute"),
        ("2026-12-01T09:30:15", "not a whole minute"),
        ("2026-03-29T01:30", "the clocks go forward"),
    ],
)
def test_what_is_no_moment_is_refused_in_words(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_moment(text, LONDON)
    with pytest.raises(ValueError, match="not a time zone"):
        read_moment("2026-12-01T09:30", "Nowhere/AtAll")


def test_an_unusual_moment_is_remarked_upon_and_taken() -> None:
    assert advice_on(read_moment("2026-12-01T09:30", LONDON)) == ""
    assert "9:30 on a weekday" in advice_on(read_moment("2026-12-05T09:30", LONDON))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("freeze", "takes the role steward"),
        ("protect", "takes the role steward"),
        ("protect --policy other --reason why", "takes the role publisher"),
        ("approve", "takes the role publisher"),
        ("reopen", "takes the role steward or publisher"),
        ("schedule --at 2036-12-01T09:30", "takes the role publisher"),
        ("amend ID --note why", "takes the role steward"),
        ("preview out", "takes the role"),
    ],
)
def test_whoever_brings_no_token_is_told_which_role_it_takes(
    tmp_path: Path, words: str, told: str
) -> None:
    home = {"OUTCOMES_HOME": str(tmp_path), "OUTCOMES_PLACE_SET": "made_up"}
    result = CliRunner().invoke(app, ["release", *words.split()], env=home)
    assert (result.exit_code, told in result.output) == (1, True), result.output


def test_nothing_scheduled_is_said(tmp_path: Path) -> None:
    home = {"OUTCOMES_HOME": str(tmp_path), "OUTCOMES_PLACE_SET": "made_up"}
    waiting = CliRunner().invoke(app, ["release", "publish", "--scheduled"], env=home)
    due = CliRunner().invoke(app, ["release", "publish", "--now-if-due"], env=home)
    assert (waiting.exit_code, due.exit_code) == (2, 0)
    assert "no release is scheduled" in waiting.output
    assert "nothing is due" in due.output
