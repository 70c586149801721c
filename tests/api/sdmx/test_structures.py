"""Structures of SDMX: what is named, what comes with it, and that data keep to it."""

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api import world
from tests.api.sdmx.conftest import FLOW, QUARTERS, ROOT, Ask, ask_of, key
from tests.api.sdmx.reading import BREAKDOWNS, GENERIC, KEY, SPECIFIC, find, parsed

DIMENSIONS = [*KEY, "TIME_PERIOD"]
SDMX_ID = re.compile(r"[A-Za-z0-9_@$-]+")
KINDS = {
    "agencyscheme": "AgencyScheme",
    "dataflow": "Dataflow",
    "codelist": "Codelist",
    "conceptscheme": "ConceptScheme",
    "datastructure": "DataStructure",
    "contentconstraint": "ContentConstraint",
}


def held(tree: Any) -> dict[str, list[str]]:
    """Return the ids of the structures of a message by kind."""
    ids = {
        kind: [str(id) for id in find(tree, f"//mes:Structures/*/str:{name}/@id")]
        for kind, name in KINDS.items()
    }
    return {kind: found for kind, found in ids.items() if found}


def counts(tree: Any) -> dict[str, int]:
    return {kind: len(found) for kind, found in held(tree).items()}


LISTS = 6 + 2 + len(BREAKDOWNS)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("dataflow", {"dataflow": 1}),
        ("dataflow/all", {"dataflow": 1}),
        ("dataflow/CSCO/all/latest", {"dataflow": 1}),
        ("dataflow/all/all/latest/", {"dataflow": 1}),
        (f"dataflow/CSCO/{FLOW}/1.0/", {"dataflow": 1}),
        (f"datastructure/all/{FLOW}/latest/", {"datastructure": 1}),
        ("codelist/CSCO/CL_AREA/latest", {"codelist": 1}),
        ("codelist/CSCO/CL_AREA+CL_SEX", {"codelist": 2}),
        ("codelist/CSCO+SDMX/all/all", {"codelist": LISTS}),
        ("conceptscheme", {"conceptscheme": 1}),
        ("agencyscheme/SDMX/AGENCIES/1.0", {"agencyscheme": 1}),
        ("organisationscheme", {"agencyscheme": 1}),
        ("contentconstraint", {"contentconstraint": 1}),
    ],
)
def test_a_structure_is_found_by_agency_id_and_version(
    structure: Ask, path: str, found: dict[str, int]
) -> None:
    assert counts(structure(path)) == found


ALL_CHILDREN = {"codelist": LISTS, "conceptscheme": 1}


@pytest.mark.parametrize(
    ("path", "references", "found"),
    [
        ("dataflow", "none", {"dataflow": 1}),
        ("dataflow", "children", {"dataflow": 1, "datastructure": 1}),
        ("dataflow", "datastructure", {"dataflow": 1, "datastructure": 1}),
        ("dataflow", "codelist", {"dataflow": 1, "codelist": LISTS}),
        ("dataflow", "categoryscheme", {"dataflow": 1}),
        ("dataflow", "descendants", {"dataflow": 1, "datastructure": 1, **ALL_CHILDREN}),
        ("dataflow", "parents", {"dataflow": 1, "contentconstraint": 1}),
        ("dataflow", "all",
         {"dataflow": 1, "datastructure": 1, "contentconstraint": 1, **ALL_CHILDREN}),
        ("datastructure", "children", {"datastructure": 1, **ALL_CHILDREN}),
        ("datastructure", "parents", {"datastructure": 1, "dataflow": 1}),
        ("codelist/all/CL_AREA", "parents", {"codelist": 1, "datastructure": 1}),
        ("codelist/all/CL_AREA", "parentsandsiblings", {"datastructure": 1, **ALL_CHILDREN}),
        ("agencyscheme", "all", {"agencyscheme": 1}),
    ],
)  # fmt: skip
def test_references_bring_what_belongs_to_it_once(
    structure: Ask, path: str, references: str, found: dict[str, int]
) -> None:
    tree = structure(path, references=references)
    assert counts(tree) == found
    assert all(len(set(ids)) == len(ids) for ids in held(tree).values())


