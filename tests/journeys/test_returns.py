"""Returns of a whole made-up country become a release, and no small count leaves it."""

import gzip
import logging
import struct
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.contract import Paths
from etl.practice.packages import practice_returns
from indicators.measures import Key, load_measures
from indicators.permissions import Role
from indicators.store import open_store
from indicators.store.occasions import Occasion
from indicators.store.tokens import issue_token
from outcomes import app
from reference.periods import parse_period
from reference.placesets import load_place_set
from tests.indicators.store.accepting import explain_all, sign_off_all_ready
from tests.journeys.public import public_over, rows

pytestmark = pytest.mark.unmeasured

PERIOD: Final = "RY2025"
PLACES: Final = load_place_set("made_up")
AUTHORITY: Final = PLACES.authorities(parse_period(PERIOD).end)[7].code
NEIGHBOURS_COUNT: Final = 153

CANARIES: Final[Mapping[tuple[str, Key], int]] = {
    (AUTHORITY, ("CLA_PLC3", "TOTAL", "ALL")): 3,
    (AUTHORITY, ("REF_RE12", "TOTAL", "ALL")): 4,
}
"""Small counts planted in one authority's return: they must appear nowhere."""

MARKED: Final = 987_654
"""A count of no indicator, easy to find: it stays in the database."""


def run(home: Path, *words: str | Path, token: str | None = None) -> str:
    environment = {
        "OUTCOMES_HOME": str(home),
        "OUTCOMES_PLACE_SET": "made_up",
        "OUTCOMES_DATABASE_URL": "",
    }
    result = CliRunner().invoke(app, list(map(str, words)), env=environment, input=token)
    assert result.exit_code == 0, result.output
    return result.output


def signed_off_and_accepted(home: Path) -> Iterator[str]:
    """Have approvers sign off one return by command and the others by function; accept all."""
    store = open_store("", home, PLACES)
    try:
        now = datetime.now(UTC)
        at = Occasion(now)
        explain_all(store, now)
        first = issue_token(
            store, "Ann Approver", Role.APPROVER, authority=AUTHORITY, days=1, at=at
        )
        steward = issue_token(store, "Sam Steward", Role.STEWARD, days=1, at=at)
        yield run(
            home, "submission", "sign-off", "--all", "--confirm", "--token-stdin", token=first
        )
        sign_off_all_ready(store, now)
        yield run(home, "submission", "accept", "--all", "--token-stdin", token=steward)
    finally:
        store.close()


def released(home: Path) -> Iterator[str]:
    """Take a release from its draft to its publication, by two people."""
    store = open_store("", home, PLACES)
    try:
        at = Occasion(datetime.now(UTC))
        steward = issue_token(store, "Sam Steward", Role.STEWARD, days=1, at=at)
        publisher = issue_token(store, "Pat Publisher", Role.PUBLISHER, days=1, at=at)
    finally:
        store.close()
    yield run(home, "release", "draft", "--release", "made-up", "--token-stdin", token=steward)
    yield run(home, "release", "freeze", "--token-stdin", token=steward)
    yield run(home, "release", "protect", "--token-stdin", token=steward)
    yield run(home, "release", "approve", "--token-stdin", token=publisher)
    yield run(home, "release", "publish", "--token-stdin", token=publisher)


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("returns")
    measures = load_measures()
    planted = {**CANARIES, (AUTHORITY, ("MIS_INC", "TOTAL", "ALL")): MARKED}
    for practice in practice_returns(PLACES, measures, parse_period(PERIOD), planted=planted):
        package = folder / practice.name
        package.mkdir()
        (package / "data.csv").write_bytes(practice.table)
        (package / "manifest.json").write_bytes(practice.manifest)
    return folder


@pytest.fixture(scope="module")
def published(
    returns: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, str, str]]:
    """Give the home, all that the commands printed, and all that they logged."""
    home = tmp_path_factory.mktemp("practice") / "home"
    with _logged() as lines:
        printed = "".join(
            (
                run(home, "load", "submission", returns),
                *signed_off_and_accepted(home),
                *released(home),
            )
        )
        yield home, printed, "\n".join(lines)


class _Lines(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


class _logged:  # noqa: N801 - reads as a context
    def __enter__(self) -> list[str]:
        self.lines: list[str] = []
        self.handler = _Lines(self.lines)
        logging.getLogger().addHandler(self.handler)
        return self.lines

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self.handler)


@pytest.fixture(scope="module")
def client(published: tuple[Path, str, str]) -> Iterator[TestClient]:
    with public_over(published[0]) as opened:
        yield opened


def test_every_authority_has_a_provisional_figure(client: TestClient) -> None:
    found = rows(
        client, indicator="cla_31mar_rate_10k", area="authority", period="latest_provisional"
    )
    assert len(found) == NEIGHBOURS_COUNT
    assert {row["status"] for row in found} <= {"ok", "suppressed"}
    assert sum(row["status"] == "ok" for row in found) > 140
    assert all(row["flags"] == ["provisional"] for row in found if row["status"] == "ok")


def test_the_country_is_the_rounded_sum_of_its_authorities(client: TestClient) -> None:
    country = rows(
        client, indicator="cla_31mar_rate_10k", area="country", period="latest_provisional"
    )[0]
    assert country["status"] == "ok"
    assert country["source"] == "computed"
    assert country["numerator"] % 10 == 0


def test_a_canary_and_all_that_would_reveal_it_are_hidden(client: TestClient) -> None:
    for indicator in ("cla_3plus_placements_pct", "rereferral_12m_pct"):
        row = rows(client, indicator=indicator, area=AUTHORITY, period="latest_provisional")[0]
        assert row["status"] == "suppressed"
        shown = [row[name] for name in ("value", "numerator", "ci_lower", "ci_upper")]
        assert shown == [None] * 4


def test_no_answer_of_the_api_holds_a_small_count(client: TestClient) -> None:
    found = rows(client, period="all")
    small = [
        row
        for row in found
        if row["numerator"] is not None
        and 0 < row["numerator"] < 5  # rounded to fives: a 5 stands for 6 or 7
        and row["area_type"] != "country"
    ]
    assert small == []


def test_pages_of_the_authority_say_suppressed_and_not_the_count(client: TestClient) -> None:
    page = client.get(f"/indicators/cla_3plus_placements_pct?area={AUTHORITY}")
    assert page.status_code == 200
    assert client.get(f"/areas/{AUTHORITY}").status_code == 200


def test_no_published_file_holds_a_small_count(client: TestClient) -> None:
    answer = client.get(f"{Paths.OBSERVATIONS}.csv", params={"period": "all"})
    header, *lines = answer.text.splitlines()
    place = header.split(",").index("numerator") - len(header.split(","))
    counts = [line.split(",")[place] for line in lines if ",suppressed," not in line]
    assert not {"1", "2", "3", "4"} & set(counts)


def test_no_report_log_page_or_file_holds_a_submitted_count(
    published: tuple[Path, str, str], client: TestClient
) -> None:
    home, printed, logged = published
    pages = [client.get(path).text for path in ("/", "/about", f"/areas/{AUTHORITY}")]
    assert "stored 459" in printed
    for text in (printed, logged, *pages):
        assert str(MARKED) not in text
        assert f"{MARKED:,}" not in text
    for path in (path for path in (home / "snapshots").rglob("*") if path.is_file()):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        assert str(MARKED).encode() not in content
        assert struct.pack("<d", MARKED) not in content


def test_the_same_returns_again_change_nothing(
    published: tuple[Path, str, str], returns: Path
) -> None:
    home = published[0]
    again = run(home, "load", "submission", returns)
    assert "stored 0" in again
