"""Measure and print; exit code 1 when a promise is not kept."""

import platform
import sys
import tempfile
from pathlib import Path

from tests.bench import pages, peer, starts


def main() -> int:
    """Run every measurement on one machine in one go."""
    with tempfile.TemporaryDirectory(prefix="outcomes-bench-") as folder:
        home = Path(folder) / "home"
        start = starts.measure(home)
        page = pages.measure(home)
        answers = peer.measure(home)
    rows = [
        ("empty store to first page", start["cold_seconds"], "s", starts.PROMISED_COLD_SECONDS),
        ("warm start to first page", start["warm_seconds"], "s", starts.PROMISED_WARM_SECONDS),
        ("indicator page, ready painted", page["ready_seconds"], "s", pages.PROMISED_SECONDS),
        ("indicator page, transferred", page["kilobytes"], "kB", pages.PROMISED_KILOBYTES),
        ("indicator page, other hosts", page["other_hosts"], "", 0),
    ]
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}")
    kept = True
    for label, figure, unit, promised in rows:
        kept = kept and figure <= promised
        print(f"{label:32} {figure:9.2f} {unit:3} (at most {promised})")
    kept = kept and answers["ratio"] >= peer.PROMISED_RATIO
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


if __name__ == "__main__":
    sys.exit(main())
