"""Any two of a reader's own choice, read as a declared pair is: indicators or context variables."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from api.alike import shown_value
from api.opened import OpenRelease
from api.problems import ProblemError, not_found
from indicators.arithmetic import plain_number
from indicators.model import Arithmetic, Indicator, Pair, Quadrants
from reference.places import ContextVariable

APART: Final = "~"
"""What stands between the two of a free pair."""
CONTEXT: Final = "context:"
"""What stands before the id of a context variable."""
NO_PERIOD: Final = -1
NO_TEST: Final = "Of a context variable nobody can say whether a difference is more than chance"

_CAUTION: Final = (
    "The two were put together by a reader, not by us. Figures that go together need not bring "
    "each other about: a third thing, such as poverty or the ages of children, can move both, "
    "and figures of small authorities spread more by chance alone."
)


@dataclass(frozen=True)
class ContextSubject:
    """A context variable told of as an indicator is."""

    id: str
    title: str
    unit: str
    decimals: int
    measured: str = "snapshot"

    @property
    def short_title(self) -> str:
        """Its title, which fits a column."""
        return self.title


@dataclass(frozen=True)
class ContextFigures:
    """A context variable by area code, in the form of the figures of an indicator."""

    release: OpenRelease
    variable: ContextVariable
    period: int = NO_PERIOD

    @property
    def indicator(self) -> ContextSubject:
        """What it is."""
        return context_subject(self.variable)

    @cached_property
    def value(self) -> NDArray[np.float64]:
        """The values as shown, NaN where there is none."""
        places = self.release.snapshot.places
        held = [
            shown_value(self.variable, places.context_of(self.variable.id, area.code))
            for area in self.release.areas
        ]
        return np.asarray([np.nan if v is None else v for v in held], dtype=np.float64)

    @property
    def unit(self) -> NDArray[np.int64]:
        """What stands for each: itself, as no return is behind it."""
        return np.arange(len(self.release.areas), dtype=np.int64)

    @property
    def ci_lower(self) -> NDArray[np.float64]:
        """No limits."""
        return np.full(len(self.release.areas), np.nan)

    @property
    def ci_upper(self) -> NDArray[np.float64]:
        """No limits."""
        return self.ci_lower

    @property
    def members(self) -> tuple[int, ...]:
        """The authorities of today: the values are of one day."""
        release = self.release
        codes = release.authorities.tolist()
        return tuple(code for code in codes if release.areas[code].last_day is None)

    def number(self, value: float) -> float | int | None:
        """Return a value for an answer."""
        if np.isnan(value):
            return None
        found: float | int = plain_number(float(value), self.variable.decimals)
        return found

    def limit(self, value: float) -> float | None:
        """Return no limit: there is none."""
        return None if np.isnan(value) else value

    def flag_list(self, _area: int) -> list[str]:
        """Return no flag: a context variable has none."""
        return []

    def status_name(self, area: int) -> str:
        """Return whether there is a value."""
        return "not_available" if np.isnan(self.value[area]) else "ok"


def context_subject(variable: ContextVariable) -> ContextSubject:
    """Return a context variable as what a side of a pair is of."""
    unit = "%" if variable.unit == "per cent" else variable.unit
    return ContextSubject(f"{CONTEXT}{variable.id}", variable.title, unit, variable.decimals)


def subject_of(release: OpenRelease, id: str) -> Indicator | ContextSubject:
    """Return what a side of a pair is of."""
    if id.startswith(CONTEXT):
        return context_subject(variable_of(release, id))
    return release.snapshot.by_id[id]


def variable_of(release: OpenRelease, id: str) -> ContextVariable:
    """Return the context variable of a side."""
    name = id.removeprefix(CONTEXT)
    return next(v for v in release.snapshot.places.context_variables if v.id == name)


def context_figures(release: OpenRelease, id: str) -> ContextFigures:
    """Return a context variable as figures, made once for a release."""
    return release.recall(
        ("context", id), lambda: ContextFigures(release, variable_of(release, id))
    )


def free_pair(release: OpenRelease, id: str) -> Pair:
    """Return the pair of `X~Y`; raises ProblemError 404 for what cannot be read together."""
    x, _, y = id.partition(APART)
    for side in (x, y):
        _check(release, side)
    if x == y:
        detail = f"'{x[:60]}' is given twice; two different figures are read together"
        raise ProblemError(404, "not-found", detail, parameter="pair")
    titles = [subject_of(release, side).short_title for side in (x, y)]
    # The id of a declared pair has no tilde, so its form is not checked here.
    return Pair.model_construct(
        id=id,
        x=x,
        y=y,
        title=f"{titles[0]}, and {titles[1][:1].lower()}{titles[1][1:]}",
        reason="Two figures of a reader's own choice.",
        caution=_CAUTION,
        quadrants=Quadrants(**{name: f"{words}." for name, words in _WORDS.items()}),
        source="",
    )


_WORDS: Final = {
    "higher_higher": "Higher in both",
    "higher_lower": "Higher in the first, lower in the second",
    "lower_higher": "Lower in the first, higher in the second",
    "lower_lower": "Lower in both",
}


def _check(release: OpenRelease, id: str) -> None:
    snapshot = release.snapshot
    known = [
        *(i.id for i in snapshot.indicators if i.arithmetic is not Arithmetic.COUNT),
        *(f"{CONTEXT}{v.id}" for v in snapshot.places.context_variables),
    ]
    if id not in known:
        raise not_found(id, known, "an indicator or context variable to read in a pair", "pair")
