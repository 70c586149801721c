"""Who the neighbours of an authority are: the charts and tables of that view."""

from typing import Final

from api.contract import OWN_MODEL, NeighbourModelRow
from dashboard.components.chart_card import chart_card
from dashboard.components.figures import same_numbers
from dashboard.components.neighbour_charts import alike_chart, map_chart
from dashboard.components.neighbour_tables import (
    alike_table,
    grades_table,
    who_differs,
    who_table,
)
from dashboard.components.neighbour_words import alike_sentence
from dashboard.components.text import inset, section
from dashboard.page import Node, bootstrap, link, node
from dashboard.state import State, address
from dashboard.views.neighbour_view import NeighbourView
from dashboard.words import periods

_WHOSE_WORDS: Final = (
    "Which authorities are neighbours, their order and the words of closeness are the publisher's; "
    "its distances are not published. Being a neighbour is not mutual: many that one authority "
    "names do not name it in turn."
)
_OURS: Final = (
    "The figures of each authority and how far two are apart are ours, worked out from what we "
    "hold. They do not explain the official model, and do not mean that it is wrong where the two "
    "disagree. “Nearer pairs” is the share of all pairs of authorities with a smaller distance: "
    "the fewer, the more alike."
)
_GRADES: Final = (
    "Official judgements in force on {day}; later ones, or read by machine, are on each "
    "authority's page. A grade neither explains a figure nor follows from one."
)


def who_charts(view: NeighbourView, models: list[NeighbourModelRow]) -> Node:
    """Return how alike they are beside where they lie; the map alone where nothing is held."""
    of_model = {model["model"]: model for model in models if model["model"] != OWN_MODEL}
    if not view.has_likeness:
        none = "So there is no chart of how alike they are, and no list nearest by our distance."
        return [
            node("P", f"{alike_sentence(view)} {none}"),
            chart_card(map_chart(view, of_model.get(view.model))),
        ]
    return bootstrap(
        "Row",
        bootstrap("Col", chart_card(alike_chart(view)), xs=12, lg=6),
        bootstrap("Col", chart_card(map_chart(view, of_model.get(view.model))), xs=12, lg=6),
        class_name="g-4",
    )


def _judged_on(view: NeighbourView) -> str:
    as_at = next((held["as_at"] for held in view.area["judgements"]), "")
    return periods.day(as_at) or "the last day of the latest period"


def who_tables(view: NeighbourView) -> list[Node]:
    """Return in which lists they are, how alike, and how their leaders were graded."""
    start = State(own=",".join(row["code"] for row in view.shown), named=f"Like {view.name}")
    return [
        section(
            "who",
            "Who they are",
            who_table(view),
            who_differs(view),
            inset(_WHOSE_WORDS),
            node("P", link("Make a list of your own from these", address("/own", start))),
        ),
        section(
            "how-alike",
            "How alike they are",
            alike_table(view),
            same_numbers(view.reply.address, "these neighbours"),
            inset(_OURS, " ", link("How likeness is measured", "/methods/neighbours"), "."),
        ),
        section(
            "grades",
            "How inspectors graded their leaders",
            grades_table(view),
            node("P", _GRADES.format(day=_judged_on(view)), className="note"),
        ),
    ]
