"""The mode that repeats the Local Authority Interactive Tool keeps all its rules, odd ones too."""

import math

import numpy as np
import pytest

from indicators.as_lait import (
    NOTHING,
    Arrow,
    Polarity,
    arrow_of,
    band_labels,
    cut_points,
    find_bands,
    find_changes,
    find_ranks,
    is_improvement,
    neighbour_mean,
    newest_first,
    polarity_of,
    read_figure,
    read_polarity,
    region_shown,
)
from indicators.model import DirectionWord
from tests.indicators.lait_figures import FIGURES, LACKS, MEAN_AND_MEDIAN, Measure
from tests.indicators.shipped_columns import authorities, columns, england, periods_of

HIGH, LOW, NONE = Polarity.HIGH, Polarity.LOW, Polarity.NONE
ON_THE_CUTS = [0.0, 25.0, 50.0, 75.0, 100.0]
NAN = math.nan


def test_a_value_on_a_cut_point_falls_into_the_band_of_lower_values() -> None:
    assert find_bands(ON_THE_CUTS, LOW) == ("A", "A", "B", "C", "D")
    assert find_bands(ON_THE_CUTS, HIGH) == ("D", "D", "C", "B", "A")


def test_the_least_step_above_a_cut_point_is_the_next_band() -> None:
    step = np.nextafter(25.0, 1_000)
    # Of five values the second is the first quartile itself, whatever it is.
    assert find_bands([0.0, 25.0, step, 75.0, 100.0], LOW)[:3] == ("A", "A", "B")
    # Of six the quartile lies between the second and the third.
    assert find_bands([0.0, 25.0, step + 1, 50.0, 75.0, 100.0], HIGH)[:3] == ("D", "D", "C")


def test_equal_values_can_crowd_a_band() -> None:
    assert find_bands([1.0] * 6 + [2.0, 3.0], LOW) == ("A",) * 6 + ("D", "D")
    assert find_bands([5.0] * 4, LOW) == ("A",) * 4
    assert find_bands([5.0] * 4, HIGH) == ("D",) * 4


def test_cut_points_lie_between_ranks_and_leave_out_missing_values() -> None:
    found = cut_points([NAN, 1, 2, 3, 4])
    assert found is not None
    assert found.tolist() == [1, 1.75, 2.5, 3.25, 4]
    assert cut_points([NAN]) is None
    assert find_bands([NAN, NAN], LOW) == (None, None)


def test_a_missing_value_has_no_band_and_no_rank() -> None:
    assert find_bands([NAN, 1, 2], LOW)[0] is None
    assert np.isnan(find_ranks([NAN, 1, 2], LOW)[0])


def test_ranks_are_competition_ranks_from_the_good_end() -> None:
    assert find_ranks([10, 20, 20, 30], LOW).tolist() == [1, 2, 2, 4]
    assert find_ranks([40, 30, 20, 20, 10], HIGH).tolist() == [1, 2, 3, 3, 5]


def test_without_polarity_there_is_neither_rank_nor_band_nor_colour() -> None:
    assert np.isnan(find_ranks([1, 2], NONE)).all()
    assert find_bands([1, 2], NONE) == (NOTHING, NOTHING)
    assert band_labels(ON_THE_CUTS, NONE, 0) == {}
    assert is_improvement(3.0, NONE) is None


def test_where_the_range_is_too_small_nothing_is_banded_but_all_is_ranked() -> None:
    assert find_bands([1, 2], LOW, has_quartiles=False) == (NOTHING, NOTHING)
    assert find_ranks([1, 2], LOW).tolist() == [1, 2]


def test_every_sign_of_a_missing_figure_is_missing_and_nought_is_not() -> None:
    assert [np.isnan(read_figure(text)) for text in ("-", "c", "..", "")] == [True] * 4
    assert read_figure("0") == 0
    assert read_figure("9.3699999999999992") == 9.37


def test_polarity_is_read_from_the_dictionary_or_from_our_direction() -> None:
    assert [read_polarity(text) for text in ("High", "Low", "-", "", "nan")] == [
        HIGH, LOW, NONE, NONE, NONE,
    ]  # fmt: skip
    assert polarity_of(DirectionWord.HIGHER_IS_BETTER) is HIGH
    assert polarity_of(DirectionWord.LOWER_IS_BETTER) is LOW
    assert polarity_of(DirectionWord.NONE) is NONE


def test_the_latest_year_is_the_last_label_by_its_text() -> None:
    labels = ["2024", "0", "2025 (prov)", "2025"]
    assert [labels[place] for place in newest_first(labels)] == ["2025 (prov)", "2025", "2024", "0"]


