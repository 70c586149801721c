"""What every test folder shares: the real files, the browser, and when a skip is allowed."""

import os
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import hypothesis
import pytest
from typer.testing import CliRunner

from outcomes import app
from tests.once import made_once
from tests.unmeasured import unmeasured

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

# Reasons for which a test may skip even where OUTCOMES_NO_SKIP is set, each with why.
ALLOWED_SKIPS: tuple[str, ...] = ()

# A property holds or it does not, however busy the machine is; the same examples on every run.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session")
def published_dir() -> Path:
    """The folder of real published files, with `published/` and `reference/` in it."""
    folder = Path(os.environ.get("OUTCOMES_PUBLISHED_DIR") or ROOT.parent / "shared" / "data")
    if folder.name == "published" and folder.is_dir():
        folder = folder.parent  # the folder of files itself, as commands take it
    if not (folder / "published").is_dir():
        pytest.skip(f"no published files: {folder} has no folder 'published'")
    return folder


@pytest.fixture(scope="session")
def shipped_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which only the figures that ship were loaded; nobody changes it."""
    return made_once(tmp_path_factory, "shipped", prepare_shipped) / "home"


def prepare_shipped(folder: Path) -> None:
    """Load the figures that ship into a home in this folder."""
    environment = {"OUTCOMES_HOME": str(folder / "home")}
    result = CliRunner().invoke(app, ["prepare"], env=environment)
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The program of a Chromium, for playwright's `executable_path`."""
    found = os.environ.get("OUTCOMES_CHROMIUM") or next(
        filter(None, map(shutil.which, CHROMIUM_NAMES)), None
    )
    if found is None:
        pytest.skip(f"no Chromium on the path, under any of: {', '.join(CHROMIUM_NAMES)}")
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, lest one process still has one when others are done.

    Those are what is marked as repeating at length, then the journeys; a file stays together.
    """
    long = {item.path for item in items if item.get_closest_marker("unmeasured")}
    journeys = ROOT / "tests" / "journeys"
    items.sort(key=lambda item: (item.path not in long, journeys not in item.path.parents))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Run a test that is marked so, and what is set up for it, without the tracer of coverage."""
    if item.get_closest_marker("unmeasured") is None:
        return (yield)
    with unmeasured():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a skipped test where skipping is forbidden."""
    report = yield
    return _refuse_skip(report) if not hasattr(report, "wasxfail") else report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Fail a skipped module where skipping is forbidden."""
    report = yield
    return _refuse_skip(report)


def _refuse_skip(report: Report) -> Report:
    reason = str(report.longrepr)
    allowed = not os.environ.get("OUTCOMES_NO_SKIP") or any(
        allowed in reason for allowed in ALLOWED_SKIPS
    )
    if report.skipped and not allowed:
        report.outcome = "failed"
        report.longrepr = f"a skip is a failure here (OUTCOMES_NO_SKIP is set): {reason}"
    return report
