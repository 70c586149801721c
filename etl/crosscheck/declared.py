"""What is declared of a cross-check: which measure is which figure, and why figures may differ."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final, Literal

from indicators.cells import BREAKDOWN_COLUMNS
from indicators.checked_files import Checked, Problem, read_checked, suggestion
from indicators.model import Indicator
from indicators.parts import Id, Part, Text
from reference.areas import AreaKind, AreaNotThenError, UnknownAreaError
from reference.periods import PeriodError, parse_period
from reference.places import PlaceSet

LAIT_FILE: Final = Path(__file__).parent / "lait.yaml"

FigurePart = Literal["value", "numerator", "denominator"]


class Case(StrEnum):
    """How a figure of theirs and one of ours differ."""

    DIFFERS = "differs"
    ONLY_THEY_SHOW = "only_they_show"
    ONLY_WE_SHOW = "only_we_show"


class Proof(StrEnum):
    """What a difference can be put to, so that an explanation is shown and not believed."""

    NEWEST_POPULATION = "newest_population"
    SAME_COUNT = "same_count"
    SAME_FOR_ALL = "same_for_all"
    NOT_ABOVE_OURS = "not_above_ours"
    BEFORE_IT_BEGAN = "before_it_began"
    HAS_ENDED = "has_ended"
    NEWER_EDITION = "newer_edition"


class Measure(Part):
    """A measure of theirs and the figure of ours that it should equal."""

    measure: Text
    indicator: Id
    part: FigurePart = "value"
    breakdown: Mapping[str, str] = {}
    note: Text | None = None


class Explanation(Part):
    """A reason for which figures differ, and which differences it explains: all that fit.

    A field that is left out fits everything. `status` is ours, `lacking` where we have no row;
    `shown` is the number they print, `at_most` how far two numbers may lie apart. One that
    `is_open` says what was seen and not why: its differences stay unexplained, but are no news.
    """

    id: Id
    kind: Text
    reason: Text
    case: tuple[Case, ...]
    measures: tuple[Text, ...] = ()
    parts: tuple[FigurePart, ...] = ()
    periods: tuple[Text, ...] = ()
    areas: tuple[Text, ...] = ()
    levels: tuple[AreaKind, ...] = ()
    status: tuple[Text, ...] = ()
    is_computed: bool | None = None
    shown: float | None = None
    at_most: float | None = None
    proof: Proof | None = None
    is_open: bool = False


class NotCompared(Part):
    """Measures of theirs that we have no figure for, and why: whole topics or single ones."""

    reason: Text
    topics: tuple[Text, ...] = ()
    measures: tuple[Text, ...] = ()


class CrossCheck(Part):
    """One other tool: its measures that we have, those that we lack, and what explains what."""

    title: Text
    measures: tuple[Measure, ...]
    explanations: tuple[Explanation, ...]
    not_compared: tuple[NotCompared, ...]


class CrossCheckError(Exception):
    """The declaration or the figures of the other tool are faulty; the message says where."""


def load_cross_check(
    places: PlaceSet, indicators: Iterable[Indicator], path: Path = LAIT_FILE
) -> CrossCheck:
    """Read a declaration and hold it against catalogue and places; raises CrossCheckError."""
    checked, problems = read_checked(path, CrossCheck)
    if checked is not None:
        problems = [*_problems(checked, places, {one.id for one in indicators})]
    if checked is None or problems:
        raise CrossCheckError("\n".join(map(str, problems)))
    return checked.model


def area_named(places: PlaceSet, name: str, period: str) -> str:
    """Return the code of the area that a name means in a period, or meant when it existed."""
    try:
        return places.resolve(name, parse_period(period).end).code
    except AreaNotThenError as error:
        return error.area.code


def _problems(checked: Checked[CrossCheck], places: PlaceSet, known: set[str]) -> Iterator[Problem]:
    model = checked.model
    declared = {one.measure for one in model.measures}
    for place, measure in enumerate(model.measures):
        field = ("measures", place)
        if measure.indicator not in known:
            told = f"no indicator '{measure.indicator}'{suggestion(measure.indicator, known)}"
            yield checked.problem((*field, "indicator"), told)
        for column in set(measure.breakdown) - set(BREAKDOWN_COLUMNS):
            told = f"no breakdown '{column}'{suggestion(column, BREAKDOWN_COLUMNS)}"
            yield checked.problem((*field, "breakdown"), told)
        if measure.measure in {one.measure for one in model.measures[:place]}:
            yield checked.problem((*field, "measure"), f"'{measure.measure}' stands twice")
    for place, explanation in enumerate(model.explanations):
        field = ("explanations", place)
        for name in set(explanation.measures) - declared:
            told = f"'{name}' is not compared{suggestion(name, declared)}"
            yield checked.problem((*field, "measures"), told)
        for fault in _faults(explanation, places):
            yield checked.problem(field, fault)


def _faults(explanation: Explanation, places: PlaceSet) -> Iterator[str]:
    for period in explanation.periods:
        try:
            parse_period(period)
        except PeriodError as error:
            yield str(error)
    for name in explanation.areas:
        try:
            places.resolve(name)
        except UnknownAreaError as error:
            yield str(error)
