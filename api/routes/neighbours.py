"""The resources /areas/{code}/neighbours and /areas/{code}/neighbours/{other}."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from api.alike import Alike, alike_of, read_weights, who_counts
from api.answers import send_rows
from api.area_names import neighbour_model, resolve_area
from api.asking import EVERY_FORMAT, Asked, ask, parameters
from api.context_cards import variable_cards
from api.contract import ALL_MODELS, API_PREFIX, OWN_MODEL, LikenessRow
from api.neighbour_models import MOST
from api.neighbours import (
    columns_of,
    distance_of,
    models_naming,
    official_rows,
    own_rows,
    pair_rows,
)
from api.parameters import Parameter, Query, read_whole, whole
from api.problems import bad_value
from api.routes.areas import path_area
from reference.areas import Area, AreaKind
from reference.places import PlaceSet

BY_DEFAULT: Final = 10

MODEL: Final = Parameter(
    "model",
    f"Models of neighbours, one after the other, or `{ALL_MODELS}`. Default: the newest, or none "
    "with `by`.",
    ALL_MODELS,
)
BY: Final = Parameter(
    "by",
    f"An own set, as rows of model `{OWN_MODEL}`: context variables with weights above 0, as "
    "`VARIABLE:WEIGHT`. Distances are then measured by these. It is no official model.",
    "population:1,deprivation:2,density:1",
)
COUNT: Final = Parameter(
    "count",
    f"How many of an own set, 1 to {MOST}; default {BY_DEFAULT}.",
    is_list=False,
    form=whole(1, MOST),
)
NEAREST: Final = Parameter(
    "n", "At most so many of each model, the nearest; default all that it names.", "5", False
)
TO: Final = Parameter(
    "to",
    "Only this authority: in every model that names it, and by distance whether named or not.",
    is_list=False,
)
KNOWN: Final = parameters(model=MODEL, by=BY, count=COUNT, n=NEAREST, to=TO)
PAIR: Final = parameters(by=BY)
PAIR_COLUMNS: Final = tuple(LikenessRow.__annotations__)


async def neighbours(request: Request) -> Response:
    """Answer with the neighbours of an authority, nearest first, and how alike they are."""
    asked = await ask(request, KNOWN)
    area, query, places = path_area(request, asked), asked.query, asked.release.snapshot.places
    weights = read_weights(places, query.all("by"))
    alike = alike_of(asked.release, weights)
    to = _authority(asked, query.one("to"), "to")
    is_own = weights is not None or to is not None
    count = _count(query, is_own=is_own)
    nearest = _whole_number(query, "n")
    found = {
        model: official_rows(alike, area, model) for model in _models(places, query, is_own, to)
    }
    if is_own:
        found[OWN_MODEL] = own_rows(alike, area, count, to) if area.code in alike.position else []
    found = {model: of[:nearest] for model, of in found.items()}
    rows = [row for of in found.values() for row in of if to is None or row["code"] == to.code]
    return await send_rows(
        asked,
        rows,
        columns_of(alike.variables),
        EVERY_FORMAT,
        [*_warnings(alike, area, found), *_of_own(is_own)],
        variables=variable_cards(places, area, alike.weights),
        distances=who_counts(alike),
        links=_links(area, rows),
    )


async def pair(request: Request) -> Response:
    """Answer with how alike two authorities are: one row for each context variable."""
    asked = await ask(request, PAIR)
    area = _only_authorities(path_area(request, asked), "code")
    other = _only_authorities(path_area(request, asked, "other"), "other")
    if area.code == other.code:
        raise bad_value("other", f"is {area.name} once more; name another authority")
    alike = alike_of(asked.release, read_weights(alike_places(asked), asked.query.all("by")))
    far = distance_of(alike, area, other)
    warnings = [] if far["reason"] is None else [f"no distance: {far['reason']}"]
    return await send_rows(
        asked,
        pair_rows(alike, area, other),
        PAIR_COLUMNS,
        EVERY_FORMAT,
        warnings,
        **far,
        names=models_naming(alike, area, other.code),
        named_by=models_naming(alike, other, area.code),
        distances=who_counts(alike),
    )


def alike_places(asked: Asked) -> PlaceSet:
    """Return the places of the release that was asked."""
    return asked.release.snapshot.places


def _models(places: PlaceSet, query: Query, is_own: bool, to: Area | None) -> Sequence[str]:
    """Return the official models asked for; raises ProblemError for an unknown one."""
    words = query.all("model")
    if ALL_MODELS in words or (to is not None and not words):
        return places.neighbour_models
    if not words and is_own:
        return ()
    chosen = [neighbour_model(places, word, "model") for word in words]
    return chosen or [places.default_neighbour_model]


def _count(query: Query, *, is_own: bool) -> int:
    if "count" in query and not is_own:
        raise bad_value("count", "goes with by=; n= takes the nearest of an official model")
    return _whole_number(query, "count") or BY_DEFAULT


def _whole_number(query: Query, name: str) -> int | None:
    text = query.one(name)
    if text is None:
        return None
    return read_whole(name, text, MOST)


def _authority(asked: Asked, text: str | None, parameter: str) -> Area | None:
    if text is None:
        return None
    return _only_authorities(resolve_area(asked.release, text, parameter), parameter)


def _only_authorities(area: Area, parameter: str) -> Area:
    if area.kind is not AreaKind.AUTHORITY:
        level = f"{area.name} is a {area.kind.value}"
        raise bad_value(parameter, f"{level}; only authorities are compared in what they are like")
    return area


def _warnings(
    alike: Alike, area: Area, found: Mapping[str, Sequence[Mapping[str, Any]]]
) -> list[str]:
    name = f"{area.name} ({area.code})"
    official = [model for model, rows in found.items() if not rows and model != OWN_MODEL]
    said = [f"{name} has no neighbours in model {model}" for model in official]
    if OWN_MODEL in found and not found[OWN_MODEL]:
        why = alike.reason(area) if area.code in alike.position else f"it is a {area.kind.value}"
        said.append(f"{name} has no set of its own: {why}")
    return said


def _of_own(is_own: bool) -> list[str]:
    words = "is this service's distance by variables chosen by a reader or by default"
    return [f"model {OWN_MODEL} {words}; it is not an official model"] if is_own else []


def _links(area: Area, rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return where the figures of these neighbours are compared with those of the area."""
    models = dict.fromkeys(row["model"] for row in rows)
    own = ",".join(row["code"] for row in rows if row["model"] == OWN_MODEL)
    tokens = [f"neighbours:{model}" for model in models if model != OWN_MODEL]
    tokens += [f"areas:{own}"] if own else []
    if not tokens:
        return {}
    comparisons = f"{API_PREFIX}/comparisons?area={area.code}&with={','.join(tokens)}"
    return {"comparisons": comparisons}
