"""Asking for what small multiples show: in one call of figures and one of trends."""

import asyncio
from collections.abc import Sequence

from api.contract import (
    COUNTRY_WORD,
    TOTAL,
    AreaCard,
    IndicatorCard,
    IndicatorDetail,
    Meta,
    ObservationRow,
    Paths,
    TrendRow,
)
from dashboard.answers import Library, Reply
from dashboard.client import ApiClient
from dashboard.state import State, authority_address, indicator_address
from dashboard.views.multiples_view import (
    AREAS,
    INDICATORS,
    MOST,
    PARTS,
    MultiplesView,
    Series,
    breaks_of,
    by_period,
    ordered,
)
from dashboard.views.need_rates import need_rates
from dashboard.words.outcomes import Measure
from dashboard.words.parts import part_title

_ALL = "all"


async def load_multiples(client: ApiClient, state: State) -> MultiplesView:
    """Ask for what the page shows; raises ApiError for what is not there."""
    meta = (await client.release(state.release)).meta
    library = await client.library(meta)
    area = library.country
    if state.area:
        known = library.areas.get(state.area)
        if known is None:
            found = await client.area(state.area, meta["release"])
            known = library.areas[found.data["code"]]
        area, state = known, state.changed(area=known["code"])
    mode = mode_of(state)
    if mode == INDICATORS:
        return await _of_indicators(client, state, meta, library, area)
    id = state.indicator or usual_indicator(library)
    indicator = (await client.held_indicator(id, meta)).data
    if mode == PARTS:
        return await _of_parts(client, state, meta, library, area, indicator)
    return await _of_areas(client, state, meta, library, area, indicator)


def mode_of(state: State) -> str:
    """Return what panels are of: what was asked for, or what the choices mean."""
    if state.view in {AREAS, INDICATORS, PARTS}:
        return state.view
    if state.by:
        return PARTS
    is_many = bool(state.indicators or state.stage)
    return INDICATORS if is_many or (state.area and not state.indicator) else AREAS


def usual_indicator(library: Library) -> str:
    """Return the indicator that is shown where none was chosen."""
    held = need_rates(library) or list(library.indicators.values())
    return held[-1]["id"]


def usual_areas(state: State, area: AreaCard) -> str:
    """Return the areas that are shown where none were chosen."""
    if state.areas or state.own:
        return state.areas or state.own
    if area["kind"] == "authority" and area["last_day"]:
        return ",".join([area["code"], *area["successors"]])
    if area["kind"] == "authority":
        model = f":{state.model}" if state.model else ""
        return f"{area['code']},neighbours:{area['code']}{model}"
    return "region"


def indicators_shown(state: State, library: Library) -> list[IndicatorCard]:
    """Return the indicators of a list, of a stage, or of the core set."""
    named = [id for id in state.indicators.split(",") if id]
    if named:
        held = [library.indicators[id] for id in named if id in library.indicators]
    elif state.stage:
        held = [card for card in library.indicators.values() if card["stage"] == state.stage]
    else:
        held = [card for card in library.indicators.values() if card["is_core"]]
    return [card for card in held if card["latest"]]


async def _trends(
    client: ApiClient, indicators: Sequence[str], areas: str, meta: Meta
) -> Reply[list[TrendRow]]:
    asked = {"indicator": ",".join(indicators), "area": areas, "release": meta["release"]}
    return await client.get(Paths.TRENDS, **asked)


async def _of_areas(
    client: ApiClient,
    state: State,
    meta: Meta,
    library: Library,
    area: AreaCard,
    indicator: IndicatorDetail,
) -> MultiplesView:
    id, selector = indicator["id"], usual_areas(state, area)
    figures, trends = await asyncio.gather(
        client.observations([id], [COUNTRY_WORD, selector], [_ALL], meta["release"]),
        _trends(client, [id], f"{COUNTRY_WORD},{selector}", meta),
    )
    country = library.country["code"]
    by_code = {row["area_code"]: row for row in trends.data}
    codes = dict.fromkeys([*by_code, *(row["area_code"] for row in figures.data)])
    if len(codes) > 1 and not _names_country(selector, country):
        codes.pop(country, None)
    names = {row["area_code"]: row["area_name"] for row in [*figures.data, *trends.data]}
    beside = by_period(figures.data, id, country)
    kept = State(release=state.release)
    series = [
        Series(
            code,
            names[code],
            authority_address(code, kept),
            Measure.of(indicator),
            indicator["periods"],
            by_period(figures.data, id, code),
            beside if code != country else {},
            breaks_of(indicator, by_code.get(code)),
            by_code.get(code),
        )
        for code in codes
    ]
    series.sort(key=lambda one: (one.key != area["code"], one.name))
    return _view(
        state, meta, library, AREAS, series, [indicator], area, (figures, trends), selector
    )


