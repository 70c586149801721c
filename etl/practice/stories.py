"""What is planted in a round of practice, so that trainers and tests know what to look for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Final

from etl.practice.made_up_country import Outlier
from reference.periods import Period
from reference.places import Area, PlaceSet

LATE, MISSING, UNRELIABLE = "late", "missing", "unreliable"
CORRECTED, CHILD_RECORDS = "corrected", "records of children"
OUTLIER, SPLIT, SHOCK, TINY = "outlier", "split", "shock", "tiny"

_SHOCK_YEAR: Final = 2021
_TINY_CHILDREN: Final = 2_000


@dataclass(frozen=True)
class Story:
    """One thing planted: whose it is, where, what it is, and what should come of it."""

    kind: str
    authority: str
    collection: str
    period: str
    measure: str
    what: str
    expect: str


@dataclass(frozen=True)
class _Oddity:
    """One level that lies far out: of which collection and measure, where, and for how long."""

    level: str
    collection: str
    measure: str
    value: float
    years: int
    what: str


_ODDITIES: Final = (
    _Oddity("ref_re12", "CIN", "REF_RE12", 0.48, 1, "re-referrals jump within one year"),
    _Oddity("oc2_health", "CLA", "OC2_HEALTH", 0.52, 1, "health assessments fall behind"),
    _Oddity("ass_45", "CIN", "ASS_45", 0.41, 1, "assessments come late after a backlog"),
    _Oddity("cla_gt20", "CLA", "CLA_GT20", 0.58, 10, "children live far away, year after year"),
    _Oddity("eet_19_21", "CL", "CL_EET", 0.84, 3, "more care leavers work or learn than anywhere"),
)

_SENDING: Final = (
    (LATE, "CLA", "", "the return comes after the day it was due", "its slot says late, then not"),
    (LATE, "CL", "", "the return comes after the day it was due", "its slot says late, then not"),
    (MISSING, "CIN", "", "no return comes", "a decision is recorded and its figures say why"),
    (UNRELIABLE, "CIN", "REF_RE12", "sent with status u and a note", "the figure is withheld"),
    (CORRECTED, "CLA", "OC2_DENT", "a second version puts a first one right", "the second counts"),
    (CHILD_RECORDS, "CLA", "", "a file of records comes first", "refused; its hash is all we keep"),
)


def stories_of(places: PlaceSet, period: Period, profile: str) -> tuple[Story, ...]:
    """Return all that is planted in a round that ends with a period."""
    chosen = iter(_chosen(places, period, profile))
    sent = [
        Story(kind, next(chosen).code, collection, period.id, measure, what, expect)
        for kind, collection, measure, what, expect in _SENDING
    ]
    outliers = [
        Story(
            OUTLIER,
            next(chosen).code,
            one.collection,
            period.id,
            one.measure,
            one.what,
            "a query asks about it, and the page shows it as unusual",
        )
        for one in _ODDITIES
    ]
    return (*sent, *outliers, *_of_the_country(places, period))


def _chosen(places: PlaceSet, period: Period, profile: str) -> list[Area]:
    """Return authorities that a story can be told of, in an order of the profile's own."""
    fit = [a for a in places.authorities(period.end) if a.is_rankable and a.first_day is None]
    by_size = sorted(fit, key=lambda a: places.population_of(a.code, period.end.year - 1) or 0)
    middle = by_size[len(by_size) // 4 :]
    return sorted(middle, key=lambda a: sha256(f"{profile}|story|{a.code}".encode()).hexdigest())


def _of_the_country(places: PlaceSet, period: Period) -> Iterator[Story]:
    country = places.country.code
    if period.end.year >= _SHOCK_YEAR:
        yield Story(
            SHOCK,
            country,
            "CLA",
            f"RY{_SHOCK_YEAR}",
            "OC2_DENT",
            "teeth checks halve, referrals and starts fall, all within a year",
            "a break in the series of every authority",
        )
    for change in places.changes:
        if change.kind == "split" and change.effective_on <= period.end:
            yield Story(
                SPLIT,
                change.successor,
                "CLA",
                f"RY{change.effective_on.year + 1}",
                "CLA_OPEN_PRIOR",
                f"part of {places.area(change.predecessor).name} until then",
                "not applicable before; the first return says z for the year earlier",
            )
    for area in places.authorities(period.end):
        if (places.population_of(area.code, period.end.year - 1) or 0) < _TINY_CHILDREN:
            what = "so few children that nearly every count is small"
            yield Story(TINY, area.code, "CLA", period.id, "CLA_OPEN", what, "counts are hidden")


def outliers_of(stories: Iterable[Story], period: Period) -> tuple[Outlier, ...]:
    """Return the levels of the outliers."""
    last = period.end.year
    told = [story for story in stories if story.kind == OUTLIER]
    return tuple(
        Outlier(story.authority, one.level, one.value, last - one.years + 1, last)
        for story, one in zip(told, _ODDITIES, strict=True)
    )


def of_kind(stories: Sequence[Story], kind: str) -> tuple[Story, ...]:
    """Return the stories of a kind."""
    return tuple(story for story in stories if story.kind == kind)


def listed_stories(stories: Sequence[Story], places: PlaceSet) -> list[dict[str, Any]]:
    """Return the stories as a machine reads them, with the names of places."""
    return [
        {"number": number, **asdict(story), "name": places.area(story.authority).name}
        for number, story in enumerate(stories, 1)
    ]
