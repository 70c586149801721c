"""Which codes really have figures under a key: a constraint made for the question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from api.blocks import Codes, blocks
from api.opened import OpenRelease
from api.rows import select
from api.sdmx.keys import Asking, as_query
from api.sdmx.names import AREA, BREAKDOWNS, DIMENSIONS, FLOW, FLOW_NAME, INDICATOR, TIME
from api.sdmx.series import KINDS, kinds_of
from api.sdmx.structures import Artefact, reference
from api.sdmx.times import frequency, time_of
from api.sdmx.xml import element, escape, plain

Held = dict[str, Codes]
"""The rows under a key as columns of codes."""
_COLUMNS: Final = ("indicator", "period", "area", "breakdown")
ACTUAL: Final = {"type": "Actual"}


@dataclass(frozen=True)
class Available:
    """The codes of each dimension that have figures, and how many figures and series there are."""

    codes: dict[str, tuple[str, ...]]
    observations: int
    series: int


def available(
    release: OpenRelease, asking: Asking, dimensions: Sequence[str], *, is_exact: bool
) -> Available:
    """Return what the release holds under a key.

    Exact: the codes of the figures that match; otherwise of each dimension all codes that could
    be chosen, were that dimension left open.
    """
    matching = _matching(release, asking)
    codes: dict[str, tuple[str, ...]] = {}
    for name in dimensions:
        is_open = is_exact or (name != TIME and name not in asking.key)
        held = matching if is_open else _matching(release, asking.without(name))
        codes[name] = _codes(release, name, held)
    return Available(codes, len(matching["period"]), _series(release, matching))


def constraint(
    release: OpenRelease,
    asking: Asking,
    dimensions: Sequence[str] = (),
    *,
    is_exact: bool = True,
) -> tuple[Artefact, int]:
    """Return what is available as a structure, and the number of figures."""
    wanted = dimensions or (*(one.id for one in DIMENSIONS), TIME)
    found = available(release, asking, wanted, is_exact=is_exact)
    artefact = Artefact(
        "contentconstraint",
        FLOW,
        f"{FLOW_NAME}: what there is",
        refers_to=(("dataflow", FLOW),),
        attributes=ACTUAL,
        content=lambda: _written(found),
    )
    return artefact, found.observations


def _matching(release: OpenRelease, asking: Asking) -> Held:
    """Return the codes of the rows that the data under a key has, those without a cell too."""
    found = list(blocks(release, select(release, as_query(release, asking))))
    return {
        name: np.concatenate([np.zeros(0, np.int64), *(getattr(one, name) for one in found)])
        for name in _COLUMNS
    }


def _codes(release: OpenRelease, dimension: str, held: Held) -> tuple[str, ...]:
    """Return the codes of one dimension among rows, in the order of the release."""
    snapshot = release.snapshot
    if dimension == INDICATOR:
        return tuple(snapshot.indicators[code].id for code in _distinct(held, "indicator"))
    if dimension == AREA:
        return tuple(release.areas[code].code for code in _distinct(held, "area"))
    if dimension in BREAKDOWNS:
        parts = (
            getattr(snapshot.index.breakdowns[code], dimension.lower())
            for code in _distinct(held, "breakdown")
        )
        return tuple(dict.fromkeys(parts))
    periods = [snapshot.periods[code] for code in _distinct(held, "period")]
    if dimension == TIME:
        return tuple(sorted({time_of(period) for period in periods}))
    if dimension == "FREQ":
        return tuple(sorted({frequency(period.kind) for period in periods}))
    return tuple(dict.fromkeys(str(period.kind) for period in periods))


def _distinct(held: Held, column: str) -> list[int]:
    found: list[int] = np.unique(held[column]).tolist()
    return found


def _series(release: OpenRelease, held: Held) -> int:
    """Return the number of series: what is left of a key without its time."""
    index = release.snapshot.index
    key = held["indicator"] * len(index.areas) + held["area"]
    key = key * len(index.breakdowns) + held["breakdown"]
    return len(np.unique(key * len(KINDS) + kinds_of(release)[held["period"]]))


def _written(found: Available) -> str:
    counts = {"obs_count": found.observations, "series_count": found.series}
    annotations = (
        element(
            "com:Annotation",
            {"id": name},
            plain("com:AnnotationTitle", str(count)),
            plain("com:AnnotationType", "sdmx_metrics"),
        )
        for name, count in counts.items()
    )
    flow = element("str:Dataflow", {}, reference("dataflow", FLOW))
    return (
        element("com:Annotations", {}, *annotations)
        + element("str:ConstraintAttachment", {}, flow)
        + element("str:CubeRegion", {"include": "true"}, *_values(found))
    )


def _values(found: Available) -> Iterator[str]:
    for dimension, codes in found.codes.items():
        if dimension != TIME:
            values = (plain("com:Value", code) for code in codes)
            yield "\n" + element("com:KeyValue", {"id": dimension}, *values)
        elif codes:
            yield "\n" + element("com:KeyValue", {"id": TIME}, _range(codes))


def _range(times: Sequence[str]) -> str:
    """Return the first and the last time, as the standard has it of the dimension of time."""
    included = {"isInclusive": "true"}
    return element(
        "com:TimeRange",
        {},
        element("com:StartPeriod", included, escape(times[0])),
        element("com:EndPeriod", included, escape(times[-1])),
    )
