"""Why an area's figure has no change since the period before, in words."""

from typing import Final

import numpy as np

from api.figures import Figures
from api.opened import OpenRelease
from indicators.boundary_history import Standing, Whose, find_history
from indicators.cells import FLAGS, Flag
from reference.periods import parse_period

_BREAK: Final = 1 << FLAGS.index(Flag.BREAK)
_DIFFERS: Final = 1 << FLAGS.index(Flag.DEFINITION_DIFFERS)


def why_no_change(figures: Figures, before: Figures, area: int) -> str | None:
    """Return why two figures of an area are not compared, None where they are."""
    return (
        _other_area(figures, before, area)
        or _other_definition(figures, before, area)
        or _no_figure(figures, area)
        or _no_figure(before, area)
    )


def _other_area(figures: Figures, before: Figures, area: int) -> str | None:
    """Say that one of the two periods has the figures of other areas: the old, or the new ones."""
    release = figures.release
    held = release.areas[area]
    if held.last_day is not None:
        after = _standing(figures, area)
        if after.whose is Whose.SUCCESSORS:
            return f"{held.name} ended on {held.last_day}; {_theirs(release, after)}"
    if held.first_day is not None:
        earlier = _standing(before, area)
        if earlier.whose is Whose.PREDECESSORS:
            return f"{held.name} began on {held.first_day}; {_theirs(release, earlier)}"
    return None


def _standing(figures: Figures, area: int) -> Standing:
    """Return whose figures stand for an area in the period of some figures."""
    snapshot = figures.release.snapshot
    code, period = figures.release.areas[area].code, snapshot.periods[figures.period]
    kin = (
        code, *snapshot.places.predecessors_of(code), *snapshot.places.successors_of(code),
    )  # fmt: skip
    held = {(one, period.id) for one in kin if figures.source[snapshot.area_codes[one]] >= 0}
    return find_history(snapshot.places, code, figures.indicator, [period], held).standings[0]


def _theirs(release: OpenRelease, standing: Standing) -> str:
    places = release.snapshot.places
    names = " and ".join(f"{places.area(code).name} ({code})" for code in standing.areas)
    return f"the figures of {standing.period} are those of {names}"


def _other_definition(figures: Figures, before: Figures, area: int) -> str | None:
    """Say that what is counted, or how, changed between the two periods."""
    periods = figures.release.snapshot.periods
    first, last = periods[before.period], periods[figures.period]
    for one in figures.indicator.breaks:
        if first.end < parse_period(one.period).end <= last.end:
            return f"Not comparable with {first.id}: {one.note}"
    if not (figures.is_ok[area] and before.is_ok[area]):
        return None
    is_break = figures.flags[area] & _BREAK
    if is_break or _edition(figures, area) != _edition(before, area):
        return f"Not comparable with {first.id}: what is counted is not the same"
    return None


def _edition(figures: Figures, area: int) -> tuple[int, bool]:
    """Return by which definition a figure was made."""
    snapshot = figures.release.snapshot
    code = snapshot.indicator_codes[figures.indicator.id]
    (place,) = snapshot.positions(code, figures.period, [area])
    version = int(snapshot.columns["definition_version"][place])
    return version, bool(figures.flags[area] & _DIFFERS)


def _no_figure(figures: Figures, area: int) -> str | None:
    if np.isfinite(figures.value[area]):
        return None
    period = figures.release.snapshot.index.periods[figures.period]
    return f"No figure for {period}: {figures.status_name(area).replace('_', ' ')}"
