"""Ways to group authorities that a reader may choose: those of the API, neighbours, an own list."""

from typing import Final

from dashboard.answers import Library
from dashboard.state import State
from dashboard.words.names import with_article

OWN: Final = "own"
NEIGHBOURS: Final = "neighbours"
OFSTED: Final = "ofsted"


def grouping_options(state: State, library: Library, chosen: str) -> list[tuple[str, str]]:
    """Return the groupings to choose from; one that needs a choice is there once that is made."""
    options = [(card["grouping"], card["title"]) for card in library.groupings]
    if state.area or chosen == NEIGHBOURS:
        options.append((NEIGHBOURS, "Statistical neighbours and all others"))
    if state.own or chosen == OWN:
        options.append((OWN, f"{state.named or 'Your own list'} and all others"))
    return options


def grouping_title(library: Library, token: str, state: State) -> str:
    """Return what a grouping is called."""
    if token == OWN:
        return f"list “{state.named}”" if state.named else "your own list"
    if token.startswith(NEIGHBOURS):
        return "statistical neighbours"
    return next((c["title"] for c in library.groupings if c["grouping"] == token), token)


def heading_words(what: str, library: Library, state: State) -> str:
    """Return what is compared: an indicator by a grouping, or of a list and of all others."""
    if state.compare == OWN:
        return f"{what}: {state.named or 'your own list'} and all others"
    if state.compare == NEIGHBOURS:
        home = library.areas.get(state.area)
        whose = f"neighbours of {with_article(home['name'])}" if home else "neighbours"
        return f"{what}: {whose} and all others"
    return f"{what} by {by_words(grouping_title(library, state.compare, state))}"


def by_words(title: str) -> str:
    """Return the title of a grouping as it stands after “by”: acronyms and names stay as they are.

    “Ofsted: care leavers” becomes “Ofsted judgement of care leavers”.
    """
    judged = title.partition(": ")
    if judged[2]:
        return f"{judged[0]} judgement of {judged[2]}"
    return f"{title[:1].lower()}{title[1:]}"


def grouping_asked(state: State) -> dict[str, str]:
    """Return the parameters of the API that ask for the chosen groups.

    Blank where the grouping needs a choice that is not made.
    """
    if state.compare == OWN:
        return {"grouping": f"areas:{state.own}", "others": "include"} if state.own else {}
    if state.compare == NEIGHBOURS:
        model = f":{state.model}" if state.model else ""
        if not state.area:
            return {}
        return {"grouping": f"{NEIGHBOURS}{model}", "of": state.area, "others": "include"}
    return {"grouping": state.compare}


def full_token(library: Library, token: str) -> str:
    """Return a grouping as the API lists it: `ofsted` alone is by the default judgement."""
    if token != OFSTED:
        return token
    named = (card["grouping"] for card in library.groupings if card["is_default"])
    return next(named, token)
