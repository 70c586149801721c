"""An API of canned answers in the shapes of the contract, over the made-up place set."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl, unquote

import httpx
import orjson

from reference.areas import Area
from reference.places import PlaceSet
from reference.placesets import load_place_set
from tests.dashboard.fake_cards import (
    CARD_KEYS,
    CARDS,
    COUNT,
    EMPTY,
    PERIODS,
    RATE,
    RELEASE,
    SCORE,
    SHARE,
    SOURCE,
)
from tests.dashboard.fake_figures import FakeFigures
from tests.dashboard.fake_notes import CHANGES, FRAMEWORK, KNOWN_PROBLEMS, VERSIONS
from tests.dashboard.fake_pairs import OF_PAIR, pair_card, pair_rows
from tests.dashboard.fake_parts import part_rows, sibling_row
from tests.dashboard.fake_places import FakePlaces
from tests.dashboard.fake_said import CONCERN, DISCLOSURE, GOOD, RETURN, no_boundaries
from tests.dashboard.fake_standings import codes_of, standing_row

_LEVELS = {"england": "country", "region": "region", "authority": "authority"}
__all__ = ["COUNT", "EMPTY", "RATE", "RELEASE", "SCORE", "SHARE", "FakeApi"]


class FakeApi:
    """Answers as the API would; `asked` lists every request, for counting."""

    def __init__(self, places: PlaceSet | None = None) -> None:
        """Answer over a place set, the made-up one unless another is given."""
        self.places = places or load_place_set("made_up")
        self.figures = FakeFigures(self.places)
        self.where = FakePlaces(self.places, self.figures)
        self.cards = list(CARDS)
        self.asked: list[str] = []
        self.not_core: set[str] = set()
        self.broken = False
        self.warnings: list[str] = []
        self.neighbour_warnings: list[str] = []
        self.comments: list[dict[str, Any]] = [GOOD, CONCERN]
        self.disclosure = DISCLOSURE
        self.returns: list[dict[str, Any]] = [RETURN]
        self.changes: dict[str, Any] | None = CHANGES

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
            "warnings": self._warnings(path, given),
            "licence": "Open Government Licence v3.0",
            "attribution": "Contains public sector information.",
            "not_official": "This is not an official statistics publication.",
            "is_practice": False,
        }
        if path.startswith("/api/v1/pairs/"):
            pair = path.rpartition("/")[2]
            meta["pair"] = pair_card(self.figures, pair, given.get("period", PERIODS[-1]))
        return httpx.Response(200, content=orjson.dumps({"meta": meta, "data": data, "links": {}}))

    def _warnings(self, path: str, given: dict[str, str]) -> list[str]:
        if path.endswith("/neighbours"):
            return self.neighbour_warnings
        return self.warnings if "grouping" in given else []

    def _data(self, path: str, given: dict[str, str]) -> Any:
        parts = path.removeprefix("/api/v1/").split("/")
        answers: dict[str, Callable[..., Any]] = {
            "areas": self._areas,
            "indicators": self._indicators,
            "groups": self._groups,
            "releases": self._release,
            "framework": self._framework,
            "observations": self._observations,
            "inequalities": self._inequalities,
            "comparisons": self._comparisons,
            "standings": self._standings,
            "profiles": self._profile,
            "pairs": self._pairs,
            "trends": self._trends,
            "commentary": lambda given: self.comments,
            "boundaries.geojson": no_boundaries,
            "dimensions": lambda given, id: codes_of(id),
            "neighbour-models": lambda given: self.where.models(),
        }
        return answers[parts[0]](given, *parts[1:])

    # ---- resources

    def _areas(self, given: dict[str, str], code: str = "", part: str = "") -> Any:
        if not code:
            return [self.where.card(area) for area in self.places.areas]
        area = self.places.by_code.get(code)
        if area is None:
            raise LookupError(f"/areas: '{code}' is not the code of an area")
        mine = [row for row in self.returns if row["area_code"] == code]
        if part == "returns":
            return mine
        return (
            self.where.neighbours(area, given)
            if part
            else {**self.where.detail(area), "returns": len(mine)}
        )

    def _indicators(self, given: dict[str, str], id: str = "", part: str = "") -> Any:
        if part == "versions":
            return VERSIONS
        if not id:
            return [
                {key: card[key] for key in (*CARD_KEYS, "levels")}
                | {"is_core": card["id"] not in self.not_core}
                for card in CARDS
                if given.get("q", "").casefold() in card["title"].casefold()
            ]
        found = [card for card in self.cards if card["id"] == id]
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
            "policy": "strict",
            "note": "",
            "withdrawn": None,
            "sources": [SOURCE],
            "changes": self.changes,
            "known_problems": KNOWN_PROBLEMS,
            "disclosure": self.disclosure,
        }

    def _framework(self, given: dict[str, str]) -> Any:
        return FRAMEWORK

    def _observations(self, given: dict[str, str]) -> Any:
        named = given.get("indicator", "").split(",")
        cards = [held for held in CARDS if held["id"] in named or "indicator" not in given]
        rows = []
        for held in cards:
            for period in self._periods(held, given["period"]):
                for area in self._chosen(given["area"]):
                    if not self._is_there(held, area, period):
                        continue
                    rows.append(self.figures.row(held, period, area))
                    if any(given.get(column) == "all" for column in held["breakdowns"]):
                        rows += self.figures.parts(held, period, area)
        return rows

    def _inequalities(self, given: dict[str, str]) -> Any:
        (held,) = [card for card in CARDS if card["id"] == given["indicator"]]
        kin = [card for card in CARDS if card["family"] == held["family"] != ""]
        areas = self._chosen(given["area"])
        rows = []
        for period in self._periods(held, given["period"]):
            for area in areas:
                if self._is_there(held, area, period):
                    made = part_rows(self.figures, held, period, area)
                    rows += [row for row in made if row["by"] in given["by"].split(",")]
        for sibling in kin if "family" in given["by"].split(",") else []:
            for period in self._periods(sibling, given["period"]):
                rows += [
                    sibling_row(self.figures, held, sibling, period, area)
                    for area in areas
                    if self._is_there(sibling, area, period)
                ]
        return rows

    def _is_there(self, held: dict[str, Any], area: Area, period: str) -> bool:
        is_shown = area.kind.value == "country" or held["id"] not in self.figures.of_country_only
        return is_shown and _existed(area, period)

    def _periods(self, held: dict[str, Any], asked: str) -> Iterable[str]:
        if asked == "all":
            return list(held["periods"])
        wanted = [held["latest"] if word == "latest" else word for word in asked.split(",")]
        unknown = [word for word in wanted if word and word not in PERIODS]
        if unknown:
            raise LookupError(f"period: '{unknown[0]}' is not a period held; use RY2025")
        return list(dict.fromkeys(period for period in wanted if period in held["periods"]))

    def _chosen(self, asked: str) -> list[Area]:
        wanted = asked.split(",")
        if asked.startswith("within:"):
            return self.figures.inside(self.places.area(asked.partition(":")[2]))
        kinds = [_LEVELS[word] for word in wanted if word in _LEVELS]
        return [
            area for area in self.places.areas if area.kind.value in kinds or area.code in wanted
        ]

    def _groups(self, given: dict[str, str]) -> Any:
        if "grouping" not in given:
            return self.where.groupings()
        named = [card for card in self.cards if card["id"] == given["indicator"]]
        if not named:
            raise LookupError(f"indicator: '{given['indicator']}' is not an indicator")
        held, grouping = named[0], given["grouping"]
        if grouping not in {row["grouping"] for row in self.where.groupings()}:
            raise LookupError(f"grouping: '{grouping}' is not a grouping")
        period = next(iter(self._periods(held, given.get("period", "latest"))), PERIODS[-1])
        members: dict[str, list[Area]] = {}
        for area in self._chosen("authority"):
            if not _existed(area, period):
                continue
            members.setdefault(self.where.group_of(grouping, area), []).append(area)
        return [
            self.where.group(grouping, group, areas, held, period)
            for group, areas in sorted(members.items())
        ]

    def _comparisons(self, given: dict[str, str]) -> Any:
        held = self._indicators({}, given["indicator"])
        areas = self._chosen(given["area"])
        if not areas:
            raise LookupError(f"area: '{given['area']}' is not the code of an area")
        return [
            self.figures.comparison(held, area, period, named)
            for period in self._periods(held, given["period"])
            for area in areas
            for named in given["with"].split(",")
            if _existed(area, period)
        ]

    def _standings(self, given: dict[str, str]) -> Any:
        asked = {**given, "period": PERIODS[-1]}
        return [
            standing_row(held, self._comparisons({**asked, "indicator": held["id"]}))
            for held in self.cards
            if held["latest"]
        ]

    def _trends(self, given: dict[str, str]) -> Any:
        named = given.get("indicator", "")
        cards = [self._indicators({}, named)] if named else [c for c in self.cards if c["latest"]]
        period = given.get("period", "latest").replace("latest", PERIODS[-1])
        return [
            self.figures.trend_row(held, area, period)
            for held in cards
            for area in self._chosen(given["area"])
        ]

    def _pairs(self, given: dict[str, str], id: str = "") -> Any:
        period = given.get("period", PERIODS[-1])
        if not id:
            return [pair_card(self.figures, held, period) for held in OF_PAIR]
        card = pair_card(self.figures, id, period)
        return pair_rows(self.figures, id, period) if card["x_period"] else []

    def _profile(self, given: dict[str, str], code: str) -> Any:
        area = self.places.by_code[code]
        return [self.figures.profile_row(held, area) for held in CARDS if held["latest"]]


def _existed(area: Area, period: str) -> bool:
    return area.last_day is None or period[2:] <= str(area.last_day.year)


def problem(status: int, detail: str) -> httpx.Response:
    """Return an answer of RFC 9457."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": "Not found" if status == 404 else "Bad request",
        "status": status,
        "detail": detail,
        "parameter": None,
        "suggestions": [],
    }
    return httpx.Response(status, content=orjson.dumps(body))
