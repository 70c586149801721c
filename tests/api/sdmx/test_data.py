"""Data of SDMX: the very rows of /observations, in series, whichever the format."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api import world
from tests.api.conftest import client_for
from tests.api.sdmx.conftest import FLOW, KINDS_OF_2025, QUARTERS, ROOT, Ask, ask_of, key
from tests.api.sdmx.reading import (
    BREAKDOWNS,
    CSV,
    GENERIC,
    JSON,
    KEY,
    READERS,
    SPECIFIC,
    Row,
    as_observation,
    find,
    from_generic,
    parsed,
    sorted_rows,
)

EVERY_PART = "&".join(f"{name.lower()}=all" for name in BREAKDOWNS)
EVERYTHING = f"period=all&{EVERY_PART}"


def observed(client: TestClient, query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = client.get(f"/api/v1/observations?{query}").json()["data"]
    return sorted_rows(rows)


def keys_of(rows: list[Row]) -> list[tuple[str, ...]]:
    return [tuple(row[name] for name in (*KEY, "TIME_PERIOD")) for row in rows]


@pytest.mark.parametrize("accept", READERS)
def test_all_data_are_all_observations_with_every_column(
    client: TestClient, data: Ask, accept: str
) -> None:
    found = sorted_rows([as_observation(row) for row in data("all", accept)])
    assert found == observed(client, EVERYTHING)
    assert len(found) > 1000


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        (key("a_share_pct", world.TOWN), "indicator=a_share_pct&area=X06000001"),
        (key(area=f"{world.COUNTRY}+{world.MISSING}"), "area=X92000001,X06000003"),
        (key("a_rate_10k", sex="F+M"), "indicator=a_rate_10k&sex=F,M"),
        (key(kind="SEP"), "indicator=a_score"),
        (key("a_score", world.COUNTRY), "indicator=a_score&area=england"),
    ],
)
@pytest.mark.parametrize("accept", READERS)
def test_a_key_means_the_rows_of_the_same_question_to_observations(
    client: TestClient, data: Ask, asked: str, query: str, accept: str
) -> None:
    more = "&".join(part for part in EVERYTHING.split("&") if f"{part.split('=')[0]}=" not in query)
    found = sorted_rows([as_observation(row) for row in data(asked, accept)])
    assert found
    assert found == observed(client, f"{query}&{more}")


@pytest.mark.parametrize(("name", "accept"), [("generic", GENERIC), ("specific", SPECIFIC)])
def test_observations_have_the_formats_of_sdmx_too(
    client: TestClient, name: str, accept: str
) -> None:
    query = f"{EVERYTHING}&area=authority"
    answer = client.get(f"/api/v1/observations.sdmx-{name}?{query}")
    assert answer.headers["content-type"] == accept
    assert answer.headers["content-disposition"].endswith('.xml"')
    rows = READERS[accept](answer.content)
    assert sorted_rows([as_observation(row) for row in rows]) == observed(client, query)


def test_a_page_of_observations_is_a_page_in_sdmx_too(client: TestClient) -> None:
    query = "indicator=a_share_pct&period=all&limit=7"
    rows = from_generic(client.get(f"/api/v1/observations.sdmx-generic?{query}").content)
    assert sorted_rows([as_observation(row) for row in rows]) == observed(client, query)


def test_no_rows_of_observations_are_a_data_set_without_any(client: TestClient) -> None:
    answer = client.get("/api/v1/observations.sdmx-specific?indicator=a_quiet_pct")
    assert answer.status_code == 200
    assert find(parsed(answer.content), "//Series") == []
    assert len(find(parsed(answer.content), "//mes:DataSet")) == 1


@pytest.mark.parametrize("accept", [GENERIC, SPECIFIC])
def test_each_series_stands_once_with_its_observations_by_time(
    client: TestClient, accept: str
) -> None:
    answer = client.get(f"{ROOT}/data/{FLOW}", headers={"Accept": accept})
    series = find(parsed(answer.content), "//gen:Series | //Series")
    read = READERS[accept]
    keys = list(dict.fromkeys(tuple(row[n] for n in KEY) for row in read(answer.content)))
    assert len(series) == len(keys)
    times = [find(one, "*/gen:ObsDimension/@value | Obs/@TIME_PERIOD") for one in series]
    assert [found for found in times if found != sorted(found) or not found] == []
    assert max(map(len, times)) == 4


@pytest.mark.parametrize("accept", [GENERIC, SPECIFIC, JSON])
def test_observations_may_stand_alone_with_their_whole_key(data: Ask, accept: str) -> None:
    alone = data("all", accept, dimensionAtObservation="AllDimensions")
    in_series = data("all", accept, dimensionAtObservation="TIME_PERIOD")
    assert alone == in_series
    assert set(KEY) < set(alone[0])


@pytest.mark.parametrize("accept", READERS)
@pytest.mark.parametrize("at", ["TIME_PERIOD", "AllDimensions"])
def test_a_long_answer_comes_in_parts_and_is_the_same(
    client: TestClient, accept: str, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"{ROOT}/data/{FLOW}?dimensionAtObservation={at}"
    whole = client.get(address, headers={"Accept": accept}).content
    monkeypatch.setattr("api.sdmx.routes.WHOLE_ROWS", 10)
    monkeypatch.setattr("api.sdmx.row_writing.PART_ROWS", 7)
    monkeypatch.setattr("api.blocks.BLOCK_ROWS", 50)
    in_parts = client.get(f"{address}&release=latest", headers={"Accept": accept})
    assert ("content-length" in in_parts.headers) is (accept == JSON)
    assert in_parts.content == whole


def test_one_key_is_one_observation_though_five_kinds_of_period_end_in_one_year(
    many: TestClient,
) -> None:
    rows = ask_of(many)("all")
    assert {row["PERIOD_ID"] for row in rows} == {*KINDS_OF_2025, *QUARTERS, "RY2024"}
    assert len(set(keys_of(rows))) == len(rows)
    of_town = [row for row in rows if row["REF_AREA"] == world.TOWN]
    assert len(of_town) == 10
    in_2025 = [row for row in of_town if row["TIME_PERIOD"] == "2025"]
    assert sorted(row["PERIOD_ID"] for row in in_2025) == sorted(KINDS_OF_2025)


def test_a_quarter_is_the_calendar_quarter_in_which_it_ends(many: TestClient) -> None:
    rows = ask_of(many)(key(freq="Q", area=world.TOWN))
    times = {row["PERIOD_ID"]: row["TIME_PERIOD"] for row in rows}
    assert times == dict(zip(QUARTERS, ["2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1"], strict=True))
    assert {row["PERIOD_KIND"] for row in rows} == {"RYQ"}


@pytest.mark.parametrize(
    ("query", "periods"),
    [
        ({"startPeriod": "2024"}, {"RY2024", "RY2025"}),
        ({"endPeriod": "2024"}, {"RY2019", "RY2023", "RY2024"}),
        ({"startPeriod": "2023", "endPeriod": "2024"}, {"RY2023", "RY2024"}),
        ({"startPeriod": "2025-03-31"}, {"RY2025"}),
        ({"startPeriod": "2024-04", "endPeriod": "2025-03"}, {"RY2025"}),
        ({"endPeriod": "2025-02"}, {"RY2019", "RY2023", "RY2024"}),
        ({"startPeriod": "RY2024", "endPeriod": "2024-12-31"}, {"RY2024"}),
        ({"startPeriod": "2025-Q1", "endPeriod": "2025-Q1"}, {"RY2025"}),
    ],
)
def test_times_choose_periods_by_their_last_day(
    data: Ask, query: dict[str, str], periods: set[str]
) -> None:
    assert {row["PERIOD_ID"] for row in data(key("a_share_pct"), **query)} == periods


def test_of_each_series_the_first_and_the_last_observations_can_be_had(data: Ask) -> None:
    def times(**query: str) -> list[str]:
        return [row["TIME_PERIOD"] for row in data(key("a_share_pct", world.TOWN), **query)]

    assert times() == ["2019", "2023", "2024", "2025"]
    assert times(firstNObservations="1") == ["2019"]
    assert times(lastNObservations="2") == ["2024", "2025"]
    assert times(firstNObservations="1", lastNObservations="1") == ["2019", "2025"]
    assert times(lastNObservations="9") == times()
    of_all = data(key("a_share_pct"), lastNObservations="1")
    assert len(of_all) == len({row["REF_AREA"] for row in of_all})


def test_detail_leaves_out_attributes_or_observations(client: TestClient, data: Ask) -> None:
    asked = key("a_share_pct", world.TOWN)
    (row, *_) = data(asked, detail="dataonly")
    assert set(row) == {*KEY, "TIME_PERIOD", "OBS_VALUE"}
    assert len(data(asked, SPECIFIC, detail="dataonly")) == len(data(asked)) == 4
    assert data(asked, CSV, detail="dataonly")[0] == row
    assert data(asked, JSON, detail="dataonly")[0] == row
    for detail in ("serieskeysonly", "nodata"):
        address = f"{ROOT}/data/{FLOW}/{key('a_share_pct')}?detail={detail}"
        tree = parsed(client.get(address).content)
        assert find(tree, "//gen:Obs") == []
        areas = find(tree, "//gen:SeriesKey/gen:Value[@id='REF_AREA']/@value")
        assert len(areas) == len(set(areas)) > 100
        assert bool(find(tree, "//gen:Attributes")) is (detail == "nodata")


def test_what_changed_after_a_time_is_what_later_releases_changed(
    tmp_path: Any, client: TestClient, data: Ask, refused: Ask
) -> None:
    assert len(data("all", updatedAfter="2025-06-01")) == sum(
        "UPDATED_RELEASE" in row for row in data("all")
    )
    assert refused(f"data/{FLOW}", updatedAfter="2025-12-01T09:30:00+00:00")[1] == "100"
    old = data("all", updatedAfter="2025-01-01", release=world.OLD)
    assert {row["UPDATED_RELEASE"] for row in old} == {world.OLD}


@pytest.mark.parametrize("accept", READERS)
def test_a_missing_value_has_no_value_and_says_why(data: Ask, accept: str) -> None:
    (hidden, *_) = data(key("a_share_pct", world.SUPPRESSED), accept)
    assert "OBS_VALUE" not in hidden
    assert "NUMERATOR" not in hidden
    assert (hidden["OBS_STATUS"], hidden["CONF_STATUS"], hidden["STATUS"]) == (
        "Q", "C", "suppressed",
    )  # fmt: skip
    assert hidden["SOURCE_SYMBOL"] == "c"
    (missing, *_) = data(key("a_share_pct", world.MISSING), accept)
    assert (missing["OBS_STATUS"], missing["CONF_STATUS"]) == ("O", "F")
    (unasked, *_) = data(key("a_score", world.COUNTRY), accept)
    assert (unasked["OBS_STATUS"], unasked["STATUS"]) == ("L", "not_collected")
    (zero, *_) = data(key("a_rate_10k", world.ZERO), accept)
    assert (zero["OBS_VALUE"], zero["OBS_STATUS"]) == ("0", "A")


def test_an_earlier_release_is_given_by_its_id_or_day(data: Ask) -> None:
    old = data("all", release=world.OLD)
    assert {row["RELEASE"] for row in old} == {world.OLD}
    assert old == data("all", as_of="2025-02-01")
    assert old != data("all")


def test_no_canary_of_a_hidden_cell_is_in_any_answer(tmp_path: Any) -> None:
    hidden = world.without_value(world.SHARE, "RY2025", world.TOWN, "suppressed", "c")
    hidden |= {"numerator": 918273.0, "ci_lower": 918.273, "ci_upper": 918.274, "value": 91.8273}
    shown = world.cell(world.SHARE, "RY2025", world.COUNTRY, 3.0, 10.0)
    cells = [{**one, "updated_release": world.NEW} for one in (hidden, shown)]
    digest = world.write_release(tmp_path, world.NEW, cells)
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    client = client_for(tmp_path)
    for path in (f"data/{FLOW}", f"availableconstraint/{FLOW}", "structure/all?references=all"):
        for accept in (*READERS, "*/*"):
            answer = client.get(f"{ROOT}/{path}", headers={"Accept": accept})
            assert "918273" not in answer.text.replace(".", "")
