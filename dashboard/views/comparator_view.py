"""One figure of an authority beside others to compare with: models, regions, types, lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from api.contract import COUNTRY_WORD, ComparisonRow, IndicatorDetail, Outcome, Status
from dashboard.answers import Reply
from dashboard.client import ApiClient
from dashboard.views.neighbour_view import NEAREST, NeighbourView
from dashboard.words.outcomes import Measure, outcome_of

_LIST = "areas:"
_MODEL = "neighbours:"


@dataclass(frozen=True)
class ComparatorView:
    """An indicator of an authority against every comparator, in their order."""

    neighbours: NeighbourView
    indicator: IndicatorDetail
    reply: Reply[list[ComparisonRow]]
    words: Mapping[str, str]
    """Comparator, as the API is asked, to what it is called."""

    @property
    def rows(self) -> Sequence[ComparisonRow]:
        """The comparisons, one for each comparator."""
        return self.reply.data

    @property
    def measure(self) -> Measure:
        """How values of the indicator are written."""
        return Measure.of(self.indicator)

    @property
    def own(self) -> ComparisonRow | None:
        """Any of the rows: each has the authority's own figure."""
        return next(iter(self.rows), None)

    @property
    def period(self) -> str:
        """The period of the figures."""
        return self.own["period"] if self.own else self.indicator["latest"] or ""

    @property
    def has_value(self) -> bool:
        """Whether the authority has a figure."""
        return self.own is not None and self.own["status"] == Status.OK

    @cached_property
    def outcomes(self) -> Mapping[str, list[str]]:
        """Outcome to what the comparators are called that come to it, the most frequent first."""
        found: dict[str, list[str]] = {}
        for row in self.rows:
            if outcome_of(row) != Outcome.CANNOT_COMPARE:
                found.setdefault(outcome_of(row), []).append(self.name_of(row["with"]))
        return dict(sorted(found.items(), key=lambda held: -len(held[1])))

    def name_of(self, token: str) -> str:
        """Return what a comparator is called; the API may put a list in another order."""
        return called(self.words, token)


def called(words: Mapping[str, str], token: str) -> str:
    """Return what a comparator is called."""
    if not token.startswith(_LIST):
        return words.get(token, token)
    codes = members_of(token)
    same = (
        name for key, name in words.items() if key.startswith(_LIST) and members_of(key) == codes
    )
    return next(same, "the list")


def members_of(token: str) -> frozenset[str]:
    """Return the codes of a list."""
    return frozenset(token.removeprefix(_LIST).split(","))


def comparators_of(view: NeighbourView) -> dict[str, str]:
    """Return what an authority is compared with, and what each is called."""
    area = view.area
    labels = area["class_labels"]
    found = {COUNTRY_WORD: view.library.country["name"]}
    found |= {f"{_MODEL}{model}": f"neighbours by the model of {model}" for model in view.by_model}
    nearest = [row["code"] for row in view.nearest[:NEAREST]]
    own = [code for code in view.state.own.split(",") if code]
    if nearest:
        found[f"{_LIST}{','.join(_unlike(nearest, own))}"] = (
            f"{len(nearest)} nearest by our distance"
        )
    if area["region"]:
        found["region"] = area["region_name"] or "its region"
    if area["type"]:
        found["type"] = f"its type ({area['type_label']})"
    for name, words in (("deprivation", "deprivation"), ("population_band", "size")):
        if name in labels:
            found[name] = f"its fifth by {words} ({labels[name]})"
    if own and set(own) != set(nearest):
        found[f"{_LIST}{','.join(own)}"] = view.state.named or "your own list"
    return found


def _unlike(nearest: Sequence[str], own: Sequence[str]) -> Sequence[str]:
    """Begin with another code than the own list: of words that stand twice, the API reads one."""
    if not own or nearest[0] != own[0] or len(nearest) == 1:
        return nearest
    return [*nearest[1:], nearest[0]]


async def load_comparators(client: ApiClient, view: NeighbourView) -> ComparatorView:
    """Return the comparisons of the chosen indicator, from one more call."""
    meta = view.reply.meta
    card = await client.held_indicator(view.state.indicator, meta)
    words = comparators_of(view)
    period = view.state.period or card.data["latest"] or ""
    reply = await client.comparisons(
        card.data["id"], view.code, period, list(words), meta["release"]
    )
    return ComparatorView(view, card.data, reply, words)
