"""Tables of words: judgements are counted, the title says the period, names may stand for codes."""

from pathlib import Path

import pytest

from etl.published import reading
from etl.published.loaded import PublishedReading
from tests.etl.files import workbook
from tests.etl.in_process import InProcess
from tests.etl.made_up_files import places
from tests.etl.test_ways_to_read import FIRST, SECOND, THIRD, cells_of, read


@pytest.fixture(autouse=True)
def _without_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "Sandbox", InProcess)


GRADES = {
    "layout": "judgements",
    "columns": {"code": ["Code"], "name": ["Name"], "grade": ["Grade", "Impact"]},
    "required": ["name", "grade"],
    "dimensions": [],
    "sheet": {"name": "*"},
    "period": {"kind": "RY", "title": r"as at 31 March (\d{4})"},
    "areas": {
        "level": "grade",
        "levels": {"*": "authority"},
        "code": {"authority": "code"},
        "name": {"authority": "name"},
        "names_may_do": True,
    },
}
COUNTED = {"counted_where": {"grade": ["Good", "Outstanding"]}}


def graded(folder: Path, header: list[str], rows: list[list[str]], title: str) -> PublishedReading:
    path = folder / "orders_grades.xlsx"
    path.write_bytes(workbook((title,), tuple(header), *map(tuple, rows)))
    return read(path, COUNTED, table=GRADES, arithmetic="count", unit="authorities", decimals=0)


def test_words_are_counted_one_for_an_authority_that_has_one_of_them(tmp_path: Path) -> None:
    rows = [[FIRST, "a", "Good"], [SECOND, "b", "Inadequate"], [THIRD, "c", ""]]
    found = cells_of(
        graded(tmp_path, ["Code", "Name", "Grade"], rows, "Judgements as at 31 March 2025")
    )
    assert found["value"].to_dict() == pytest.approx(
        {FIRST: 1, SECOND: 0, THIRD: float("nan")}, nan_ok=True
    )
    assert set(found["period"]) == {"RY2025"}


def test_names_decide_where_a_vintage_has_no_codes(tmp_path: Path) -> None:
    name = places().area(FIRST).name
    rows = [[name, "Outstanding"]]
    found = cells_of(graded(tmp_path, ["Name", "Impact"], rows, "As at 31 March 2025"))
    assert found.at[FIRST, "value"] == 1


def test_a_sheet_whose_title_has_no_year_is_refused(tmp_path: Path) -> None:
    result = graded(tmp_path, ["Code", "Name", "Grade"], [[FIRST, "a", "Good"]], "Judgements")
    (finding,) = [f for f in result.findings if f.rule == "impossible_period"]
    assert "a year in the title" in str(finding)
