"""Which structures a query means: those it names, and what `references` and `detail` change."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from api.opened import OpenRelease
from api.parameters import Query
from api.sdmx.availability import constraint
from api.sdmx.errors import NOT_IMPLEMENTED, SdmxError, nothing, syntax, unknown
from api.sdmx.keys import ALL, VERSIONS, Asking
from api.sdmx.names import AGENCY
from api.sdmx.structures import KINDS, Artefact, Artefact_Id, artefacts

EVERY_KIND: Final = "structure"
ORGANISATIONS: Final = "organisationscheme"
NOT_HELD: Final = frozenset(
    {
        "actualconstraint", "allowedconstraint", "attachmentconstraint", "categorisation",
        "categoryscheme", "customtypescheme", "dataconsumerscheme", "dataproviderscheme",
        "hierarchicalcodelist", "metadataflow", "metadatastructure", "namepersonalisationscheme",
        "organisationunitscheme", "process", "provisionagreement", "reportingtaxonomy",
        "rulesetscheme", "structureset", "transformationscheme", "userdefinedoperatorscheme",
        "vtlmappingscheme",
    }
)  # fmt: skip
"""Kinds of structures that the standard knows and this service has none of."""
DETAILS: Final[Mapping[str, tuple[bool, bool]]] = {
    "full": (False, False),
    "allstubs": (True, True),
    "referencestubs": (False, True),
    "allcompletestubs": (True, True),
    "referencecompletestubs": (False, True),
    "referencepartial": (False, False),
}
"""Whether what is named, and what is added, is given without its content.

Lists hold what the release has and no more, so partial ones would be the same.
"""

Graph = Mapping[Artefact_Id, Artefact]


@dataclass(frozen=True)
class Found:
    """Structures to write in full, and those to write as stubs."""

    full: tuple[Artefact, ...]
    stubs: tuple[Artefact, ...]


def find_structures(release: OpenRelease, path: tuple[str, ...], query: Query) -> Found:
    """Return what `KIND/AGENCY/ID/VERSION` means; raises SdmxError for what is not here."""
    kind, agency, id, version = (*path, *("", ALL, ALL, "latest")[len(path) :])[:4]
    if len(path) > 4:
        raise SdmxError(NOT_IMPLEMENTED, "single items of a scheme are not given; take the scheme")
    graph = graph_of(release)
    named = _named(graph, kind, _tokens(agency, "agency"), _tokens(id, "id"))
    for text in _tokens(version, "version"):
        if text not in VERSIONS:
            raise nothing(f"every structure has the one version 1.0, not {text[:20]}")
    return with_references(graph, named, query)


def with_references(graph: Graph, named: Iterable[Artefact], query: Query) -> Found:
    """Add what `references` asks for, and leave what `detail` leaves."""
    first = list(named)
    added = [one for one in _referenced(graph, first, query) if one not in first]
    detail = query.one("detail") or "full"
    if detail not in DETAILS:
        raise syntax(f"detail: '{detail[:40]}' is none of {', '.join(DETAILS)}")
    named_stub, added_stub = DETAILS[detail]
    full = [] if named_stub else first
    stubs = first if named_stub else []
    (stubs if added_stub else full).extend(added)
    return Found(tuple(full), tuple(stubs))


def graph_of(release: OpenRelease) -> Graph:
    """Return all structures of a release by kind and id; kept with it."""
    found: Graph | None = release.kept.get("sdmx graph")
    if found is None:
        held, _ = constraint(release, Asking({}))
        found = release.kept["sdmx graph"] = {**artefacts(release), held.key: held}
    return found


def _tokens(text: str, what: str) -> frozenset[str]:
    parts = frozenset(text.split("+"))
    if "" in parts:
        raise syntax(f"{what}: '{text[:60]}' has an empty part")
    return parts


def _named(
    graph: Graph, kind: str, agencies: frozenset[str], ids: frozenset[str]
) -> tuple[Artefact, ...]:
    kinds = _kinds(kind)
    of_agency = [one for one in graph.values() if agencies & {ALL, one.agency}]
    if not of_agency:
        raise unknown("agency", "+".join(sorted(agencies)), (AGENCY, ALL))
    of_kind = [one for one in of_agency if one.kind in kinds]
    if not of_kind:
        raise nothing(f"this agency has no {kind}")
    known = {one.id for one in of_kind}
    for id in sorted(ids - known - {ALL}):
        raise unknown(kind, id, sorted(known))
    return tuple(one for one in of_kind if ids & {ALL, one.id})


def _kinds(kind: str) -> tuple[str, ...]:
    if kind in {EVERY_KIND, ""}:
        return KINDS
    if kind == ORGANISATIONS:
        return ("agencyscheme",)
    if kind in KINDS:
        return (kind,)
    if kind in NOT_HELD:
        raise nothing(f"this service has no {kind}; it has {', '.join(KINDS)}")
    raise unknown("resource", kind, (*KINDS, "data", "availableconstraint", EVERY_KIND))


def _referenced(graph: Graph, named: list[Artefact], query: Query) -> list[Artefact]:
    word = query.one("references") or "none"
    choose = _REFERENCES.get(word)
    if choose is not None:
        return _distinct(choose(graph, named))
    if word in KINDS or word in NOT_HELD or word == ORGANISATIONS:
        kinds = () if word in NOT_HELD else _kinds(word)
        return [one for one in _distinct(_everything(graph, named)) if one.kind in kinds]
    raise syntax(
        f"references: '{word[:40]}' is none of {', '.join(_REFERENCES)}, nor a kind of structure"
    )


def _distinct(found: Iterable[Artefact]) -> list[Artefact]:
    return list({one.key: one for one in found}.values())


def _children(graph: Graph, named: Iterable[Artefact]) -> list[Artefact]:
    return _distinct(graph[key] for one in named for key in one.refers_to if key in graph)


def _parents(graph: Graph, named: Iterable[Artefact]) -> list[Artefact]:
    keys = {one.key for one in named}
    return [one for one in graph.values() if keys & set(one.refers_to)]


def _descendants(graph: Graph, named: Iterable[Artefact]) -> list[Artefact]:
    found: list[Artefact] = []
    step = _children(graph, named)
    while step:
        found += step
        step = _children(graph, step)
    return found


def _with_siblings(graph: Graph, named: Iterable[Artefact]) -> list[Artefact]:
    parents = _parents(graph, named)
    return [*parents, *_children(graph, parents)]


def _everything(graph: Graph, named: Iterable[Artefact]) -> list[Artefact]:
    first = list(named)
    return [*_with_siblings(graph, first), *_descendants(graph, first)]


def _nothing(_: Graph, __: Iterable[Artefact]) -> list[Artefact]:
    return []


_REFERENCES: Final[Mapping[str, Callable[[Graph, Iterable[Artefact]], list[Artefact]]]] = {
    "none": _nothing,
    "parents": _parents,
    "parentsandsiblings": _with_siblings,
    "children": _children,
    "descendants": _descendants,
    "all": _everything,
}
