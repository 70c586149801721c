"""Prior values: the counts that readers can see for a year earlier, and not one more."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from etl.findings import ExitCode
from etl.submissions.code_lists import Scope
from etl.submissions.prior_values import latest_snapshot, prior_values, year_earlier
from etl.submissions.template_commands import Wanted, write_templates
from indicators.catalogue import load_catalogue
from indicators.measures import load_measures
from indicators.model import Counted
from indicators.releases import ReleaseEntry, ReleaseList, write_releases
from indicators.snapshot import ReleaseCard, Snapshot, open_snapshot
from indicators.snapshot_writer import ReleaseContents, write_snapshot
from reference.periods import parse_period
from tests.builders import a_cell, a_source, cells_of
from tests.etl.submissions.returns import AUTHORITY, PERIOD, places

FED = [
    one
    for one in load_catalogue()
    if one.submission is not None
    and one.submission.collection == "CL"
    and isinstance(one.submission.denominator, Counted)
]
HIDDEN = 7_654_321
"""A figure that stands in no cell that readers see."""


def release(folder: Path, *cells: dict[str, Any]) -> Snapshot:
    frame = cells_of(*cells).assign(updated_release="now")
    contents = ReleaseContents(
        card=ReleaseCard(id="now", place_set=places().id),
        places=places(),
        indicators=tuple(FED),
        sources=(a_source(),),
        cells={str(name): frame[name].to_list() for name in frame},
    )
    return open_snapshot(folder / write_snapshot(folder, contents))


def scope(collection: str = "CL") -> Scope:
    return Scope(places().area(AUTHORITY), load_measures().collection(collection), PERIOD)


def key(place: int, part: str = "numerator") -> tuple[str, str, str]:
    fed = FED[place].submission
    assert fed is not None
    counted = getattr(fed, part)
    return (counted.measure, counted.breakdown_type, counted.breakdown)


def the_cell(place: int = 0, period: str = "RY2024", **more: Any) -> dict[str, Any]:
    return a_cell(AUTHORITY, period, indicator=FED[place].id, **{"value": 50.0, **more})


def test_counts_of_a_year_earlier_stand_beside_their_keys(tmp_path: Path) -> None:
    snapshot = release(
        tmp_path,
        the_cell(numerator=40.0, denominator=80.0),
        the_cell(period="RY2025", numerator=41.0, denominator=81.0),
    )
    assert prior_values(snapshot, scope()) == {key(0): "40", key(0, "denominator"): "80"}


def test_a_suppressed_count_stays_suppressed(tmp_path: Path) -> None:
    snapshot = release(tmp_path, the_cell(value=None, denominator=80.0))
    assert prior_values(snapshot, scope()) == {key(0): "c", key(0, "denominator"): "80"}


@pytest.mark.parametrize(
    ("status", "symbol"), [("not_available", "x"), ("not_applicable", "z"), ("suppressed", "c")]
)
def test_the_reason_for_no_figure_is_shown(tmp_path: Path, status: str, symbol: str) -> None:
    snapshot = release(tmp_path, the_cell(value=None, status=status))
    assert prior_values(snapshot, scope()) == {key(0): symbol}


def test_figures_of_other_areas_collections_and_breakdowns_are_not_shown(tmp_path: Path) -> None:
    other = next(a.code for a in places().authorities() if a.code != AUTHORITY)
    counts: dict[str, Any] = {"numerator": float(HIDDEN), "denominator": float(HIDDEN)}
    snapshot = release(
        tmp_path,
        {**the_cell(**counts), "area": other},
        the_cell(sex="F", **counts),
        the_cell(period="RY2023", **counts),
    )
    assert prior_values(snapshot, scope()) == {}
    assert prior_values(release(tmp_path, the_cell(**counts)), scope("CLA")) == {}


def test_a_mean_is_no_count(tmp_path: Path) -> None:
    snapshot = release(tmp_path, the_cell(numerator=40.5, denominator=80.0))
    assert prior_values(snapshot, scope()) == {key(0, "denominator"): "80"}


def test_a_year_earlier_is_the_same_kind_of_period() -> None:
    assert year_earlier(parse_period("RY2025")).id == "RY2024"
    assert year_earlier(parse_period("RY2025Q3")).id == "RY2024Q3"


def test_without_a_release_there_is_nothing_to_show(tmp_path: Path) -> None:
    assert latest_snapshot(tmp_path) is None


def test_a_workbook_shows_what_the_latest_release_shows(tmp_path: Path) -> None:
    (tmp_path / "snapshots").mkdir()
    snapshot = release(
        tmp_path / "snapshots",
        the_cell(numerator=40.0, denominator=80.0),
        the_cell(1, value=None),
    )
    entry = ReleaseEntry("now", "release", "2025-01-01T00:00:00Z", "2025-01-01", snapshot.digest)
    write_releases(tmp_path / "releases.json", ReleaseList(places().id, "now", (entry,)))
    wanted = Wanted("CL", "RY2025", "xlsx")
    _, code = write_templates(AUTHORITY, wanted, tmp_path / "out", places(), tmp_path)
    assert code == ExitCode.OK
    [path] = (tmp_path / "out").iterdir()
    sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))["data"]
    shown = {
        (str(row[4].value), str(row[5].value), str(row[6].value)): row[10].value
        for row in sheet.iter_rows(min_row=2)
        if row[10].value
    }
    assert shown[key(0)] == "40"
    assert shown[key(1)] == "c"
