"""By its rules and on its own file, we get what the Local Authority Interactive Tool shows."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from etl.crosscheck.their_figures import LABEL, NUMBER
from indicators.as_lait import (
    NOTHING,
    Polarity,
    cut_points,
    find_bands,
    find_changes,
    find_ranks,
    neighbour_mean,
    newest_first,
    read_figure,
    read_polarity,
)
from indicators.intervals import wilson
from tests.indicators.lait_figures import FIGURES
from tests.indicators.shipped_columns import england

TOPICS = (
    "Children Looked After",
    "Children in Need",
    "Child Protection",
    "Children's Services Workforce",
    "Adoption",
    "Youth Offending",
    "Children's Service Finance",
)
FIRST_REGION = 970
CITY, SCILLY, RUTLAND = 201, 420, 857
# Measure, numerator, denominator, polarity, and the share of arrows beyond chance, per cent.
ARROWS = (
    ("LACStable_2016on", "LACStableNum_2016on", "LACnum", 9),
    ("CareLeaverEET", "CareLeaverEETNum", "NoCareLeavers", 10),
    ("CareLeaverAcc", "NoCareLeaverAcc", "NoCareLeavers", 15),
    ("%_of LAC Adopted", "No_of LAC Adopted", "LACceased", 15),
    ("PrevRegCPR", "ReRegCPR", "CPP_Abuse", 24),
)


@pytest.fixture(scope="module")
def dictionary(published_dir: Path) -> pd.DataFrame:
    """The measures of children's social care, with their polarity."""
    rows = pd.read_csv(published_dir / "published" / "lait" / "lait_data_dictionary.csv.gz")
    rows = rows[rows["Topic"].isin(TOPICS)]
    polarity = [str(read_polarity(word)) for word in rows["Polarity"].fillna("")]
    return pd.DataFrame({"key": rows["Measure_short"].str.strip(), "polarity": polarity})


@pytest.fixture(scope="module")
def tables(published_dir: Path, dictionary: pd.DataFrame) -> Mapping[str, pd.DataFrame]:
    """Measure to values: a row for each area by its number, a column for each label."""
    rows = pd.read_parquet(published_dir / "published" / "lait" / "bds_long_0.parquet")
    rows["key"] = rows["Short Desc"].str.strip()
    rows["value"] = rows["Values"].map(read_figure)
    rows = rows[rows["key"].isin({*dictionary["key"], *(name for row in ARROWS for name in row)})]
    rows = rows[rows[LABEL] != "0"]
    return {
        str(key): found.pivot_table(
            index=NUMBER, columns=LABEL, values="value", dropna=False, aggfunc="first"
        )
        for key, found in rows.groupby("key")
    }


def of_authorities(table: pd.DataFrame) -> pd.DataFrame:
    return table[table.index < FIRST_REGION]


def latest(table: pd.DataFrame) -> "pd.Series[float]":
    labels = [str(label) for label in table.columns]
    return of_authorities(table).iloc[:, newest_first(labels)[0]]


def ranked(dictionary: pd.DataFrame) -> list[tuple[str, Polarity]]:
    pairs = zip(dictionary["key"], dictionary["polarity"], strict=True)
    return [(key, Polarity(word)) for key, word in pairs if word != Polarity.NONE]


def number_of(code: str) -> int:
    return int(england().area(code).number or 0)


def test_the_figures_of_two_authorities_are_those_shown(
    tables: Mapping[str, pd.DataFrame],
) -> None:
    for measure, rows in FIGURES.items():
        table = of_authorities(tables[measure.key])
        values = latest(tables[measure.key])
        ranks = find_ranks(values, measure.polarity)
        bands = find_bands(values, measure.polarity)
        changes = find_changes(table, [str(label) for label in table.columns])
        for shown in rows:
            area = england().resolve(shown.authority)
            place = values.index.get_loc(number_of(area.code))
            neighbours = england().neighbours_of(area.code, "2025")
            theirs = [values.get(number_of(n.neighbour), np.nan) for n in neighbours]
            assert values.iloc[place] == shown.value
            assert changes[place] == shown.change
            assert (None if np.isnan(ranks[place]) else ranks[place]) == shown.rank
            assert bands[place] == shown.band
            assert neighbour_mean(theirs) == (shown.mean, shown.members)
            assert (values.notna().sum(), (values == shown.value).sum()) == (shown.of, shown.tied)


def test_the_figures_of_its_user_guide_come_out_to_the_last_digit(published_dir: Path) -> None:
    """A-level points per entry in the guide of November 2024, with the neighbours of 2021."""
    rows = pd.read_parquet(published_dir / "published" / "lait" / "bds_long_0.parquet")
    rows = rows[rows["Short Desc"].str.strip() == "APSE_Alevel"]
    rows = rows.assign(value=rows["Values"].map(read_figure))
    table = rows.pivot_table(
        index=NUMBER, columns=LABEL, values="value", dropna=False, aggfunc="first"
    )
    table = of_authorities(table[[label for label in table.columns if label <= "2023 (Rev)"]])
    values, labels = latest(table), [str(label) for label in table.columns]
    ranks, changes = find_ranks(values, Polarity.HIGH), find_changes(table, labels)
    cuts = cut_points(values)
    assert cuts is not None
    # It rounds half to even: 33.425 is shown as 33.42.
    assert [round(float(cut), 2) for cut in cuts] == [26.43, 32.00, 33.42, 35.18, 40.63]
    for name, shown in (
        ("Barking and Dagenham", (34.91, -0.44, 44, 32.92)),
        ("Bath and North East Somerset", (35.34, -3.62, 36, 33.96)),
    ):
        area = england().resolve(name)
        place = values.index.get_loc(number_of(area.code))
        near = england().neighbours_of(area.code, "2021")
        mean, members = neighbour_mean([values.get(number_of(n.neighbour), np.nan) for n in near])
        assert mean is not None
        found = (values.iloc[place], changes[place], ranks[place], round(mean, 2))
        assert [float(str(one)) for one in found] == list(shown)
        assert members == 10


