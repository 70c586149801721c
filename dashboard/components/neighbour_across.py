"""All core indicators of an authority under every comparator: where it matters with whom."""

from collections.abc import Mapping, Sequence

from api.contract import ComparisonRow, Outcome, ProfileRow
from dashboard.answers import Reply
from dashboard.components.figures import same_numbers
from dashboard.components.table import Column, Row, table
from dashboard.components.text import outcome_tag, section, sentence_case
from dashboard.page import Node, link, node
from dashboard.state import neighbours_address
from dashboard.views.comparator_view import called, comparators_of
from dashboard.views.neighbour_view import NeighbourView
from dashboard.words.names import with_article
from dashboard.words.numbers import NO_VALUE, plural, quantity
from dashboard.words.outcomes import outcome_of, outcome_word

_NEAREST = "areas:"
_MODEL = "neighbours:"


def across_sentence(view: NeighbourView, rows: Sequence[ProfileRow]) -> str:
    """Return in how many indicators a conclusion depends on the list of neighbours, and on any."""
    held = [row for row in rows if len(_told(row["comparisons"])) > 1]
    name = with_article(view.name)
    if not held:
        return f"No core indicator of {name} can be compared with two or more comparators."
    on_list = sum(depends_on_list(row) for row in held)
    on_any = sum(len(set(_told(row["comparisons"]))) > 1 for row in held)
    some = f"the conclusion on {name} depends on which list of neighbours is taken"
    return (
        f"In {on_list or 'none'} of {plural(len(held), 'core indicator')} {some}; "
        f"in {on_any or 'none'} it depends on some choice of comparator."
    )


def depends_on_list(row: ProfileRow) -> bool:
    """Return whether the models, or our own nearest, come to different conclusions."""
    return len(set(_told(_lists(row["comparisons"])))) > 1


def _lists(rows: Sequence[ComparisonRow]) -> list[ComparisonRow]:
    return [row for row in rows if row["with"].startswith((_MODEL, _NEAREST))]


def _told(rows: Sequence[ComparisonRow]) -> list[str]:
    outcomes = map(outcome_of, rows)
    return [outcome for outcome in outcomes if outcome != Outcome.CANNOT_COMPARE]


def _others_title(others: Sequence[ProfileRow]) -> str:
    alone = sum(len(_told(row["comparisons"])) <= 1 for row in others)
    rest = f", of which {alone} cannot be compared" if alone else ""
    return f"The other {len(others)}{rest}"


def across_section(view: NeighbourView, reply: Reply[list[ProfileRow]]) -> Node:
    """Return the indicators whose conclusion depends on the list, and the others folded."""
    words = comparators_of(view)
    first = [row for row in reply.data if depends_on_list(row)]
    others = [row for row in reply.data if not depends_on_list(row)]
    return section(
        "across",
        "Core indicators by which list is taken",
        _table(view, words, "Where it depends on which list of neighbours is taken", first)
        if first
        else node("P", "No conclusion depends on which list of neighbours is taken."),
        node(
            "Details",
            node("Summary", node("Span", _others_title(others), className="fold-title")),
            _table(view, words, "Where every list says the same, or none says anything", others),
            className="fold",
        )
        if others
        else None,
        same_numbers(reply.address, "these comparisons", has_csv=False),
    )


def _table(
    view: NeighbourView, words: Mapping[str, str], caption: str, rows: Sequence[ProfileRow]
) -> Node:
    lists = [token for token in words if token.startswith((_MODEL, _NEAREST))]
    columns = [
        Column("Indicator"),
        Column("Value", is_number=True),
        *(Column(sentence_case(words[token])) for token in lists),
        Column("Under all comparators"),
    ]
    return table(
        caption,
        columns,
        [_row(view, words, lists, row) for row in rows],
        look="wrapped-heads wide-end",
    )


def _row(
    view: NeighbourView, words: Mapping[str, str], lists: Sequence[str], row: ProfileRow
) -> Row:
    by_name = {called(words, one["with"]): one for one in row["comparisons"]}
    there = neighbours_address(
        view.code, view.state, indicator=row["indicator"], view="", subject="", code=""
    )
    return (
        link(row["short_title"], there),
        quantity(row["value"], row["unit"], row["decimals"]),
        *(_outcome(by_name.get(words[token])) for token in lists),
        sentence_case(row["agreement"]["sentence"] or NO_VALUE),
    )


def _outcome(row: ComparisonRow | None) -> Node:
    return outcome_tag(outcome_word(row)) if row else NO_VALUE
