"""A sample of `make prove-hostile`: one real file of each of two layouts, spoilt in every way."""

from pathlib import Path

import pytest

from etl.published import reading
from etl.tables import load_tables
from tests.etl.in_process import InProcess
from tests.prove.hostile import fault_of, figures, newest_file, outcomes, read
from tests.prove.spoilt import WAYS, Must

pytestmark = pytest.mark.unmeasured

SAMPLE = ("dfe_cpp_subsequent", "dfe_csww_indicators")


@pytest.fixture(autouse=True)
def _without_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "Sandbox", InProcess)


@pytest.mark.parametrize("table_id", SAMPLE)
def test_a_spoilt_file_gives_its_figures_or_findings_and_never_an_error(
    table_id: str, published_dir: Path
) -> None:
    table = next(table for table in load_tables() if table.id == table_id)
    path = newest_file(table, published_dir)
    assert path
    found = dict(outcomes(table, path))
    assert {name: fault for name, fault in found.items() if fault} == {}
    assert list(found) == list(WAYS)


def test_the_proof_sees_a_figure_that_changed(published_dir: Path, tmp_path: Path) -> None:
    table = next(table for table in load_tables() if table.id == "dfe_cpp_subsequent")
    path = newest_file(table, published_dir)
    assert path
    whole = read(path)
    assert fault_of(whole, figures(whole).iloc[1:], Must.SAME) != ""
    assert fault_of(whole, figures(whole), Must.REFUSED) != ""
    assert fault_of(whole, figures(whole), Must.SAME) == ""
