"""Measure and print; exit code 1 when a promise is not kept."""

import platform
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.bench import checking, comparing, loads, pages, peer, starts
from tests.tree import ROOT

Figures = Mapping[str, float]


def main() -> int:
    """Run every measurement on one machine in one go."""
    with tempfile.TemporaryDirectory(prefix="outcomes-bench-") as folder:
        home = Path(folder) / "home"
        start = starts.measure(home)
        page = pages.measure(home)
        answers = peer.measure(home)
        compared = comparing.measure(home)
        checked = checking.measure(Path(folder) / "checking")
        load = loads.measure(Path(folder), ROOT.parent / "shared" / "data")
    rows = _promises(start, page, compared, load) + _of_checking(checked)
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}")
    kept = True
    for label, figure, unit, promised in rows:
        kept = kept and figure <= promised
        print(f"{label:32} {figure:9.2f} {unit:3} (at most {promised})")
    kept = kept and answers["ratio"] >= peer.PROMISED_RATIO
    kept = kept and load["stored_per_second"] >= loads.PROMISED_STORED_PER_SECOND
    print(
        f"{'comparisons in all':32} {compared['comparisons']:9,.0f}     "
        f"({compared['indicators']:.0f} indicators, {compared['comparators']:.0f} comparators)"
    )
    print(
        f"{'load all':32} {load['load_seconds']:9.2f} s   (mere reading "
        f"{load['baseline_seconds']:.2f} s; {load['read']:,} figures read)"
    )
    print(
        f"{'stored per second':32} {load['stored_per_second']:9,.0f}     "
        f"({load['stored']:,} figures; at least {loads.PROMISED_STORED_PER_SECOND:,})"
    )
    print(
        f"{'answers per second, no cache':32} {answers['ours_per_second']:9.0f}     "
        f"({answers['our_bytes'] / 1000:.0f} kB each)"
    )
    print(
        f"{'Datasette table JSON':32} {answers['datasette_per_second']:9.0f}     "
        f"({answers['datasette_bytes'] / 1000:.0f} kB each)"
    )
    print(f"{'ratio':32} {answers['ratio']:9.1f}     (at least {peer.PROMISED_RATIO})")
    print("all promises kept" if kept else "a promise is not kept")
    return 0 if kept else 1


def _promises(
    start: Figures, page: Figures, compared: Figures, load: Figures
) -> list[tuple[str, float, str, float]]:
    """Return what was measured, each with its unit and the most that is promised."""
    return [
        ("empty store to first page", start["cold_seconds"], "s", starts.PROMISED_COLD_SECONDS),
        ("warm start to first page", start["warm_seconds"], "s", starts.PROMISED_WARM_SECONDS),
        ("indicator page, ready painted", page["ready_seconds"], "s", pages.PROMISED_SECONDS),
        ("indicator page, transferred", page["kilobytes"], "kB", pages.PROMISED_KILOBYTES),
        ("indicator page, other hosts", page["other_hosts"], "", 0),
        (
            "a whole profile, no cache",
            compared["profile_milliseconds"],
            "ms",
            comparing.PROMISED_PROFILE_MILLISECONDS,
        ),
        (
            "all authorities, all comparators",
            compared["all_seconds"],
            "s",
            comparing.PROMISED_ALL_SECONDS,
        ),
        ("load all, times mere reading", load["ratio"], "", loads.PROMISED_RATIO),
        ("load all, peak memory", load["peak_megabytes"], "MB", loads.PROMISED_PEAK_MEGABYTES),
        ("shipped table", load["shipped_bytes"] / 1e6, "MB", loads.PROMISED_SHIPPED_BYTES / 1e6),
        ("shipped table, loaded", load["shipped_seconds"], "s", loads.PROMISED_SHIPPED_SECONDS),
    ]


def _of_checking(checked: Figures) -> list[tuple[str, float, str, float]]:
    return [
        ("returns of all, all rules", checked["all_seconds"], "s", checking.PROMISED_ALL_SECONDS),
        (
            "one return, every report",
            checked["report_seconds"],
            "s",
            checking.PROMISED_REPORT_SECONDS,
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())
