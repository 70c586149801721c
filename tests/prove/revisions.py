"""Two vintages become two releases, and every revision is one that the publishers' files show.

`python -m tests.prove.revisions` loads all files of the 2024 publications, then those of 2025, into
an empty store, and holds the list of changes against a plain reading of the files: counts by kind,
sizes, and that no number which a later file suppressed is left in anything that readers see.
"""

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

from fastapi.testclient import TestClient
from typer.testing import CliRunner

from outcomes import app
from tests.journeys.public import public_over
from tests.prove.two_vintages import PLAIN, Cell, Expected, Plain, expected
from tests.tree import ROOT

OLD, NEW = "2024-vintages", "2025-vintages"
OLD_DAY: Final = "2024-12-31"
FOLDERS: Final = {
    OLD: ("cin/2024", "cla/2024", "cla/stability_2024", "workforce/2024", "outcomes/2024"),
    NEW: ("cin/2025", "cla/2025", "workforce/2025", "outcomes/2025"),
}


def load(home: Path, paths: Sequence[Path], *options: str) -> str:
    """Load files into a home as the command line does; return what it printed."""
    words = ["load", "published", *map(str, paths), *options]
    result = CliRunner().invoke(app, words, env={"OUTCOMES_HOME": str(home)})
    if result.exit_code:
        raise SystemExit(result.output)
    return result.output


def told(client: TestClient, plain: Plain, release: str = NEW) -> dict[Cell, dict[str, Any]]:
    """Return the rows of changes of an indicator, of the cells that the plain reading knows."""
    answer = client.get(
        f"/api/v1/releases/{release}/changes", params={"indicator": plain.indicator}
    )
    assert answer.status_code == 200, answer.text
    return {
        (row["period"], row["area_code"], row["school_phase"]): row
        for row in answer.json()["data"]
        if all(row[name] == "_T" for name in ("sex", "age", "ethnicity", "reason"))
    }


def differences(plain: Plain, found: Expected, rows: Mapping[Cell, Mapping[str, Any]]) -> list[str]:
    """Return what the service says of an indicator and the files do not, and the other way."""
    lines = [
        f"{plain.indicator} {' '.join(cell)}: the files say {kind}, the service {said}"
        for cell, kind in found.kinds.items()
        if (said := rows[cell]["kind"] if cell in rows else None) != kind
    ]
    lines += [
        f"{plain.indicator} {' '.join(cell)}: the files change by {size}, the service says {said}"
        for cell, size in found.sizes.items()
        if (said := rows[cell]["change"] if cell in rows else None) != size
    ]
    have_size = {cell for cell, row in rows.items() if row["change"] is not None}
    return lines + [
        f"{plain.indicator} {' '.join(cell)}: the service has a size, the files have none"
        for cell in have_size - set(found.sizes)
    ]


def withheld_still_shown(
    client: TestClient, plain: Plain, found: Expected, releases: Sequence[str] = (OLD, NEW)
) -> list[str]:
    """Return the cells that a later file suppressed and a release still shows."""
    hidden = set(found.of_kind("newly_suppressed"))
    return [
        f"{release}: {plain.indicator} {' '.join(cell)} is still {row['value']} {row['numerator']}"
        for release in releases
        for cell, row in observed(client, plain, release)
        if cell in hidden and (row["value"], row["numerator"]) != (None, None)
    ]


def observed(
    client: TestClient, plain: Plain, release: str
) -> Iterator[tuple[Cell, dict[str, Any]]]:
    """Give the rows that a release shows of an indicator."""
    query = {"indicator": plain.indicator, "period": "all", "school_phase": "all"}
    answer = client.get("/api/v1/observations", params={**query, "release": release})
    assert answer.status_code == 200, answer.text
    for row in answer.json()["data"]:
        yield (row["period"], row["area_code"], row["school_phase"]), row


def main(folder: Path) -> int:
    """Print what the proof comes to; 1 for any difference, 3 without files, else 0."""
    if not (folder / FOLDERS[OLD][0]).is_dir():
        print(f"no published files: {folder / FOLDERS[OLD][0]} is not there", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        for release, options in ((OLD, ("--published-on", OLD_DAY)), (NEW, ())):
            paths = [folder / name for name in FOLDERS[release]]
            print(load(home, paths, "--release", release, *options).splitlines()[-1])
        with public_over(home) as client:
            wrong = _proved(client, folder)
            _print_all(client)
    print(f"\ndifferences: {len(wrong)}")
    print("\n".join(wrong))
    return 1 if wrong else 0


def _proved(client: TestClient, folder: Path) -> list[str]:
    wrong = []
    for plain in PLAIN:
        found = expected(folder, plain)
        rows = told(client, plain)
        wrong += differences(plain, found, rows) + withheld_still_shown(client, plain, found)
        sizes = [abs(size) for size in found.sizes.values()]
        usual = f"median {median(sizes):g}, largest {max(sizes):g}" if sizes else "none"
        kinds = Counter(found.kinds.values())
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        print(f"{plain.indicator}: {counts}; revisions: {usual}")
    return wrong


def _print_all(client: TestClient) -> None:
    began = perf_counter()
    summary = client.get(f"/api/v1/releases/{NEW}").json()["data"]["changes"]
    print(f"\n{NEW} against {summary['since']}: {summary['kinds']}")
    print(f"counted in {perf_counter() - began:.2f} s")


if __name__ == "__main__":
    data = Path(os.environ.get("OUTCOMES_PUBLISHED_DIR") or ROOT.parent / "shared" / "data")
    sys.exit(main(data if data.name == "published" else data / "published"))
