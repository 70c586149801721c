"""Which periods a query means for each indicator, and which of them hold figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from api.opened import OpenRelease
from api.parameters import Parameter, Query
from api.problems import ProblemError, bad_value, unknown_value
from api.row_choice import LAST, counts_back, read_count
from reference.periods import Period, PeriodError, PeriodKind, parse_period

LATEST: Final = "latest"
LATEST_PROVISIONAL: Final = "latest_provisional"
ALL: Final = "all"
WORDS: Final = (LATEST, LATEST_PROVISIONAL, ALL)

PERIOD: Final = Parameter(
    "period",
    "Period ids such as `RY2025` or `AY2024-25`, ranges such as `RY2020..RY2025`, `latest` (of "
    "each indicator; the default), `latest_provisional` or `all`.",
    "latest",
)


@dataclass
class PeriodChoice:
    """The pairs of indicator and period that hold figures, in order, and those that do not."""

    pairs: list[tuple[int, int]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def choose_periods(
    release: OpenRelease, query: Query, indicators: Iterable[int], default: str = LATEST
) -> PeriodChoice:
    """Return the periods meant for each indicator; raises ProblemError for an unknown one."""
    is_up_to, last = counts_back(query), read_count(query, LAST)
    tokens = query.all("period") or (ALL if is_up_to else default,)
    read = [(token, _read(release, token)) for token in tokens]
    choice = PeriodChoice()
    for indicator in indicators:
        held = release.held(indicator)
        name = release.snapshot.indicators[indicator].id
        if not held:
            choice.warnings.append(f"{name} has no figures in this release")
            continue
        periods: set[int] = set()
        for token, meant in read:
            codes = _codes(release, name, token, meant, held)
            if is_up_to and token in {LATEST, LATEST_PROVISIONAL}:
                codes = range(max(codes, default=-1) + 1)
            found = {code for code in codes if code in held}
            if not found:
                choice.warnings.append(f"{name} has no figures for {token}")
            periods |= found
        kept = sorted(periods)[-last if last else 0 :]
        choice.pairs.extend((indicator, period) for period in kept)
    return choice


def latest_code(release: OpenRelease, indicator: str, *, provisional: bool = False) -> int | None:
    """Return the code of an indicator's latest period, None where it has no figures."""
    index = release.snapshot.index
    period = (index.latest_provisional if provisional else index.latest).get(indicator)
    return None if period is None else release.snapshot.period_codes[period]


_Meant = frozenset[int] | str


def _read(release: OpenRelease, token: str) -> _Meant:
    """Return a word as it is, an id or range as the codes of its periods in the release."""
    if token in WORDS:
        return token
    first, dots, last = token.partition("..")
    if dots:
        return _range(release, first, last)
    known = release.snapshot.period_codes
    if token not in known:
        near = _nearest(release, _parsed(token, release))
        advice = f"; did you mean {' or '.join(near)}?" if near else f"; use {', '.join(WORDS)}"
        detail = f"period: no figure of this release is for '{token}'{advice}"
        raise ProblemError(400, "unknown-value", detail, parameter="period", suggestions=near)
    return frozenset({known[token]})


def _nearest(release: OpenRelease, period: Period, limit: int = 3) -> list[str]:
    """Return the periods of the same kind that are closest in time."""
    alike = [held for held in release.snapshot.periods if held.kind is period.kind]
    return [held.id for held in sorted(alike, key=lambda p: abs(p.end - period.end))[:limit]]


def _range(release: OpenRelease, first: str, last: str) -> frozenset[int]:
    ends = [_parsed(text, release) for text in (first, last) if text]
    kinds = {period.kind for period in ends}
    if len(kinds) != 1:
        detail = "a range needs two periods of one kind, like RY2020..RY2025"
        raise bad_value("period", f"'{first[:20]}..{last[:20]}': {detail}")
    from_end = ends[0].end if first else None
    to_end = ends[-1].end if last else None
    if from_end and to_end and from_end > to_end:
        raise bad_value("period", f"{first}..{last} runs backwards", [f"{last}..{first}"])
    return frozenset(
        code
        for code, period in enumerate(release.snapshot.periods)
        if period.kind in kinds
        and (from_end is None or period.end >= from_end)
        and (to_end is None or period.end <= to_end)
    )


def _parsed(text: str, release: OpenRelease) -> Period:
    try:
        return parse_period(text)
    except (PeriodError, ValueError) as error:
        around = _around(text, release.snapshot.periods)
        known = (*release.snapshot.period_codes, *WORDS)
        problem = unknown_value("period", text, known, "a period")
        stop = "" if problem.detail.endswith("?") else "."
        detail = f"{problem.detail}{stop}"
        if around:
            detail = f"period: '{text}' is a day; did you mean {' or '.join(around)}?"
        raise ProblemError(
            400,
            "unknown-value",
            f"{detail} Write {', '.join(WORDS)} or an id like RY2025",
            parameter="period",
            suggestions=around or problem.suggestions,
        ) from error


def _around(text: str, periods: Iterable[Period], limit: int = 3) -> list[str]:
    """Return the periods in which a day lies, those that end on it first; none for other texts."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return []
    kinds = list(PeriodKind)
    around = [period for period in periods if period.start <= day <= period.end]
    around.sort(key=lambda period: (period.end != day, kinds.index(period.kind), period.end))
    return [period.id for period in around][:limit]


def _codes(
    release: OpenRelease, indicator: str, token: str, meant: _Meant, held: Mapping[int, object]
) -> Iterable[int]:
    if not isinstance(meant, str):
        return meant
    if token == ALL:
        return held
    code = latest_code(release, indicator, provisional=token == LATEST_PROVISIONAL)
    return () if code is None else (code,)
