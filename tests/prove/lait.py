"""Our figures are those of the Local Authority Interactive Tool, or every difference is known.

`python -m tests.prove.lait [FILE]` reads the published files (OUTCOMES_PUBLISHED_DIR, by default
`../shared/data`), compares every figure that the tool also has, and writes all differences to FILE
(default `build/lait-differences.csv`), those without an explanation first.
"""

import os
import sys
from pathlib import Path

import pandas as pd

from etl.crosscheck.counted import (
    counted_by_explanation,
    counted_by_measure,
    counted_left_out,
)
from etl.crosscheck.declared import CrossCheck, load_cross_check
from etl.crosscheck.explained import evidence_of, with_explanations
from etl.crosscheck.our_figures import our_figures, released_cells
from etl.crosscheck.pairs import Outcome, paired
from etl.crosscheck.their_figures import measures_in, read_rows, read_topics, their_figures
from etl.tables import load_tables
from indicators.catalogue import load_catalogue
from reference.places import PlaceSet
from reference.placesets import load_place_set
from tests.tree import ROOT

SHOWN = 20
LISTED = (
    "is_explained", "explanation", "case", "indicator", "part", "measure", "period", "area",
    "area_name", "theirs", "ours", "status", "symbol", "count", "source",
)  # fmt: skip


def main(listed_in: Path) -> int:
    """Print what the comparison comes to; 1 for new differences, 3 without files, else 0."""
    folder = Path(os.environ.get("OUTCOMES_PUBLISHED_DIR") or ROOT.parent / "shared" / "data")
    lait = folder / "published" / "lait"
    if not lait.is_dir():
        print(f"no files of LAIT: {lait} is not there", file=sys.stderr)
        return 3
    places, indicators = load_place_set("england"), load_catalogue()
    check = load_cross_check(places, indicators)
    long_file = lait / "bds_long_0.parquet"
    rows = read_rows(long_file, [one.measure for one in check.measures])
    theirs = their_figures(rows, check, indicators, places)
    folders = [folder / part for part in ("published", "reconstructed")]
    cells = released_cells(folders, check, places, indicators, load_tables())
    ours = our_figures(cells, check)
    evidence = evidence_of(theirs, ours, check, places, indicators)
    pairs = with_explanations(paired(theirs, ours), check.explanations, evidence)
    print_measures(pairs, check)
    print_explanations(pairs, check)
    print_left_out(long_file, lait / "lait_data_dictionary.csv.gz", check)
    differences = differences_of(pairs, check, places)
    listed_in.parent.mkdir(parents=True, exist_ok=True)
    differences.to_csv(listed_in, index=False)
    open_ones = differences[~differences["is_explained"]]
    print(f"\nall {len(differences)} differences are in {listed_in}")
    print(f"not explained: {len(open_ones)}")
    if len(open_ones):
        print(open_ones.drop(columns="is_explained").head(SHOWN).to_string(index=False))
    is_new = (open_ones["explanation"] == "").any()
    return 1 if is_new else 0


def print_measures(pairs: pd.DataFrame, check: CrossCheck) -> None:
    """Print a row for each measure, and the sums."""
    counted = counted_by_measure(pairs, check)
    table = pd.DataFrame(
        {
            "indicator": [one.measure.indicator for one in counted],
            "part": [one.measure.part for one in counted],
            "LAIT measure": [one.measure.measure for one in counted],
            "compared": [one.compared for one in counted],
            "equal": [one.equal for one in counted],
            "explained": [one.explained for one in counted],
            "not explained": [one.not_explained for one in counted],
            "only LAIT": [one.only_theirs for one in counted],
            "only us": [one.only_ours for one in counted],
        }
    )
    numbers = table.select_dtypes("number").sum().to_dict()
    table.loc[len(table)] = {"indicator": "all", "part": "", "LAIT measure": "", **numbers}
    print(table.to_string(index=False))
    indicators = {one.measure.indicator for one in counted}
    print(f"\n{len(counted)} measures of LAIT are parts of {len(indicators)} indicators")


def print_explanations(pairs: pd.DataFrame, check: CrossCheck) -> None:
    """Print how many differences each explanation explains; one without any is out of use."""
    print("\ndifferences, by what is known of them")
    for one, count in counted_by_explanation(pairs, check):
        opened = "not explained: " if one.is_open else ""
        print(f"{count:6}  {one.id} ({one.kind}): {opened}{one.reason}")
        if not count:
            print("        explains nothing any more; take it out")


def print_left_out(long_file: Path, dictionary: Path, check: CrossCheck) -> None:
    """Print how many measures of LAIT are not compared, and why."""
    held = measures_in(long_file)
    print(f"\n{len(held)} measures are in LAIT, {len(held) - len(check.measures)} not compared")
    for group, members in counted_left_out(held, read_topics(dictionary), check):
        print(f"{len(members):6}  {group.reason}")


def differences_of(pairs: pd.DataFrame, check: CrossCheck, places: PlaceSet) -> pd.DataFrame:
    """Return the differences with what they are of, those without an explanation first."""
    found = pairs[pairs["outcome"] == Outcome.DIFFERENT].copy()
    measures = {one.measure: one for one in check.measures}
    found["indicator"] = [measures[name].indicator for name in found["measure"]]
    found["part"] = [measures[name].part for name in found["measure"]]
    found["area_name"] = [places.area(code).name for code in found["area"]]
    order = ["is_explained", "explanation", "indicator", "part", "period", "area"]
    return found.sort_values(order)[list(LISTED)]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "build" / "lait-differences.csv"))
