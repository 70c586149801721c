"""The bytes of every answer hold the shapes that other programs rely on."""

import subprocess
import sys
from itertools import combinations
from typing import Any

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from api import contract
from api.contract.card_columns import CARD_COLUMNS
from api.contract.columns import COLUMNS, IN_TYPE, column_text
from api.contract.discovery_columns import DISCOVERY_COLUMNS
from api.contract.figure_columns import FIGURE_COLUMNS
from api.dimensions import DIMENSIONS
from api.resource import Resource
from api.resources import RESOURCES
from tests.api import world
from tests.api.conftest import Ask

SHAPES: dict[str, Any] = {
    "observations?period=all&sex=all": contract.ObservationRow,
    "observations?limit=1&count=true": contract.ObservationRow,
    "comparisons?with=england,region,neighbours,type,ofsted,deprivation": contract.ComparisonRow,
    "comparisons?with=own_past,areas:X06000008,X06000009": contract.ComparisonRow,
    "comparisons?indicator=a_share_pct&with=target:15": contract.ComparisonRow,
    "exceptions?certainty=alone": contract.ExceptionRow,
    "standings": contract.StandingRow,
    "standings?with=own_past,neighbours,target:15&indicator=a_share_pct": contract.StandingRow,
    "trends": contract.TrendRow,
    "trends?area=england&period=RY2024": contract.TrendRow,
    "inequalities?area=england,region": contract.InequalityRow,
    "rankings": contract.RankingRow,
    "rankings?as=lait": contract.RankingRow,
    "indicators": contract.IndicatorCard,
    "indicators/a_share_pct": contract.IndicatorDetail,
    "indicators/a_score": contract.IndicatorDetail,
    "indicators/a_rate_10k/availability": contract.AvailabilityRow,
    "indicators/a_share_pct/versions": contract.VersionRow,
    "": contract.ServiceCard,
    "limits": contract.LimitsCard,
    "status": contract.StatusCard,
    "dimensions": contract.DimensionCard,
    **{f"dimensions/{id}": contract.DimensionCodeRow for id in DIMENSIONS},
    "neighbour-models": contract.NeighbourModelRow,
    "framework": contract.FrameworkPlace,
    "framework/outcome_2": contract.FrameworkPlace,
    "areas": contract.AreaCard,
    f"areas/{world.TOWN}": contract.AreaDetail,
    f"areas/{world.COUNTRY}": contract.AreaDetail,
    f"areas/{world.TOWN}/neighbours": contract.NeighbourRow,
    f"areas/{world.TOWN}/neighbours?model=all&by=density:2,deprivation": contract.NeighbourRow,
    f"areas/{world.TOWN}/neighbours?to={world.ENDED}": contract.NeighbourRow,
    f"areas/{world.TOWN}/neighbours/{world.SUPPRESSED}": contract.LikenessRow,
    f"profiles/{world.TOWN}": contract.ProfileRow,
    f"profiles/{world.COUNTRY}": contract.ProfileRow,
    "pairs": contract.PairCard,
    "pairs/share_and_rate": contract.PairRow,
    "pairs/share_and_score": contract.PairRow,
    "groups": contract.GroupingCard,
    "groups?grouping=region,ofsted,deprivation&indicator=a_share_pct": contract.GroupRow,
    "groups?grouping=population_band": contract.GroupRow,
    "commentary": contract.CommentRow,
    f"areas/{world.TOWN}/returns": contract.ReturnRow,
    "releases": contract.ReleaseRow,
    "releases/latest": contract.ReleaseDetail,
    "releases/latest/citation": contract.Citation,
    "releases/latest/files": contract.FileRow,
    "releases/latest/changes": contract.ChangeRow,
    "releases/latest/revisions": contract.RevisionRow,
}


