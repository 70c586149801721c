"""A definition that is no longer recommended says from when, why, and what takes its place."""

from pathlib import Path

import pytest

from indicators.catalogue import check_definitions
from indicators.documents import indicators_page
from indicators.listing import show_indicator
from indicators.snapshot import CATALOGUE
from tests.indicators.definitions import an_indicator
from tests.indicators.faulty import TEXT, alone, problems_of

WORDS = 'retired: {{deprecated_on: "2026-01-31", reason: Counted twice, {more}}}\n'


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("superseded_by: no_such_pct", "no other indicator 'no_such_pct'"),
        ("superseded_by: rereferral_12m_pct", "no other indicator 'rereferral_12m_pct'"),
        ('sunset_on: "2027-01-30"', "is less than a year after 2026-01-31"),
        ("reasons: none", "retired"),
    ],
)
def test_a_faulty_retirement_is_told_with_its_place(tmp_path: Path, more: str, told: str) -> None:
    (found,) = problems_of(tmp_path, alone(TEXT) + WORDS.format(more=more))
    assert told in found


def test_a_retirement_with_a_year_of_notice_is_accepted(tmp_path: Path) -> None:
    text = alone(TEXT) + WORDS.format(more='sunset_on: "2027-01-31"')
    (tmp_path / "rereferral_12m_pct.yaml").write_text(text, "utf-8")
    assert check_definitions(tmp_path) == ()


def test_a_catalogue_without_retirements_is_written_as_before_there_were_any() -> None:
    written = CATALOGUE.dump_json((an_indicator(),)).decode()
    assert "retired" not in written
    assert "supersedes" not in written
    retired = an_indicator(
        supersedes=["an_old_pct"], retired={"deprecated_on": "2026-01-31", "reason": "Old"}
    )
    assert CATALOGUE.validate_json(CATALOGUE.dump_json((retired,))) == (retired,)


def test_whoever_reads_the_definition_is_told() -> None:
    retired = {"deprecated_on": "2026-01-31", "reason": "Counted twice", "superseded_by": "b_pct"}
    one = an_indicator(retired=retired | {"sunset_on": "2027-06-30"})
    words = "Since 2026-01-31: Counted twice. Use b_pct. It goes after 2027-06-30."
    assert words in " ".join(show_indicator((one,), one.id).split())
    assert words in indicators_page((one,), {})
