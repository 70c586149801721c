"""Real published files, through commands and store, are what readers get."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.contract import Paths
from outcomes import app
from tests.golden import ENGLAND, GOLDEN, KENT, agrees
from tests.journeys.public import public_over, rows
from tests.postgres import new_database, running_postgres

pytestmark = pytest.mark.unmeasured

# The ten indicators that the first release had; all are in tests/golden.py.
FIRST_TEN: Final = (
    "cin_rate_10k", "rereferral_12m_pct", "cla_31mar_rate_10k", "cla_3plus_placements_pct",
    "cla_sdq_avg_score", "ks2_rwm_expected_pct_cla", "care_leaver_eet_19_21_pct",
    "csc_spend_per_child_gbp", "sw_agency_fte_pct", "injury_admissions_0_14_rate_10k",
)  # fmt: skip

OLDER: Final = (
    "cin/2024", "cla/2022", "cla/2023", "cla/2024", "outcomes/2024", "workforce/2022",
    "workforce/2024", "spending/RSX_2023-24_data_by_LA.ods", "fingertips",
)  # fmt: skip
NEWER: Final = (
    "cin/2025", "cla/2025", "outcomes/2025", "workforce/2025",
    "spending/RSX_LA_Data_2024-25_data_by_LA.ods",
)  # fmt: skip
RATES = "cla/2025/cla_number_and_rate_per_10k_children.csv.gz"


def load(home: Path, *arguments: str | Path, database: str = "") -> str:
    environment = {"OUTCOMES_HOME": str(home), "OUTCOMES_DATABASE_URL": database}
    words = ["load", "published", *map(str, arguments)]
    result = CliRunner().invoke(app, words, env=environment)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def both_vintages(tmp_path_factory: pytest.TempPathFactory, published_dir: Path) -> Path:
    home = tmp_path_factory.mktemp("history") / "home"
    files = published_dir / "published"
    for release, parts, day in (
        ("vintages-2024", OLDER, "2025-04-10"),
        ("vintages-2025", NEWER, "2026-04-02"),
    ):
        load(home, *(files / part for part in parts), "--release", release, "--published-on", day)
    return home


@pytest.fixture(scope="module")
def client(both_vintages: Path) -> Iterator[TestClient]:
    with public_over(both_vintages) as opened:
        yield opened


@pytest.mark.parametrize("indicator", FIRST_TEN)
def test_the_latest_figures_are_those_that_are_printed(client: TestClient, indicator: str) -> None:
    one = next(golden for golden in GOLDEN if golden.indicator == indicator)
    found = rows(client, indicator=indicator, area=",".join(one.own), period="latest")
    values = {row["area_code"]: row["value"] for row in found}
    assert all(agrees(values[area], printed) for area, printed in one.own.items())


def test_two_vintages_are_both_there_by_their_release(client: TestClient) -> None:
    by_release = {
        release: rows(client, indicator="cin_rate_10k", area="england", release=release)
        for release in ("vintages-2024", "vintages-2025")
    }
    assert [row["period"] for row in by_release["vintages-2024"]] == ["RY2024"]
    assert [row["value"] for row in by_release["vintages-2024"]] == [332.9]
    assert [row["period"] for row in by_release["vintages-2025"]] == ["RY2025"]


def test_a_rate_revised_with_its_population_shows_both_values_and_says_revised(
    client: TestClient,
) -> None:
    def rate(release: str) -> dict[str, object]:
        query = {"indicator": "cla_31mar_rate_10k", "area": ENGLAND, "period": "RY2024"}
        return rows(client, **query, release=release)[0]

    assert rate("vintages-2024")["value"] == 70
    assert rate("vintages-2025")["value"] == 69
    assert rate("vintages-2025")["flags"] == ["revised"]


def test_a_published_rate_stays_when_the_next_file_drops_the_column(client: TestClient) -> None:
    query = {"indicator": "cin_rate_10k", "area": ENGLAND, "period": "RY2024"}
    row = rows(client, **query, release="vintages-2025")[0]
    assert (row["value"], row["source"]) == (332.9, "dfe_cin_children_in_need_2024")


def test_as_of_answers_with_what_was_published_then(client: TestClient) -> None:
    answer = client.get(
        Paths.OBSERVATIONS,
        params={"indicator": "cin_rate_10k", "area": "england", "as_of": "2025-12-31"},
    )
    assert answer.json()["meta"]["release"] == "vintages-2024"


@pytest.mark.parametrize(
    "path",
    ["/indicators", "/about", f"/areas/{KENT}", f"/indicators/cla_31mar_rate_10k?area={KENT}"],
)
def test_every_page_has_its_title_sentence_and_table_in_the_first_html(
    client: TestClient, path: str
) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert "<table" in page.text
    assert 'name="description" content="' in page.text


def test_a_figure_that_its_publisher_withholds_later_is_gone_everywhere(
    tmp_path: Path, published_dir: Path
) -> None:
    home, files = tmp_path / "home", published_dir / "published"
    load(home, files / "cla/2024", "--release", "first", "--published-on", "2024-11-14")
    with public_over(home) as reader:
        query = {"indicator": "cla_31mar_rate_10k", "area": KENT, "period": "RY2024"}
        before = rows(reader, **query)[0]
        old_digest = reader.get(Paths.OBSERVATIONS, params=query).json()["meta"]["digest"]
    assert before["status"] == "ok"

    load(home, _with_suppressed(files / RATES, tmp_path, KENT, "2024"))

    with public_over(home) as reader:
        for release in ("first", "latest"):
            row = rows(reader, **query, release=release)[0]
            assert row["status"] == "suppressed"
            assert [row[name] for name in ("value", "numerator", "ci_lower")] == [None] * 3
    assert not (home / "snapshots" / old_digest).exists()
    # The count alone stands elsewhere too: it is the denominator of another indicator.
    assert _files_holding(home, f"{before['numerator']},{before['denominator']}", KENT) == []


def _with_suppressed(source: Path, folder: Path, code: str, period: str) -> Path:
    """Copy a published file with `c` in place of one authority's figures in one period."""
    with gzip.open(source, "rt", encoding="utf-8-sig", newline="") as file:
        lines = file.read().splitlines()
    wanted = f",{code},Children looked after on 31 March"
    for place, line in enumerate(lines):
        if line.startswith(f"{period},") and wanted in line:
            lines[place] = ",".join((*line.split(",")[:-2], "c", "c"))
    target = folder / source.name.removesuffix(".gz")
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return target


