"""Makes the lines of a profile from its rows: each indicator once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from api.contract import (
    COUNTRY_WORD,
    AreaDetail,
    ComparisonRow,
    Outcome,
    ProfileRow,
    Status,
)
from dashboard.answers import Library
from dashboard.report.line import Beside, Line, Number
from dashboard.svg.spine import Spine, spine_of
from dashboard.words.agreement import agreement_words
from dashboard.words.counts import (
    COUNTED_UNIT,
    compared_count,
    counts_authorities,
    yes_or_no,
)
from dashboard.words.differences import is_between, is_different
from dashboard.words.names import with_article
from dashboard.words.numbers import NO_VALUE, quantity, unit_word
from dashboard.words.outcomes import outcome_of, outcome_word
from dashboard.words.periods import short
from dashboard.words.statuses import flag_words, status_reason, status_word

OWN_PAST: Final = "own_past"
NEIGHBOURS: Final = "neighbours"


@dataclass(frozen=True)
class Maker:
    """Makes lines of one area's profile rows."""

    area: AreaDetail
    library: Library
    comparators: Sequence[str]

    @property
    def is_authority(self) -> bool:
        """Whether the area is one authority, not a region or the country."""
        return self.area["kind"] == "authority"

    def lines(self, rows: Sequence[ProfileRow]) -> tuple[Line, ...]:
        """Return the lines, in the order of the catalogue."""
        return tuple(map(self._line, rows))

    def _line(self, row: ProfileRow) -> Line:
        card = self.library.indicators.get(row["indicator"])
        held = {compared["with"]: compared for compared in row["comparisons"]}
        country = self._beside(row, held.get(COUNTRY_WORD))
        given: Mapping[str, Any] = {**row}
        copied: dict[str, Any] = {name: given[name] for name in _COPIED}
        return Line(
            **copied,
            is_core=bool(card and card["is_core"]),
            measured=card["measured"] if card else "",
            words=self._own_words(row),
            unit_words="" if counts_authorities(row["unit"]) else unit_word(row["unit"]),
            reason=status_reason(row["status"]),
            flags=flag_words(row["flags"]),
            lower=row["ci_lower"],
            upper=row["ci_upper"],
            country=country,
            region=self._beside(row, held.get(self._second)),
            neighbours=tuple(
                beside
                for token in self.comparators
                if token.startswith(NEIGHBOURS) and (beside := self._beside(row, held.get(token)))
            ),
            past=self._beside(row, held.get(OWN_PAST)),
            history=_history(row),
            agreement=self._agreement(row),
            rank=_best_rank(row),
            past_rank=_past_rank(row),
            spine=_spine(row, country),
        )

    @property
    def _second(self) -> str:
        """What stands in the place of the region."""
        return self.comparators[1] if len(self.comparators) > 1 else ""

    def _own_words(self, row: ProfileRow) -> str:
        if row["status"] != Status.OK:
            return status_word(row["status"])
        if self.is_authority and counts_authorities(row["unit"]):
            return yes_or_no(row["value"])
        return quantity(row["value"], row["unit"], row["decimals"])

    def _beside(self, row: ProfileRow, compared: ComparisonRow | None) -> Beside | None:
        """Return a comparison as it is shown; nothing where it makes no sense."""
        if compared is None or not self._is_sensible(compared):
            return None
        has_value = row["status"] == Status.OK

        def said(figure: Number) -> str:
            return quantity(figure, row["unit"], row["decimals"])

        is_median = compared["statistic_shown"] == "median" and not counts_authorities(row["unit"])
        words = said(compared["comparator_value"])
        if counts_authorities(row["unit"]) and compared["with"] != OWN_PAST:
            words = compared_count(compared).removesuffix(f" {COUNTED_UNIT}")
        return Beside(
            token=compared["with"],
            name=self.name(compared),
            model=(compared["model"] or "") if is_neighbours(compared) else "",
            figure=compared["comparator_value"],
            words=words,
            mean=compared["mean"] if is_median else None,
            mean_words=said(compared["mean"]) if is_median else NO_VALUE,
            together_words=said(compared["pooled"]) if is_between(compared) and is_median else "",
            members=compared["members"],
            with_data=compared["members_with_data"],
            outcome=outcome_word(compared) if has_value else "",
            is_different=has_value and is_different(outcome_of(compared)),
            reason=(compared["reason"] or "") if has_value else "",
            period=(compared["group"] or "") if compared["with"] == OWN_PAST else "",
        )

    def _is_sensible(self, compared: ComparisonRow) -> bool:
        if compared["with"] == OWN_PAST:
            return True
        if self.is_authority:
            return bool(compared["members"]) or not is_neighbours(compared)
        return self.area["kind"] == "region" and compared["with"] == COUNTRY_WORD

    def name(self, compared: ComparisonRow) -> str:
        """Return whom a value is compared with, in a word or two."""
        whom = compared["with"]
        if whom == COUNTRY_WORD:
            return self.library.country["name"]
        if whom == "region":
            return self.area["region_name"] or "Region"
        if is_neighbours(compared):
            return "Neighbours"
        return "Its type" if whom == "type" else (compared["group"] or whom.replace("_", " "))

    def _agreement(self, row: ProfileRow) -> str:
        """Return which comparators the conclusion rests on, of all that were asked for."""
        if row["status"] != Status.OK:
            return ""
        held = row["agreement"]["outcomes"]
        return agreement_words(
            {word: [self._named(token) for token in tokens] for word, tokens in held.items()}
        )

    def _named(self, token: str) -> str:
        """Return whom a comparator means, as it stands in a sentence."""
        word, _, model = token.partition(":")
        names = {
            COUNTRY_WORD: self.library.country["name"],
            "region": with_article(self.area["region_name"] or "its region"),
            NEIGHBOURS: f"neighbours of {model}" if model else "neighbours",
            "type": "its type",
        }
        return names.get(word, token)


_COPIED: Final = (
    "indicator", "title", "short_title", "kind", "stage", "unit", "decimals", "direction",
    "period", "period_label", "value", "status", "trend", "source",
)  # fmt: skip


def is_neighbours(compared: ComparisonRow) -> bool:
    """Say whether a comparison is with statistical neighbours, by whichever model."""
    return compared["with"].startswith(NEIGHBOURS)


def is_any_compared(line: Line) -> bool:
    """Say whether an area can be compared with anybody in an indicator."""
    cannot = Outcome.CANNOT_COMPARE.replace("_", " ")
    return any(beside.outcome not in ("", cannot) for beside in line.beside)


def _best_rank(row: ProfileRow) -> int:
    ranks = [held["rank"] for held in row["stands_out"] if held["with"] != OWN_PAST]
    return min(ranks, default=len(row["comparisons"]) + 1_000)


def _past_rank(row: ProfileRow) -> int:
    ranks = [held["rank"] for held in row["stands_out"] if held["with"] == OWN_PAST]
    return min(ranks, default=0)


def _history(row: ProfileRow) -> tuple[tuple[str, float], ...]:
    """Return the points that the trend rests on."""
    pairs = zip(row["trend"]["periods"], row["trend"]["values"], strict=True)
    return tuple((short(period), value) for period, value in pairs if value is not None)


def _spine(row: ProfileRow, country: Beside | None) -> Spine | None:
    value = float(row["value"]) if row["value"] is not None else None
    beside = country.figure if country else None
    return spine_of(row["spine"], value, None if beside is None else float(beside))