def test_all_its_measures_follow_its_rules_written_another_way(
    tables: Mapping[str, pd.DataFrame], dictionary: pd.DataFrame
) -> None:
    checked = 0
    for key, polarity in ranked(dictionary):
        values = latest(tables[key])
        is_low = polarity is Polarity.LOW
        expected = values.rank(method="min", ascending=is_low)
        np.testing.assert_array_equal(find_ranks(values, polarity), expected)
        cuts = np.percentile(values.dropna(), [0, 25, 50, 75, 100])
        bands = find_bands(values, polarity)
        for part, letter in enumerate("ABCD" if is_low else "DCBA"):
            is_inside = values.between(
                cuts[part], cuts[part + 1], inclusive="right" if part else "both"
            )
            assert [band == letter for band in bands] == is_inside.tolist()
        assert [band is None for band in bands] == values.isna().tolist()
        checked += 1
    assert checked == 79


def test_measures_without_polarity_have_neither_rank_nor_band(
    tables: Mapping[str, pd.DataFrame], dictionary: pd.DataFrame
) -> None:
    plain = dictionary[dictionary["polarity"] == Polarity.NONE]["key"]
    assert len(plain) == 96
    for key in set(plain) & set(tables):
        values = latest(tables[key])
        assert np.isnan(find_ranks(values, Polarity.NONE)).all()
        assert set(find_bands(values, Polarity.NONE)) == {NOTHING}


def test_the_smallest_authorities_hold_the_first_rank_of_three_in_ten_measures(
    tables: Mapping[str, pd.DataFrame], dictionary: pd.DataFrame
) -> None:
    has_value, is_first = dict.fromkeys((CITY, SCILLY), 0), dict.fromkeys((CITY, SCILLY), 0)
    any_of_three = 0
    for key, polarity in ranked(dictionary):
        values = latest(tables[key])
        first = set(values.index[find_ranks(values, polarity) == 1])
        for number in (CITY, SCILLY):
            has_value[number] += bool(np.isfinite(values.get(number, np.nan)))
            is_first[number] += number in first
        any_of_three += bool(first & {CITY, SCILLY, RUTLAND})
    assert has_value == {CITY: 28, SCILLY: 14}
    assert is_first == {CITY: 14, SCILLY: 8}
    assert any_of_three == 24  # of 79: 30 %


def test_ties_crowd_its_ranks_and_bands(tables: Mapping[str, pd.DataFrame]) -> None:
    assert latest(tables["LACStable_2016on"]).value_counts().max() == 26
    schools = latest(tables["Stability_School"])
    adopted = latest(tables["%_of LAC Adopted"])
    best = find_bands(schools, Polarity.LOW).count("A") / schools.notna().sum()
    worst = find_bands(adopted, Polarity.HIGH).count("D") / adopted.notna().sum()
    assert (round(100 * best), round(100 * worst)) == (40, 35)


@pytest.mark.parametrize(("key", "top", "bottom", "percent"), ARROWS)
def test_few_of_its_coloured_arrows_are_more_than_chance(
    tables: Mapping[str, pd.DataFrame], key: str, top: str, bottom: str, percent: int
) -> None:
    table = of_authorities(tables[key])
    labels = [str(label) for label in table.columns]
    new, old = (labels[place] for place in newest_first(labels)[:2])
    changes = find_changes(table, labels)
    a, b, n, m = (
        tables[name][label].reindex(table.index).to_numpy()
        for name, label in ((top, new), (top, old), (bottom, new), (bottom, old))
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = (a + b) / (n + m)
        z = (a / n - b / m) / np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    has_arrow = np.isfinite(z) & np.isfinite(changes) & (changes != 0)
    beyond = has_arrow & (np.abs(z) > 1.959964)
    assert int(100 * beyond.sum() / has_arrow.sum() + 0.5) == percent


def test_many_of_its_outer_bands_cannot_be_told_from_the_middle(
    tables: Mapping[str, pd.DataFrame], dictionary: pd.DataFrame
) -> None:
    polarity_of = dict(ranked(dictionary))
    shares = []
    for key, top, bottom, _ in ARROWS:
        values = latest(tables[key])
        lower, upper = wilson(
            latest(tables[top]).reindex(values.index), latest(tables[bottom]).reindex(values.index)
        )
        bands = np.array(find_bands(values, polarity_of[key]))
        is_outer = np.isin(bands, ["A", "D"]) & np.isfinite(lower)
        middle = values.median() / 100
        holds = is_outer & (lower <= middle) & (middle <= upper)
        shares.append(holds.sum() / is_outer.sum())
    assert min(shares) == pytest.approx(0.21, abs=0.015)
    assert max(shares) == pytest.approx(0.55, abs=0.015)
