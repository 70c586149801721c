"""A table that does not have its declared shape is refused with place, found and expected."""

import re
from pathlib import Path

import pytest

from reference.tables import Row, Shape, TableError, read_table, table_text

SHAPE = Shape("things", ("name", "day", "count", "open"))


def thing(row: Row) -> tuple[object, ...]:
    return row.text("name"), row.day_or_none("day"), row.whole("count"), row.is_yes("open")


def refused(folder: Path, text: str) -> str:
    (folder / "things.csv").write_text(text, encoding="utf-8")
    with pytest.raises(TableError) as refusal:
        read_table(folder, SHAPE, thing)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("a,31/03/2019,1,yes", "line 2, column day: found '31/03/2019', expected a date like"),
        ("a,,one,yes", "line 2, column count: found 'one', expected a whole number"),
        ("a,,1,true", "line 2, column open: found 'true', expected one of yes, no"),
        (",,1,yes", "line 2, column name: found '', expected some text"),
        ("a,b,,1,yes", "line 2: found 5 cells, expected 4; is a comma unquoted?"),
    ],
)
def test_a_misfit_is_refused_with_its_line_and_column(
    tmp_path: Path, line: str, message: str
) -> None:
    assert f"things.csv {message}" in refused(tmp_path, f"name,day,count,open\n{line}\n")


def test_columns_in_another_order_are_refused(tmp_path: Path) -> None:
    message = refused(tmp_path, "day,name,count,open\n")
    assert "line 1: found columns day,name,count,open, expected name,day,count,open" in message


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert "found columns , expected name" in refused(tmp_path, "")


def test_a_missing_table_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=re.escape("things.csv: not found; every place set")):
        read_table(tmp_path, SHAPE, thing)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    text = table_text(SHAPE.columns, [("a, b", "2019-03-31", 1, "yes"), ('say "c"', None, 0, "no")])
    (tmp_path / "things.csv").write_text(text, encoding="utf-8")
    names = [row[0] for row in read_table(tmp_path, SHAPE, thing)]
    assert names == ["a, b", 'say "c"']


def cells(**texts: str) -> Row:
    return Row("x.csv line 2", tuple(texts), tuple(texts.values()))


def test_a_list_of_numbers_keeps_its_gaps() -> None:
    assert cells(counts="10 . 12").wholes_or_none("counts") == (10, None, 12)


def test_pairs_are_read_as_a_mapping() -> None:
    assert cells(grades="a:good b:none").pairs("grades") == {"a": "good", "b": "none"}


@pytest.mark.parametrize("text", ["a:good b", "a: good", ":good"])
def test_half_a_pair_is_refused(text: str) -> None:
    with pytest.raises(TableError, match="expected pairs"):
        cells(grades=text).pairs("grades")


def test_a_word_that_is_not_in_the_list_is_refused() -> None:
    with pytest.raises(TableError, match="expected only near, far"):
        cells(closeness="near nearly").words("closeness", ("near", "far"))
