"""How long it takes to check the returns of a whole country with all rules, and to report one.

A package is three returns of an authority, some 170 rows together; a store holds last year's
returns and a release made of them, so that every rule has its facts.
"""

import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from etl.practice.packages import practice_returns
from etl.settings import Settings
from etl.submissions.check import Setting, check_opened
from etl.submissions.history import StoreHistory
from etl.submissions.load_commands import load_submission
from etl.submissions.package import package_of
from etl.submissions.report import FORMATS, report_file
from indicators.catalogue import load_catalogue
from indicators.disclosure import protect
from indicators.measures import load_measures
from indicators.store import open_store
from reference.periods import parse_period
from reference.placesets import load_place_set
from tests.etl.submissions.returns import zipped
from tests.indicators.store.accepting import accept_all_ready
from tests.indicators.store.ways import bring_out

PROMISED_ALL_SECONDS = 20.0
PROMISED_REPORT_SECONDS = 1.0

_TODAY = date(2025, 9, 1)
_NOW = datetime(2025, 9, 1, 9, tzinfo=UTC)


def measure(folder: Path) -> Mapping[str, float]:
    """Check every return against a store with last year's, then report one in every format."""
    places, home = load_place_set("made_up"), folder / "home"
    _publish(folder / "inbox", home, "RY2024")
    sent = _packages("RY2025")
    store = open_store("", home, places)
    try:
        began = time.perf_counter()
        setting = Setting(places, _TODAY, history=StoreHistory(store))
        checked = [check_opened(package_of(name, body), setting) for name, body in sent.items()]
        all_seconds = time.perf_counter() - began
        began = time.perf_counter()
        alone = Setting(places, _TODAY, history=StoreHistory(store))
        one = check_opened(package_of(*next(iter(sent.items()))), alone)
        for form in FORMATS:
            report_file(one, form, with_figures=True)
        report_seconds = time.perf_counter() - began
    finally:
        store.close()
    return {
        "all_seconds": all_seconds,
        "report_seconds": report_seconds,
        "returns": len(checked),
        "rows": sum(len(each.figures) for each in checked),
        "findings": sum(len(each.findings) for each in checked),
        "taken": sum(each.sent is not None for each in checked),
    }


def _packages(period: str) -> dict[str, bytes]:
    made = practice_returns(load_place_set("made_up"), load_measures(), parse_period(period))
    return {
        f"{one.name}.zip": zipped({"data.csv": one.table, "manifest.json": one.manifest})
        for one in made
    }


def _publish(inbox: Path, home: Path, period: str) -> None:
    inbox.mkdir(parents=True)
    for name, body in _packages(period).items():
        (inbox / name).write_bytes(body)
    settings = Settings(home=home, place_set="made_up", database_url="")
    text, code = load_submission([inbox], settings, now=_NOW)
    if code:
        raise RuntimeError(text)
    store = open_store("", home, load_place_set("made_up"))
    try:
        accept_all_ready(store, _NOW)
        bring_out(store, load_catalogue(), protect)
    finally:
        store.close()


def main() -> None:
    """Print the two figures."""
    with tempfile.TemporaryDirectory(prefix="outcomes-checking-") as folder:
        found = measure(Path(folder))
    for name, figure in found.items():
        print(f"{name:16} {figure:12,.2f}")


if __name__ == "__main__":
    main()
