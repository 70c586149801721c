"""The resources /indicators, /indicators/{id} and /framework."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_json, send_rows
from api.asking import EVERY_FORMAT, JSON_ONLY, ask, parameters
from api.contract import API_PREFIX, IndicatorCard
from api.framework import framework
from api.indicator_cards import indicator_card, indicator_detail
from api.parameters import Parameter, Query, described
from api.problems import not_found, unknown_value
from indicators.model import Indicator, Kind, Stage

LIST: Final = parameters(
    described(
        (
            Parameter("q", "Words that id, title, definition or synonyms contain.", "referral"),
            Parameter("kind", f"{', '.join(Kind)}.", "outcome"),
            Parameter("stage", f"{', '.join(Stage)}.", "in_care"),
            Parameter("core", "`true` for those that pages show first.", "true", is_list=False),
        )
    )
)
ONE: Final = parameters()


async def list_indicators(request: Request) -> Response:
    """Answer with the cards of all indicators, or of those that match."""
    asked = await ask(request, LIST)
    indicators = asked.release.snapshot.indicators
    tests = [_test(asked.query, name) for name in ("q", "kind", "stage", "core")]
    rows = [
        indicator_card(asked.release, code)
        for code, indicator in enumerate(indicators)
        if all(test(indicator) for test in tests)
    ]
    columns = tuple(IndicatorCard.__annotations__)
    return await send_rows(asked, rows, columns, EVERY_FORMAT)


async def one_indicator(request: Request) -> Response:
    """Answer with the full card of an indicator."""
    asked = await ask(request, ONE, JSON_ONLY)
    wanted = request.path_params["id"]
    code = asked.release.snapshot.indicator_codes.get(wanted)
    if code is None:
        raise not_found(wanted, asked.release.snapshot.indicator_codes, "an indicator")
    links = {"observations": f"{API_PREFIX}/observations?indicator={wanted}"}
    return send_json(asked, indicator_detail(asked.release, code), links=links)


async def framework_places(request: Request) -> Response:
    """Answer with the outcomes and enablers of the framework and their indicators."""
    asked = await ask(request, ONE, JSON_ONLY)
    return send_json(asked, framework(asked.release))


def _test(query: Query, name: str) -> Callable[[Indicator], bool]:
    values = query.all(name)
    if not values:
        return lambda _: True
    if name == "q":
        words = [word for value in values for word in value.casefold().split()]
        return lambda indicator: all(word in _searched(indicator) for word in words)
    for value in values:
        if value not in _KNOWN[name]:
            advice = f"use {', '.join(_KNOWN[name])}"
            raise unknown_value(name, value, _KNOWN[name], f"a value of {name}", advice)
    read = _READ[name]
    return lambda indicator: read(indicator) in values


_KNOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": tuple(Kind),
    "stage": tuple(Stage),
    "core": ("true", "false"),
}
_READ: Final[Mapping[str, Callable[[Indicator], Any]]] = {
    "kind": lambda indicator: indicator.kind.value,
    "stage": lambda indicator: indicator.stage.value,
    "core": lambda indicator: "true" if indicator.is_core else "false",
}


def _searched(indicator: Indicator) -> str:
    texts = (indicator.id, indicator.title, indicator.definition, *indicator.synonyms)
    return " ".join(texts).casefold()
