from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.files import Limits, RefusedFileError
from etl.sandbox import Sandbox
from tests.etl.files import GOOD, csv_of, gzip_bomb, workbook


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


def refused_by(sandbox: Sandbox, name: str, content: bytes) -> str:
    with pytest.raises(RefusedFileError) as caught:
        sandbox.read_bytes(name, content)
    return caught.value.findings[0].rule


def test_tables_come_back_from_the_child_as_they_were(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "gaps.csv"
    path.write_bytes(csv_of("a,b", '"1,5",', "", "é,z"))
    content, _ = sandbox.read_path(path)
    table = content.tables[0]
    assert table.names == ("a", "b")
    assert [table.row(row) for row in range(2)] == [("1,5", ""), ("é", "z")]
    assert table.row_number(1) == 4


def test_one_child_reads_many_files_and_outlives_bad_ones(sandbox: Sandbox) -> None:
    sandbox.read_bytes("a.csv", GOOD)
    child = sandbox._child
    assert refused_by(sandbox, "b.csv", b"") == "empty_file"
    content, _ = sandbox.read_bytes("c.xlsx", workbook(("a", "b"), (1, 2)))
    assert content.kind == "workbook"
    assert sandbox._child is child


def test_a_child_that_dies_costs_one_finding_and_the_next_file_is_read() -> None:
    with Sandbox(Limits(memory_bytes=700_000_000)) as sandbox:
        rows = b"".join(b"%d,%d\n" % (n, n * 7) for n in range(2_000_000))
        rule = refused_by(sandbox, "big.csv", b"a,b\n" + rows + b"\n1,2\n")
        assert rule == "too_costly"
        content, _ = sandbox.read_bytes("a.csv", GOOD)
        assert content.tables[0].height == 2


def test_a_file_that_takes_too_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No time at all: less than the child needs to start.
    monkeypatch.setattr("etl.sandbox._GRACE_SECONDS", 0)
    path = tmp_path / "slow.csv"
    path.write_bytes(GOOD)
    with Sandbox(Limits(seconds=0)) as sandbox:
        with pytest.raises(RefusedFileError) as caught:
            sandbox.read_path(path)
        assert caught.value.findings[0].rule == "too_costly"
        assert "longer" in caught.value.findings[0].found


def test_a_large_file_is_refused_before_the_child_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as out:
        out.truncate(200_000_000)
    with Sandbox() as sandbox:
        with pytest.raises(RefusedFileError) as caught:
            sandbox.read_path(path)
        assert caught.value.findings[0].rule == "too_large"
        assert "200.0 MB" in str(caught.value)
        assert sandbox._child is None


def test_a_gzip_bomb_is_refused_within_the_limits() -> None:
    with Sandbox(Limits(unpacked_bytes=50_000_000, memory_bytes=1_500_000_000)) as sandbox:
        assert refused_by(sandbox, "bomb.csv.gz", gzip_bomb(300_000_000)) == "too_large_unpacked"


def test_a_file_that_is_not_there_is_refused(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(RefusedFileError) as caught:
        sandbox.read_path(tmp_path / "none.csv")
    assert caught.value.findings[0].rule == "cannot_open"


def test_the_child_gets_no_address_and_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    from etl.sandbox import _environment

    monkeypatch.setenv("OUTCOMES_DATABASE_URL", "postgresql://u:secret@h/d")
    assert "secret" not in " ".join(_environment().values())