@pytest.mark.parametrize(
    ("detail", "stubs"),
    [
        ("full", set()),
        ("referencepartial", set()),
        ("allstubs", {"Dataflow", "DataStructure"}),
        ("allcompletestubs", {"Dataflow", "DataStructure"}),
        ("referencestubs", {"DataStructure"}),
        ("referencecompletestubs", {"DataStructure"}),
    ],
)
def test_a_stub_is_a_name_and_where_the_whole_is(
    client: TestClient, structure: Ask, detail: str, stubs: set[str]
) -> None:
    tree = structure("dataflow", references="children", detail=detail)
    found = find(tree, "//*[@isExternalReference='true']")
    assert {one.tag.rpartition("}")[2] for one in found} == stubs
    for one in found:
        assert {child.tag.rpartition("}")[2] for child in one} <= {"Name", "Description"}
        assert client.get(one.get("structureURL")).status_code == 200


def test_the_data_structure_has_the_id_of_the_dataflow_for_rsdmx_looks_there(
    structure: Ask, client: TestClient
) -> None:
    tree = structure("dataflow", references="children")
    assert held(tree) == {"dataflow": [FLOW], "datastructure": [FLOW]}
    for accept in (GENERIC, SPECIFIC):
        answer = client.get(f"{ROOT}/data/{FLOW}/{key('a_score')}", headers={"Accept": accept})
        assert find(parsed(answer.content), "//mes:Header//Ref/@id") == [FLOW]


def test_dimensions_stand_in_the_order_of_a_key_and_time_is_the_last(structure: Ask) -> None:
    tree = structure("datastructure")
    assert find(tree, "//str:DimensionList/*/@id") == DIMENSIONS
    assert find(tree, "//str:DimensionList/*/@position") == [
        str(place) for place in range(1, len(DIMENSIONS) + 1)
    ]
    assert find(tree, "//str:TimeDimension/@id") == ["TIME_PERIOD"]
    mandatory = find(tree, "//str:Attribute[@assignmentStatus='Mandatory']/@id")
    assert mandatory == ["OBS_STATUS", "STATUS"]


def test_every_attribute_of_data_is_declared_and_every_code_is_in_its_list(
    structure: Ask, data: Ask
) -> None:
    tree = structure("datastructure", references="all")
    declared = {str(id) for id in find(tree, "//str:Attribute/@id")}
    lists = {
        str(one.get("id")): {str(id) for id in find(one, "str:Code/@id")}
        for one in find(tree, "//str:Codelist")
    }
    coded = {
        str(find(one, "ancestor::*[@position or @assignmentStatus]/@id")[0]): str(one.get("id"))
        for one in find(tree, "//str:Enumeration/Ref")
    }
    assert set(coded.values()) == set(lists)
    for row in data("all"):
        assert set(row) - set(DIMENSIONS) - {"OBS_VALUE"} <= declared
        assert {
            id for id, name in coded.items() if id in row and row[id] not in lists[name]
        } == set()


def test_every_id_is_one_that_the_standard_allows(structure: Ask) -> None:
    ids = {str(id) for id in find(structure("structure", references="all"), "//@id")}
    assert {id for id in ids if not SDMX_ID.fullmatch(id)} == set()
    assert {"a_share_pct", world.TOWN, "_T"} <= ids


def test_areas_lie_in_their_region_and_regions_in_the_country(structure: Ask) -> None:
    tree = structure("codelist/CSCO/CL_AREA")
    parents = {
        str(one.get("id")): [str(id) for id in find(one, "str:Parent/Ref/@id")]
        for one in find(tree, "//str:Code")
    }
    assert parents[world.COUNTRY] == []
    assert parents[world.REGION] == [world.COUNTRY]
    assert parents[world.TOWN][0] in {code for code in parents if code.startswith("X12")}
    roots = [code for code, above in parents.items() if not above]
    assert roots == [world.COUNTRY]


