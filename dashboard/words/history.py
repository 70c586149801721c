"""Sentences about areas made from others: whose figures came before, and that none are joined."""

from collections.abc import Sequence

from api.contract import AreaCard, AreaChangeRow
from dashboard.words.outcomes import Measure, join_words
from dashboard.words.periods import day, label, when


def kin_name(area: AreaCard) -> str:
    """Return the name of an area with the days between which it existed, for a legend."""
    if area["last_day"]:
        return f"{area['name']} (until {day(area['last_day'])})"
    return f"{area['name']} (from {day(area['first_day'])})" if area["first_day"] else area["name"]


def kin_label(area: AreaCard) -> str:
    """Return the name of an area with the years between which it existed, for a chart."""
    if area["last_day"]:
        return f"{area['name']} to {area['last_day'][:4]}"
    return f"{area['name']} from {area['first_day'][:4]}" if area["first_day"] else area["name"]


def history_sentence(chosen: AreaCard, kin: Sequence[AreaCard]) -> str:
    """Return whose figures stand before (or after) those of an area; nothing without any."""
    if not kin:
        return ""
    names = join_words([area["name"] for area in kin])
    apart = "The lines are apart: nothing is joined, added up or compared across the change."
    if chosen["last_day"]:
        opening = f"{chosen['name']} ended on {day(chosen['last_day'])}. Later figures are those of"
        other = "which is another area" if len(kin) == 1 else "which are other areas"
    else:
        opening = (
            f"{chosen['name']} began on {day(chosen['first_day'])}. Earlier figures are those of"
        )
        other = "which was another area" if len(kin) == 1 else "which were other areas"
    return f"{opening} {names}, {other}. {apart}"


def before_it_began(
    chosen: AreaCard,
    figures: Sequence[tuple[str, float | int]],
    previous: str,
    measure: Measure,
) -> str:
    """Return what stands in place of a change since a period in which an area did not exist.

    `figures` are the names and values of those that it was made from, in that period.
    """
    began = f"It began on {day(chosen['first_day'])}, so no change can be given."
    if not figures:
        return began
    said = [f"{name} had {measure.quantity(value)}" for name, value in figures]
    then = when(previous, measure.measured)
    return f"{began} {then[:1].upper()}{then[1:]}, {join_words(said)}, as another area."


def not_yet_begun(
    chosen: AreaCard,
    figures: Sequence[tuple[str, float | int | None]],
    period: str,
    measure: Measure,
) -> str:
    """Return why an area has no figure of a period: it began later, made from others.

    `figures` are the names of those that it was made from, with their values in that period.
    """
    opening = (
        f"{chosen['name']} began on {day(chosen['first_day'])}, after the period shown "
        f"({label(period, measure.measured)}), so that it has no figure of it"
    )
    if not figures:
        return f"{opening}."
    said = [
        name if value is None else f"{name}, which had {measure.amount(value)}"
        for name, value in figures
    ]
    return f"{opening}. Its area then belonged to {join_words(said)}."


def came_from(changes: Sequence[AreaChangeRow], code: str) -> dict[str, str]:
    """Return, by code of each area that this one was made from, when and how much of it."""
    return {
        change["predecessor"]: _told(change, "of its children")
        for change in changes
        if change["successor"] == code != change["predecessor"]
    }


def became(changes: Sequence[AreaChangeRow], code: str) -> dict[str, str]:
    """Return, by code of each area that this one became, when and how much of this one."""
    return {
        change["successor"]: _told(change, "of the children")
        for change in changes
        if change["predecessor"] == code != change["successor"]
    }


def _told(change: AreaChangeRow, of: str) -> str:
    share = change["successor_share"]
    part = f", with {round(100 * share)}% {of}" if share else ""
    note = f": {change['note'].rstrip('.')}" if change["note"] else ""
    return f"on {day(change['effective_on'])}{part}{note}"
