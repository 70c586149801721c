"""Sentences about the level of intervention beside need: a place among others, and no blame."""

from collections.abc import Sequence

from api.contract import ComparisonRow, Outcome, PairCard
from dashboard.words.names import opening
from dashboard.words.numbers import number
from dashboard.words.outcomes import Measure, join_words, outcome_of, reason_sentence


def level_sentence(name: str, row: ComparisonRow, measure: Measure) -> str:
    """Return how one rate lies among the authorities that are about as deprived."""
    if row["value"] is None:
        return f"{opening(name)} has no figure here. {reason_sentence(row['reason'])}"
    own = f"{opening(name)}, {measure.amount(row['value'])}"
    outcome = outcome_of(row)
    if outcome == Outcome.CANNOT_COMPARE:
        return f"{own}. {reason_sentence(row['reason'])}"
    figures = (
        f"{measure.quantity(row['pooled'])} taken together, {measure.quantity(row['median'])} for "
        "the middle one"
    )
    if outcome == Outcome.SIMILAR:
        chance = "differs by no more than chance from"
    else:
        way = "higher" if (row["difference"] or 0) > 0 else "lower"
        chance = f"is {way} by more than chance than"
    return f"{own}, {chance} the authorities about as deprived: {figures}."


def need_sentence(name: str, fifth: str, levels: Sequence[tuple[str, ComparisonRow]]) -> str:
    """Return how all rates of an authority lie among those about as deprived, in one sentence."""
    said: dict[str, list[str]] = {}
    for title, row in levels:
        said.setdefault(_where(row), []).append(title.lower())
    told = "; ".join(f"{where} in {join_words(titles)}" for where, titles in said.items() if where)
    if not told:
        return ""
    return f"{opening(name)} against the authorities about as deprived, the {fifth}: {told}."


def _where(row: ComparisonRow) -> str:
    outcome = outcome_of(row)
    if outcome == Outcome.CANNOT_COMPARE or row["difference"] is None:
        return ""
    if outcome == Outcome.SIMILAR:
        return "no more than chance apart"
    return "higher by more than chance" if row["difference"] > 0 else "lower by more than chance"


def together_sentence(pairs: Sequence[tuple[str, PairCard]]) -> str:
    """Return how far each rate goes with deprivation over all authorities."""
    known = [(title, pair) for title, pair in pairs if pair["correlation"] is not None]
    if not known:
        return "Too few authorities have figures to say how they go with deprivation."
    told = [f"{_correlation(pair)} for {title.lower()}" for title, pair in known]
    figures = f"rank correlation with deprivation (95% interval) {join_words(told)}"
    if all((pair["correlation_lower"] or 0) > 0 for _, pair in known):
        return f"Authorities that are more deprived tend to have higher rates: {figures}."
    return f"{figures[:1].upper()}{figures[1:]}."


def _correlation(pair: PairCard) -> str:
    limits = pair["correlation_lower"], pair["correlation_upper"]
    between = "" if None in limits else f" ({' to '.join(number(one, 2) for one in limits)})"
    return f"{number(pair['correlation'], 2)}{between}"