def test_change_is_the_last_label_minus_the_one_before_even_across_a_gap() -> None:
    found = find_changes([[50.0, 10.0, 20.0]], ["2025", "2019", "2021"])
    assert found.tolist() == [30.0]


def test_change_is_in_points_and_free_of_binary_noise() -> None:
    assert find_changes([[20.7, 11.8]], ["2024", "2025"]).tolist() == [-8.9]


def test_change_is_missing_where_either_year_is() -> None:
    found = find_changes([[NAN, 1.0], [1.0, NAN], [1.0, 1.0]], ["2024", "2025"])
    assert np.isnan(found[:2]).all()
    assert found[2] == 0
    assert np.isnan(find_changes([[1.0]], ["2025"])).all()


def test_any_change_but_exactly_nought_has_an_arrow_up_or_down() -> None:
    assert [arrow_of(change) for change in (1e-9, -1e-9, 0.0)] == [
        Arrow.UP, Arrow.DOWN, Arrow.LEVEL,
    ]  # fmt: skip
    assert arrow_of(NAN) is None


def test_colour_follows_polarity_and_nought_has_none() -> None:
    assert is_improvement(1.0, HIGH) is True
    assert is_improvement(1.0, LOW) is False
    assert is_improvement(-1.0, LOW) is True
    assert is_improvement(0.0, LOW) is None
    assert is_improvement(NAN, LOW) is None


def test_labels_begin_one_unit_above_the_last_band_and_round_half_to_even() -> None:
    assert band_labels([0, 8.5, 9.5, 12, 18], LOW, 0) == {
        "A": "0 to 8", "B": "9 to 10", "C": "11 to 12", "D": "13 to 18",
    }  # fmt: skip


def test_the_label_of_band_c_reaches_into_band_b_where_high_is_good() -> None:
    assert band_labels([28, 49, 54, 60, 79], HIGH, 0) == {
        "D": "28 to 49", "C": "50 to 55", "B": "55 to 60", "A": "61 to 79",
    }  # fmt: skip


def test_a_region_is_its_subregion_where_that_has_a_figure() -> None:
    assert region_shown(43, 48) == 43
    assert region_shown(NAN, 48) == 48


def test_the_neighbour_mean_is_plain_and_of_those_with_a_value() -> None:
    assert neighbour_mean([10, 20, NAN]) == (15.0, 2)
    assert neighbour_mean([7.0]) == (7.0, 1)
    assert neighbour_mean([NAN]) == (None, 0)
    assert neighbour_mean([0.1, 0.2]) == (0.15, 2)


@pytest.mark.parametrize("measure", [m for m in FIGURES if m.indicator], ids=lambda m: m.key)
def test_our_figures_by_its_rules_are_what_the_tool_shows(measure: Measure) -> None:
    periods = periods_of(measure.indicator, until=measure.period)
    lacks = LACKS.get(measure.indicator)
    areas = [code for code in authorities(periods[-1]) if code != lacks]
    table = columns(measure.indicator, areas, periods)["value"]
    labels = [period.id for period in periods]
    latest = table[:, -1]
    ranks, bands = find_ranks(latest, measure.polarity), find_bands(latest, measure.polarity)
    changes = find_changes(table, labels)
    cuts = cut_points(latest)
    assert cuts is not None
    assert cuts.tolist() == pytest.approx(measure.cuts, abs=1e-9)
    for shown in FIGURES[measure]:
        area = england().resolve(shown.authority)
        place = areas.index(area.code)
        neighbours = [areas.index(n.neighbour) for n in england().neighbours_of(area.code, "2025")]
        wider = [str(area.subregion), str(area.region), england().country.code]
        subregion, region, country = columns(measure.indicator, wider, periods)["value"][:, -1]
        assert latest[place] == shown.value
        assert changes[place] == shown.change
        assert (None if np.isnan(ranks[place]) else ranks[place]) == shown.rank
        assert np.isfinite(latest).sum() == shown.of
        assert (latest == shown.value).sum() == shown.tied
        assert bands[place] == shown.band
        assert neighbour_mean(list(latest[neighbours])) == (shown.mean, shown.members)
        assert (region_shown(subregion, region), country) == (shown.region, shown.england)


@pytest.mark.parametrize("authority", MEAN_AND_MEDIAN)
def test_mean_and_median_of_the_same_neighbours_differ_as_the_two_tools_do(authority: str) -> None:
    periods = periods_of("cla_31mar_rate_10k", until="RY2025")[-1:]
    code = england().resolve(authority).code
    neighbours = [n.neighbour for n in england().neighbours_of(code, "2025")]
    values = columns("cla_31mar_rate_10k", neighbours, periods)["value"][:, 0]
    mean, median = MEAN_AND_MEDIAN[authority]
    assert neighbour_mean(list(values)) == (mean, 10)
    assert np.median(values) == median
