"""How long loading everything takes, beside one process that merely reads the same files.

The baseline reads every CSV and Parquet file as text with pandas and every workbook with
calamine. Ours checks, reads, reconciles, stores and publishes them, as the command does.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

PROMISED_RATIO = 6.0
PROMISED_STORED_PER_SECOND = 200_000
PROMISED_PEAK_MEGABYTES = 1000
PROMISED_SHIPPED_BYTES = 1_500_000
PROMISED_SHIPPED_SECONDS = 8.0

ROUNDS = 3
_SAMPLE_SECONDS = 0.02

_BASELINE = """
import sys
from pathlib import Path
import pandas as pd, python_calamine as calamine
rows = 0
for folder in sys.argv[1:]:
    for path in sorted(Path(folder).rglob("*")):
        if path.name.endswith((".csv", ".csv.gz")):
            rows += len(pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig"))
        elif path.suffix == ".parquet":
            rows += len(pd.read_parquet(path).astype(str))
        elif path.suffix in (".ods", ".xlsx"):
            book = calamine.CalamineWorkbook.from_path(path)
            rows += sum(len(book.get_sheet_by_name(n).to_python()) for n in book.sheet_names)
print(rows)
"""

_STORING = """
import sys, time, json
from pathlib import Path
from etl.published.reading import read_published
from etl.tables import load_tables
from indicators.catalogue import load_catalogue
from indicators.store import open_store, publish_load
from reference.placesets import load_place_set
places, catalogue = load_place_set("england"), load_catalogue()
reading = read_published([Path(p) for p in sys.argv[2:]], places, catalogue, load_tables())
steps = []
store = open_store("", Path(sys.argv[1]), places)
outcome = publish_load(store, reading, catalogue,
                       tell=lambda step: steps.append((step, time.perf_counter())))
times = dict(steps)
seconds = times["writing the files of the release"] - times["storing the figures"]
print(json.dumps({"stored": outcome.changed_cells, "seconds": seconds, "read": len(reading.cells)}))
"""


def measure(folder: Path, data: Path) -> dict[str, Any]:
    """Measure everything that has to do with loading; times are the least of the rounds."""
    folders = [str(data / part) for part in ("published", "reconstructed")]
    baseline, loads = [], []
    for number in range(ROUNDS):
        baseline.append(_timed([sys.executable, "-c", _BASELINE, *folders])[0])
        home = folder / f"load-{number}"
        command = [sys.executable, "-m", "outcomes", "load", "published", *folders]
        loads.append(_timed(command, home))
    storing = json.loads(_run([sys.executable, "-c", _STORING, str(folder / "storing"), *folders]))
    seconds, megabytes = min(loads)
    shipped = Path(__file__).parents[2] / "indicators" / "shipped" / "figures.parquet"
    prepared = [
        _timed([sys.executable, "-m", "outcomes", "prepare"], folder / f"shipped-{number}")[0]
        for number in range(ROUNDS)
    ]
    return {
        "baseline_seconds": min(baseline),
        "load_seconds": seconds,
        "ratio": seconds / min(baseline),
        "peak_megabytes": megabytes,
        "stored_per_second": storing["stored"] / storing["seconds"],
        "stored": storing["stored"],
        "read": storing["read"],
        "shipped_bytes": shipped.stat().st_size,
        "shipped_seconds": min(prepared),
    }


def _timed(command: list[str], home: Path | None = None) -> tuple[float, float]:
    """Return the seconds of a command, and its peak memory with its children's in megabytes."""
    environment = {**os.environ, **({"OUTCOMES_HOME": str(home)} if home else {})}
    began, peak = time.perf_counter(), 0
    child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    while child.poll() is None:
        peak = max(peak, _resident(child.pid))
        time.sleep(_SAMPLE_SECONDS)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return time.perf_counter() - began, peak * os.sysconf("SC_PAGE_SIZE") / 1e6


def _resident(process: int) -> int:
    """Return the pages that a process and its children hold in memory."""
    folder = Path("/proc") / str(process)
    try:
        pages = int((folder / "statm").read_text().split()[1])
        children = (folder / "task" / str(process) / "children").read_text().split()
    except (OSError, IndexError):
        return 0  # it has just ended
    return pages + sum(_resident(int(one)) for one in children)


def _run(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
