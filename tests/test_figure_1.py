"""The page on Figure 1 names every outcome that we have, and nothing that we do not."""

import re

import pytest

from indicators.catalogue import load_catalogue
from indicators.model import Indicator, Kind
from tests.tree import ROOT

pytestmark = pytest.mark.unmeasured

DOCUMENT = ROOT / "docs" / "figure-1.md"
REASONS = ("nobody", "not by authority", "records of children", "not here")


@pytest.fixture(scope="module")
def catalogue() -> tuple[Indicator, ...]:
    return load_catalogue()


def lines() -> list[str]:
    return DOCUMENT.read_text("utf-8").splitlines()


def ids() -> set[str]:
    return set(re.findall(r"`([^`]+)`", "\n".join(lines())))


def test_every_indicator_named_there_is_in_the_catalogue(
    catalogue: tuple[Indicator, ...],
) -> None:
    assert ids() - {indicator.id for indicator in catalogue} == set()


def test_every_outcome_of_the_catalogue_is_named_there(catalogue: tuple[Indicator, ...]) -> None:
    outcomes = {indicator.id for indicator in catalogue if indicator.kind is Kind.OUTCOME}
    assert outcomes - ids() == set()


def test_a_measure_without_an_indicator_has_a_reason() -> None:
    rows = [line for line in lines() if line.startswith("| ")]
    without = [row for row in rows if "none: " in row]
    assert without
    assert [row for row in without if not any(reason in row for reason in REASONS)] == []


def test_it_says_first_that_the_figure_itself_could_not_be_had() -> None:
    opening = " ".join(lines()[2:4])
    assert "no copy could be found" in opening
