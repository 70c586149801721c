import gzip
from math import isnan
from pathlib import Path

import pandas as pd
import pytest

from etl.crosscheck.declared import CrossCheckError
from etl.crosscheck.their_figures import (
    digits_of,
    measures_in,
    period_labelled,
    read_rows,
    read_topics,
)
from reference.periods import PeriodKind
from tests.etl.crosscheck.made_up_lait import FIRST, SECOND, long_file, long_row, theirs
from tests.etl.made_up_files import COUNTRY, ENDED, REGION, SUBREGION, places


@pytest.mark.parametrize(
    ("label", "kind", "period"),
    [
        ("2025", PeriodKind.REPORTING_YEAR, "RY2025"),
        ("2018 (Rev)", PeriodKind.REPORTING_YEAR, "RY2018"),
        ("2025", PeriodKind.SEPTEMBER, "SEP2025"),
        ("2025 (prov)", PeriodKind.ACADEMIC_YEAR, "AY2024-25"),
        ("2000", PeriodKind.ACADEMIC_YEAR, "AY1999-00"),
        ("2024", PeriodKind.FINANCIAL_YEAR, "FY2023-24"),
        ("2024-25 (OT)", PeriodKind.FINANCIAL_YEAR, "FY2024-25"),
        ("2023/24", PeriodKind.FINANCIAL_YEAR, "FY2023-24"),
    ],
)
def test_a_label_names_a_period_of_the_kind_that_the_indicator_has(
    label: str, kind: PeriodKind, period: str
) -> None:
    assert period_labelled(label, kind) == period


@pytest.mark.parametrize("label", ["0", "2014-16 ", "2013/14-15/16", "2024-25", "", "latest"])
def test_a_label_that_is_no_reporting_year_is_refused(label: str) -> None:
    with pytest.raises(CrossCheckError, match="not a label"):
        period_labelled(label, PeriodKind.REPORTING_YEAR)


@pytest.mark.parametrize(
    ("number", "digits"), [(9.3699999999999992, 2), (85.0, 0), (0.1, 1), (1052.4000000000001, 1)]
)
def test_noise_of_binary_fractions_is_no_digit(number: float, digits: int) -> None:
    assert digits_of(number) == digits


def test_digits_are_the_most_that_a_measure_shows_in_a_period() -> None:
    shown = theirs(long_row("85"), long_row("85.5", SECOND), long_row("7", label="2024"))
    assert dict(zip(shown["period"] + shown["area"], shown["digits"], strict=True)) == {
        f"RY2025{FIRST}": 1,
        f"RY2025{SECOND}": 1,
        f"RY2024{FIRST}": 0,
    }


def test_a_dash_is_no_number() -> None:
    assert isnan(theirs(long_row("-"))["theirs"].iloc[0])


@pytest.mark.parametrize("text", ["c", "", "1,5", "1.2.3"])
def test_any_other_text_than_a_number_or_a_dash_is_refused(text: str) -> None:
    with pytest.raises(CrossCheckError, match="neither a number nor"):
        theirs(long_row(text))


@pytest.mark.parametrize("area", [COUNTRY, REGION, SUBREGION, ENDED, FIRST])
def test_areas_are_found_by_their_number(area: str) -> None:
    assert list(theirs(long_row("1", area))["area"]) == [area]


def test_a_name_beside_the_number_of_another_area_is_refused() -> None:
    name = places().area(SECOND).name
    with pytest.raises(CrossCheckError, match=f"the name beside it is '{name}'"):
        theirs(long_row("1", FIRST, name=name))


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(CrossCheckError, match="Nowhere"):
        theirs(long_row("1", name="Nowhere at all"))


def test_two_labels_for_one_period_are_refused() -> None:
    with pytest.raises(CrossCheckError, match="two figures"):
        theirs(long_row("1", label="2025"), long_row("1", label="2025 (Rev)"))


def test_only_the_measures_asked_for_are_read(tmp_path: Path) -> None:
    file = long_file(tmp_path, long_row("1"), long_row("2", measure="Other"))
    assert list(read_rows(file, ["CIN"])["Values"]) == ["1"]
    assert measures_in(file) == {"CIN", "Other"}


def test_a_measure_may_stand_under_several_topics(tmp_path: Path) -> None:
    rows = {"Measure_short": ["CIN ", "CIN", "PriFSM"], "Topic": ["Need", "Absence", "Other"]}
    packed = tmp_path / "dictionary.csv.gz"
    packed.write_bytes(gzip.compress(pd.DataFrame(rows).to_csv(index=False).encode("utf-8-sig")))
    assert read_topics(packed) == {"CIN": {"Need", "Absence"}, "PriFSM": {"Other"}}
