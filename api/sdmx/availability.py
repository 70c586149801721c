"""Which codes really have figures under a key: a constraint made for the question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from api.opened import OpenRelease
from api.sdmx.keys import Asking
from api.sdmx.names import AREA, BREAKDOWNS, DIMENSIONS, FLOW, FLOW_NAME, INDICATOR, TIME
from api.sdmx.series import KINDS, kinds_of
from api.sdmx.structures import Artefact, reference
from api.sdmx.times import frequency, time_of
from api.sdmx.xml import element, escape, plain

Mask = NDArray[np.bool_]
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
        held = matching if is_exact else _matching(release, asking.without(name))
        codes[name] = _codes(release, name, held)
    return Available(codes, int(np.count_nonzero(matching)), _series(release, matching))


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


def _matching(release: OpenRelease, asking: Asking) -> Mask:
    """Say by cell of the release whether the key and the times mean it."""
    snapshot, columns = release.snapshot, release.snapshot.columns
    held = np.ones(len(snapshot.keys), dtype=np.bool_)
    is_meant = [asking.means(period) for period in snapshot.periods]
    choices = (
        ("period", is_meant),
        ("indicator", _chosen(asking, INDICATOR, [i.id for i in snapshot.indicators])),
        ("area", _chosen(asking, AREA, [area.code for area in release.areas])),
        ("breakdown", [_is_part(asking, b.codes) for b in snapshot.index.breakdowns]),
    )
    for name, chosen in choices:
        if not all(chosen):
            held &= np.asarray(chosen, dtype=np.bool_)[columns[name]]
    return held


def _chosen(asking: Asking, dimension: str, codes: Sequence[str]) -> list[bool]:
    wanted = asking.key.get(dimension)
    return [wanted is None or code in wanted for code in codes]


def _is_part(asking: Asking, codes: Sequence[str]) -> bool:
    pairs = zip(BREAKDOWNS, codes, strict=True)
    return all(code in asking.key.get(name, {code}) for name, code in pairs)


def _codes(release: OpenRelease, dimension: str, held: Mask) -> tuple[str, ...]:
    """Return the codes of one dimension among cells, in the order of the release."""
    snapshot = release.snapshot
    if dimension == INDICATOR:
        return tuple(snapshot.indicators[code].id for code in _distinct(release, "indicator", held))
    if dimension == AREA:
        return tuple(release.areas[code].code for code in _distinct(release, "area", held))
    if dimension in BREAKDOWNS:
        parts = (
            getattr(snapshot.index.breakdowns[code], dimension.lower())
            for code in _distinct(release, "breakdown", held)
        )
        return tuple(dict.fromkeys(parts))
    periods = [snapshot.periods[code] for code in _distinct(release, "period", held)]
    if dimension == TIME:
        return tuple(sorted({time_of(period) for period in periods}))
    if dimension == "FREQ":
        return tuple(sorted({frequency(period.kind) for period in periods}))
    return tuple(dict.fromkeys(str(period.kind) for period in periods))


def _distinct(release: OpenRelease, column: str, held: Mask) -> list[int]:
    found: list[int] = np.unique(release.snapshot.columns[column][held]).tolist()
    return found


def _series(release: OpenRelease, held: Mask) -> int:
    """Return the number of series: what is left of a key without its time."""
    columns, index = release.snapshot.columns, release.snapshot.index
    key = columns["indicator"][held].astype(np.int64)
    key = key * len(index.areas) + columns["area"][held]
    key = key * len(index.breakdowns) + columns["breakdown"][held]
    return len(np.unique(key * len(KINDS) + kinds_of(release)[columns["period"][held]]))


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
