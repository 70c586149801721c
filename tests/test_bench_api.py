"""The bench of the API does what it says, on a few thousand figures; nothing is timed."""

import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import orjson
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.front import ApiFirst
from api.main import create_api
from api.settings import ApiSettings
from indicators.prepared import latest_if_prepared
from tests.bench.api import bare, datasette, questions, report
from tests.bench.api.__main__ import main
from tests.bench.api.contests import Contest
from tests.bench.api.goals import least_goal, most_goal, ratio_goal, told
from tests.bench.api.load import Round, Target, wrk_command
from tests.bench.api.questions import ALL_AUTHORITIES, EVERY_INDICATOR, WHOLE_HISTORY, Question
from tests.bench.api.store import PLACE_SET, RELEASE, SIZES, Size, write_home
from tests.bench.api.streams import plain_read

SMALL = Size(periods=2, sexes=2, ages=3, indicators=4)
ASKED = (ALL_AUTHORITIES, EVERY_INDICATOR, WHOLE_HISTORY)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench") / "home"
    assert write_home(folder, SMALL) > 7_000
    return folder


@pytest.fixture(scope="module")
def client(home: Path) -> TestClient:
    api = create_api(ApiSettings(home=home))
    return TestClient(ApiFirst(Starlette(), api, "/api"), base_url="http://127.0.0.1")


@pytest.fixture(scope="module")
def database(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (parquet,) = home.glob("snapshots/*/files/observations.parquet")
    path = tmp_path_factory.mktemp("peer") / "peer.db"
    datasette.write_database(path, parquet)
    return path


KEY = ("indicator", "area_code", "period", "sex", "age", "value", "status", "source_symbol")


def test_a_modelled_store_needs_no_preparing(home: Path) -> None:
    assert latest_if_prepared(home, PLACE_SET) == RELEASE


def test_the_sizes_are_what_they_are_called() -> None:
    for name, size in SIZES.items():
        cells = size.indicators * size.periods * len(size.breakdowns) * 165
        assert cells == pytest.approx(float(name) * 1e6, rel=0.02)


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.name)
def test_datasette_holds_the_same_rows(
    client: TestClient, database: Path, question: Question
) -> None:
    values = {name.partition("__")[0]: value for name, value in question.filters.items()}
    rows = client.get(questions.our_path(question)).json()["data"]
    statement = f"select {', '.join(KEY)} from observations where {question.where}"
    with closing(sqlite3.connect(database)) as connection:
        theirs = connection.execute(statement, values).fetchall()
        (plan,) = (row[3] for row in connection.execute(f"explain query plan {statement}", values))
    assert {tuple(row[name] for name in KEY) for row in rows} == set(theirs)
    assert len(rows) == len(theirs)
    assert " USING INDEX by_" in plan
    assert all(name in questions.table_path(question) for name in question.filters)


def test_answers_are_as_wide_as_real_ones(client: TestClient) -> None:
    answer = client.get(questions.our_path(ALL_AUTHORITIES))
    assert answer.json()["meta"]["count"] == 153
    assert 80_000 < len(answer.content) < 95_000


def test_the_bare_server_gives_the_very_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare.put(tmp_path, "one", 200, [("ETag", '"a"'), ("Date", "now")], b"body")
    bare.put(tmp_path, "other", 304, [("ETag", '"a"')], b"")
    (tmp_path / "of_a_release").write_bytes(b"file")
    bare.put_file(tmp_path, "file", tmp_path / "of_a_release")
    monkeypatch.setenv(bare.FOLDER, str(tmp_path))
    client = TestClient(bare.bare_app())
    one, other = client.get("/one"), client.get("/other")
    assert (one.status_code, one.content, dict(one.headers)) == (200, b"body", {"etag": '"a"'})
    assert (other.status_code, other.content) == (304, b"")
    assert client.get("/file").content == b"file"
    assert client.get(bare.READY).status_code == 200


def contest() -> Contest:
    rounds = {
        "ours": tuple(Round(rate, 0.001, 0.002, 0.003, 1e-5) for rate in (100.0, 120.0, 90.0)),
        "<theirs>": tuple(Round(10.0, 0.1, 0.2, 0.3, 0.01) for _ in range(3)),
    }
    return Contest("a question", rounds, {"ours": 1000, "<theirs>": 900})


def test_a_ratio_is_the_median_of_rounds_and_judged_by_what_was_promised() -> None:
    kept, missed = (ratio_goal(contest(), "<theirs>", wanted) for wanted in (10, 10.1))
    assert (kept.found, kept.least, kept.most) == (10, 9, 12)
    assert (kept.is_met, missed.is_met) == (True, False)
    assert most_goal("a", "b", [3, 1, 2], 2).is_met
    assert not most_goal("a", "b", [3, 1, 2], 1.9).is_met
    assert told("a", "b", [0.1]).is_met


def test_the_report_says_what_was_measured_and_on_what() -> None:
    goals = [ratio_goal(contest(), "<theirs>", 20), told("a file", "disk", [0.5])]
    text = "\n".join(report.lines([contest()], goals, {"ours": "outcomes up"}, ["warm"]))
    assert report.machine() in text
    assert "    ours: outcomes up" in text
    assert "| a question | ours | 100 | 1.00 | 1.00 | 2.00 | 3.00 | 0.0100 |" in text
    assert "| a question | <theirs> | 10.0 × | 9.00 to 12.0 | at least 20 × | **missed** |" in text


def test_the_plot_has_a_bar_for_every_promise() -> None:
    goals = [least_goal("a & b", "<c>", [one], 10) for one in (0.0001, 5, 10, 1e9)]
    drawn = ET.fromstring(  # noqa: S314 - our own
        report.plot([*goals, told("a", "b", [1])])
    )
    bars = [node for node in drawn if node.tag.endswith("rect")][1:]
    assert len(bars) == len(goals)
    lengths = [float(bar.get("width", "nan")) for bar in bars]
    assert lengths == sorted(lengths)
    assert 0 < lengths[0] <= lengths[-1] <= report.BAR


def test_a_load_is_only_ever_put_on_this_machine() -> None:
    target = Target("x", "http://192.0.2.1/", {"If-None-Match": '"a"'}, 0, 0)
    assert wrk_command(target, 2)[-1] == target.url
    from tests.bench.api.load import run_long, run_round

    with pytest.raises(ValueError, match="this machine"):
        run_round(target, 1)
    with pytest.raises(ValueError, match="this machine"):
        run_long(target, 1)


def test_an_unknown_measurement_is_refused() -> None:
    with pytest.raises(SystemExit):
        main(["--only", "warmth"])


def test_reading_a_file_reads_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(orjson.dumps(list(range(1000))))
    assert plain_read(path) > 0