def _files_holding(home: Path, numbers: str, area: str) -> list[str]:
    """Return the files of a home in which numbers stand on a line with an area."""
    found = []
    for path in (p for p in home.rglob("*") if p.is_file()):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        lines = (line for line in content.splitlines() if area.encode() in line)
        if any(f",{numbers}," in line.decode("utf-8", "replace") for line in lines):
            found.append(path.name)
    return found


@pytest.mark.postgres
def test_sqlite_and_postgresql_give_the_same_bytes(tmp_path: Path, published_dir: Path) -> None:
    parts = [published_dir / "published" / part for part in (*OLDER[:1], *NEWER)]
    query = {"indicator": "cla_31mar_rate_10k", "period": "all"}
    answers = []
    with running_postgres() as server, new_database(server) as address:
        for name, database in (("sqlite", ""), ("postgres", address)):
            home = tmp_path / name
            load(home, *parts, "--release", "one", database=database)
            with public_over(home) as reader:
                answer = reader.get(f"{Paths.OBSERVATIONS}.csv", params=query)
                answers.append((answer.headers["etag"], answer.content))
            assert not (home / "outcomes.sqlite").exists() or name == "sqlite"
    assert _snapshots(tmp_path / "sqlite") == _snapshots(tmp_path / "postgres")
    assert answers[0][1] == answers[1][1]
    assert answers[0][1].count(b"\n") > 800


def _snapshots(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "snapshots").iterdir())


@pytest.mark.parametrize(
    ("period", "said"),
    [("RY2025", "its last figure held is 301.4"), ("RY2020", "304.4 per 10,000 on 31 March 2020")],
)
def test_an_authority_that_ended_has_its_last_figure_or_its_comparisons(
    client: TestClient, period: str, said: str
) -> None:
    page = client.get(f"/indicators/cin_rate_10k?area=E10000006&period={period}")
    assert said in page.text
    assert ("CSV of the comparisons" in page.text) == (period == "RY2020")