def assert_shape(shape: Any, found: Any) -> None:
    """Check types strictly, and that what the shape names is there, in its order."""
    TypeAdapter(shape).validate_python(found, strict=True)
    promised = [name for name in shape.__annotations__ if name in found]
    assert promised == [name for name in found if name in shape.__annotations__]
    assert set(shape.__required_keys__) <= set(found)


@pytest.mark.parametrize("path", SHAPES)
def test_an_answer_has_the_shape_of_the_contract(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/v1/{path}").json()
    assert_shape(contract.Answer, answer)
    assert_shape(contract.Meta, answer["meta"])
    data = answer["data"] if isinstance(answer["data"], list) else [answer["data"]]
    assert data
    for row in data:
        assert_shape(SHAPES[path], row)


def test_nested_rows_have_their_shapes_too(client: TestClient) -> None:
    for row in client.get(f"/api/v1/profiles/{world.TOWN}").json()["data"]:
        for compared in row["comparisons"]:
            assert_shape(contract.ComparisonRow, compared)
    for card in client.get(f"/api/v1/areas/{world.TOWN}").json()["data"]["context"]:
        assert_shape(contract.ContextCard, card)
    for group in client.get("/api/v1/groups?grouping=region").json()["data"]:
        for member in group["areas"]:
            assert_shape(contract.GroupMember, member)


@pytest.mark.parametrize(
    "path", ["observations?area=nowhere", "indicators/none", "releases/none", "nothing"]
)
def test_a_problem_has_the_shape_of_the_contract(client: TestClient, path: str) -> None:
    assert_shape(contract.Problem, client.get(f"/api/v1/{path}").json())


def test_every_resource_of_the_contract_has_a_shape_in_this_test() -> None:
    # A document of its own, such as GeoJSON, is held to its shape where it is tested.
    rows = (resource for resource in RESOURCES if not resource.media_types)
    shown = {resource.answer for resource in rows if resource.answer is not None}
    single = {shape for shape in shown if hasattr(shape, "__annotations__")}
    assert single <= set(SHAPES.values())


def test_outcomes_are_the_words_of_the_contract(rows: Ask) -> None:
    found = rows("comparisons", area="authority", **{"with": "england,neighbours,type"})
    assert {row["outcome"] for row in found} <= set(contract.Outcome)


ASKED_BY_QUERY = [resource for resource in RESOURCES if resource.method == "GET"]


@pytest.mark.parametrize("resource", ASKED_BY_QUERY, ids=lambda resource: resource.path)
def test_the_example_of_every_resource_is_answered(client: TestClient, resource: Resource) -> None:
    path = resource.path.format(**{"release": "latest", **world.IN_PATH, **resource.path_examples})
    assert client.get(f"/api{path}?{resource.example}").status_code == 200


TYPES = {
    name: shape
    for name in contract.__all__
    if hasattr(shape := getattr(contract, name), "__required_keys__")
}


@pytest.mark.parametrize("name", TYPES)
def test_every_column_of_every_type_of_the_contract_has_its_meaning_in_words(name: str) -> None:
    texts = {column: column_text(name, column) for column in TYPES[name].__annotations__}
    assert [column for column, text in texts.items() if not text] == []
    assert [column for column, text in texts.items() if not str(text).endswith(".")] == []


def test_no_meaning_is_kept_of_a_column_that_no_type_has() -> None:
    used = {column for shape in TYPES.values() for column in shape.__annotations__}
    assert set(COLUMNS) <= used
    for name, columns in IN_TYPE.items():
        assert set(columns) <= set(TYPES[name].__annotations__)
    for one, other in combinations((CARD_COLUMNS, DISCOVERY_COLUMNS, FIGURE_COLUMNS), 2):
        assert not set(one) & set(other)


HEAVY = ("pandas", "geopandas", "scipy", "openpyxl", "xlsxwriter", "sqlalchemy", "plotly")


def test_serving_the_api_imports_no_heavy_library() -> None:
    program = f"import sys, api.main; print([n for n in {HEAVY} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
