"""What cards, lines and tables of an authority share: its figures and those they stand beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from api.contract import COUNTRY_WORD, AreaDetail, ComparisonRow, Outcome, ProfileRow, Status
from dashboard.answers import Library
from dashboard.components.sources import figure_source_link
from dashboard.components.text import outcome_tag
from dashboard.page import Node, link, node
from dashboard.state import State, indicator_address
from dashboard.words.agreement import agreement_words
from dashboard.words.counts import compared_count, counts_authorities, own_amount
from dashboard.words.differences import in_brackets, is_between, is_different, short_reason
from dashboard.words.names import with_article
from dashboard.words.numbers import quantity
from dashboard.words.outcomes import outcome_of, outcome_word
from dashboard.words.statuses import flag_words

OWN_PAST: Final = "own_past"
CANNOT_COMPARE: Final = "cannot-compare"
"""The id of the part that says why some figures cannot be compared."""


@dataclass(frozen=True)
class Profile:
    """All figures of one area, with what is needed to write and to link them."""

    area: AreaDetail
    rows: Sequence[ProfileRow]
    library: Library
    state: State
    past: Mapping[str, ComparisonRow] = field(default_factory=dict)
    """By indicator the comparison with the area's own past."""

    comments: Mapping[tuple[str, str], Sequence[Node]] = field(default_factory=dict)
    """By indicator and period what the authority says of its figure."""

    def said(self, row: ProfileRow) -> Sequence[Node]:
        """Return what the authority says of a figure."""
        return self.comments.get((row["indicator"], row["period"]), ())

    @property
    def is_authority(self) -> bool:
        """Whether the area is one authority, not a region or the country."""
        return self.area["kind"] == "authority"

    def is_core(self, row: ProfileRow) -> bool:
        """Say whether an indicator is one of those to look at first."""
        card = self.library.indicators.get(row["indicator"])
        return card is not None and card["is_core"]

    def way(self, row: ProfileRow) -> Node:
        """Return the link to the page of an indicator, with this area chosen."""
        chosen = State(area=self.area["code"], release=self.state.release, model=self.state.model)
        return link(row["short_title"], indicator_address(row["indicator"], chosen))

    def source(self, row: ProfileRow) -> Node:
        """Return the way to where a figure comes from."""
        return figure_source_link(
            row["source"],
            row["indicator"],
            self.area["code"],
            row["period"],
            self.state.release,
        )

    def when(self, row: ProfileRow) -> Node:
        """Return the period of a figure, what else is to be known of it, and its source."""
        flags = f" ({flag_words(row['flags'])})" if row["flags"] else ""
        words = node("Span", f"{row['period_label']}{flags} ", className="note")
        return [words, self.source(row)]

    def amount(self, row: ProfileRow) -> str:
        """Return a figure that is held with its unit in words."""
        return own_amount(
            row["value"], row["unit"], row["decimals"], is_authority=self.is_authority
        )

    def agreement(self, row: ProfileRow) -> str:
        """Return which comparators the conclusion rests on, of all that were asked for."""
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
            "neighbours": f"neighbours of {model}" if model else "neighbours",
            "type": "its type",
        }
        return names.get(word, token)

    def comparator(self, compared: ComparisonRow) -> str:
        """Return whom a value is compared with, in a word or two."""
        named = compared["with"]
        if named == COUNTRY_WORD:
            return self.library.country["name"]
        if named == "region":
            return self.area["region_name"] or "Region"
        return "Neighbours" if is_neighbours(compared) else named.replace("_", " ").capitalize()


def is_neighbours(compared: ComparisonRow) -> bool:
    """Say whether a comparison is with statistical neighbours, by whichever model."""
    return compared["with"].startswith("neighbours")


def best_rank(row: ProfileRow) -> int:
    """Return how far up a figure stands among what differs from others, the surest first."""
    ranks = [held["rank"] for held in row["stands_out"] if held["with"] != OWN_PAST]
    return min(ranks, default=len(row["comparisons"]) + 1_000)


def differing(row: ProfileRow) -> list[ComparisonRow]:
    """Return the comparisons with country and neighbours that tell of a difference."""
    return [
        compared
        for compared in row["comparisons"]
        if (compared["with"] == COUNTRY_WORD or is_neighbours(compared))
        and is_different(outcome_of(compared))
    ]


def is_any_compared(row: ProfileRow) -> bool:
    """Say whether an area can be compared with anybody in an indicator."""
    return any(outcome_of(c) != Outcome.CANNOT_COMPARE for c in row["comparisons"])


def compared_figure(row: ProfileRow, compared: ComparisonRow, *, with_mean: bool) -> str:
    """Return the figure that a value stands beside, what is to be known of it in brackets."""
    figure, *extras = compared_words(row, compared, with_mean=with_mean)
    return f"{figure}{in_brackets(extras)}"


def compared_words(
    row: ProfileRow, compared: ComparisonRow, *, with_mean: bool = False
) -> list[str]:
    """Return the figure that a value stands beside, then what a reader needs to understand it."""
    if counts_authorities(row["unit"]):
        return [compared_count(compared)]
    if compared["comparator_value"] is None:
        return ["no figure"]

    def said(figure: float | int | None) -> str:
        return quantity(figure, row["unit"], row["decimals"])

    figure = said(compared["comparator_value"])
    if compared["statistic_shown"] != "median":
        return [figure]
    mean = f"mean {said(compared['mean'])}" if with_mean else ""
    together = f"all together {said(compared['pooled'])}" if is_between(compared) else ""
    return list(filter(None, [f"median {figure}", mean, together, few_with_data(compared)]))


def few_with_data(compared: ComparisonRow) -> str:
    """Return how many of a group have data, where some have none."""
    held, members = compared["members_with_data"], compared["members"]
    return f"{held} of {members} with data" if held < members else ""


def verdict(row: ProfileRow, compared: ComparisonRow, *, is_quiet: bool) -> Node:
    """Return the outcome of one comparison; `is_quiet` frames only what differs."""
    if row["status"] != Status.OK or not is_any_compared(row):
        return None  # said once for the whole row, or the value is missing
    if outcome_of(compared) == Outcome.CANNOT_COMPARE:
        return way_to_reason(compared["reason"])
    word = outcome_word(compared)
    if is_quiet and not is_different(outcome_of(compared)):
        return node("Span", word, className="quiet")
    return outcome_tag(word)


def cannot_compare(row: ProfileRow) -> Node:
    """Return that a figure cannot be compared with anybody, and the way to the reason."""
    reasons = [compared["reason"] for compared in row["comparisons"] if compared["reason"]]
    if row["status"] != Status.OK or is_any_compared(row) or not reasons:
        return None  # the reason for a missing figure stands in its place already
    return way_to_reason(reasons[0])


def way_to_reason(reason: str | None) -> Node:
    """Return `cannot compare` with the reason in a word or three, as a link to the sentence."""
    words = f"cannot compare: {short_reason(reason)}"
    return link(words, f"#{CANNOT_COMPARE}", className="reason-link")
