"""Facts of an authority that no indicator holds: what it is, and its history."""

from collections.abc import Mapping

from api.contract import AreaDetail
from dashboard.answers import Library
from dashboard.components.text import section, sentence_case, summary_list
from dashboard.page import Node, link
from dashboard.state import authority_address
from dashboard.words.history import became, came_from
from dashboard.words.numbers import number
from dashboard.words.periods import day


def children(area: AreaDetail) -> str:
    """Return how many children live there, by the newest estimate."""
    population = area["population_0_17"]
    if not population:
        return "not held"
    return f"{number(population['count'])} (mid-{population['mid_year']} estimate)"


def about(area: AreaDetail, library: Library) -> Node:
    """Return what the authority is, in a list of facts."""
    facts = summary_list(
        [
            ("Children aged 0 to 17", children(area)),
            ("Region", area["region_name"]),
            ("Type", area["type_label"]),
            *((_title(name), label) for name, label in area["class_labels"].items()),
            ("In existence", _existence(area)),
            ("Came from", told_links(came_from(area["changes"], area["code"]), library)),
            ("Became", told_links(became(area["changes"], area["code"]), library)),
            ("Small change", _small_changes(area)),
            ("Codes", ", ".join(str(dated["code"]) for dated in area["codes"]) or area["code"]),
            ("Ranked", "" if area["is_rankable"] else "No: it has too few children to be ranked"),
        ]
    )
    return section("facts", "About the authority", facts)


def _title(classification: str) -> str:
    return sentence_case(classification.replace("_", " "))


def _existence(area: AreaDetail) -> str:
    first, last = day(area["first_day"]), day(area["last_day"])
    if last:
        return f"Until {last}" if not first else f"From {first} to {last}"
    return f"Since {first}" if first else ""


def told_links(told: Mapping[str, str], library: Library) -> list[Node]:
    """Return links to the pages of areas, each with what is told of it."""
    held = [(library.areas[code], words) for code, words in told.items() if code in library.areas]
    return [
        piece
        for place, (area, words) in enumerate(held)
        for piece in (
            "; " if place else None,
            link(area["name"], authority_address(area["code"])),
            f" ({words})",
        )
        if piece
    ]


def _small_changes(area: AreaDetail) -> str:
    """Return the small changes of its boundary, across which its figures go on."""
    return "; ".join(
        f"{day(change['effective_on'])}: {change['note']}"
        for change in area["changes"]
        if change["footprint"] == "nearly_the_same"
    )