def _names_country(selector: str, code: str) -> bool:
    return bool({COUNTRY_WORD, "country", code} & set(selector.split(",")))


async def _of_indicators(
    client: ApiClient, state: State, meta: Meta, library: Library, area: AreaCard
) -> MultiplesView:
    cards = indicators_shown(state, library)
    ids = [card["id"] for card in cards]
    if not ids:
        return _view(state, meta, library, INDICATORS, [], [], area, None)
    figures, trends, *details = await asyncio.gather(
        client.observations(ids, [COUNTRY_WORD, area["code"]], [_ALL], meta["release"]),
        _trends(client, ids, area["code"], meta),
        *(client.held_indicator(id, meta) for id in ids),
    )
    country = library.country["code"]
    told = {row["indicator"]: row for row in trends.data}
    series = [
        Series(
            one.data["id"],
            one.data["short_title"],
            indicator_address(one.data["id"], State(area=state.area, release=state.release)),
            Measure.of(one.data),
            one.data["periods"],
            by_period(figures.data, one.data["id"], area["code"]),
            by_period(figures.data, one.data["id"], country) if area["code"] != country else {},
            breaks_of(one.data, told.get(one.data["id"])),
            told.get(one.data["id"]),
        )
        for one in details
    ]
    cards_shown = [one.data for one in details]
    both = (figures, trends)
    return _view(state, meta, library, INDICATORS, series, cards_shown, area, both)


async def _of_parts(
    client: ApiClient,
    state: State,
    meta: Meta,
    library: Library,
    area: AreaCard,
    indicator: IndicatorDetail,
) -> MultiplesView:
    id = indicator["id"]
    by = (
        state.by if state.by in indicator["breakdowns"] else next(iter(indicator["breakdowns"]), "")
    )
    state = state.changed(by=by)
    if not by:
        return _view(state, meta, library, PARTS, [], [indicator], area, None)
    figures = await client.observations([id], [area["code"]], [_ALL], meta["release"], [by])
    titles = indicator["breakdown_titles"].get(by, {})
    held = dict.fromkeys(_part_of(row, by) for row in figures.data)
    codes = [code for code in titles if code in held] + [c for c in held if c not in titles]
    whole = _of_part(figures.data, by, TOTAL)
    series = [
        Series(
            code,
            part_title(code, titles.get(code, code)),
            indicator_address(id, State(area=state.area, release=state.release)),
            Measure.of(indicator),
            indicator["periods"],
            _of_part(figures.data, by, code),
            whole,
            breaks_of(indicator, None),
        )
        for code in codes
        if code != TOTAL
    ]
    return _view(state, meta, library, PARTS, series, [indicator], area, (figures, None))


def _of_part(rows: Sequence[ObservationRow], by: str, code: str) -> dict[str, ObservationRow]:
    return {row["period"]: row for row in rows if _part_of(row, by) == code}


def _part_of(row: ObservationRow, by: str) -> str:
    code: str = row[by]  # type: ignore[literal-required]
    return code


def _view(
    state: State,
    meta: Meta,
    library: Library,
    mode: str,
    series: Sequence[Series],
    details: Sequence[IndicatorDetail],
    area: AreaCard,
    answers: tuple[Reply[list[ObservationRow]], Reply[list[TrendRow]] | None] | None,
    selector: str = "",
) -> MultiplesView:
    every = ordered(series, state.sort)
    figures, trends = answers or (None, None)
    return MultiplesView(
        state,
        meta,
        library,
        mode,
        every[:MOST],
        max(0, len(every) - MOST),
        details,
        area,
        figures.address if figures else "",
        trends.address if trends else "",
        selector,
    )