def test_codes_have_the_words_of_the_release(structure: Ask) -> None:
    tree = structure("codelist/CSCO/CL_INDICATOR+CL_SEX")
    assert find(tree, "//str:Code[@id='a_share_pct']/com:Name/text()") == ["A share, by hand"]
    assert find(tree, "//str:Code[@id='a_share_pct']/com:Description/text()")
    assert find(tree, "//str:Code[@id='M']/com:Name/text()") == ["Boys"]
    assert find(tree, "//str:Code[@id='F']/com:Name/text()") == ["F"]  # nobody gave it a title
    old = structure("codelist/CSCO/CL_PERIOD_KIND", release=world.OLD)
    assert find(old, "//str:Code/@id") == ["RY"]


def values(tree: Any) -> dict[str, list[str]]:
    return {
        str(one.get("id")): [
            str(text) for text in find(one, "com:Value/text() | com:TimeRange/*/text()")
        ]
        for one in find(tree, "//com:KeyValue")
    }


def metrics(tree: Any) -> dict[str, int]:
    return {
        str(one.get("id")): int(find(one, "com:AnnotationTitle/text()")[0])
        for one in find(tree, "//com:Annotation")
    }


def test_what_is_available_under_a_key_is_what_the_data_hold(structure: Ask, data: Ask) -> None:
    asked = key("a_rate_10k", f"{world.COUNTRY}+{world.TOWN}")
    tree = structure(f"availableconstraint/{FLOW}/{asked}/all/all", startPeriod="2025")
    rows = data(asked, startPeriod="2025")
    found = values(tree)
    for id in KEY:
        assert set(found[id]) == {row[id] for row in rows}
    assert found["TIME_PERIOD"] == ["2025", "2025"]
    series = {tuple(row[id] for id in KEY) for row in rows}
    assert metrics(tree) == {"obs_count": len(rows), "series_count": len(series)}


@pytest.mark.parametrize(
    "asked",
    ["all", key("a_rate_10k"), key("a_share_pct", world.MISSING),
     key("a_share_pct", f"{world.TOWN}+{world.SUBREGION}+{world.ENDED}")],
)  # fmt: skip
def test_what_is_available_counts_the_rows_that_have_no_figure_as_the_data_do(
    structure: Ask, data: Ask, asked: str
) -> None:
    rows = data(asked)
    found = structure(f"availableconstraint/{FLOW}/{asked}")
    assert metrics(found)["obs_count"] == len(rows)
    for id in KEY:
        assert set(values(found)[id]) == {row[id] for row in rows}


def test_one_dimension_can_be_asked_for_as_it_is_or_as_if_it_were_open(structure: Ask) -> None:
    asked = key("a_rate_10k", world.COUNTRY, sex="F")
    path = f"availableconstraint/{FLOW}/{asked}/CSCO/SEX"
    assert values(structure(path)) == {"SEX": ["F"]}
    assert values(structure(path, mode="available")) == {"SEX": ["_T", "F", "M"]}
    times = values(structure(f"availableconstraint/{FLOW}/{asked}/all/TIME_PERIOD"))
    assert times == {"TIME_PERIOD": ["2024", "2025"]}


def test_what_is_available_can_bring_the_flow_and_the_lists(structure: Ask) -> None:
    path = f"availableconstraint/{FLOW}/{key('a_score')}"
    assert counts(structure(path, references="dataflow")) == {"contentconstraint": 1, "dataflow": 1}
    assert counts(structure(path, references="codelist"))["codelist"] == LISTS


def test_the_stored_constraint_says_what_the_whole_release_has(structure: Ask) -> None:
    found = values(structure("contentconstraint"))
    assert found["INDICATOR"] == ["a_share_pct", "a_rate_10k", "a_score"]
    assert found["PERIOD_KIND"] == ["RY", "SEP"]
    assert found == values(structure(f"availableconstraint/{FLOW}"))


def test_quarters_are_available_too(many: TestClient) -> None:
    answer = many.get(f"{ROOT}/availableconstraint/{FLOW}/{key(freq='Q')}")
    found = values(parsed(answer.content))
    assert (found["FREQ"], found["PERIOD_KIND"]) == (["Q"], ["RYQ"])
    assert found["TIME_PERIOD"] == ["2024-Q2", "2025-Q1"]
    assert len(ask_of(many)(key(freq="Q", area=world.TOWN))) == len(QUARTERS)
