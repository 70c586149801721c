"""The definitions keep the ids, units and decisions that others already build on."""

import csv
from pathlib import Path

import pytest

from indicators.catalogue import load_catalogue
from indicators.model import DirectionWord, Framework, Indicator, IntervalMethod
from reference.periods import PeriodKind
from reference.placesets import load_place_set

CATALOGUE = load_catalogue()
LAST_FIXED_ORDER = 91
"""The fixed ids have the first places; what was added later comes after them."""

each = pytest.mark.parametrize("one", CATALOGUE, ids=lambda one: one.id)


@pytest.fixture(scope="module")
def fixed(published_dir: Path) -> dict[str, dict[str, str]]:
    """What was fixed of each id before the first release."""
    path = published_dir.parent / "indicator-ids.csv"
    if not path.is_file():
        pytest.skip(f"no fixed ids: {path} is not there")
    with path.open(encoding="utf-8", newline="") as rows:
        return {row["indicator_id"]: row for row in csv.DictReader(rows)}


@each
def test_an_indicator_keeps_what_was_fixed_of_it(
    one: Indicator, fixed: dict[str, dict[str, str]]
) -> None:
    if one.id not in fixed:
        assert one.order > LAST_FIXED_ORDER, "the first places belong to the fixed ids"
        return
    row = fixed[one.id]
    assert one.order == int(row["order"] or list(fixed).index(one.id) + 1)
    assert (one.unit, one.decimals) == (row["unit"], int(row["decimals"]))
    assert (one.kind, one.stage, one.measured) == (row["kind"], row["stage"], row["measured"])
    assert (one.period_kind, one.direction.good) == (row["period_kind"], row["direction"])
    assert one.interval.method == row["interval"]
    assert one.is_core == (row["core"] == "core")
    assert (one.submission is not None) == (row["from_submission"] == "yes")
    assert (one.framework.area, one.framework.domain) == (row["framework_area"], row["domain"])


@each
def test_an_indicator_tells_a_reader_what_it_means(one: Indicator) -> None:
    assert len(one.short_title) <= 32
    assert one.caveats, "there is always something a reader could take wrongly"
    for text in (one.definition, one.why_it_matters, one.direction.reason, *one.caveats):
        assert text.endswith("."), f"a sentence ends with a full stop: {text}"
    for other in one.read_with:
        assert other.reason.endswith(".")


@each
def test_only_what_is_measured_on_people_or_events_has_an_interval(one: Indicator) -> None:
    if one.unit in {"£", "score"}:
        assert one.interval.method is IntervalMethod.NONE
    if one.interval.method is IntervalMethod.NONE:
        assert one.interval.reason


@each
def test_context_has_no_good_direction(one: Indicator) -> None:
    if one.kind == "context":
        assert one.direction.good is DirectionWord.NONE


@each
def test_what_was_added_to_the_fixed_indicators_fills_an_empty_place_or_stands_outside(
    one: Indicator, fixed: dict[str, dict[str, str]]
) -> None:
    if one.id not in fixed:
        assert not one.is_core
        places = load_place_set("england").framework
        empty = {
            Framework(area=place.area, domain=domain.domain)
            for place in places
            for domain in place.domains
            if domain.why_empty
        }
        assert one.framework in {Framework(), *empty}


@each
def test_a_figure_that_was_reconstructed_says_so_to_its_readers(one: Indicator) -> None:
    for source in one.sources:
        is_reconstructed = source.table.endswith("_reconstructed")
        assert is_reconstructed == ("reconstructed" in source.flags)
        if is_reconstructed:
            assert source.note
            assert any("was not to be had" in caveat for caveat in one.caveats)


@each
def test_a_period_kind_is_one_the_reference_layer_knows(one: Indicator) -> None:
    assert PeriodKind(one.period_kind)


def test_a_denominator_may_be_a_sum_of_columns() -> None:
    sums = [s.denominator_columns for one in CATALOGUE for s in one.sources]
    assert ("agency_fte", "inpost_fte") in sums
    assert () in sums  # the population


def test_every_fixed_indicator_is_defined(fixed: dict[str, dict[str, str]]) -> None:
    assert len(fixed) == LAST_FIXED_ORDER
    assert set(fixed) - {one.id for one in CATALOGUE} == set()
