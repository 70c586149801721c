"""The catalogue: every definition in a folder, checked by itself and against the others."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from indicators.breakdown_titles import read_titles, unknown_codes, with_titles
from indicators.cells import BREAKDOWN_COLUMNS, Flag
from indicators.checked_files import Checked, Problem, read_checked, suggestion
from indicators.model import Arithmetic, Indicator, IntervalMethod
from indicators.pairs import faulty_pairs, read_pairs, with_pairs
from indicators.source_rows import POPULATION, SourceRows
from reference.periods import PeriodError, parse_period

DEFINITIONS: Final = Path(__file__).parent / "definitions"

Entry = Checked[Indicator]
Field = tuple[str | int, ...]


class CatalogueError(Exception):
    """A folder of definitions that cannot be used; the message lists every problem in it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


def load_catalogue(folder: Path | None = None) -> tuple[Indicator, ...]:
    """Return the indicators of a folder (default: ours) in catalogue order.

    Raises CatalogueError listing all problems of all files, each with file, line and field.
    """
    return _ours() if folder is None else _load(folder)


@cache
def _ours() -> tuple[Indicator, ...]:
    return _load(DEFINITIONS)


def _load(folder: Path) -> tuple[Indicator, ...]:
    entries, problems = read_definitions(folder)
    if problems:
        raise CatalogueError(problems)
    titles = read_titles()[0]
    pairs = read_pairs(folder)[0]
    indicators = tuple(with_titles(entry.model, titles) for entry in entries)
    return with_pairs(indicators, pairs.model.pairs if pairs else ())


def check_definitions(folder: Path | None = None) -> tuple[Problem, ...]:
    """Return every problem of a folder of definitions, by file and line; none is good."""
    return tuple(read_definitions(DEFINITIONS if folder is None else folder)[1])


