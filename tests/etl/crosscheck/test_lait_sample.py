"""A sample of `make prove-lait`: the tables of children in need, against the real long file."""

from pathlib import Path

import pandas as pd
import pytest

from etl.crosscheck.counted import counted_by_measure, counted_left_out
from etl.crosscheck.declared import CrossCheck, load_cross_check
from etl.crosscheck.explained import evidence_of, with_explanations
from etl.crosscheck.our_figures import our_figures, released_cells
from etl.crosscheck.pairs import Outcome, paired
from etl.crosscheck.their_figures import measures_in, read_rows, read_topics, their_figures
from etl.tables import load_tables
from indicators.catalogue import load_catalogue
from reference.places import PlaceSet
from tests.golden import ENGLAND, KENT, MANCHESTER

FOLDER = "cin"
TABLES = ("dfe_cin", "dfe_cpp")


@pytest.fixture(scope="module")
def lait(published_dir: Path) -> Path:
    return published_dir / "published" / "lait"


@pytest.fixture(scope="module")
def declared(england: PlaceSet) -> CrossCheck:
    return load_cross_check(england, load_catalogue())


@pytest.fixture(scope="module")
def sample(declared: CrossCheck) -> CrossCheck:
    """The measures of indicators that are read from one folder of files."""
    inside = {
        one.id for one in load_catalogue() if all(s.table.startswith(TABLES) for s in one.sources)
    }
    measures = tuple(one for one in declared.measures if one.indicator in inside)
    return declared.model_copy(update={"measures": measures})


@pytest.fixture(scope="module")
def theirs(lait: Path, sample: CrossCheck, england: PlaceSet) -> pd.DataFrame:
    rows = read_rows(lait / "bds_long_0.parquet", [one.measure for one in sample.measures])
    return their_figures(rows, sample, load_catalogue(), england)


@pytest.fixture(scope="module")
def ours(published_dir: Path, sample: CrossCheck, england: PlaceSet) -> pd.DataFrame:
    folders = [published_dir / "published" / FOLDER]
    cells = released_cells(folders, sample, england, load_catalogue(), load_tables())
    return our_figures(cells, sample)


def explained(
    theirs: pd.DataFrame, ours: pd.DataFrame, sample: CrossCheck, england: PlaceSet
) -> pd.DataFrame:
    evidence = evidence_of(theirs, ours, sample, england, load_catalogue())
    return with_explanations(paired(theirs, ours), sample.explanations, evidence)


@pytest.fixture(scope="module")
def pairs(
    theirs: pd.DataFrame, ours: pd.DataFrame, sample: CrossCheck, england: PlaceSet
) -> pd.DataFrame:
    return explained(theirs, ours, sample, england)


def test_figures_of_children_in_need_are_those_of_lait_or_it_is_known_why_not(
    pairs: pd.DataFrame, sample: CrossCheck
) -> None:
    counted = counted_by_measure(pairs, sample)
    assert sum(one.compared for one in counted) > 17_000
    assert sum(one.equal for one in counted) > 15_000
    assert {one.measure.measure: one.not_explained for one in counted if one.not_explained} == {}


def test_a_wrong_figure_of_ours_would_be_found_whatever_the_measure(
    theirs: pd.DataFrame, ours: pd.DataFrame, sample: CrossCheck, england: PlaceSet
) -> None:
    spoilt = ours.copy()
    shown = spoilt[spoilt["ours"].notna() & (spoilt["period"] == "RY2025")]
    places = shown.groupby("measure").head(1).index
    spoilt.loc[places, "ours"] += 1.0
    pairs = explained(theirs, spoilt, sample, england)
    found = pairs[(pairs["outcome"] == Outcome.DIFFERENT) & ~pairs["is_explained"]]
    assert sorted(found["measure"]) == sorted(one.measure for one in sample.measures)


@pytest.mark.parametrize(
    ("measure", "period", "area", "figure"),
    [
        ("ReReferral", "RY2025", ENGLAND, 22.6),
        ("PrevRegCPR", "RY2025", ENGLAND, 24.5),
    ],
)
def test_lait_has_the_figures_that_it_prints(
    theirs: pd.DataFrame, measure: str, period: str, area: str, figure: float
) -> None:
    by_key = theirs.set_index(["measure", "period", "area"])["theirs"]
    assert by_key[measure, period, area] == figure


def test_rates_of_lait_that_differ_have_the_newest_population(pairs: pd.DataFrame) -> None:
    rates = pairs[(pairs["measure"] == "CIN") & pairs["area"].isin([KENT, MANCHESTER])]
    assert set(rates.loc[rates["period"].isin(["RY2023", "RY2024"]), "explanation"]) == {
        "newer_population"
    }


def test_every_measure_of_lait_is_compared_or_left_out_for_one_reason(
    lait: Path, declared: CrossCheck
) -> None:
    held = measures_in(lait / "bds_long_0.parquet")
    groups = counted_left_out(held, read_topics(lait / "lait_data_dictionary.csv.gz"), declared)
    assert sum(len(members) for _, members in groups) + len(declared.measures) == len(held)
    assert all(members for _, members in groups)
