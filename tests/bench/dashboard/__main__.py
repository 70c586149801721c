"""Measure the dashboard in one run and print each figure beside its goal; 1 if one is missed."""

import argparse
import json
import multiprocessing
import os
import platform
import statistics
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.bench.dashboard import goals
from tests.bench.dashboard.changes import changes_of, latency
from tests.bench.dashboard.goals import Figure
from tests.bench.dashboard.readers import Crowd, crowd, views
from tests.bench.dashboard.visits import median_visit, next_page
from tests.bench.servers import free_port, serving, wait_for
from tests.browser import chromium_options
from tests.tree import ROOT

INDICATOR = "cla_31mar_rate_10k"
BUSY_READERS = 20
BUSY_SECONDS = 40.0
CROWDS = (100, 300, 450, 600)
CROWD_SECONDS = 15.0


def main() -> int:
    """Prepare a release, serve it, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="a store that holds a release; else one is made")
    given = parser.parse_args().home
    with tempfile.TemporaryDirectory(prefix="outcomes-bench-") as folder:
        home = given or prepared(Path(folder) / "home")
        figures = measured(home, Path(folder) / "log")
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}")
    for figure in figures:
        print(figure.line())
    kept = all(figure.is_kept for figure in figures)
    print("all goals reached" if kept else "a goal is missed")
    return 0 if kept else 1


def prepared(home: Path) -> Path:
    """Return a home with a release of all published files, or of the shipped figures."""
    published = ROOT.parent / "shared" / "data" / "published"
    what = ["load", "published", str(published)] if published.is_dir() else ["prepare"]
    command = [sys.executable, "-m", "outcomes", *what]
    environment = {"OUTCOMES_HOME": str(home), "PATH": os.environ["PATH"]}
    with serving(command, home.parent / "load.log", environment) as process:
        process.wait(300)
    return home


def measured(home: Path, log: Path) -> list[Figure]:
    """Return every figure, over a server with two workers."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "outcomes", "up", "--port", str(port), "--workers", "2"]
    environment = {"OUTCOMES_HOME": str(home), "OUTCOMES_RATE_LIMIT": "off"}
    with serving(command, log, environment) as process, sync_playwright() as playwright:
        wait_for(f"{base}/", process)
        core = [card["id"] for card in rows(base, "indicators?core=true")]
        held = rows(base, "areas?kind=authority")
        codes = [area["code"] for area in held if not area["last_day"]]
        browser = playwright.chromium.launch(**chromium_options())
        figures = of_pages(browser, base)
        figures += of_changes(browser, base, core, codes)
        browser.close()
        figures += of_reports(base, codes)
        figures += of_readers(base, core, codes)
    return figures


def rows(base: str, resource: str) -> list[dict[str, str]]:
    """Return the rows of a resource of the API."""
    with urllib.request.urlopen(f"{base}/api/v1/{resource}") as answer:  # noqa: S310 - ours
        held: list[dict[str, str]] = json.load(answer)["data"]
    return held


def of_pages(browser: Browser, base: str) -> list[Figure]:
    """Return the figures of first and next pages."""
    page = f"{base}/indicators/{INDICATOR}"
    local, slow = (median_visit(browser, page, throttled=throttled) for throttled in (False, True))
    warm = next_page(browser, page, f"{base}/indicators/cin_rate_10k")
    return [
        Figure("indicator page, empty cache, local: ready", local.ready, "s", goals.COLD_LOCAL),
        Figure("  its sentence and chart first painted", local.painted, "s"),
        Figure("indicator page, throttled: ready", slow.ready, "s", goals.COLD_THROTTLED),
        Figure("  its sentence and chart first painted", slow.painted, "s"),
        Figure("transferred on that first page", local.kilobytes, "kB", goals.KILOBYTES),
        Figure("other hosts asked", float(local.hosts), "", 0.0),
        Figure("next page, files in the cache: ready", warm, "s", goals.WARM),
    ]


def of_changes(browser: Browser, base: str, core: list[str], codes: list[str]) -> list[Figure]:
    """Return the figures of choices, alone and among twenty others who choose every two seconds."""
    alone = changes_of(browser, base, core, seed=7)
    addresses = views(core, codes, 2000, seed=8)
    # Each of the twenty chooses every two seconds: five times as often as the readers below.
    others = multiprocessing.get_context("spawn").Process(
        target=crowd, args=(base, BUSY_READERS * 5, BUSY_SECONDS, addresses)
    )
    others.start()
    time.sleep(2)
    busy = changes_of(browser, base, core, seed=9)
    was_busy = others.is_alive()
    others.join()
    if not was_busy:
        print("note: the other readers had left before the last choice")
    return [
        Figure("change to updated chart and table, median", statistics.median(alone), "ms"),
        Figure(
            "change to updated chart and table, p95", latency(alone, 0.95), "ms", goals.CHANGE_MS
        ),
        Figure("the same among 20 readers, median", statistics.median(busy), "ms"),
        Figure("the same among 20 readers, p95", latency(busy, 0.95), "ms", goals.CHANGE_BUSY_MS),
    ]


def of_reports(base: str, codes: list[str]) -> list[Figure]:
    """Return how long reports take that nobody has asked for before."""
    figures = []
    for format, most in (("pdf", goals.PDF), ("xlsx", None)):
        taken = []
        for code in codes[:5]:
            begun = time.perf_counter()
            with urllib.request.urlopen(f"{base}/areas/{code}/report.{format}") as answer:  # noqa: S310
                answer.read()
            taken.append(time.perf_counter() - begun)
        figures.append(
            Figure(f"profile {format}, median of 5", statistics.median(taken), "s", most)
        )
    return figures


def of_readers(base: str, core: list[str], codes: list[str]) -> list[Figure]:
    """Return how many readers at one choice in ten seconds are served within a second (p95)."""
    figures, most = [], 0
    for readers in CROWDS:
        addresses = views(core, codes, 2000, seed=readers)
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            held: Crowd = pool.apply(crowd, (base, readers, CROWD_SECONDS, addresses))
        p95 = latency(held.taken, 0.95)
        figures.append(Figure(f"{readers} readers: p95, {held.failed} failed", p95, "ms"))
        if p95 > goals.READER_LIMIT_MS or held.failed:
            break
        most = readers
    label = "readers at a choice in 10 s, p95 within a second"
    return [*figures, Figure(label, float(most), "", least=goals.READERS)]


if __name__ == "__main__":
    sys.exit(main())
