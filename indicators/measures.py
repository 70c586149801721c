"""Base counts that authorities send: what may be counted, broken down how, and what must add up.

One file per collection in `indicators/collections`; indicators are made from these measures.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from indicators.checked_files import read_checked, suggestion
from indicators.measure_sections import Edition, Section, editions_fault, sections_fault
from indicators.parts import Part, Text
from reference.periods import Period, PeriodError, parse_period

COLLECTION_FOLDER: Final = Path(__file__).parent / "collections"
TOTAL_TYPE: Final = "TOTAL"
ALL: Final = "ALL"

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9_]+$")]
ListId = Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]
Key = tuple[str, str, str]
"""Measure, breakdown type and breakdown of one count; the total is (measure, TOTAL, ALL)."""


class CollectionFileError(Exception):
    """A file of measures does not say what it must; the message places every fault."""


class CodeList(Part):
    """The codes of one breakdown; `is_exclusive` when each child is counted in just one."""

    title: Text
    is_exclusive: bool
    codes: Mapping[Code, Text]


class Measure(Part):
    """One base count: what is counted, whether it must be sent, how it may be broken down.

    `hidden_with` names the count whose disclosure decides on this one: a sum of scores is not a
    count of people, but a mean of a handful is still about that handful.
    """

    title: Text
    unit: Text
    measured: Literal["snapshot", "during"]
    is_required: bool = True
    has_total: bool = True
    breakdowns: Mapping[ListId, Literal["required", "optional"]] = Field(default_factory=dict)
    allows_not_applicable: bool = False
    hidden_with: str = ""
    valid_from: str = ""
    valid_to: str = ""

    def is_valid_in(self, period: Period) -> bool:
        """Say whether the measure is collected for a period."""
        is_begun = not self.valid_from or parse_period(self.valid_from).end <= period.end
        return is_begun and (not self.valid_to or period.end <= parse_period(self.valid_to).end)


class Sum(Part):
    """A whole and the parts that must add up to it; `each` repeats it for each code of a list."""

    rule: Code
    whole: Text
    parts: tuple[Text, ...] = Field(min_length=1)
    each: str = ""


class Limit(Part):
    """Counts that together cannot be more than others; `each` as in Sum."""

    rule: Code
    smaller: tuple[Text, ...] = Field(min_length=1)
    larger: tuple[Text, ...] = Field(min_length=1)
    each: str = ""


class Score(Part):
    """A sum of scores, the count of those scored, and the bands that bound the sum."""

    total: Code
    counted: Code
    high: Code
    border: Code
    high_from: int
    border_from: int
    highest: int


@dataclass(frozen=True)
class Identity:
    """One sum of one return: the whole equals its parts."""

    rule: str
    whole: Key
    parts: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        """The whole and then the parts."""
        return (self.whole, *self.parts)


@dataclass(frozen=True)
class Bound:
    """One limit of one return: the smaller side is at most the larger."""

    rule: str
    smaller: tuple[Key, ...]
    larger: tuple[Key, ...]


class Collection(Part):
    """All measures of one return, with their code lists and what must hold between them."""

    collection: Code
    title: Text
    version: Text
    period_kinds: tuple[Literal["RY", "RYQ"], ...]
    code_lists: Mapping[ListId, CodeList] = Field(default_factory=dict)
    measures: Mapping[Code, Measure]
    sums: tuple[Sum, ...] = ()
    limits: tuple[Limit, ...] = ()
    scores: tuple[Score, ...] = ()
    sections: Mapping[Code, Section] = Field(default_factory=dict)
    changes: tuple[Edition, ...] = ()

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        for code, measure in self.measures.items():
            self._check_measure(code, measure)
        for score in self.scores:
            for code in (score.total, score.counted, score.high, score.border):
                self._check_code(code)
        for keys in (*(i.keys for i in self.identities), *(b.smaller for b in self.bounds)):
            for code, _, _ in keys:
                self._check_code(code)
        fault = sections_fault(self.sections, self.measures) or editions_fault(
            self.changes, self.version
        )
        if fault:
            raise ValueError(fault)
        return self

    def _check_measure(self, code: str, measure: Measure) -> None:
        for list_id in measure.breakdowns:
            if list_id not in self.code_lists:
                hint = suggestion(list_id, self.code_lists)
                msg = f"{code} is broken down by '{list_id}', which is no code list{hint}"
                raise ValueError(msg)
        if not measure.has_total and not measure.breakdowns:
            msg = f"{code} has neither a total nor a breakdown"
            raise ValueError(msg)
        if measure.hidden_with:
            self._check_code(measure.hidden_with)
        for period in filter(None, (measure.valid_from, measure.valid_to)):
            try:
                parse_period(period)
            except PeriodError as error:
                raise ValueError(str(error)) from None

    def _check_code(self, code: str) -> None:
        if code not in self.measures:
            msg = f"'{code}' is no measure of {self.collection}{suggestion(code, self.measures)}"
            raise ValueError(msg)

    @cached_property
    def identities(self) -> tuple[Identity, ...]:
        """Every sum spelt out, and for exclusive breakdowns that the parts make the total."""
        declared = [
            Identity(s.rule, *_whole(self.keys_of(s.whole, s.each, code)), self._all(s, code))
            for s in self.sums
            for code in self._codes(s.each)
        ]
        return (*declared, *self._breakdown_sums())

    def _all(self, declared: Sum, code: str) -> tuple[Key, ...]:
        return tuple(k for term in declared.parts for k in self.keys_of(term, declared.each, code))

    def _breakdown_sums(self) -> Iterator[Identity]:
        for code, measure in self.measures.items():
            for list_id in measure.breakdowns:
                listed = self.code_lists[list_id]
                if measure.has_total and listed.is_exclusive:
                    parts = tuple((code, list_id, part) for part in listed.codes)
                    yield Identity("A10", (code, TOTAL_TYPE, ALL), parts)

    @cached_property
    def bounds(self) -> tuple[Bound, ...]:
        """Every limit spelt out."""
        return tuple(
            Bound(limit.rule, *(self._side(side, limit.each, code) for side in sides))
            for limit in self.limits
            for sides in [(limit.smaller, limit.larger)]
            for code in self._codes(limit.each)
        )

    def _side(self, terms: tuple[str, ...], each: str, code: str) -> tuple[Key, ...]:
        return tuple(key for term in terms for key in self.keys_of(term, each, code))

    def _codes(self, each: str) -> tuple[str, ...]:
        return tuple(self.code_lists[each].codes) if each else ("",)

    def keys_of(self, term: str, each: str = "", code: str = "") -> tuple[Key, ...]:
        """Spell out a term: `CLA_OPEN`, `CPP_DUR.duration.2Y_PLUS` or `CLA_PL.placement.*`.

        With `each`, a measure that has that breakdown stands for one code of it.
        """
        name, _, rest = term.partition(".")
        self._check_code(name)
        if not rest:
            is_each = each in self.measures[name].breakdowns
            return ((name, each, code) if is_each else (name, TOTAL_TYPE, ALL),)
        list_id, _, wanted = rest.partition(".")
        listed = self.code_lists[list_id].codes
        if wanted not in (*listed, "*"):
            msg = f"'{wanted}' is no code of {list_id}{suggestion(wanted, listed)}"
            raise ValueError(msg)
        return tuple((name, list_id, part) for part in (listed if wanted == "*" else (wanted,)))

    def keys(self, period: Period, *, required_only: bool = False) -> Iterator[Key]:
        """Yield the key of every count of a return for a period, in the order of the file."""
        for code, measure in self.measures.items():
            if measure.is_valid_in(period) and (measure.is_required or not required_only):
                yield from self._keys_of_measure(code, measure, required_only)

    def _keys_of_measure(self, code: str, measure: Measure, required_only: bool) -> Iterator[Key]:
        if measure.has_total:
            yield (code, TOTAL_TYPE, ALL)
        for list_id, need in measure.breakdowns.items():
            if need == "required" or not required_only:
                yield from ((code, list_id, part) for part in self.code_lists[list_id].codes)

    def title_of(self, key: Key) -> str:
        """Return words for one count, such as `Care leavers (17 to 18)`."""
        code, list_id, part = key
        title = self.measures[code].title
        if list_id == TOTAL_TYPE:
            return title
        return f"{title} ({self.code_lists[list_id].codes[part]})"


def _whole(keys: tuple[Key, ...]) -> tuple[Key]:
    if len(keys) != 1:
        msg = f"the whole of a sum must be one count, not {len(keys)}"
        raise ValueError(msg)
    return (keys[0],)


@dataclass(frozen=True)
class Measures:
    """Every collection, by its code."""

    collections: Mapping[str, Collection]

    def collection(self, code: str) -> Collection:
        """Return one collection; raises KeyError when there is none of that code."""
        return self.collections[code]

    def collection_of(self, measure: str) -> str | None:
        """Return the collection that a measure belongs to."""
        owners = (c.collection for c in self.collections.values() if measure in c.measures)
        return next(owners, None)


@lru_cache(maxsize=2)
def load_measures(folder: Path = COLLECTION_FOLDER) -> Measures:
    """Read every collection of a folder; raises CollectionFileError with every fault found."""
    problems, read = [], {}
    for path in sorted(folder.glob("*.yaml")):
        checked, faults = read_checked(path, Collection)
        problems += [str(fault) for fault in faults]
        if checked is not None:
            read[checked.model.collection] = checked.model
    if problems:
        raise CollectionFileError("\n".join(problems))
    return Measures(read)
