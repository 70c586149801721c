"""Areas, neighbours and groups in the shapes of the contract, from a place set."""

from typing import Any

from reference.areas import Area
from reference.places import PlaceSet
from tests.dashboard.fake_cards import COUNT
from tests.dashboard.fake_figures import STATISTICS, FakeFigures


class FakePlaces:
    """What the API says of the places of a place set."""

    def __init__(self, places: PlaceSet, figures: FakeFigures) -> None:
        """Answer for these places; groups take their values from these figures."""
        self.places = places
        self.figures = figures

    def card(self, area: Area) -> dict[str, Any]:
        region = self.places.by_code.get(area.region or "")
        hexagons = {held.area: held for held in self.places.hexagons}
        held = hexagons.get(area.code)
        classes = {c.id: self.places.class_of(c.id, area.code) for c in self.places.classifications}
        return {
            "code": area.code,
            "name": area.name,
            "kind": area.kind.value,
            "type": area.type,
            "type_label": self.places.area_types.get(area.type or ""),
            "number": area.number,
            "region": area.region,
            "region_name": region.name if region else None,
            "subregion": area.subregion,
            "first_day": area.first_day.isoformat() if area.first_day else None,
            "last_day": area.last_day.isoformat() if area.last_day else None,
            "is_rankable": area.is_rankable,
            "hexagon": {"column": held.column, "row": held.row} if held else None,
            "classes": {name: value for name, value in classes.items() if value},
            "predecessors": list(self.places.predecessors_of(area.code)),
            "successors": list(self.places.successors_of(area.code)),
            "code_in_force": area.code,
            "grades": {"leadership": "good"} if area.last_day is None else {},
            "grades_published_on": {"leadership": "2023-05-04"} if area.last_day is None else {},
            "children_0_17": self.places.context_of("children", area.code),
        }

    def changes(self, area: Area) -> list[dict[str, Any]]:
        return [
            {
                "effective_on": change.effective_on.isoformat(),
                "predecessor": change.predecessor,
                "predecessor_name": self.places.area(change.predecessor).name,
                "successor": change.successor,
                "successor_name": self.places.area(change.successor).name,
                "kind": change.kind,
                "footprint": "another" if change.same_footprint == "N" else "same",
                "successor_share": change.successor_share,
                "note": change.note,
            }
            for change in self.places.changes
            if area.code in (change.predecessor, change.successor)
        ]

    def detail(self, area: Area) -> dict[str, Any]:
        inspections = self.places.inspections_by_area.get(area.code, ())
        return {
            **self.card(area),
            "codes": [{"code": d.code, "first_day": None, "last_day": None} for d in area.codes],
            "neighbour_models": list(self.places.neighbour_models),
            "predecessors": list(self.places.predecessors_of(area.code)),
            "successors": list(self.places.successors_of(area.code)),
            "changes": self.changes(area),
            "population_0_17": {"mid_year": 2024, "vintage": "2024", "count": 61234},
            "class_labels": {
                c.id: c.values[value]
                for c in self.places.classifications
                if (value := self.places.class_of(c.id, area.code))
            },
            "judgements": [
                {
                    "judgement": "leadership",
                    "label": "Leadership",
                    "grade": "good",
                    "grade_label": "Good",
                    "inspected_on": None,
                    "published_on": "2023-05-04",
                    "basis": "machine_read",
                    "framework": "ilacs",
                    "as_at": "2025-03-31",
                }
            ],
            "inspections": [
                {
                    "framework": held.framework,
                    "kind": held.kind,
                    "published_on": held.published_on.isoformat(),
                    "inspected_on": held.inspected_on.isoformat() if held.inspected_on else None,
                    "grades": dict(held.grades),
                    "basis": held.basis,
                    "source": held.source,
                }
                for held in inspections
            ],
            "context": self.context(area),
        }

    def context(self, area: Area) -> list[dict[str, Any]]:
        return [
            {
                "id": held.id,
                "title": held.title,
                "unit": held.unit,
                "decimals": held.decimals,
                "value": self.places.context_of(held.id, area.code),
                "basis": "",
                "as_at": held.as_at,
                "source": held.source,
                "note": held.note,
                "scale": held.scale,
                "scale_reason": held.scale_reason,
                "weight": held.weight,
                "is_main": held.is_main,
            }
            for held in self.places.context_variables
        ]

    def neighbours(self, area: Area, given: dict[str, str]) -> list[dict[str, Any]]:
        asked = given.get("model") or self.places.default_neighbour_model
        models = self.places.neighbour_models if asked == "all" else (asked,)
        named = {
            model: {held.neighbour for held in self.places.neighbours_of(area.code, model)}
            for model in self.places.neighbour_models
        }
        return [
            {
                "model": held.model,
                "rank": held.rank,
                "code": held.neighbour,
                "name": self.places.area(held.neighbour).name,
                "closeness": held.closeness,
                "is_mutual": any(
                    back.neighbour == area.code
                    for back in self.places.neighbours_of(held.neighbour, model)
                ),
                "also_in": [
                    other
                    for other, codes in named.items()
                    if other != model and held.neighbour in codes
                ],
                "distance": held.rank / 10,
                "distance_percentile": held.rank * 1.5,
                "reason": None,
                **{
                    variable.id: self.places.context_of(variable.id, held.neighbour)
                    for variable in self.places.context_variables
                },
            }
            for model in models
            for held in self.places.neighbours_of(area.code, model)
        ]

    def models(self) -> list[dict[str, Any]]:
        return [
            {
                "model": model,
                "title": f"Statistical neighbours, model of {model}",
                "publisher": "The Office for Children",
                "published_on": f"{model}-05",
            }
            for model in self.places.neighbour_models
        ]

    def groupings(self) -> list[dict[str, Any]]:
        titles = {"region": "Region", "area_type": "Type of authority"}
        titles |= {
            f"ofsted:{id}": f"Judgement: {name}" for id, name in self.places.judgements.items()
        }
        titles |= {held.id: held.title for held in self.places.classifications}
        return [
            {
                "grouping": id,
                "title": title,
                "note": "",
                "is_default": id == f"ofsted:{self.places.default_judgement}",
            }
            for id, title in titles.items()
        ]

    def group_of(self, grouping: str, area: Area) -> str:
        if grouping == "region":
            return area.region or ""
        if grouping == "area_type":
            return area.type or ""
        if grouping.startswith("ofsted:"):
            held = self.places.inspections_by_area.get(area.code, ())
            return str(held[-1].grades.get(grouping[7:], "none")) if held else "none"
        return self.places.class_of(grouping, area.code) or "none"

    def _label(self, grouping: str, group: str) -> str:
        if grouping == "region":
            return self.places.area(group).name
        if grouping == "area_type":
            return self.places.area_types[group]
        if grouping.startswith("ofsted:"):
            return self.places.grades[group]
        return dict(self.places.classification(grouping).values).get(group, group)

    def group(
        self, grouping: str, group: str, areas: list[Area], held: dict[str, Any], period: str
    ) -> dict[str, Any]:
        values = {area.code: self.figures.value(held["id"], period, area) for area in areas}
        known = sorted(value for value in values.values() if value is not None)
        median = known[len(known) // 2] if known else None
        return {
            "grouping": grouping,
            "group": group,
            "label": self._label(grouping, group),
            "as_at": "2025-03-31" if grouping.startswith("ofsted") else None,
            "members": len(areas),
            "members_with_data": len(known),
            "units_counted": len(known),
            "coverage": 0.9,
            **dict.fromkeys(STATISTICS, None if held["id"] == COUNT else median),
            **({"pooled": sum(known)} if held["id"] == COUNT else {}),
            "published_value": median if grouping == "region" else None,
            "flags": ["few_members"] if len(known) < 5 else [],
            "areas": [
                {
                    "code": area.code,
                    "name": area.name,
                    "value": values[area.code],
                    "status": "ok" if values[area.code] is not None else "suppressed",
                }
                for area in areas
            ],
            **_tested(grouping, is_count=held["id"] == COUNT),
        }


def _tested(grouping: str, *, is_count: bool) -> dict[str, Any]:
    """Return the spread and the test as of groups that differ, or of an indicator that counts."""
    return {
        "sd": None if is_count else 4.2,
        "iqr": None if is_count else 6.0,
        "is_tested": not is_count,
        "groups_differ": None if is_count else True,
        "test_method": "none" if is_count else "kruskal_wallis",
        "test_statistic": None if is_count else 20.5,
        "test_p": None if is_count else 0.002,
        "share_between": None if is_count else 0.18,
        "groups_tested": 0 if is_count else 5,
        "authorities_tested": 0 if is_count else 150,
        "test_reason_code": "is_a_count" if is_count else None,
        "sentence": "Nobody can say." if is_count else "These groups differ by more than chance.",
        "caution": "A grade shows no cause." if grouping.startswith("ofsted") else None,
        "left_out_of_test": [],
    }
