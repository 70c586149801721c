"""One indicator of one authority: as a card with a drawing, and as a line without."""

from api.contract import COUNTRY_WORD, ProfileRow, Status
from dashboard.components.authority_figures import (
    Profile,
    cannot_compare,
    compared_figure,
    verdict,
)
from dashboard.components.figures import drawing
from dashboard.components.text import sentence_case
from dashboard.page import Node, node
from dashboard.svg.spine import spine, spine_of
from dashboard.words.numbers import quantity
from dashboard.words.statuses import status_reason, status_word
from dashboard.words.trends import trend_reason, trend_words


def card(row: ProfileRow, profile: Profile) -> Node:
    """Return the card of one indicator."""
    has_value = row["status"] == Status.OK
    value = profile.amount(row) if has_value else sentence_case(status_reason(row["status"]))
    return node(
        "Article",
        node("H4", profile.way(row)),
        node(
            "P",
            node("Strong", value, className="value" if has_value else "no-value"),
            " ",
            profile.when(row),
        ),
        _spine(row, profile),
        _beside(row, profile, is_line=False),
        *profile.said(row),
        id=row["indicator"],
        className="figure-card",
    )


def line(row: ProfileRow, profile: Profile) -> Node:
    """Return one indicator in a few lines, as an item of a list."""
    has_value = row["status"] == Status.OK
    return node(
        "Li",
        node(
            "Div",
            profile.way(row),
            " ",
            node("Strong", profile.amount(row) if has_value else status_word(row["status"])),
            className="line-head",
        ),
        node("Div", profile.when(row), " ", cannot_compare(row)),
        _beside(row, profile, is_line=True),
        *profile.said(row),
        id=row["indicator"],
        className="line",
    )


def _beside(row: ProfileRow, profile: Profile, *, is_line: bool) -> Node:
    held = [compared for compared in row["comparisons"] if compared["members"]]
    items = [
        node(
            "Li",
            f"{profile.comparator(c)}: {compared_figure(row, c, with_mean=not is_line)} ",
            verdict(row, c, is_quiet=is_line),
        )
        for c in held
    ]
    reason = None if is_line else cannot_compare(row)
    if reason:
        items.append(node("Li", reason))
    items += [] if is_line else [node("Li", words) for words in _further(row, profile)]
    return node("Ul", *items, className="beside in-line" if is_line else "beside")


def _further(row: ProfileRow, profile: Profile) -> list[str]:
    """Return the trend, and on how many comparators the conclusion rests."""
    card = profile.library.indicators.get(row["indicator"])
    going = trend_words(row["trend"], card["measured"]) if card else ""
    if row["status"] == Status.OK and row["trend"]["marker"] is None:
        going = f"none can be told: {trend_reason(row['trend'])}"
    agreed = profile.agreement(row) if row["status"] == Status.OK else ""
    return list(filter(None, [f"Trend: {going}" if going else "", agreed]))


def _spine(row: ProfileRow, profile: Profile) -> Node:
    country = profile.library.country
    against = next((c for c in row["comparisons"] if c["with"] == COUNTRY_WORD), None)
    beside = against["comparator_value"] if against else None
    value = float(row["value"]) if row["value"] is not None else None
    drawn = spine_of(row["spine"], value, beside)
    if drawn is None:
        return None

    def said(figure: float | None) -> str:
        return quantity(figure, row["unit"], row["decimals"])

    description = (
        f"Authorities large enough to rank: {said(drawn.lowest)} to {said(drawn.highest)}, half "
        "of them between "
        f"{said(drawn.q25)} and {said(drawn.q75)}. {country['name']}: "
        f"{said(value if beside is None else beside)}."
    )
    if beside is not None:
        description += f" This authority: {said(value)}."
    return drawing(spine(f"spine-{row['indicator']}", row["short_title"], description, drawn))
