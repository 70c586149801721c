"""Made-up counts of care leavers, year after year."""

from collections.abc import Iterator

from etl.practice.authority import Counts, MadeUp
from indicators.measures import Collection

OLDER, YOUNGER = "19_21", "17_18"


def leavers(made: MadeUp, collection: Collection) -> Iterator[tuple[int, Counts]]:
    """Yield the counts of each year that the authority existed."""
    for year in made.years:
        older = made.draws.count("cl 19_21", made.expected("cl_19_21", year), 2_000)
        ratio = made.level("cl_17_18_of_19_21", year)
        younger = made.draws.count("cl 17_18", ratio * older, 2_000)
        counts: Counts = {}
        for age, whole in ((OLDER, older), (YOUNGER, younger)):
            row = _of_age(made, year, age, whole)
            for measure, count in zip(collection.measures, row, strict=True):
                counts[measure, "clage", age] = count
        yield year, counts


def _of_age(made: MadeUp, year: int, age: str, whole: int) -> list[int]:
    """Return the counts of one age group, in the order of the measures."""
    draws = made.draws
    housed = whole - draws.part(f"cl abroad {age}", whole, 0.007)
    active = _beside(made.level(f"eet_{age}", year), made.parts("activity_rest"))
    suited = _beside(made.level(f"suit_{age}", year), made.parts("accommodation_rest"))
    return [
        whole,
        *draws.split(f"cl activity {age}", whole, active),
        housed,
        *draws.split(f"cl homes {age}", housed, suited),
        *draws.split(f"cl contact {age}", whole, made.parts("contact"), 120),
    ]


def _beside(share: float, rest: tuple[float, ...]) -> tuple[float, ...]:
    return (share, *((1 - share) * part for part in rest))
