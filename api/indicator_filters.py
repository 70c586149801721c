"""Which indicators of the catalogue a query means: words, places, kinds, sources, news."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from api.framework import place_id, place_ids
from api.indicator_cards import status_of, updates_of
from api.indicator_search import Q, searched
from api.opened import OpenRelease
from api.parameters import SWITCH, Parameter, Query, described, one_of, read_switch
from api.problems import bad_value, closest, unknown_value
from api.registry import State, public_from
from api.source_cards import sources_of
from indicators.model import Indicator, Kind, Stage
from reference.periods import PeriodKind

STATUSES: Final = ("active", "without_figures", "deprecated", "superseded")
PARAMETERS: Final = described(
    (
        Q,
        Parameter("framework", "Places of the framework by id, as /framework has them.", "beside"),
        Parameter("outcome", "Outcomes of the framework, by number or id.", "1"),
        Parameter("enabler", "Enablers of the framework, by number or id.", "2"),
        Parameter("kind", f"{', '.join(Kind)}.", "outcome", form=one_of(*Kind)),
        Parameter("stage", f"{', '.join(Stage)}.", "in_care", form=one_of(*Stage)),
        Parameter("status", f"{', '.join(STATUSES)}.", "active", form=one_of(*STATUSES)),
        Parameter("source", "Tables or sources that the figures come from, by id."),
        Parameter("family", "Families of siblings, by id."),
        Parameter(
            "period_kind",
            f"Kinds of periods: {', '.join(PeriodKind)}.",
            "RY",
            form=one_of(*PeriodKind),
        ),
        Parameter(
            "core",
            "`true` for those that pages show first.",
            "true",
            is_list=False,
            form=one_of(*SWITCH),
        ),
        Parameter(
            "updated_since",
            "A release or a day: only indicators with new or changed figures in a later release, "
            "or in one of that day or later.",
            "2025-01-01",
            is_list=False,
        ),
    )
)

Reader = Callable[[OpenRelease, int], Iterable[str]]
"""What an indicator, by code, has for a filter; one of the values asked for must be among them."""


def _sources(release: OpenRelease, code: int) -> Iterable[str]:
    indicator = release.snapshot.indicators[code]
    yield from (rows.table for rows in indicator.sources)
    yield from (release.snapshot.sources[source].id for source in sources_of(release, code))


def _of_definition(read: Callable[[Indicator], str]) -> Reader:
    return lambda release, code: (read(release.snapshot.indicators[code]),)


def _place(release: OpenRelease, code: int) -> Iterable[str]:
    return (place_id(release, release.snapshot.indicators[code].framework.area),)


_READERS: Final[Mapping[str, Reader]] = {
    "framework": _place,
    "outcome": _place,
    "enabler": _place,
    "kind": _of_definition(lambda indicator: indicator.kind.value),
    "stage": _of_definition(lambda indicator: indicator.stage.value),
    "status": lambda release, code: (status_of(release, code),),
    "source": _sources,
    "family": _of_definition(lambda indicator: indicator.family),
    "period_kind": _of_definition(lambda indicator: indicator.period_kind),
    "core": _of_definition(lambda indicator: "true" if indicator.is_core else "false"),
}
_FIXED: Final[Mapping[str, Sequence[str]]] = {
    "kind": tuple(Kind),
    "stage": tuple(Stage),
    "status": STATUSES,
    "period_kind": tuple(PeriodKind),
}


def choose(release: OpenRelease, state: State, query: Query) -> list[int]:
    """Return the codes of the indicators that meet every filter; raises ProblemError.

    They stand in the order of the catalogue, with `q=` the closest first.
    """
    codes = range(len(release.snapshot.indicators))
    wanted = {name: _values(release, query, name) for name in _READERS if name in query}
    since = _newer(release, state, query)
    found = [
        code
        for code in codes
        if all(set(_READERS[name](release, code)) & asked for name, asked in wanted.items())
        and (since is None or updates_of(release)[code] & since)
    ]
    return searched(release, query, found)


def _values(release: OpenRelease, query: Query, name: str) -> set[str]:
    """Return the values asked for; raises ProblemError for one that no indicator could have."""
    if name == "core":
        return {"true" if read_switch(query, name) else "false"}
    known = _FIXED.get(name) or _held(release, name)
    found = set()
    for value in query.all(name):
        spelt = f"{name}_{value}" if name in {"outcome", "enabler"} and value.isdigit() else value
        if spelt not in known:
            what = f"a value of {name}"
            raise unknown_value(name, value, known, what, f"use {', '.join(known[:12])}")
        found.add(spelt)
    return found


def _held(release: OpenRelease, name: str) -> list[str]:
    if name in {"framework", "outcome", "enabler"}:
        is_any = name == "framework"
        return [id for id in place_ids(release) if is_any or id.startswith(f"{name}_")]
    codes = range(len(release.snapshot.indicators))
    return sorted({value for code in codes for value in _READERS[name](release, code)} - {""})


def _newer(release: OpenRelease, state: State, query: Query) -> frozenset[str] | None:
    """Return the ids of the releases that count as news, None where the query does not ask."""
    text = query.one("updated_since")
    if text is None:
        return None
    order = {listed.id: place for place, listed in enumerate(state.releases)}
    if text in order:
        return frozenset(id for id, place in order.items() if place > order[text])
    try:
        day = date.fromisoformat(text)
    except ValueError:
        near = closest(text, order)
        meant = f"; did you mean {' or '.join(near)}?" if near else ""
        detail = f"'{text[:40]}' is neither a release nor a day like 2025-03-31{meant}"
        raise bad_value("updated_since", detail, near) from None
    return frozenset(one.id for one in state.releases if public_from(one).date() >= day)
