"""The structures of the service as SDMX-ML: dataflow, data structure, lists, concepts, agency."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from api.opened import OpenRelease
from api.sdmx import names
from api.sdmx.codes import Code, CodeList, code_lists
from api.sdmx.names import AGENCY, CELL, CONCEPTS, FLOW, VERSION, Component, class_of, urn
from api.sdmx.xml import DECLARATION, element, head_of, namespaces, text_element

Artefact_Id = tuple[str, str]

_GROUPS: Final = {
    "agencyscheme": "str:OrganisationSchemes",
    "dataflow": "str:Dataflows",
    "codelist": "str:Codelists",
    "conceptscheme": "str:Concepts",
    "datastructure": "str:DataStructures",
    "contentconstraint": "str:Constraints",
}
"""The kinds of structures, and what each stands in, in the order of a message."""
KINDS: Final = tuple(_GROUPS)


@dataclass(frozen=True)
class Artefact:
    """One structure that is maintained; `refers_to` are those it is made with."""

    kind: str
    id: str
    name: str
    text: str = ""
    agency: str = AGENCY
    refers_to: tuple[Artefact_Id, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    content: Callable[[], str] = field(default=str, repr=False)

    @property
    def key(self) -> Artefact_Id:
        """What no other has."""
        return self.kind, self.id


def artefacts(release: OpenRelease) -> Mapping[Artefact_Id, Artefact]:
    """Return all structures but the constraint, which needs the cells; kept with the release."""
    found: Mapping[Artefact_Id, Artefact] | None = release.kept.get("sdmx artefacts")
    if found is None:
        lists = code_lists(release)
        made = (
            _agencies(),
            _flow(),
            *(_code_list(one) for one in lists.values()),
            _concepts(),
            _structure(lists),
        )
        found = release.kept["sdmx artefacts"] = {one.key: one for one in made}
    return found


def message(
    release: OpenRelease, full: Iterable[Artefact], stubs: Iterable[Artefact] = ()
) -> bytes:
    """Return a structure message."""
    written = [(one.kind, _written(one)) for one in full]
    written += [(one.kind, _stub(one)) for one in stubs]
    groups = (
        element(name, {}, *(text for kind, text in written if kind == group))
        for group, name in _GROUPS.items()
        if any(kind == group for kind, _ in written)
    )
    return (
        DECLARATION
        + element(
            "mes:Structure",
            namespaces("mes", "com", "str", "xsi"),
            head_of(release, "structures"),
            element("mes:Structures", {}, *groups),
        )
    ).encode()


def _identity(artefact: Artefact) -> dict[str, str]:
    return {
        "id": artefact.id,
        "urn": urn(artefact.kind, artefact.id, artefact.agency),
        "agencyID": artefact.agency,
        "version": VERSION,
    }


def _named(artefact: Artefact) -> str:
    return text_element("com:Name", artefact.name) + text_element("com:Description", artefact.text)


def _written(artefact: Artefact) -> str:
    attributes = {**_identity(artefact), "isFinal": "false", **artefact.attributes}
    content = artefact.content()
    annotations, mark, rest = content.rpartition("</com:Annotations>")
    return "\n" + element(
        f"str:{class_of(artefact.kind)[1]}", attributes, annotations, mark, _named(artefact), rest
    )


def _stub(artefact: Artefact) -> str:
    """Return only what a structure is called, and where the whole of it is."""
    place = f"{names.ROOT}/{artefact.kind}/{artefact.agency}/{artefact.id}/{VERSION}"
    attributes = {
        **_identity(artefact),
        "isExternalReference": "true",
        "structureURL": place,
        **artefact.attributes,
    }
    return "\n" + element(f"str:{class_of(artefact.kind)[1]}", attributes, _named(artefact))


def reference(kind: str, id: str) -> str:
    """Return a reference to a structure of ours."""
    package, name = class_of(kind)
    return element(
        "Ref",
        {"id": id, "version": VERSION, "agencyID": AGENCY, "package": package, "class": name},
    )


def _agencies() -> Artefact:
    agency = element(
        "str:Agency",
        {
            "id": AGENCY,
            "urn": names.item_urn(
                "base.Agency", names.AGENCIES, AGENCY, names.AGENCIES_OWNER
            ).replace(f"{names.AGENCIES}({VERSION}).", ""),
        },
        text_element("com:Name", names.AGENCY_NAME),
    )
    return Artefact(
        "agencyscheme",
        names.AGENCIES,
        "Agencies",
        agency=names.AGENCIES_OWNER,
        content=lambda: agency,
    )


def _flow() -> Artefact:
    refers_to = ("datastructure", FLOW)
    return Artefact(
        "dataflow",
        FLOW,
        names.FLOW_NAME,
        names.FLOW_TEXT,
        refers_to=(refers_to,),
        content=lambda: element("str:Structure", {}, reference(*refers_to)),
    )


def _code_list(codes: CodeList) -> Artefact:
    return Artefact("codelist", codes.id, codes.name, content=partial(_codes, codes))


def _codes(codes: CodeList) -> str:
    return "".join(_code(codes, code) for code in codes.codes)


def _code(codes: CodeList, code: Code) -> str:
    parent = element("str:Parent", {}, element("Ref", {"id": code.parent})) if code.parent else ""
    return "\n" + element(
        "str:Code",
        {"id": code.id, "urn": names.item_urn("codelist.Code", codes.id, code.id)},
        text_element("com:Name", code.name),
        text_element("com:Description", code.text),
        parent,
    )


def _concepts() -> Artefact:
    def content() -> str:
        return "".join(
            "\n"
            + element(
                "str:Concept",
                {
                    "id": one.id,
                    "urn": names.item_urn("conceptscheme.Concept", CONCEPTS, one.id),
                },
                text_element("com:Name", one.name),
                text_element("com:Description", one.text),
                # sdmx1 asks the concept of an attribute of the data set for it.
                element("str:CoreRepresentation", {}, _text_format(one)) if not one.codes else "",
            )
            for one in names.COMPONENTS
        )

    return Artefact("conceptscheme", CONCEPTS, "Concepts", content=content)


def _structure(lists: Mapping[str, CodeList]) -> Artefact:
    used = (one.codes for one in names.COMPONENTS if one.codes)
    refers_to = (
        *(("codelist", id) for id in dict.fromkeys(used) if id in lists),
        ("conceptscheme", CONCEPTS),
    )
    return Artefact(
        "datastructure",
        FLOW,
        names.FLOW_NAME,
        names.FLOW_TEXT,
        refers_to=refers_to,
        content=_components,
    )


def _components() -> str:
    dimensions = [
        _component("str:Dimension", one, {"position": str(place)})
        for place, one in enumerate(names.DIMENSIONS, 1)
    ]
    position = {"position": str(len(dimensions) + 1)}
    dimensions.append(_component("str:TimeDimension", names.TIME_DIMENSION, position))
    return element(
        "str:DataStructureComponents",
        {},
        element("str:DimensionList", _descriptor("Dimension"), *dimensions),
        element("str:AttributeList", _descriptor("Attribute"), *_attributes(names.ATTRIBUTES)),
        element(
            "str:MeasureList",
            _descriptor("Measure"),
            _component("str:PrimaryMeasure", names.MEASURE, {}),
        ),
    )


def _descriptor(what: str) -> dict[str, str]:
    id = f"{what}Descriptor"
    return {"id": id, "urn": names.item_urn(f"datastructure.{id}", FLOW, id)}


def _attributes(attributes: Sequence[Component]) -> Iterator[str]:
    for one in attributes:
        status = "Mandatory" if one.is_mandatory else "Conditional"
        yield _component(
            "str:Attribute",
            one,
            {"assignmentStatus": status},
            element("str:AttributeRelationship", {}, _attached_to(one.level)),
        )


def _attached_to(level: str) -> str:
    if level == CELL:
        return element("str:PrimaryMeasure", {}, element("Ref", {"id": names.VALUE}))
    return element("str:None")


def _text_format(one: Component) -> str:
    return element("str:TextFormat", {"textType": one.kind})


def _component(name: str, one: Component, attributes: Mapping[str, str], more: str = "") -> str:
    package = f"datastructure.{name.removeprefix('str:').replace('Attribute', 'DataAttribute')}"
    concept = {
        "id": one.id,
        "maintainableParentID": CONCEPTS,
        "maintainableParentVersion": VERSION,
        "agencyID": AGENCY,
        "package": "conceptscheme",
        "class": "Concept",
    }
    values = (
        element("str:Enumeration", {}, reference("codelist", one.codes))
        if one.codes
        else _text_format(one)
    )
    return "\n" + element(
        name,
        {"id": one.id, "urn": names.item_urn(package, FLOW, one.id), **attributes},
        element("str:ConceptIdentity", {}, element("Ref", concept)),
        element("str:LocalRepresentation", {}, values),
        more,
    )
