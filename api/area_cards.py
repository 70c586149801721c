"""Areas as the API tells of them: the card of a list and the full card."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from api.area_choice import graded
from api.context_cards import variable_cards
from api.contract import API_PREFIX
from api.opened import OpenRelease
from indicators.boundary_history import NEARLY_THE_SAME
from reference.areas import Area, code_in_force
from reference.inspections import NO_JUDGEMENT, judgement_in_force
from reference.periods import parse_period
from reference.places import Hexagon, PlaceSet, Population


def area_card(release: OpenRelease, area: Area, on: date) -> dict[str, Any]:
    """Return the card of an area in a list, its code and judgements as they stood on a day."""
    places = release.snapshot.places
    region = places.by_code.get(area.region or "")
    hexagon = _hexagons(release).get(area.code)
    return {
        "code": area.code,
        "name": area.name,
        "kind": area.kind.value,
        "type": area.type,
        "type_label": places.area_types.get(area.type or ""),
        "number": area.number,
        "region": area.region,
        "region_name": region.name if region else None,
        "subregion": area.subregion,
        "first_day": _day(area.first_day),
        "last_day": _day(area.last_day),
        "is_rankable": area.is_rankable,
        "hexagon": {"column": hexagon.column, "row": hexagon.row} if hexagon else None,
        "classes": classes_of(places, area.code),
        "predecessors": list(places.predecessors_of(area.code)),
        "successors": list(places.successors_of(area.code)),
        "code_in_force": code_in_force(area, on),
        "grades": dict(_grades(release, on).get(area.code, {})),
        "children_0_17": children_of(release, area.code),
        "grades_published_on": dict(_published(release, on).get(area.code, {})),
    }


def area_links(code: str) -> dict[str, str]:
    """Return where everything about an area is found, its card among them."""
    own = f"{API_PREFIX}/areas/{code}"
    of_area = ("observations", "comparisons", "trends", "rankings", "exceptions", "commentary")
    return {
        "area": own,
        "neighbours": f"{own}/neighbours",
        "returns": f"{own}/returns",
        "profile": f"{API_PREFIX}/profiles/{code}",
        **{name: f"{API_PREFIX}/{name}?area={code}" for name in of_area},
    }


def area_detail(release: OpenRelease, area: Area, on: date) -> dict[str, Any]:
    """Return the full card of an area, its judgements as they stood on a day."""
    places = release.snapshot.places
    return {
        **area_card(release, area, on),
        "codes": [
            {
                "code": dated.code,
                "first_day": _day(dated.first_day),
                "last_day": _day(dated.last_day),
            }
            for dated in area.codes
        ],
        "changes": _changes(places, area.code),
        "population_0_17": _population(places, area.code),
        "class_labels": {
            name: places.classification(name).values[value]
            for name, value in classes_of(places, area.code).items()
        },
        "judgements": _judgements(places, area.code, on),
        "inspections": _inspections(places, area.code),
        "neighbour_models": [
            model for model in places.neighbour_models if places.neighbours_of(area.code, model)
        ],
        "context": variable_cards(places, area),
        "returns": sum(one.authority == area.code for one in release.snapshot.returns),
    }


def children_of(release: OpenRelease, code: str) -> int | None:
    """Return the latest estimate of the children aged 0 to 17 of an area, None where none is."""
    held: Mapping[str, Population] = release.recall(
        "populations", lambda: _newest(release.snapshot.places)
    )
    return held[code].count if code in held else None


def _newest(places: PlaceSet) -> Mapping[str, Population]:
    ordered = sorted(places.populations, key=lambda row: (row.mid_year, row.vintage))
    return {row.area: row for row in ordered}


def _grades(release: OpenRelease, on: date) -> Mapping[str, Mapping[str, str]]:
    """Return by authority the grades that its official judgements in force on a day gave."""

    def read() -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for judgement in release.snapshot.places.judgements:
            for grade, codes in graded(release, judgement, on, machine_read=False).items():
                for code in codes if grade != NO_JUDGEMENT else ():
                    found.setdefault(code, {})[judgement] = grade
        return found

    return release.recall(("grades", on), read)


def _published(release: OpenRelease, on: date) -> Mapping[str, Mapping[str, str]]:
    """Return by authority on which day each of those grades was published."""
    places = release.snapshot.places

    def read() -> dict[str, dict[str, str]]:
        return {
            code: {
                judgement: held.published_on.isoformat()
                for judgement in grades
                if (held := judgement_in_force(places, code, judgement, on))
            }
            for code, grades in _grades(release, on).items()
        }

    return release.recall(("grades_published", on), read)


def _changes(places: PlaceSet, code: str) -> list[dict[str, Any]]:
    """Return every change of boundary or code that an area came from or went through, by day."""
    return [
        {
            "effective_on": change.effective_on.isoformat(),
            "predecessor": change.predecessor,
            "predecessor_name": places.area(change.predecessor).name,
            "successor": change.successor,
            "successor_name": places.area(change.successor).name,
            "kind": change.kind,
            "footprint": _FOOTPRINTS[change.same_footprint],
            "successor_share": change.successor_share,
            "note": change.note,
        }
        for change in sorted(places.changes, key=lambda one: one.effective_on)
        if code in (change.predecessor, change.successor)
    ]


_FOOTPRINTS: Final = {"Y": "same", NEARLY_THE_SAME: "nearly_the_same", "N": "another"}
"""What the place set marks of each change: whether figures before and after are of one area."""


def classes_of(places: PlaceSet, code: str) -> dict[str, str]:
    """Return the classes of an authority, by classification."""
    found = {c.id: places.class_of(c.id, code) for c in places.classifications}
    return {name: value for name, value in found.items() if value is not None}


def last_day_shown(release: OpenRelease) -> date:
    """Return the end of the latest period of any indicator: the day judgements are read on."""
    latest = release.snapshot.index.latest.values()
    return max((parse_period(period).end for period in latest), default=date.max)


def _judgements(places: PlaceSet, code: str, on: date) -> list[dict[str, Any]]:
    rows = []
    for judgement, label in places.judgements.items():
        held = judgement_in_force(places, code, judgement, on)
        if held is not None:
            rows.append(
                {
                    "judgement": judgement,
                    "label": label,
                    "grade": held.grade,
                    "grade_label": places.grades.get(held.grade, held.grade),
                    "inspected_on": _day(held.inspected_on),
                    "published_on": held.published_on.isoformat(),
                    "basis": held.basis,
                    "framework": held.framework,
                    "as_at": on.isoformat(),
                }
            )
    return rows


def _inspections(places: PlaceSet, code: str) -> list[dict[str, Any]]:
    return [
        {
            "framework": inspection.framework,
            "kind": inspection.kind,
            "published_on": inspection.published_on.isoformat(),
            "inspected_on": _day(inspection.inspected_on),
            "grades": dict(inspection.grades),
            "basis": inspection.basis,
            "source": inspection.source,
        }
        for inspection in reversed(places.inspections_by_area.get(code, ()))
    ]


def _population(places: PlaceSet, code: str) -> dict[str, Any] | None:
    held = [row for row in places.populations if row.area == code]
    newest = max(held, key=lambda row: (row.mid_year, row.vintage), default=None)
    if newest is None:
        return None
    return {"mid_year": newest.mid_year, "vintage": newest.vintage, "count": newest.count}


def _hexagons(release: OpenRelease) -> Mapping[str, Hexagon]:
    found: Mapping[str, Hexagon] | None = release.kept.get("hexagons")
    if found is None:
        found = {hexagon.area: hexagon for hexagon in release.snapshot.places.hexagons}
        release.kept["hexagons"] = found
    return found


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
