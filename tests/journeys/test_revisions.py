"""The files of 2024 and then those of 2025 become two releases, and nothing withheld is left.

A sample of `make prove-revisions`: a few tables, held against a plain reading of the same files.
"""

import csv
import gzip
import io
import sqlite3
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.contract import Paths
from indicators.releases import read_releases
from outcomes import app
from tests.journeys.public import public_over, rows
from tests.prove.revisions import (
    NEW,
    OLD,
    OLD_DAY,
    differences,
    load,
    told,
    withheld_still_shown,
)
from tests.prove.two_vintages import PLAIN, Cell, Expected, Plain, expected, read_plainly
from tests.tree import ROOT

pytestmark = pytest.mark.unmeasured

INDICATORS = {plain.indicator: plain for plain in PLAIN}
SUITABLE = "care_leaver_suitable_accom_17_18_pct"
_SUITABLE = "Accommodation considered suitable"


@dataclass(frozen=True)
class Loaded:
    """Both releases behind a client, and the digest that the first had before the second."""

    client: TestClient
    home: Path
    published: Path
    first_digest: str

    def expected(self, indicator: str) -> Expected:
        return expected(self.published, INDICATORS[indicator])


def digest_of(home: Path, release: str) -> str:
    held = read_releases(home / "releases.json")
    assert held is not None
    return next(one.digest for one in held.releases if one.id == release)


