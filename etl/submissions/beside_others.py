"""Rules about figures of other authorities (N01 to N04): published ones only, and their range."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from etl.findings import Finding
from etl.submissions.across import Compared
from etl.submissions.past import Published
from etl.submissions.rules import Ruleset, finding
from indicators.arithmetic import Numbers, published_value, rounded
from indicators.comparison import can_test
from indicators.disclosure.figures import key_of
from indicators.funnel import widened_funnel
from indicators.measures import Key
from indicators.model import Arithmetic, Counted, Indicator
from reference.periods import parse_period
from reference.places import PlaceSet

_NORMAL: Final = 1.4826
"""Times the median absolute deviation: the standard deviation of a normal curve."""


@dataclass(frozen=True)
class Ours:
    """One indicator of the return: its value as it would be shown, and what it is made of."""

    about: Key
    value: float
    denominator: float
    basis: tuple[object, ...]


def check_beside_others(
    one: Compared,
    published: Sequence[Published],
    places: PlaceSet,
    moved: frozenset[Key],
    rules: Ruleset,
) -> Iterator[Finding]:
    """Yield N01 to N04 for figures that stand out; `moved` are counts that Y found changed."""
    for held in published:
        ours = _ours(one, held.indicator, places)
        if ours is None:
            continue
        stands_out = tuple(_far_from_neighbours(one, held, ours, rules))
        yield from stands_out
        yield from _beyond_everyone(one, held, ours, rules)
        yield from _beyond_funnel(one, held, ours, rules)
        if stands_out and ours.about in moved and "N04" in rules.rules:
            yield _finding("N04", one, held, ours)


def _ours(one: Compared, indicator: Indicator, places: PlaceSet) -> Ours | None:
    fed = indicator.submission
    if fed is None:
        return None
    about = key_of(fed.numerator)
    top = one.numbers.now.get(about) if about in one.rows else None
    bottom: float | None
    if isinstance(fed.denominator, Counted):
        bottom = one.numbers.now.get(key_of(fed.denominator))
    else:
        year = one.scope.period.end.year - 1
        bottom = places.population_of(one.scope.authority.code, year)
    if top is None or not bottom:
        return None
    value = float(published_value(indicator, [top], [bottom])[0])
    return Ours(about, value, float(bottom), (top, bottom)) if np.isfinite(value) else None


def _finding(rule_id: str, one: Compared, held: Published, ours: Ours, **facts: object) -> Finding:
    return finding(
        rule_id,
        one.at(ours.about),
        about=ours.about,
        basis=(held.indicator.id, *ours.basis),
        severity=None,
        indicator=held.indicator.title,
        value=_shown(ours.value, held.indicator),
        **facts,
    )


def _shown(value: float, indicator: Indicator) -> str:
    number = float(rounded([value], indicator.decimals)[0])
    unit = " %" if indicator.arithmetic is Arithmetic.PERCENTAGE else ""
    return f"{number:,.{indicator.decimals}f}{unit}"


def _far_from_neighbours(
    one: Compared, held: Published, ours: Ours, rules: Ruleset
) -> Iterator[Finding]:
    """Compare on the scale on which authorities spread evenly: log, or log odds of a share."""
    rule = rules.rules.get("N01")
    if rule is None or len(held.neighbours) < rule.limits["neighbours"]:
        return
    near = on_even_scale(held.neighbours, held.indicator)
    middle = np.median(near)
    spread = _NORMAL * float(np.median(np.abs(near - middle)))
    deviation = float(np.std(on_even_scale(held.everyone, held.indicator)))
    allowed = max(
        rule.limits["neighbour_spreads"] * spread, rule.limits["country_deviations"] * deviation
    )
    distance = abs(float(on_even_scale([ours.value], held.indicator)[0] - middle))
    if distance > allowed > 0:
        low, high = (_shown(f(held.neighbours), held.indicator) for f in (min, max))
        period = parse_period(held.period).label
        yield _finding("N01", one, held, ours, low=low, high=high, period=period)


def on_even_scale(values: Sequence[float], indicator: Indicator) -> Numbers:
    """Return the log of values, or the log odds of shares; 0 and 100 % stand half a unit inside."""
    least = 0.5 * 10.0**-indicator.decimals
    numbers = np.asarray(values, dtype=np.float64)
    if indicator.arithmetic is not Arithmetic.PERCENTAGE:
        return np.asarray(np.log(np.maximum(numbers, least)), dtype=np.float64)
    inside = np.clip(numbers, least, 100 - least)
    return np.asarray(np.log(inside / (100 - inside)), dtype=np.float64)


def _beyond_everyone(
    one: Compared, held: Published, ours: Ours, rules: Ruleset
) -> Iterator[Finding]:
    if "N02" not in rules.rules:
        return
    more = rules.limit("N02", "widened_by") * (held.highest - held.lowest)
    low, high = max(held.lowest - more, 0.0), held.highest + more
    if not low <= ours.value <= high:
        limits = {"low": _shown(low, held.indicator), "high": _shown(high, held.indicator)}
        yield _finding("N02", one, held, ours, period=parse_period(held.since).label, **limits)


def _beyond_funnel(one: Compared, held: Published, ours: Ours, rules: Ruleset) -> Iterator[Finding]:
    if "N03" not in rules.rules or held.country is None or not can_test(held.indicator):
        return
    lower, upper = widened_funnel(
        held.indicator,
        [held.country],
        [ours.denominator],
        [held.phi],
        rules.limit("N03", "level"),
    )
    if not float(lower[0]) <= ours.value <= float(upper[0]):
        limits = {
            "low": _shown(float(lower[0]), held.indicator),
            "high": _shown(float(upper[0]), held.indicator),
            "country": _shown(held.country, held.indicator),
            "period": parse_period(held.period).label,
        }
        yield _finding("N03", one, held, ours, **limits)
