"""Whole data messages: the frame of each format around rows that come part by part."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from api.blocks import Block
from api.opened import OpenRelease
from api.sdmx import addresses
from api.sdmx.dialects import CSV, GENERIC, SPECIFIC, Dialect
from api.sdmx.names import ATTRIBUTES, DIMENSIONS, FLOW, RELEASE, TIME, VALUE, urn
from api.sdmx.row_writing import FULL, Shape, written
from api.sdmx.series import SeriesBlock, series_blocks
from api.sdmx.structures import reference
from api.sdmx.xml import DECLARATION, as_id, element, head_of, namespaces, start

FLAT: Final = "AllDimensions"

Frame = Callable[[OpenRelease, Shape], tuple[str, str]]


@dataclass(frozen=True)
class DataForm:
    """One data format: how it writes rows, and what stands around them."""

    name: str
    dialect: Dialect
    frame: Frame
    extension: str = "xml"
    is_flat: bool = False

    @property
    def media_type(self) -> str:
        """What it is called in a header."""
        return addresses.MEDIA_TYPES[self.name]


def data_message(
    form: DataForm, release: OpenRelease, made: Iterable[SeriesBlock], shape: Shape = FULL
) -> Iterator[bytes]:
    """Give a message part by part."""
    head, tail = form.frame(release, shape)
    yield head.encode()
    for one in made:
        yield from written(release, one, form.dialect, shape)
    yield tail.encode()


def of_blocks(form: DataForm, release: OpenRelease, found: Iterable[Block]) -> Iterator[bytes]:
    """Give all rows of blocks as a message part by part."""
    shape = Shape(is_flat=form.is_flat)
    return data_message(form, release, series_blocks(release, found), shape)


def _structure_head(shape: Shape, namespace: str = "") -> str:
    at = FLAT if shape.is_flat else TIME
    attributes = {"structureID": FLOW, "namespace": namespace, "dimensionAtObservation": at}
    structure = element("com:Structure", {}, reference("datastructure", FLOW))
    return element("mes:Structure", attributes, structure)


def _generic(release: OpenRelease, shape: Shape) -> tuple[str, str]:
    told = GENERIC.field(RELEASE.id, release.id)
    attributes = element("gen:Attributes", {}, told) if shape.has_attributes else ""
    data_set = {"structureRef": FLOW, "action": "Information", "setID": as_id(release.digest)}
    head = (
        DECLARATION
        + start("mes:GenericData", namespaces("mes", "com", "gen", "xsi"))
        + head_of(release, FLOW, _structure_head(shape), data=True)
        + start("mes:DataSet", data_set)
        + attributes
        + "\n"
    )
    return head, "</mes:DataSet></mes:GenericData>\n"


def _specific(release: OpenRelease, shape: Shape) -> tuple[str, str]:
    """Return the frame in a namespace of our own structure, as the standard asks for."""
    at = FLAT if shape.is_flat else TIME
    own = f"{urn('datastructure', FLOW)}:ObsLevelDim:{at}"
    data_set = {
        "ss:dataScope": "DataStructure",
        "xsi:type": "own:DataSetType",
        "ss:structureRef": FLOW,
        "ss:action": "Information",
        "ss:setID": as_id(release.digest),
        **({RELEASE.id: release.id} if shape.has_attributes else {}),
    }
    head = (
        DECLARATION
        + start(
            "mes:StructureSpecificData",
            {**namespaces("mes", "com", "ss", "xsi"), "xmlns:own": own},
        )
        + head_of(release, FLOW, _structure_head(shape, own), data=True)
        + start("mes:DataSet", data_set)
        + "\n"
    )
    return head, "</mes:DataSet></mes:StructureSpecificData>\n"


def _csv(_: OpenRelease, shape: Shape) -> tuple[str, str]:
    attributes = [one.id for one in ATTRIBUTES] if shape.has_attributes else []
    columns = ("DATAFLOW", *(one.id for one in DIMENSIONS), TIME, VALUE, *attributes)
    return ",".join(columns) + "\r\n", ""


FORMS: Final[Mapping[str, DataForm]] = {
    form.name: form
    for form in (
        DataForm(addresses.GENERIC, GENERIC, _generic),
        DataForm(addresses.SPECIFIC, SPECIFIC, _specific),
        DataForm(addresses.CSV, CSV, _csv, extension="csv", is_flat=True),
    )
}
"""The data formats, the default first."""
