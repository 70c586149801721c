"""What the API tells of indicators, areas and neighbours."""

from starlette.testclient import TestClient

from api.contract import Paths
from api.resources import RESOURCES
from tests.api import world
from tests.api.conftest import Ask
from tests.api.filling import PARTS


def test_indicators_stand_in_catalogue_order_with_their_periods(rows: Ask) -> None:
    found = rows("indicators")
    assert [row["id"] for row in found] == ["a_share_pct", "a_rate_10k", "a_score", "a_quiet_pct"]
    assert found[0]["periods"] == ["RY2019", "RY2023", "RY2024", "RY2025"]
    assert (found[0]["latest"], found[3]["latest"], found[3]["periods"]) == ("RY2025", None, [])


def test_a_card_names_only_breakdowns_that_there_are(rows: Ask) -> None:
    found = rows("indicators")
    assert found[0]["breakdowns"] == {}
    assert found[1]["breakdowns"] == {"sex": ["_T", "F", "M"]}


def test_the_full_card_says_what_codes_mean_in_the_order_of_reading(client: TestClient) -> None:
    card = client.get("/api/v1/indicators/a_rate_10k").json()["data"]
    assert list(card["breakdown_titles"]["sex"].items()) == [
        ("_T", "All"),
        ("M", "Boys"),
        ("F", "F"),  # the release has no title for it
    ]
    share = client.get("/api/v1/indicators/a_share_pct").json()["data"]
    assert share["breakdown_titles"] == {}


def test_indicators_are_found_by_words_kind_and_stage(rows: Ask, problem: Ask) -> None:
    assert [row["id"] for row in rows("indicators", q="by HAND")] == ["a_share_pct"]
    assert [row["id"] for row in rows("indicators", kind="context")] == ["a_rate_10k"]
    assert len(rows("indicators", stage="in_care")) == 4
    assert rows("indicators", core="false") == []
    assert problem("indicators", kind="outcom")["suggestions"] == ["outcome"]


def test_the_full_card_has_definition_sources_and_what_to_read_with(client: TestClient) -> None:
    card = client.get("/api/v1/indicators/a_share_pct").json()["data"]
    assert card["read_with"] == [
        {"indicator": "a_rate_10k", "title": "A rate", "reason": "It tells of the numbers"}
    ]
    assert [source["id"] for source in card["sources"]] == ["a_table_2025"]
    assert card["published_on"] == "2025-11-13"
    assert card["latest_label"] == "year ending 31 March 2025"


def test_an_unknown_indicator_is_not_found_with_what_was_likely_meant(problem: Ask) -> None:
    assert problem("indicators/a_shar_pct", 404)["suggestions"][0] == "a_share_pct"


def test_areas_are_listed_from_the_whole_to_its_parts(rows: Ask) -> None:
    kinds = list(dict.fromkeys(row["kind"] for row in rows("areas")))
    assert kinds == ["country", "region", "subregion", "authority"]


def test_areas_of_a_day_are_those_that_existed_then(rows: Ask) -> None:
    then = {row["code"] for row in rows("areas", kind="authority", on="2019-03-31")}
    now = {row["code"] for row in rows("areas", kind="authority", on="2025-03-31")}
    assert then - now == {world.ENDED}
    assert now - then == set(world.BEGUN)


def test_areas_are_found_by_words_region_and_class(rows: Ask) -> None:
    assert [row["code"] for row in rows("areas", q="galdenshire north")] == ["X06000062"]
    found = rows("areas", region=world.REGION, rural_urban="urban")
    assert {row["region"] for row in found} == {world.REGION}
    assert {row["classes"]["rural_urban"] for row in found} == {"urban"}


def test_the_full_card_of_an_area_has_its_history(client: TestClient) -> None:
    card = client.get(f"/api/v1/areas/{world.ITS_OLD_CODE}").json()["data"]
    assert card["code"] == world.RECODED
    assert world.ITS_OLD_CODE in [code["code"] for code in card["codes"]]
    ended = client.get(f"/api/v1/areas/{world.ENDED}").json()["data"]
    assert ended["successors"] == list(world.BEGUN)
    assert ended["last_day"] == "2021-03-31"
    begun = client.get(f"/api/v1/areas/{world.BEGUN[0]}").json()["data"]
    assert begun["predecessors"] == [world.ENDED]
    assert begun["region_name"] == "Fenreach"


def test_judgements_are_those_in_force_on_the_day_that_is_said(client: TestClient) -> None:
    card = client.get(f"/api/v1/areas/{world.TOWN}?on=2020-01-01").json()["data"]
    held = {row["judgement"]: row for row in card["judgements"]}
    assert held["leadership"]["grade"] == "outstanding"
    assert held["leadership"]["as_at"] == "2020-01-01"
    card = client.get(f"/api/v1/areas/{world.TOWN}").json()["data"]
    held = {row["judgement"]: row for row in card["judgements"]}
    assert held["leadership"]["grade"] == "good"
    assert held["leadership"]["as_at"] == "2025-09-30"
    assert len(card["inspections"]) == 2


def test_a_day_that_cannot_be_read_is_refused(problem: Ask) -> None:
    assert problem("areas", on="soon")["parameter"] == "on"
    assert problem("areas", kind="regoin")["suggestions"] == ["region", "subregion"]


def test_neighbours_stand_nearest_first(rows: Ask, client: TestClient) -> None:
    found = rows(f"areas/{world.TOWN}/neighbours")
    assert [row["rank"] for row in found] == list(range(1, 11))
    assert {row["model"] for row in found} == {"2024"}
    assert {row["model"] for row in rows(f"areas/{world.TOWN}/neighbours", model="2020")} == {
        "2020"
    }
    answer = client.get(f"/api/v1/areas/{world.REGION}/neighbours").json()
    assert answer["data"] == []
    assert "no neighbours" in answer["meta"]["warnings"][0]


def test_the_service_document_leads_everywhere(client: TestClient) -> None:
    links = client.get("/api/v1/").json()["links"]
    of_paths = {name: text for one in RESOURCES for name, text in one.path_examples.items()}
    for name, path in links.items():
        if path == Paths.SDMX:
            continue  # clients put their own addresses behind it
        answer = client.get(path.format(**{**of_paths, **PARTS}))
        is_posted = "POST" in answer.headers.get("allow", "")
        assert answer.status_code == (405 if is_posted else 200), name
