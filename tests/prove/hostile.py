"""Every kind of published file, spoilt in every way: its figures or findings, never an error."""

import gzip
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from etl.findings import as_text
from etl.published import reading
from etl.published.loaded import PublishedReading
from etl.published.reading import read_published
from etl.tables import Table, has_file_name, load_tables
from indicators.catalogue import load_catalogue
from indicators.cells import KEY_COLUMNS
from reference.placesets import load_place_set
from tests.etl.in_process import InProcess
from tests.prove.spoilt import WAYS, Must, spoilt
from tests.tree import ROOT

SLOWEST_SECONDS = 60.0


def data_folder() -> Path | None:
    """Return the folder of real files, or None where it is not there."""
    folder = Path(os.environ.get("OUTCOMES_PUBLISHED_DIR") or ROOT.parent / "shared" / "data")
    return folder if (folder / "published").is_dir() else None


def newest_file(table: Table, folder: Path) -> Path | None:
    """Return the newest CSV file of a table: that of the last folder, years being folders."""
    found = [p for p in folder.rglob("*.csv*") if has_file_name(table, p.name)]
    return max(found, key=lambda path: path.as_posix(), default=None)


def read(path: Path) -> PublishedReading:
    """Read one file of the real country, in this process."""
    return read_published([path], load_place_set("england"), load_catalogue(), load_tables())


def figures(result: PublishedReading) -> pd.DataFrame:
    """Return the cells in one order, without what only says where they stood."""
    cells = result.cells.drop(columns=["source"], errors="ignore")
    keys = [name for name in KEY_COLUMNS if name in cells]
    return cells.sort_values(keys, ignore_index=True) if len(cells) else cells


def fault_of(result: PublishedReading, good: pd.DataFrame, must: Must) -> str:
    """Say what came of a spoilt file that must not have; '' where all is well."""
    if "Traceback" in as_text(result.findings) or len(result.findings) > 60:
        return "a flood of findings, or a traceback in one"
    if result.is_refused and len(result.cells):
        return "refused, and yet there are figures"
    if must is Must.REFUSED and not (result.is_refused or result.cells.empty):
        return "taken, and should be refused"
    if must is Must.REFUSED and not result.findings:
        return "refused without a word"
    if must is Must.SAME and not figures(result).equals(good):
        return "other figures than the whole file gives"
    return ""


def outcomes(
    table: Table, path: Path, seed: int = 0, limit: int | None = None
) -> Iterator[tuple[str, str]]:
    """Yield each way with its fault ('' = none) for a CSV file of a table."""
    good = figures(read(path))
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    for name, how in list(WAYS.items())[:limit]:
        chance = random.Random(f"{seed} {table.id} {name}")
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / path.name.removesuffix(".gz")
            target.write_bytes(spoilt(content, how, chance))
            began = time.perf_counter()
            try:
                fault = fault_of(read(target), good, how.must)
            except Exception as error:
                fault = f"{type(error).__name__}: {error}"
            if time.perf_counter() - began > SLOWEST_SECONDS:
                fault = fault or "too slow"
        yield name, fault


def main() -> int:
    """Spoil the newest CSV file of every table; 0 when nothing is wrong, 3 without the files."""
    folder = data_folder()
    if folder is None:
        print("the published files are not there; set OUTCOMES_PUBLISHED_DIR")
        return 3
    seen: Counter[str] = Counter()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "Sandbox", InProcess)
        for table in load_tables():
            path = newest_file(table, folder)
            if path is None:
                continue
            for name, fault in outcomes(table, path):
                seen["wrong" if fault else "right"] += 1
                if fault:
                    print(f"{path.name}, {name}: {fault}")
            seen["files"] += 1
            print(f"{table.id}: {path.name} spoilt in {len(WAYS)} ways", flush=True)
    print(f"{seen['files']} files, {seen['right']} right, {seen['wrong']} wrong")
    return 1 if seen["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
