"""The same question in every format: the same facts, and the same bytes whenever it is asked."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.asking import CITATION_FORMATS, EVERY_FORMAT, FIGURE_FORMATS
from indicators.cells import Flag, Status
from tests.api import world
from tests.api.conftest import client_for
from tests.api.every_format import READERS, Facts

STATUSES = [status for status in Status if status is not Status.OK]
ODD_VALUES = (0.0, -12.5, 0.1, 1e-6, 123456789.123, 1e15)

QUESTIONS = (
    "",
    "period=all&sex=all",
    "indicator=a_rate_10k&sex=M,F&area=england,region",
    f"indicator=a_share_pct&area={world.SUPPRESSED},{world.MISSING},{world.JOINT[0]}&period=all",
    f"area={world.ENDED}&period=all",
    "indicator=a_quiet_pct",
    "indicator=a_score&area=england",
    f"indicator=a_share_pct&release={world.OLD}",
)


def ask(client: TestClient, question: str, format: str) -> bytes:
    answer = client.get(f"/api/v1/observations?{question}&format={format}".replace("?&", "?"))
    assert answer.status_code == 200, answer.text[:300]
    return answer.content


def facts(client: TestClient, question: str, format: str) -> Facts:
    return READERS[format](ask(client, question, format))


def odd_cells() -> list[world.Cell]:
    """Return cells of every status and flag, with values that are hard to write."""
    areas = [area.code for area in world.places().authorities() if area.code != world.ENDED]
    hidden = [
        world.without_value(world.RATE, "RY2025", areas[place], str(status), "c")
        for place, status in enumerate(STATUSES)
    ]
    flagged = [
        world.cell(world.RATE, "RY2025", areas[20 + place], 30, 1000, flags=str(flag), sex="F")
        for place, flag in enumerate(Flag)
    ]
    odd = [
        world.cell(world.SCORE, "SEP2025", areas[place], value=value)
        for place, value in enumerate(ODD_VALUES)
    ]
    made = [*hidden, *flagged, *odd]
    return [{**one, "updated_release": world.NEW} for one in made]


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    home: Path = tmp_path_factory.mktemp("odd")
    digest = world.write_release(home, world.NEW, odd_cells())
    world.list_releases(home, world.NEW, world.listed(world.NEW, digest))
    return client_for(home)


def test_every_format_of_figures_has_a_reader_here() -> None:
    assert set(READERS) == set(FIGURE_FORMATS)


@pytest.mark.parametrize("format", READERS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_question_gives_the_same_facts_in_every_format(
    client: TestClient, question: str, format: str
) -> None:
    assert facts(client, question, format) == facts(client, question, "json")


@pytest.mark.parametrize("format", READERS)
def test_every_status_flag_and_odd_value_is_the_same_in_every_format(
    odd: TestClient, format: str
) -> None:
    found = facts(odd, "period=all&sex=all", format)
    assert {status for _, _, status in found} == set(map(str, Status))
    assert {value for _, value, _ in found} >= set(ODD_VALUES)
    assert found == facts(odd, "period=all&sex=all", "json")


@pytest.mark.parametrize("format", READERS)
def test_what_is_not_ok_has_no_value_in_any_format(odd: TestClient, format: str) -> None:
    found = facts(odd, "period=all", format)
    assert {value for _, value, status in found if status != "ok"} == {None}
    assert None not in {value for _, value, status in found if status == "ok"}


def questions() -> st.SearchStrategy[str]:
    """Return questions of any sense: some have no rows."""
    codes = [area.code for area in world.places().areas]

    def some(values: list[str]) -> st.SearchStrategy[str]:
        return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(",".join)

    return st.fixed_dictionaries(
        {},
        optional={
            "indicator": some([one.id for one in world.INDICATORS]),
            "area": some([*codes, "england", "region", "authority"]),
            "period": some(["RY2019", "RY2023", "RY2024", "RY2025", "SEP2025"]) | st.just("all"),
            "sex": some(["_T", "F", "M"]) | st.just("all"),
            "region": some([world.REGION, world.OTHER_REGION]),
            "release": st.sampled_from([world.NEW, world.OLD]),
        },
    ).map(lambda given: "&".join(f"{name}={value}" for name, value in given.items()))


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(question=questions())
def test_whatever_is_asked_every_format_gives_the_same_facts(
    client: TestClient, question: str
) -> None:
    answer: Any = client.get(f"/api/v1/observations?{question}")
    if answer.status_code != 200:  # such as an indicator that the old release has not
        assert answer.status_code == 400
        return
    expected = READERS["json"](answer.content)
    for format in READERS:
        assert facts(client, question, format) == expected


LISTS = ("comparisons?indicator=a_share_pct", "areas", "releases/latest/changes", "pairs")


@pytest.mark.parametrize(
    ("path", "format"),
    [
        *(("observations?period=all&sex=all", name) for name in FIGURE_FORMATS),
        *((path, name) for path in LISTS for name in EVERY_FORMAT),
        *(("releases/latest/citation", name) for name in CITATION_FORMATS),
    ],
)
def test_the_same_question_to_the_same_release_gives_the_same_bytes(
    home: Path, path: str, format: str
) -> None:
    address = f"/api/v1/{path}{'&' if '?' in path else '?'}format={format}"
    first, second = (client_for(home, cache_bytes=0).get(address) for _ in range(2))
    assert first.status_code == 200
    assert first.content == second.content
