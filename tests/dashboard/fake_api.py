"""An API of canned answers in the shapes of the contract, over the made-up place set."""

import random
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, unquote

import httpx
import orjson

from api.contract import BREAKDOWN_COLUMNS, TOTAL
from reference.areas import Area
from reference.places import PlaceSet
from reference.placesets import load_place_set

RELEASE = "2025-11-20"
PERIODS = ("RY2023", "RY2024", "RY2025")
RATE = "in_care_rate"
SHARE = "moved_often_pct"
SCORE = "wellbeing_score"
EMPTY = "voice_pct"
STATISTICS = ("mean", "median", "q25", "q75", "pooled", "pooled_ci_lower", "pooled_ci_upper")


def card(id: str, **changes: Any) -> dict[str, Any]:
    """Return the full card of an indicator."""
    return {
        "id": id,
        "title": "Rate of children in care on 31 March, per 10,000 children",
        "short_title": "Children in care",
        "kind": "context",
        "stage": "in_care",
        "unit": "per 10,000",
        "decimals": 0,
        "direction": "none",
        "period_kind": "RY",
        "measured": "snapshot",
        "interval": "poisson",
        "is_core": True,
        "family": "",
        "framework_area": "Outcome 1: Children stay together",
        "framework_domain": "Family stability",
        "designation": "Accredited official statistics",
        "publisher": "Made-up statistics office",
        "version": 1,
        "latest": PERIODS[-1],
        "periods": list(PERIODS),
        "breakdowns": {},
        "definition": "Children in care on 31 March over all children, <in> tens of thousands.",
        "why_it_matters": "It says how many children a public body is the parent of.",
        "numerator": "Children in care on 31 March",
        "denominator": "Children aged 0 to 17 at the middle of the year before",
        "arithmetic": "rate_per_10000",
        "direction_reason": "A low rate may be early help or unmet need.",
        "direction_source": "National framework",
        "interval_reason": "",
        "caveats": ["Rates follow the population estimate of the year before."],
        "breaks": [],
        "read_with": [{"indicator": SHARE, "title": "Moved often", "reason": "how stable it is"}],
        "reviewed_on": "2025-11-01",
        "due_on": "2026-11-01",
        "sources": [SOURCE],
        "latest_label": "31 March 2025",
        "published_on": "2025-11-20",
    } | changes


SOURCE = {
    "id": "office_children_2025",
    "table": "office_children",
    "vintage": "2025",
    "publisher": "Made-up statistics office",
    "title": "Children in care 2025",
    "published_on": "2025-11-20",
    "designation": "Accredited official statistics",
    "licence": "OGL v3.0",
    "url": "https://statistics.invalid/children",
}

CARDS = (
    card(RATE),
    card(
        SHARE,
        title="Children in care with three or more placements in the year",
        short_title="Moved often",
        kind="performance",
        unit="%",
        decimals=1,
        direction="lower_is_better",
        interval="wilson",
        measured="during",
        arithmetic="percentage",
        breaks=[{"period": "RY2025", "note": "placements of one night are counted from here on."}],
        read_with=[],
    ),
    card(
        SCORE,
        title="Average wellbeing score",
        short_title="Wellbeing score",
        kind="outcome",
        unit="score",
        decimals=1,
        direction="lower_is_better",
        interval="none",
        interval_reason="the spread of scores is not published",
        measured="during",
        framework_area="Outcome 4: Stable, loving homes",
        framework_domain="Child wellbeing",
        read_with=[],
        caveats=[],
    ),
    card(
        EMPTY,
        title="Children who say that they were heard",
        short_title="Heard",
        kind="outcome",
        stage="help_and_protection",
        unit="%",
        latest=None,
        periods=[],
        latest_label=None,
        sources=[],
        framework_area="",
        framework_domain="",
        read_with=[],
    ),
)
CARD_KEYS = tuple(CARDS[0])[:21]


