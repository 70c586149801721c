"""Why a query means no area at all, in words: an empty answer is never left unexplained."""

from collections.abc import Iterator
from datetime import date

from api.area_choice import (
    NARROWING,
    AreaChoice,
    choose_areas,
    counts_machine_read,
    narrow,
)
from api.opened import OpenRelease
from api.parameters import Query


def why_no_areas(
    release: OpenRelease, query: Query, chosen: AreaChoice, on: date | None
) -> Iterator[str]:
    """Say why no area is left, if none is."""
    if len(chosen.codes):
        return
    asked = ",".join(query.all("area"))
    if not len(choose_areas(release, query).codes):
        yield f"area={asked} means no area: {_nothing_there(asked)}"
        return
    wanted = [f"{name}={','.join(query.all(name))}" for name in NARROWING if name in query]
    of = f" of area={asked}" if asked else ""
    yield f"no area{of} meets {' and '.join(wanted)}{_judged(query, on)}"
    if "ofsted" in query and not counts_machine_read(query):
        including = query.with_values(machine_read="include")
        counted = narrow(release, including, choose_areas(release, query), on)
        if len(counted.codes):
            yield (
                f"machine_read=include would give {len(counted.codes)}, whose judgement a "
                "machine read from the report"
            )


def _judged(query: Query, on: date | None) -> str:
    return f" (judgements in force on {on})" if "ofsted" in query and on else ""


def _nothing_there(asked: str) -> str:
    if asked.startswith("neighbours:"):
        return "the model names no statistical neighbours of it"
    return "this release holds none there"
