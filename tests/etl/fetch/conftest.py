"""A made-up publisher that answers, and one errand to it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from etl.fetch.commands import Answer, Surroundings, fetch_command
from etl.fetch.fetching import HowToFetch
from etl.fetch.limits import Clock, FetchLimits
from etl.fetch.sources import Source, load_sources
from etl.settings import Settings
from tests.etl.fetch.made_up_data import DataSet, Edition, WebFile
from tests.etl.fetch.publisher import Publisher, serving
from tests.etl.made_up_files import REFERRALS, as_csv, good_referrals

API_FILE = "c1_children_in_need_referrals_and_rereferrals_made_up.csv"
TITLE = "Referrals (made up)"
SOURCES = f"""
publications:
  - name: made_up_referrals
    title: Made-up referrals
    publisher: Made-up office
    slug: made-up-referrals
    sources:
      - name: versioned
        table: dfe_cin_referrals
        data_set_title: {TITLE}
        version: "1.*"
        file: {API_FILE}
      - name: listed
        table: dfe_cin_referrals
"""


@dataclass
class Waits:
    """A clock that only moves when someone waits, and remembers for how long."""

    seconds: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)

    @property
    def clock(self) -> Clock:
        def now() -> datetime:
            return datetime(2026, 1, 5, 10, tzinfo=UTC)

        return Clock(now, lambda: sum(self.seconds), self.sleep)


@dataclass
class Errands:
    """Runs the command against the stand-in."""

    publisher: Publisher
    base: Path
    waits: Waits = field(default_factory=Waits)
    limits: FetchLimits = field(default_factory=FetchLimits)
    sources_text: str = SOURCES

    @property
    def folder(self) -> Path:
        return self.base / "published"

    @property
    def settings(self) -> Settings:
        return Settings(
            home=self.base / "home",
            place_set="made_up",
            database_url="",
            published_dir=None,
            fetch_api_url=f"{self.publisher.address}/statistics/v1",
            fetch_content_url=f"{self.publisher.address}/api",
        )

    def sources(self) -> tuple[Source, ...]:
        path = self.base / "sources.yaml"
        path.write_text(self.sources_text, encoding="utf-8")
        return load_sources(path)

    def fetch(self, *names: str, accept_major: bool = False, again: bool = False) -> Answer:
        around = Surroundings(
            self.limits, self.waits.clock, self.sources(), lambda done, total, name: None
        )
        how = HowToFetch(accept_major, again)
        return fetch_command(names, self.settings, self.folder, how, around)

    def lock(self) -> dict[str, Any]:
        text = (self.folder / "fetch.lock.json").read_text("utf-8")
        sources: dict[str, Any] = json.loads(text)["sources"]
        return sources

    def file(self, name: str = "versioned") -> Path:
        """The file that the lock file names for a source."""
        return self.folder / str(self.lock()[name]["file"])


def table_of(again: int, count: int = 1000) -> bytes:
    """A file of referrals in which the country has so many again."""
    rows = good_referrals(count)
    rows[0]["rereferral_count"] = str(again)
    return as_csv(rows)


FIRST, SECOND = table_of(2200), table_of(2201)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    data_set = DataSet(
        "019a0000-0000-7000-8000-000000000001", TITLE, [Edition("1.0", "Major", FIRST)]
    )
    others = [
        DataSet(f"019a0000-0000-7000-8000-{number:012d}", f"Another ({number})")
        for number in range(100, 125)
    ]
    file = WebFile("30000000-0000-4000-8000-000000000001", REFERRALS, FIRST)
    other = WebFile("30000000-0000-4000-8000-000000000002", "b9_something_else.csv", SECOND)
    made = Publisher(data_sets=[*others, data_set], files=[other, file], others=45)
    with serving(made):
        yield made


@pytest.fixture
def data_set(publisher: Publisher) -> DataSet:
    return publisher.data_sets[-1]


@pytest.fixture
def errands(publisher: Publisher, tmp_path: Path) -> Errands:
    return Errands(publisher, tmp_path)
