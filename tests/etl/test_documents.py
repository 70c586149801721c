"""The documents made from the catalogue are current."""

from pathlib import Path

import pytest

from etl.documents import documents, main, stale, write


def test_the_generated_documents_are_current() -> None:
    assert stale() == (), "run: python -m etl.documents"


def test_documents_are_written_once_and_then_current(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert set(stale(tmp_path)) == set(documents())
    assert set(write(tmp_path)) == set(documents())
    assert write(tmp_path) == ()
    (tmp_path / "indicators.md").write_text("old", encoding="utf-8")
    assert stale(tmp_path) == ("indicators.md",)
    assert main(["--check"]) == 0
    assert capsys.readouterr().out == ""


def test_a_link_within_the_page_leads_to_a_heading() -> None:
    page = documents()["indicators.md"]
    headings = {line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")}
    links = {part.partition(")")[0] for part in page.split("](#")[1:]}
    assert links <= headings