def read_definitions(folder: Path = DEFINITIONS) -> tuple[list[Entry], list[Problem]]:
    """Read every file; returns what could be read, in catalogue order, and every problem."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    paths = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    if not paths:
        return [], [Problem(folder.name, 1, "", "no definitions (*.yaml) in this folder")]
    for path in paths:
        entry, faults = read_checked(path, Indicator)
        problems += faults
        if entry is not None:
            entries.append(entry)
    titles, faults_of_titles = read_titles()
    problems += faults_of_titles
    for entry in entries:
        problems += [problem for rule in _RULES for problem in rule(entry)]
        problems += unknown_codes(entry, titles)
    problems += _same_order(entries)
    known = {path.stem for path in paths}
    problems += [problem for entry in entries for problem in _read_with(entry, known)]
    problems += [problem for entry in entries for problem in _retired(entry, known)]
    problems += _pairs(folder, entries, known)
    return sorted(entries, key=lambda entry: entry.model.order), sorted(problems)


def _named_as_file(entry: Entry) -> Iterator[Problem]:
    if entry.model.id != entry.path.stem:
        message = f"'{entry.model.id}' is not the name of the file; expected '{entry.path.stem}'"
        yield entry.problem(("id",), message)


def _same_order(entries: Sequence[Entry]) -> Iterator[Problem]:
    first: dict[int, Entry] = {}
    for entry in entries:
        holder = first.setdefault(entry.model.order, entry)
        if holder is not entry:
            free = max(other.model.order for other in entries) + 1
            message = (
                f"{entry.model.order} stands in {holder.path.name} too; give the newer one a place "
                f"of its own, such as {free}"
            )
            yield entry.problem(("order",), message)


def _read_with(entry: Entry, known: set[str]) -> Iterator[Problem]:
    for place, other in enumerate(entry.model.read_with):
        where: Field = ("read_with", place, "indicator")
        if other.indicator == entry.model.id:
            yield entry.problem(where, "an indicator is not read with itself; remove this entry")
        elif other.indicator not in known:
            message = f"no indicator '{other.indicator}'{suggestion(other.indicator, known)}"
            yield entry.problem(where, message)


def _retired(entry: Entry, known: set[str]) -> Iterator[Problem]:
    retired = entry.model.retired
    if retired is None:
        return
    other, where = retired.superseded_by, "retired"
    if other and (other not in known or other == entry.model.id):
        message = f"no other indicator '{other}'{suggestion(other, known)}"
        yield entry.problem((where, "superseded_by"), message)
    if retired.sunset_on and retired.sunset_on < _a_year_after(retired.deprecated_on):
        message = f"{retired.sunset_on} is less than a year after {retired.deprecated_on}"
        yield entry.problem((where, "sunset_on"), message)


def _a_year_after(day: str) -> str:
    return f"{int(day[:4]) + 1}{day[4:]}"


def _pairs(folder: Path, entries: Sequence[Entry], known: set[str]) -> list[Problem]:
    read, problems = read_pairs(folder)
    if read is not None:
        problems += faulty_pairs(read, known, {entry.model.id: entry.model for entry in entries})
    return problems


def _periods(entry: Entry) -> Iterator[Problem]:
    named: list[tuple[Field, str]] = [
        (("breaks", place, "period"), item.period) for place, item in enumerate(entry.model.breaks)
    ]
    for place, source in enumerate(entry.model.sources):
        named.append((("sources", place, "first_period"), source.first_period))
        named.append((("sources", place, "last_period"), source.last_period))
    for where, period_id in named:
        message = _period_fault(period_id, entry.model.period_kind) if period_id else ""
        if message:
            yield entry.problem(where, message)


def _period_fault(period_id: str, kind: str) -> str:
    try:
        found = parse_period(period_id).kind
    except PeriodError as error:
        return str(error)
    if found != kind:
        return f"'{period_id}' is of kind {found}; the indicator's periods are of kind {kind}"
    return ""


def _breakdowns(entry: Entry) -> Iterator[Problem]:
    for place, source in enumerate(entry.model.sources):
        for name in source.breakdowns:
            if name not in BREAKDOWN_COLUMNS:
                known = ", ".join(BREAKDOWN_COLUMNS)
                near = suggestion(name, BREAKDOWN_COLUMNS)
                message = f"no such breakdown; known are {known}{near}"
                yield entry.problem(("sources", place, "breakdowns", name), message)


def _stands_elsewhere(entry: Entry) -> Iterator[Problem]:
    if entry.model.breakdown_titles:
        message = "titles of codes stand in indicators/breakdowns.yaml; remove this block"
        yield entry.problem(("breakdown_titles",), message)
    if entry.model.pairs:
        message = "pairs stand in indicators/pairs.yaml; remove this block"
        yield entry.problem(("pairs",), message)


def _flags(entry: Entry) -> Iterator[Problem]:
    for place, source in enumerate(entry.model.sources):
        for spot, flag in enumerate(source.flags):
            if flag not in set(Flag):
                message = f"no flag '{flag}'{suggestion(flag, Flag)}"
                yield entry.problem(("sources", place, "flags", spot), message)


def _parts_fit_interval(entry: Entry) -> Iterator[Problem]:
    """Yield sources without what the value or the interval of the indicator is made from."""
    method = entry.model.interval.method
    for place, source in enumerate(entry.model.sources):
        where: Field = ("sources", place)
        has_parts = bool(source.numerator and source.denominator)
        if source.counted_where:
            yield from _counted(entry, place, source)
            continue
        if not source.value and not has_parts:
            yield entry.problem(where, "give 'value', or 'numerator' and 'denominator'")
        if method in {IntervalMethod.WILSON, IntervalMethod.POISSON} and not has_parts:
            message = f"interval {method} needs 'numerator' and 'denominator' of every source"
            yield entry.problem(where, message)
        if method is IntervalMethod.PUBLISHED and not (source.ci_lower and source.ci_upper):
            message = "interval published needs 'ci_lower' and 'ci_upper' of every source"
            yield entry.problem(where, message)
        yield from _denominator(entry, place, source)


def _counted(entry: Entry, place: int, source: SourceRows) -> Iterator[Problem]:
    """Yield sources of words that are not for a count, or that name a number as well."""
    where: Field = ("sources", place, "counted_where")
    if entry.model.arithmetic is not Arithmetic.COUNT:
        yield entry.problem(where, f"is for arithmetic {Arithmetic.COUNT}")
    if source.value or source.numerator or source.denominator:
        yield entry.problem(where, "leave out 'value', 'numerator' and 'denominator' beside this")


def _other_rows(entry: Entry) -> Iterator[Problem]:
    for place, source in enumerate(entry.model.sources):
        where: Field = ("sources", place, "numerator_rows")
        if source.numerator_rows and source.value:
            yield entry.problem(where, "a value is computed from these rows; leave out 'value'")
        if source.numerator_rows and not source.numerator:
            yield entry.problem(where, "needs the column that is read there, in 'numerator'")
        if source.is_complement and entry.model.arithmetic is not Arithmetic.PERCENTAGE:
            place_of: Field = ("sources", place, "is_complement")
            yield entry.problem(place_of, f"is for arithmetic {Arithmetic.PERCENTAGE}")


def _denominator(entry: Entry, place: int, source: SourceRows) -> Iterator[Problem]:
    if source.denominator_rows and not source.denominator_columns:
        message = "'denominator_rows' needs the column that is read there; name it in 'denominator'"
        yield entry.problem(("sources", place, "denominator_rows"), message)


def _arithmetic_fits_interval(entry: Entry) -> Iterator[Problem]:
    wanted = {
        IntervalMethod.WILSON: Arithmetic.PERCENTAGE,
        IntervalMethod.POISSON: Arithmetic.RATE_PER_10000,
    }.get(entry.model.interval.method)
    if wanted and entry.model.arithmetic is not wanted:
        message = f"interval {entry.model.interval.method} is for arithmetic {wanted}"
        yield entry.problem(("interval", "method"), message)


def _population_fits_arithmetic(entry: Entry) -> Iterator[Problem]:
    per_head = {Arithmetic.RATE_PER_10000, Arithmetic.THOUSANDS_PER_HEAD, Arithmetic.RATIO}
    for place, source in enumerate(entry.model.sources):
        if source.denominator == POPULATION and entry.model.arithmetic not in per_head:
            message = f"a {entry.model.arithmetic} has another denominator than the population"
            yield entry.problem(("sources", place, "denominator"), message)


def _unit_fits_arithmetic(entry: Entry) -> Iterator[Problem]:
    wanted = _UNITS.get(entry.model.arithmetic)
    if wanted and entry.model.unit != wanted:
        message = f"'{entry.model.unit}' is not the unit of a {entry.model.arithmetic}: '{wanted}'"
        yield entry.problem(("unit",), message)


_UNITS: Final = {
    Arithmetic.PERCENTAGE: "%",
    Arithmetic.RATE_PER_10000: "per 10,000",
    Arithmetic.COUNT: "authorities",
}


def _reviewed_before_due(entry: Entry) -> Iterator[Problem]:
    review = entry.model.review
    if review.due_on <= review.reviewed_on:
        yield entry.problem(("review", "due_on"), "must come after reviewed_on")


_RULES: Final[tuple[Callable[[Entry], Iterable[Problem]], ...]] = (
    _named_as_file,
    _periods,
    _breakdowns,
    _stands_elsewhere,
    _flags,
    _parts_fit_interval,
    _other_rows,
    _arithmetic_fits_interval,
    _population_fits_arithmetic,
    _reviewed_before_due,
    _unit_fits_arithmetic,
)
"""What must hold of one definition beyond the shape of its fields."""