@pytest.fixture(scope="module")
def loaded(published_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    home = tmp_path_factory.mktemp("revisions") / "home"
    published = published_dir / "published"
    for release, options in ((OLD, ("--published-on", OLD_DAY)), (NEW, ())):
        editions = [plain.old if release == OLD else plain.new for plain in PLAIN]
        files = sorted({published / edition.file for edition in editions})
        load(home, files, "--release", release, *options)
        if release == OLD:
            digest = digest_of(home, OLD)
    with public_over(home) as client:
        yield Loaded(client, home, published, digest)


@pytest.mark.parametrize("plain", PLAIN, ids=[plain.indicator for plain in PLAIN])
def test_every_change_and_its_size_is_what_the_two_files_show(loaded: Loaded, plain: Plain) -> None:
    found = loaded.expected(plain.indicator)
    assert {"new", "revised"} <= set(found.kinds.values())
    assert differences(plain, found, told(loaded.client, plain)) == []


def test_revisions_are_counted_and_measured_as_the_files_show(loaded: Loaded) -> None:
    found = {
        row["indicator"]: row for row in rows(loaded.client, f"{Paths.RELEASES}/{NEW}/revisions")
    }
    for plain in PLAIN:
        sizes = [abs(size) for size in loaded.expected(plain.indicator).sizes.values()]
        row = found[plain.indicator]
        if plain.indicator != "care_leaver_neet_17_18_pct":  # its parts by reason count too
            assert (row["with_size"], row["largest_size"]) == (len(sizes), max(sizes))
            assert abs(row["median_size"] - median(sizes)) <= 0.5


def test_as_of_answers_with_the_first_release_before_the_day_of_the_second(loaded: Loaded) -> None:
    cell, _ = next(iter(loaded.expected(SUITABLE).sizes.items()))
    period, area, _ = cell
    for day, release, edition in (
        ("2025-06-30", OLD, INDICATORS[SUITABLE].old),
        ("2099-01-01", NEW, INDICATORS[SUITABLE].new),
    ):
        (row,) = rows(loaded.client, indicator=SUITABLE, area=area, period=period, as_of=day)
        printed = read_plainly(loaded.published, edition, "RY")[cell]
        assert (row["release"], row["value"]) == (release, printed.number)
    early = loaded.client.get(Paths.OBSERVATIONS, params={"as_of": "2024-06-30"})
    assert (early.status_code, OLD_DAY in early.json()["detail"]) == (400, True)


def test_the_first_release_is_rebuilt_history_and_the_second_is_compared_with_it(
    loaded: Loaded,
) -> None:
    latest, first = rows(loaded.client, Paths.RELEASES)
    assert (first["id"], first["kind"], first["published_on"]) == (OLD, "rebuilt_history", OLD_DAY)
    assert latest["id"] == NEW
    result = CliRunner().invoke(
        app, ["release", "diff", OLD, NEW], env={"OUTCOMES_HOME": str(loaded.home)}
    )
    kinds = loaded.client.get(f"{Paths.RELEASES}/{NEW}").json()["data"]["changes"]["kinds"]
    for kind, count in kinds.items():
        assert not count or f"  {count:,} {kind}" in result.output


def hidden_cells(loaded: Loaded) -> list[tuple[Plain, Cell]]:
    found = [
        (p, c) for p in PLAIN for c in loaded.expected(p.indicator).of_kind("newly_suppressed")
    ]
    assert len(found) > 20
    return found


def test_a_figure_suppressed_later_is_shown_by_neither_release(loaded: Loaded) -> None:
    for plain in PLAIN:
        found = loaded.expected(plain.indicator)
        assert withheld_still_shown(loaded.client, plain, found) == []


def test_a_figure_suppressed_later_has_no_number_in_any_list_of_changes(loaded: Loaded) -> None:
    for plain, cell in hidden_cells(loaded):
        row = told(loaded.client, plain)[cell]
        numbers = ("old_value", "new_value", "change", "relative_change")
        assert [row[name] for name in numbers] == [None] * 4
        assert (row["old_status"], row["new_status"]) == ("ok", "suppressed")
    assert rows(loaded.client, f"{Paths.RELEASES}/{OLD}/changes") == []


def suppressed_total(loaded: Loaded) -> tuple[str, str, float]:
    """Period and area of a whole that the old file shows, and the count that it shows."""
    found = loaded.expected(SUITABLE)
    (cell, *_) = found.of_kind("newly_suppressed")
    count = float(found.old[cell].count)
    return cell[0], cell[1], count


def test_comparisons_trends_rankings_and_groups_of_the_old_release_do_without_it(
    loaded: Loaded,
) -> None:
    period, area, _ = suppressed_total(loaded)
    query = {"indicator": SUITABLE, "area": area, "period": period, "release": OLD}
    for row in rows(loaded.client, Paths.COMPARISONS, **query, with_="england,neighbours,type"):
        assert (row["value"], row["status"], row["difference"]) == (None, "suppressed", None)
        assert (row["z"], row["outcome"], row["ci_lower"]) == (None, "cannot_compare", None)
    (trend,) = rows(loaded.client, Paths.TRENDS, **query)
    assert (trend["value"], trend["status"]) == (None, "suppressed")
    assert period not in trend["periods"]
    for rules in ({}, {"as_": "lait"}):
        (rank,) = rows(loaded.client, Paths.RANKINGS, **query, **rules)
        assert (rank["value"], rank["rank"], rank["change"]) == (None, None, None)


def test_the_pooled_value_of_its_group_is_that_of_the_others(loaded: Loaded) -> None:
    period, area, count = suppressed_total(loaded)
    query = {"indicator": SUITABLE, "period": period, "release": OLD}
    groups = rows(loaded.client, Paths.GROUPS, grouping="region", **query)
    (group,) = (one for one in groups if area in {member["code"] for member in one["areas"]})
    (member,) = (one for one in group["areas"] if one["code"] == area)
    assert (member["value"], member["status"]) == (None, "suppressed")
    others = ",".join(one["code"] for one in group["areas"] if one["code"] != area)
    shown = [row for row in rows(loaded.client, **query, area=others) if row["status"] == "ok"]
    assert group["members_with_data"] == len(shown)
    top = sum(row["numerator"] for row in shown)
    bottom = sum(row["denominator"] for row in shown)
    assert group["pooled"] == int(100 * top / bottom + 0.5)
    assert count > 0


def test_the_files_of_both_releases_have_no_number_of_it(loaded: Loaded) -> None:
    hidden = {(plain.indicator, *cell) for plain, cell in hidden_cells(loaded)}
    names = ("indicator", "period", "area_code", "school_phase")
    for release in (OLD, NEW):
        folder = loaded.home / "snapshots" / digest_of(loaded.home, release) / "files"
        text = gzip.decompress((folder / "observations.csv.gz").read_bytes()).decode()
        table = pq.read_table(folder / "observations.parquet").to_pylist()
        for held in (list(csv.DictReader(io.StringIO(text))), table):
            found = [row for row in held if tuple(row[name] for name in names) in hidden]
            totals = [row for row in found if row["reason"] == "_T"]
            assert len(totals) == len(hidden)
            for row in totals:
                assert not any(row[n] for n in ("value", "numerator", "ci_lower", "ci_upper"))


def test_the_folder_of_the_first_digest_is_gone(loaded: Loaded) -> None:
    folders = {path.name for path in (loaded.home / "snapshots").iterdir()}
    assert folders == {digest_of(loaded.home, OLD), digest_of(loaded.home, NEW)}
    assert loaded.first_digest not in folders


CANARY, CANARY_BASE = 70_777, 96_377
"""Counts that no file of the service has for another reason."""


def with_canary(file: Path, area: str, year: str) -> bytes:
    """Return the old file with counts that are easy to find in a cell that the new one hides."""
    lines = gzip.decompress(file.read_bytes()).decode("utf-8-sig").splitlines(keepends=True)
    counts = {_SUITABLE: CANARY, "Suitability total": CANARY_BASE}
    place = lines[0].split(",").index("number")
    for number, line in enumerate(lines):
        parts = line.split(",")
        if parts[0] == year and area in parts and "17 to 18 years" in parts:
            count = next((n for row, n in counts.items() if row in parts), None)
            parts[place] = parts[place] if count is None else str(count)
            lines[number] = ",".join(parts)
    return "".join(lines).encode()


def holding(home: Path, number: int) -> list[str]:
    """Return the files of a home, other than the store, in which a number stands, unpacked."""
    found = []
    for path in sorted(home.rglob("*")):
        if path.is_file() and not path.name.startswith("outcomes.sqlite"):
            content = path.read_bytes()
            content = gzip.decompress(content) if path.suffix == ".gz" else content
            if path.suffix == ".parquet":
                content = str(pq.read_table(path).to_pylist()).encode()
            if struct.pack("<d", float(number)) in content or str(number).encode() in content:
                found.append(path.name)
    return found


def held_in_store(home: Path, number: int) -> int:
    """Return how many cells of the store have a number."""
    database = sqlite3.connect(f"file:{home / 'outcomes.sqlite'}?mode=ro", uri=True)
    query = "select count(*) from cell where ? in (value, numerator, denominator)"
    count: int = database.execute(query, (number,)).fetchone()[0]
    database.close()
    return count


def test_no_byte_of_a_figure_is_left_once_a_later_file_suppresses_it(
    published_dir: Path, tmp_path: Path
) -> None:
    published, home = published_dir / "published", tmp_path / "home"
    plain = INDICATORS[SUITABLE]
    (cell, *_) = expected(published, plain).of_kind("newly_suppressed")
    old = tmp_path / Path(plain.old.file).name.removesuffix(".gz")
    old.write_bytes(with_canary(published / plain.old.file, cell[1], cell[0].removeprefix("RY")))
    load(home, [old], "--release", OLD, "--published-on", OLD_DAY)
    for number in (CANARY, CANARY_BASE):
        assert {"cells.arrow", "observations.csv.gz", "observations.parquet"} <= {
            *holding(home, number)
        }
        assert held_in_store(home, number) > 0
    load(home, [published / plain.new.file], "--release", NEW)
    for number in (CANARY, CANARY_BASE):
        assert holding(home, number) == []
        assert held_in_store(home, number) == 0


def test_the_numbers_of_the_page_on_revisions_are_those_of_the_service(loaded: Loaded) -> None:
    page = " ".join((ROOT / "docs" / "methods" / "revisions.md").read_text("utf-8").split())
    path = f"{Paths.RELEASES}/{NEW}"
    found = {row["indicator"]: row for row in rows(loaded.client, f"{path}/revisions")}
    moved, suitable = found["cla_3plus_placements_pct"], found[SUITABLE]
    assert f"{moved['with_size']} figures were revised" in page
    usual, largest = moved["median_size"], moved["largest_size"]
    assert f"is {usual:g} point and the largest is {largest:g} points" in page
    assert (
        f"{suitable['with_size']} figures were revised, {suitable['newly_suppressed']} are newly "
        f"suppressed and {suitable['no_longer_suppressed']} are no longer suppressed"
    ) in page
    query = {"indicator": "cla_3plus_placements_pct", "kind": "revised", "order": "size"}
    for row in rows(loaded.client, f"{path}/changes", **query)[:3]:
        assert (
            f"| {row['area_name']} | {row['period'].removeprefix('RY')} | {row['old_value']:g} "
            f"| {row['new_value']:g} | {row['change']:g} | {row['relative_change']} % |"
        ) in page
    shown = rows(loaded.client, f"{path}/changes", indicator=SUITABLE, kind="no_longer_suppressed")
    values = {row["area_name"]: row["new_value"] for row in shown}
    assert f"Bolton's figure of 2022 was hidden and is {values['Bolton']:g} now" in page
