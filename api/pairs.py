"""Pairs of indicators as the API tells of them: the card of a pair, and a row an authority."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from api.comparators import read_comparators
from api.comparing import comparison_rows
from api.contract import COUNTRY_WORD, Outcome
from api.free_pairs import NO_TEST, ContextFigures, ContextSubject, subject_of
from api.opened import OpenRelease
from api.pair_figures import COUNTRY, Read, Side
from indicators.arithmetic import round_half_up
from indicators.cells import Flag
from indicators.comparison import FEW_MEMBERS
from indicators.export_rows import shown_type
from indicators.model import Indicator, Pair
from indicators.quadrants import (
    CORRELATION_DECIMALS,
    Correlation,
    Lie,
    NoQuadrant,
    Quadrant,
    beyond_chance,
    correlation_sentence,
)
from indicators.quadrants import WORDS as NO_CORRELATION_WORDS

_SIDES: Final = ("x", "y")
_NO_TEST: Final = {Outcome.CANNOT_COMPARE.value: None, Outcome.SIMILAR.value: False}
_NO_YEAR: Final = "no year in which both have figures"


def pair_card(release: OpenRelease, pair: Pair, read: Read | None) -> dict[str, Any]:
    """Return the card of a pair; without figures where no year has both."""
    sides = {
        name: _side_of_card(name, subject_of(release, getattr(pair, name)), read, place)
        for place, name in enumerate(_SIDES)
    }
    found = read.correlation if read else Correlation(0)
    held = [read.quadrants[place] for place in read.counted] if read else []
    return {
        "id": pair.id,
        "title": pair.title,
        **sides["x"],
        **sides["y"],
        "reason": pair.reason,
        "caution": pair.caution,
        **pair.quadrants.model_dump(),
        "source": pair.source,
        "authorities": len(held),
        **{f"authorities_{quadrant}": held.count(quadrant) for quadrant in Quadrant},
        "authorities_on_a_line": held.count(None),
        "authorities_left_out": len(read.without_both) if read else 0,
        "correlation": _rounded(found.rho),
        "correlation_lower": _rounded(found.lower),
        "correlation_upper": _rounded(found.upper),
        "no_correlation": _no_correlation(found) if read else _NO_YEAR,
        "sentence": _sentence(release, pair, read),
        "flags": [Flag.FEW_MEMBERS.value] if len(held) < FEW_MEMBERS else [],
    }


def _side_of_card(
    name: str, indicator: Indicator | ContextSubject, read: Read | None, place: int
) -> dict[str, Any]:
    line, of = read.lines[place] if read else (None, None)
    period, label = _period(read.figures[place]) if read else (None, None)
    return {
        name: indicator.id,
        f"{name}_title": indicator.title,
        f"{name}_short_title": indicator.short_title,
        f"{name}_unit": indicator.unit,
        f"{name}_decimals": indicator.decimals,
        f"{name}_measured": indicator.measured,
        f"{name}_period": period,
        f"{name}_period_label": label,
        f"{name}_line": line,
        f"{name}_line_of": of,
    }


def _period(side: Side) -> tuple[str, str]:
    """Return the period of a side and its words; of a context variable, when it is of."""
    if isinstance(side, ContextFigures):
        return side.variable.as_at, side.variable.as_at
    period = side.release.snapshot.periods[side.period]
    return period.id, period.label_for(side.indicator.measured)


def _sentence(release: OpenRelease, pair: Pair, read: Read | None) -> str:
    titles = [subject_of(release, id).short_title for id in (pair.x, pair.y)]
    if read is None:
        return f"“{titles[0]}” and “{titles[1]}” cannot be read together: there is {_NO_YEAR}."
    return correlation_sentence(titles[0], titles[1], read.correlation, len(read.without_both))


def _no_correlation(found: Correlation) -> str | None:
    return None if found.reason is None else NO_CORRELATION_WORDS[found.reason]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round_half_up(value, CORRELATION_DECIMALS)


def pair_rows(read: Read) -> list[dict[str, Any]]:
    """Return one row for each authority of a pair, by code; made once for a release."""
    key = ("pair", read.pair.id, *(figures.period for figures in read.figures))
    return read.release.recall(key, lambda: _rows(read))


def _rows(read: Read) -> list[dict[str, Any]]:
    tested = [_tested(read, figures) for figures in read.figures]
    return [
        _row(read, place, (tested[0][place], tested[1][place]))
        for place in range(len(read.members))
    ]


def _tested(read: Read, figures: Side) -> list[Mapping[str, Any]]:
    """Return the comparison of every authority with the country; of context there is none."""
    release = read.release
    if isinstance(figures, ContextFigures):
        word = Outcome.CANNOT_COMPARE.value
        untested = {"outcome": word, "outcome_adjusted_for_many": word, "reason": NO_TEST}
        return [{**untested, "period": figures.variable.as_at}] * len(read.members)
    comparators = read_comparators(release, (COUNTRY_WORD,), machine_read=False)
    indicator = release.snapshot.indicator_codes[figures.indicator.id]
    cells = [(indicator, figures.period, member) for member in read.members]
    return list(comparison_rows(release, cells, comparators))


def _row(
    read: Read, place: int, tested: tuple[Mapping[str, Any], Mapping[str, Any]]
) -> dict[str, Any]:
    area = read.release.areas[read.members[place]]
    why = read.why_none[place]
    quadrant = read.quadrants[place]
    x, y = (_NO_TEST.get(row["outcome_adjusted_for_many"], True) for row in tested)
    beyond = beyond_chance(x=x, y=y)
    return {
        "release": read.release.id,
        "pair": read.pair.id,
        "area_code": area.code,
        "area_name": area.name,
        "area_type": shown_type(area),
        "quadrant": quadrant.value if quadrant else None,
        "beyond_chance": beyond.value if beyond else None,
        "reason_code": why.value if why else None,
        "reason": _reason(read, place, why) if why else None,
        **_side_of_row(read, place, 0, tested[0]),
        **_side_of_row(read, place, 1, tested[1]),
        "flags": sorted({f for figs in read.figures for f in figs.flag_list(read.members[place])}),
    }


def _side_of_row(read: Read, place: int, side: int, tested: Mapping[str, Any]) -> dict[str, Any]:
    name, figures, member = _SIDES[side], read.figures[side], read.members[place]
    line, of = read.lines[side]
    lie = read.lies[side][place]
    return {
        name: figures.indicator.id,
        f"{name}_period": tested["period"],
        f"{name}_value": figures.number(float(figures.value[member])),
        f"{name}_status": figures.status_name(member),
        f"{name}_ci_lower": figures.limit(float(figures.ci_lower[member])),
        f"{name}_ci_upper": figures.limit(float(figures.ci_upper[member])),
        f"{name}_line": line,
        f"{name}_line_of": of,
        f"{name}_lies": lie.value if lie else None,
        f"{name}_outcome": tested["outcome"],
        f"{name}_outcome_adjusted_for_many": tested["outcome_adjusted_for_many"],
        f"{name}_outcome_reason": tested["reason"],
    }


def _reason(read: Read, place: int, why: NoQuadrant) -> str:
    if why is NoQuadrant.NOT_RANKABLE:
        return "This authority stands in no ranking, so it has no quadrant"
    if why is NoQuadrant.NO_LINE:
        return "There is neither a figure of the country nor a median to compare with"
    if why is NoQuadrant.ON_A_LINE:
        level = [s for s, lie in enumerate(x[place] for x in read.lies) if lie is Lie.LEVEL]
        named = " and ".join(_title(read, side) for side in level)
        whose = "the country's" if read.lines[level[0]][1] == COUNTRY else "the median"
        return f"{named}: the same figure as {whose}, as shown"
    missing = [side for side in (0, 1) if not np.isfinite(read.values[side][place])]
    named = "; ".join(f"{_title(read, side)} {_status(read, side, place)}" for side in missing)
    return f"There is no value: {named}"


def _title(read: Read, side: int) -> str:
    return f"“{read.figures[side].indicator.short_title}”"


def _status(read: Read, side: int, place: int) -> str:
    return read.figures[side].status_name(read.members[place]).replace("_", " ")
