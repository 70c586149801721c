"""Whatever is done to a published file, it is read or refused with findings: never an error."""

import gzip
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.findings import as_text, capped
from etl.published import reading
from etl.published.loaded import PublishedReading
from tests.etl.files import workbook
from tests.etl.in_process import InProcess
from tests.etl.made_up_files import REFERRALS, as_csv, good_referrals, read, saved

pytestmark = pytest.mark.unmeasured

GOOD = as_csv(good_referrals(9))
PACKED = gzip.compress(GOOD, mtime=0)
ROWS = good_referrals(9)
COLUMNS = list(ROWS[0])
NASTY = st.sampled_from(
    ["", "c", "z", "-", "=1+1", "1e999", "nan", "-0", "99999999999999999999", "٣", "\u202e", "<a>",
     "2025", "X92000001", "X06000001 / X06000002", "National", "9" * 400, "é\u0301", "a,b", '"']
)  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def _without_child() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "Sandbox", InProcess)
        yield


def outcome(content: bytes, name: str = REFERRALS) -> PublishedReading:
    with tempfile.TemporaryDirectory() as folder:
        return read(saved(Path(folder), content, name))


def check(result: PublishedReading) -> None:
    """Either there are cells and nothing stops them, or there are findings and no cells."""
    if result.is_refused:
        assert result.cells.empty
    assert all(finding.place.file and finding.found for finding in result.findings)
    assert len(result.findings) <= 60
    assert len(capped(result.findings)) == len(result.findings)
    assert "Traceback" not in as_text(result.findings)


COMMON = settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])


@COMMON
@given(st.integers(0, len(GOOD) - 1), st.binary(max_size=12), st.integers(0, 40))
def test_bytes_put_in_or_taken_out_give_figures_or_findings(
    at: int, inserted: bytes, removed: int
) -> None:
    check(outcome(GOOD[:at] + inserted + GOOD[at + removed :]))


@COMMON
@given(st.integers(0, len(GOOD)))
def test_a_file_cut_anywhere_gives_figures_or_findings(length: int) -> None:
    check(outcome(GOOD[:length]))


@COMMON
@given(st.integers(0, len(PACKED) - 1), st.binary(min_size=1, max_size=4))
def test_damaged_gzip_gives_figures_or_findings(at: int, instead: bytes) -> None:
    check(outcome(PACKED[:at] + instead + PACKED[at + len(instead) :]))


@COMMON
@given(
    st.lists(
        st.tuples(st.integers(0, len(ROWS) - 1), st.sampled_from(COLUMNS), NASTY | st.text()),
        min_size=1,
        max_size=4,
    )
)
def test_any_text_in_any_cell_gives_figures_or_findings(
    changes: list[tuple[int, str, str]],
) -> None:
    rows = good_referrals(9)
    for place, column, text in changes:
        rows[place][column] = text.encode("utf-8", "replace").decode()
    check(outcome(as_csv(rows)))


@COMMON
@given(st.permutations(COLUMNS), st.integers(0, len(COLUMNS)))
def test_columns_in_any_order_or_missing_give_figures_or_findings(
    order: list[str], kept: int
) -> None:
    rows = [{name: row[name] for name in order[:kept]} for row in good_referrals(9)]
    result = outcome(as_csv(rows))
    check(result)
    if kept == len(COLUMNS):
        assert len(result.cells) == len(ROWS)


BOOK = workbook(tuple(COLUMNS), *(tuple(row.values()) for row in ROWS), title="RSX_LA_Data_202425")


@COMMON
@given(st.integers(0, len(BOOK) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_gives_findings(at: int, instead: bytes) -> None:
    damaged = BOOK[:at] + instead + BOOK[at + len(instead) :]
    result = outcome(damaged, "RSX_LA_Data_2024-25_data_by_LA.ods")
    check(result)
    assert result.is_refused
