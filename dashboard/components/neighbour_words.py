"""Words about neighbours: which list is meant, and what there is to say of one."""

from typing import Final

from api.contract import OWN_MODEL, AreaCard, ContextCard
from dashboard.components.text import sentence_case
from dashboard.views.neighbour_view import NeighbourView, value_of
from dashboard.words import periods
from dashboard.words.names import opening, with_article
from dashboard.words.numbers import number, quantity
from dashboard.words.outcomes import join_words

_LEADERSHIP: Final = "leadership"
BY_OUR_DISTANCE: Final = "nearest by our distance"


def list_words(model: str) -> str:
    """Return which list is meant, as in `by the model of 2025`."""
    return BY_OUR_DISTANCE if model == OWN_MODEL else f"by the model of {model}"


def neighbours_sentence(view: NeighbourView) -> str:
    """Return what there is to say of the neighbours: who stayed, who names back, who is larger."""
    name = opening(view.name)
    if not view.shown:
        return f"The models name no statistical neighbours of {with_article(view.name)}."
    if view.model == OWN_MODEL:
        return _of_nearest(view)
    said = [f"{name} has {len(view.shown)} neighbours by the model of {view.model}."]
    for model in view.by_model:
        if model != view.model:
            both = sum(model in row["also_in"] for row in view.shown)
            said.append(f"{_of_them(both)} its neighbours by the model of {model} as well.")
    mutual = sum(row["is_mutual"] for row in view.shown)
    back = "names" if mutual == 1 else "name"
    count = number(mutual) if mutual else "None"
    said.append(f"{count} of the {len(view.shown)} {back} it as a neighbour in turn.")
    return " ".join(said)


def _of_nearest(view: NeighbourView) -> str:
    official = sum(bool(row["also_in"]) for row in view.shown)
    return (
        f"{number(len(view.shown))} authorities are nearest to {with_article(view.name)} by our "
        f"own distance. {number(official) if official else 'None'} of them "
        f"{'is' if official == 1 else 'are'} statistical neighbours by an official model. "
        f"Counted: {counted_words(view)}."
    )


def counted_words(view: NeighbourView) -> str:
    """Return what counts in our distance, and how many times where it is not once."""
    return join_words([_counted(card) for card in view.cards if card["weight"]])


def _counted(card: ContextCard) -> str:
    times = "" if card["weight"] == 1 else f" ({card['weight']:g} times)"
    return f"{_inside(card['title'])}{times}"


def _inside(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}"


def _of_them(count: int) -> str:
    return {0: "None of them is among", 1: "1 of them is among"}.get(
        count, f"{count} of them are among"
    )


def alike_sentence(view: NeighbourView) -> str:
    """Return in what the authority is above or below those in the list."""
    above = [_above(view, card) for card in view.variables if card["value"] is not None]
    if not above or not view.shown:
        return f"No figures of {with_article(view.name)} are held to measure likeness by."
    return f"The figure of {with_article(view.name)} is above that of {join_words(above)}."


def _above(view: NeighbourView, card: ContextCard) -> str:
    values = [value for row in view.shown if (value := value_of(row, card)) is not None]
    own = card["value"] or 0
    lower = sum(value < own for value in values)
    many = {0: "none", len(view.shown): f"all {lower}"}.get(lower, number(lower))
    title = _inside(card["title"])
    known = "" if len(values) == len(view.shown) else f" (of {len(values)} whose figure is held)"
    return f"{many} in {title}{known}"


def context_figure(value: float | None, card: ContextCard) -> str:
    """Return a figure of context with the sign of its unit."""
    return quantity(value, "%" if card["unit"] == "per cent" else "", card["decimals"])


def nearer_pairs(percentile: float | None) -> str:
    """Return how many of all pairs are nearer: the fewer, the more alike."""
    return quantity(percentile, "%", 1)


def grade_of(area: AreaCard) -> tuple[str, str]:
    """Return the grade in force for the impact of leaders, and the day it was published."""
    grade = area["grades"].get(_LEADERSHIP)
    if not grade:
        return "none in force", ""
    day = periods.day(area["grades_published_on"].get(_LEADERSHIP))
    return sentence_case(grade.replace("_", " ")), day
