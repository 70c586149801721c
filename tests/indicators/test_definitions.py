"""The definitions keep the ids, units and decisions that others already build on."""

import csv
from pathlib import Path

import pytest

from indicators.catalogue import load_catalogue
from indicators.model import DirectionWord, Indicator, IntervalMethod
from reference.periods import PeriodKind

CATALOGUE = load_catalogue()
FIRST_TEN = {
    "cla_31mar_rate_10k",
    "cin_rate_10k",
    "rereferral_12m_pct",
    "cla_3plus_placements_pct",
    "cla_sdq_avg_score",
    "ks2_rwm_expected_pct_cla",
    "care_leaver_eet_19_21_pct",
    "csc_spend_per_child_gbp",
    "sw_agency_fte_pct",
    "injury_admissions_0_14_rate_10k",
}

each = pytest.mark.parametrize("one", CATALOGUE, ids=lambda one: one.id)


@pytest.fixture(scope="module")
def fixed(published_dir: Path) -> dict[str, dict[str, str]]:
    """What was fixed of each id before the first release."""
    path = published_dir.parent / "indicator-ids.csv"
    if not path.is_file():
        pytest.skip(f"no fixed ids: {path} is not there")
    with path.open(encoding="utf-8", newline="") as rows:
        return {row["indicator_id"]: row for row in csv.DictReader(rows)}


def test_the_first_ten_indicators_are_defined() -> None:
    assert {one.id for one in CATALOGUE} >= FIRST_TEN


@each
def test_an_indicator_keeps_what_was_fixed_of_it(
    one: Indicator, fixed: dict[str, dict[str, str]]
) -> None:
    row = fixed[one.id]
    assert (one.order, one.unit, one.decimals) == (
        int(row["order"]),
        row["unit"],
        int(row["decimals"]),
    )
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
def test_context_has_no_good_direction_and_the_rest_has_one(one: Indicator) -> None:
    has_none = one.direction.good is DirectionWord.NONE
    assert has_none == (one.kind == "context")


@each
def test_a_period_kind_is_one_the_reference_layer_knows(one: Indicator) -> None:
    assert PeriodKind(one.period_kind)


def test_a_denominator_may_be_a_sum_of_columns() -> None:
    sums = [s.denominator_columns for one in CATALOGUE for s in one.sources]
    assert ("agency_fte", "inpost_fte") in sums
    assert () in sums  # the population