class FakeApi:
    """Answers as the API would; `asked` lists every request, for counting."""

    def __init__(self, places: PlaceSet | None = None) -> None:
        """Answer over a place set, the made-up one unless another is given."""
        self.places = places or load_place_set("made_up")
        self.asked: list[str] = []
        self.broken = False

    @property
    def client(self) -> httpx.AsyncClient:
        """A client that reaches this API."""
        return httpx.AsyncClient(transport=httpx.MockTransport(self), base_url="http://api.invalid")

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request, as httpx's MockTransport wants it."""
        path = unquote(request.url.path)
        self.asked.append(f"{path}?{request.url.query.decode()}")
        if self.broken:
            return httpx.Response(500, content=b"broken")
        given = dict(parse_qsl(request.url.query.decode()))
        try:
            data = self._data(path, given)
        except LookupError as error:
            return problem(404 if "/" in str(error) else 400, str(error.args[0]))
        meta = {
            "release": given.get("release", RELEASE),
            "published_at": "2025-11-20T09:30:00Z",
            "digest": "d1",
            "count": len(data),
            "warnings": [],
            "licence": "Open Government Licence v3.0",
            "attribution": "Contains public sector information.",
            "not_official": "This is not an official statistics publication.",
        }
        return httpx.Response(200, content=orjson.dumps({"meta": meta, "data": data, "links": {}}))

    def _data(self, path: str, given: dict[str, str]) -> Any:
        parts = path.removeprefix("/api/v1/").split("/")
        answers: dict[str, Callable[..., Any]] = {
            "areas": self._areas,
            "indicators": self._indicators,
            "groups": self._groups,
            "releases": self._release,
            "framework": self._framework,
            "observations": self._observations,
            "comparisons": self._comparisons,
            "profiles": self._profile,
        }
        return answers[parts[0]](given, *parts[1:])

    # ---- resources

    def _areas(self, given: dict[str, str], code: str = "", part: str = "") -> Any:
        if not code:
            return [self._area(area) for area in self.places.areas]
        area = self.places.by_code.get(code)
        if area is None:
            raise LookupError(f"/areas: '{code}' is not the code of an area")
        return self._neighbours(area, given) if part else self._area_detail(area)

    def _indicators(self, given: dict[str, str], id: str = "") -> Any:
        if not id:
            return [{key: card[key] for key in CARD_KEYS} for card in CARDS]
        found = [card for card in CARDS if card["id"] == id]
        if not found:
            raise LookupError(f"/indicators: '{id}' is not an indicator")
        return found[0]

    def _release(self, given: dict[str, str], id: str) -> Any:
        return {
            "id": RELEASE,
            "kind": "release",
            "published_at": "2025-11-20T09:30:00Z",
            "published_on": "2025-11-20",
            "digest": "d1",
            "policy": "first",
            "note": "",
            "withdrawn": None,
            "sources": [SOURCE],
        }

    def _framework(self, given: dict[str, str]) -> Any:
        places: dict[str, dict[str, list[str]]] = {}
        for held in CARDS:
            if held["framework_area"]:
                domains = places.setdefault(held["framework_area"], {})
                domains.setdefault(held["framework_domain"], []).append(held["id"])
        return [
            {"area": area, "domains": [{"domain": d, "indicators": ids} for d, ids in held.items()]}
            for area, held in places.items()
        ]

    def _observations(self, given: dict[str, str]) -> Any:
        cards = [held for held in CARDS if held["id"] in given["indicator"].split(",")]
        rows = []
        for held in cards:
            for period in self._periods(held, given["period"]):
                for area in self._chosen(given["area"]):
                    rows.append(self.row(held, period, area))
        return rows

    def _periods(self, held: dict[str, Any], asked: str) -> Iterable[str]:
        if asked == "all":
            return held["periods"]
        wanted = [held["latest"] if word == "latest" else word for word in asked.split(",")]
        unknown = [word for word in wanted if word and word not in PERIODS]
        if unknown:
            raise LookupError(f"period: '{unknown[0]}' is not a period held; use RY2025")
        return [period for period in wanted if period in held["periods"]]

    def _chosen(self, asked: str) -> list[Area]:
        levels = {"england": "country", "region": "region", "authority": "authority"}
        wanted = asked.split(",")
        kinds = [levels[word] for word in wanted if word in levels]
        return [
            area
            for area in self.places.areas
            if (area.kind.value in kinds and area.last_day is None) or area.code in wanted
        ]

    def _groups(self, given: dict[str, str]) -> Any:
        if "grouping" not in given:
            return self._groupings()
        held = self._indicators({}, given["indicator"])
        grouping = given["grouping"]
        if grouping not in {row["grouping"] for row in self._groupings()}:
            raise LookupError(f"grouping: '{grouping}' is not a grouping")
        members: dict[str, list[Area]] = {}
        for area in self._chosen("authority"):
            members.setdefault(self._group_of(grouping, area), []).append(area)
        return [
            self._group(grouping, group, areas, held, given["period"])
            for group, areas in sorted(members.items())
        ]

    def _groupings(self) -> list[dict[str, Any]]:
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

    def _comparisons(self, given: dict[str, str]) -> Any:
        held = self._indicators({}, given["indicator"])
        area = self.places.by_code.get(given["area"])
        if area is None:
            raise LookupError(f"area: '{given['area']}' is not the code of an area")
        return [
            self.comparison(held, area, given["period"], named)
            for named in given["with"].split(",")
        ]

    def _profile(self, given: dict[str, str], code: str) -> Any:
        area = self.places.by_code[code]
        return [self._profile_row(held, area) for held in CARDS if held["latest"]]

    # ---- rows

    @cached_property
    def _values(self) -> dict[tuple[str, str, str], float | None]:
        drawn = random.Random(7)
        return {
            (held["id"], period, area.code): self._drawn(drawn, held, area)
            for held in CARDS
            for period in PERIODS
            for area in self.places.areas
        }

    def _drawn(self, drawn: random.Random, held: dict[str, Any], area: Area) -> float | None:
        middle = {RATE: 67.0, SHARE: 10.0, SCORE: 14.5}.get(held["id"], 50.0)
        if area.kind.value == "authority" and drawn.random() < 0.06:
            return None
        spread = 0.3 if area.kind.value == "authority" else 0.05
        return round(max(1.0, drawn.gauss(middle, middle * spread)), held["decimals"])

    def value(self, id: str, period: str, area: Area) -> float | None:
        """Return the made-up value of an area."""
        return self._values.get((id, period, area.code))

    def row(self, held: dict[str, Any], period: str, area: Area) -> dict[str, Any]:
        """Return one row of /observations."""
        value = self.value(held["id"], period, area)
        has_interval = value is not None and held["interval"] != "none"
        is_ok = value is not None
        return {
            "release": RELEASE,
            "indicator": held["id"],
            "definition_version": 1,
            "area_code": area.code,
            "area_name": area.name,
            "area_type": area.kind.value,
            "period": period,
            "period_start": f"{period[2:]}-03-31",
            "period_end": f"{period[2:]}-03-31",
            **dict.fromkeys(BREAKDOWN_COLUMNS, TOTAL),
            "value": value,
            "numerator": round((value or 0) * 10) if is_ok else None,
            "denominator": 1000 if is_ok else None,
            "ci_lower": (value or 0) * 0.85 if has_interval else None,
            "ci_upper": (value or 0) * 1.18 if has_interval else None,
            "ci_level": 95.0 if has_interval else None,
            "status": "ok" if is_ok else "suppressed",
            "flags": ["provisional"] if area.code.endswith("7") and is_ok else [],
            "source_symbol": "" if is_ok else "c",
            "unit": held["unit"],
            "source": SOURCE["id"],
            "updated_release": RELEASE,
        }

    def comparison(
        self, held: dict[str, Any], area: Area, period: str, named: str
    ) -> dict[str, Any]:
        """Return one row of /comparisons."""
        value = self.value(held["id"], period, area)
        is_neighbours = named.startswith("neighbours")
        against = self.value(held["id"], period, self.places.country) or 1.0
        statistic = "median" if is_neighbours else "value"
        can = value is not None and held["interval"] != "none"
        higher = value is not None and value > against * 1.2
        outcome = ("higher" if higher else "similar") if can else "cannot_compare"
        if outcome == "higher" and held["direction"] == "lower_is_better":
            outcome = "worse"
        return {
            "release": RELEASE,
            "indicator": held["id"],
            "area_code": area.code,
            "period": period,
            "value": value,
            "status": "ok" if value is not None else "suppressed",
            "ci_lower": None,
            "ci_upper": None,
            "with": named,
            "model": "2024" if is_neighbours else None,
            "statistic_shown": statistic,
            "members": 10 if is_neighbours else 1,
            "members_with_data": 9 if is_neighbours else 1,
            "units_counted": 9,
            "coverage": 0.97,
            **dict.fromkeys(STATISTICS, against),
            "difference": None if value is None else round(value - against, held["decimals"]),
            "outcome": outcome,
            "outcome_adjusted_for_many": None,
            "method": "standardised" if can else "none",
            "phi": 2.0,
            "z": 1.0,
            "reason": None if can else "No valid interval: the spread is not published",
            "flags": [],
            "group": area.region,
            "comparator_value": against,
            "without_data": [],
        }

    def _profile_row(self, held: dict[str, Any], area: Area) -> dict[str, Any]:
        period, previous = PERIODS[-1], PERIODS[-2]
        row = self.row(held, period, area)
        values = sorted(
            value
            for other in self._chosen("authority")
            if (value := self.value(held["id"], period, other)) is not None
        )
        quarter = len(values) // 4
        return {
            **{
                key: held[key]
                for key in (
                    "title",
                    "short_title",
                    "kind",
                    "stage",
                    "unit",
                    "decimals",
                    "direction",
                )
            },
            "indicator": held["id"],
            "period": period,
            "period_label": held["latest_label"],
            **{key: row[key] for key in ("value", "status", "flags", "ci_lower", "ci_upper")},
            "previous_period": previous,
            "previous_value": self.value(held["id"], previous, area),
            "change": None,
            "comparisons": [
                self.comparison(held, area, period, named)
                for named in ("england", "region", "neighbours")
            ],
            "spine": {
                "min": values[0],
                "q25": values[quarter],
                "median": values[2 * quarter],
                "q75": values[3 * quarter],
                "max": values[-1],
            },
        }

    # ---- areas and groups

    def _area(self, area: Area) -> dict[str, Any]:
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
        }

    def _area_detail(self, area: Area) -> dict[str, Any]:
        inspections = self.places.inspections_by_area.get(area.code, ())
        return {
            **self._area(area),
            "codes": [{"code": d.code, "first_day": None, "last_day": None} for d in area.codes],
            "predecessors": list(self.places.predecessors_of(area.code)),
            "successors": list(self.places.successors_of(area.code)),
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
        }

    def _neighbours(self, area: Area, given: dict[str, str]) -> list[dict[str, Any]]:
        return [
            {
                "model": held.model,
                "rank": held.rank,
                "code": held.neighbour,
                "name": self.places.area(held.neighbour).name,
                "closeness": held.closeness,
            }
            for held in self.places.neighbours_of(area.code, given.get("model"))
        ]

    def _group_of(self, grouping: str, area: Area) -> str:
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

    def _group(
        self, grouping: str, group: str, areas: list[Area], held: dict[str, Any], period: str
    ) -> dict[str, Any]:
        values = {area.code: self.value(held["id"], period, area) for area in areas}
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
            **dict.fromkeys(STATISTICS, median),
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
        }


def problem(status: int, detail: str) -> httpx.Response:
    """Return an answer of RFC 9457."""
    body = {
        "type": "about:blank",
        "title": "Not found" if status == 404 else "Bad request",
        "status": status,
        "detail": detail,
        "parameter": None,
        "suggestions": [],
    }
    return httpx.Response(status, content=orjson.dumps(body))
