"""What changed with a release stands in its snapshot: cell by cell, and counted."""

from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter

from indicators.cells import Breakdown
from indicators.change_table import (
    ChangeSummary,
    count_changes,
    open_changes,
    read_changes,
    read_summary,
    write_changes,
)
from indicators.snapshot import Change
from indicators.store import open_store
from reference.places import PlaceSet
from reference.placesets import load_place_set
from tests.builders import a_cell, vintage
from tests.indicators.store.published import ALVERBY, BRENNOWCOMBE, folder_of, on, publish

REVISED = Change(
    indicator="an_indicator_pct", period="RY2025", area=ALVERBY, breakdown=Breakdown(sex="F"),
    kind="revised", old_value=1.5, new_value=2, old_status="ok", new_status="ok",
)  # fmt: skip
NEW = replace(REVISED, kind="new", old_value=None, old_status="", breakdown=Breakdown())


def test_changes_come_back_as_they_were_written(tmp_path: Path) -> None:
    write_changes(tmp_path, (REVISED, NEW), ChangeSummary())
    assert read_changes(tmp_path) == (REVISED, NEW)


def test_the_same_changes_give_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_changes(tmp_path / name, (REVISED, NEW), ChangeSummary())
        written.append((tmp_path / name / "changes.arrow").read_bytes())
    assert written[0] == written[1]


def test_no_changes_are_an_empty_table(tmp_path: Path) -> None:
    write_changes(tmp_path, (), ChangeSummary())
    assert (read_changes(tmp_path), open_changes(tmp_path).num_rows) == ((), 0)


def test_an_older_snapshot_gives_its_changes_and_has_no_counts(tmp_path: Path) -> None:
    older = TypeAdapter(tuple[Change, ...]).dump_json((REVISED,))
    (tmp_path / "changes.json").write_bytes(older)
    assert read_changes(tmp_path) == (REVISED,)
    assert read_summary(tmp_path) is None


def test_changes_are_counted_by_indicator_and_kind() -> None:
    other = replace(NEW, indicator="another_pct")
    assert count_changes((REVISED, NEW, NEW, other)) == {
        "an_indicator_pct": {"new": 2, "revised": 1},
        "another_pct": {"new": 1},
    }


def test_a_release_says_what_is_new_against_the_one_before(tmp_path: Path) -> None:
    places: PlaceSet = load_place_set("made_up")
    store = open_store("", tmp_path, places)
    publish(store, vintage(2024, a_cell(ALVERBY, "RY2024", 1)), published_on=on(2024),
            release_id="before")  # fmt: skip
    publish(
        store,
        vintage(
            2025,
            a_cell(ALVERBY, "RY2024", 2),
            a_cell(ALVERBY, "RY2025", 3),
            a_cell(BRENNOWCOMBE, "RY2025", 4, indicator="another_pct"),
        ),
        release_id="now",
    )
    assert read_summary(folder_of(store, "before")) == ChangeSummary()
    summary = read_summary(folder_of(store, "now"))
    assert summary is not None
    assert summary.since == "before"
    assert summary.counts["an_indicator_pct"] == {"new": 1, "revised": 1}
    assert summary.counts["another_pct"]["new"] >= 1
    assert summary.new_indicators == ("another_pct",)
    assert [id for id in summary.new_sources if id != "computed"] == ["a_table_2025"]
