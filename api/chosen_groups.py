"""Groups that a reader chooses: the neighbours of one authority, or a list in the address."""

from collections.abc import Iterator, Sequence
from typing import Final

from api.area_lists import AREAS, authority, list_token, read_list, whole_tokens
from api.area_names import neighbour_model
from api.comparators import NEIGHBOURS
from api.groupings import OTHERS, Chosen, Grouping, groupings_of, read_grouping
from api.opened import OpenRelease
from api.parameters import Parameter, Query, one_of
from api.problems import bad_value, unknown_value

INCLUDE, EXCLUDE = "include", "exclude"

OF: Final = Parameter(
    "of", "The authority whose neighbours are meant, with `grouping=neighbours`.", is_list=False
)
WITH_OTHERS: Final = Parameter(
    OTHERS,
    "`include` also gives all other authorities as a second group, to hold neighbours or a list "
    "of one's own against; default `exclude`.",
    is_list=False,
    form=one_of("include", "exclude"),
)


def read_groupings(release: OpenRelease, query: Query) -> list[Grouping]:
    """Return the groupings asked for, every listed one for none; raises ProblemError."""
    tokens, begins = query.all("grouping"), _beginnings(release)
    found = [_read(release, query, words) for words in whole_tokens(tokens, begins)]
    _check_fit(query, found)
    return found or list(groupings_of(release).values())


def about_chosen(release: OpenRelease, grouping: Grouping) -> Iterator[str]:
    """Say who is in none of the groups that a reader chose, and why there may be no group."""
    chosen = grouping.chosen
    if chosen is None or chosen.subject is None:
        return
    name = release.areas[chosen.subject].name
    if not chosen.members:
        yield f"{name} has no statistical neighbours in the model of {grouping.token}"
    elif chosen.has_others:
        yield f"{name} is in neither group of {grouping.token}"


def _beginnings(release: OpenRelease) -> set[str]:
    known = (name.partition(":")[0] for name in groupings_of(release))
    return {AREAS, NEIGHBOURS, *known}


def _read(release: OpenRelease, query: Query, words: Sequence[str]) -> Grouping:
    word, _, rest = words[0].partition(":")
    has_others = _has_others(query)
    if word == NEIGHBOURS:
        return _neighbours(release, query.one("of"), rest, has_others=has_others)
    if word == AREAS:
        return _own_list(release, words, has_others=has_others)
    return read_grouping(release, words[0])


def _has_others(query: Query) -> bool:
    word = query.one(OTHERS) or EXCLUDE
    if word not in {INCLUDE, EXCLUDE}:
        raise unknown_value(OTHERS, word, (INCLUDE, EXCLUDE), "include or exclude")
    return word == INCLUDE


def _neighbours(release: OpenRelease, of: str | None, model: str, *, has_others: bool) -> Grouping:
    if of is None:
        raise bad_value("of", "name the authority whose neighbours are meant, as in of=CODE")
    area = authority(release, of, "of")
    places, codes = release.snapshot.places, release.snapshot.area_codes
    named = neighbour_model(places, model or None, "grouping")
    members = sorted(codes[row.neighbour] for row in places.neighbours_of(area.code, named))
    label = f"Statistical neighbours of {area.name} (model of {named})"
    chosen = Chosen(NEIGHBOURS, label, tuple(members), codes[area.code], has_others)
    return Grouping(f"{NEIGHBOURS}:{named}", "Statistical neighbours", chosen=chosen)


def _own_list(release: OpenRelease, words: Sequence[str], *, has_others: bool) -> Grouping:
    members = read_list(release, words, "grouping")
    label = f"The authorities listed ({len(members)})"
    chosen = Chosen(AREAS, label, members, None, has_others)
    return Grouping(list_token(release, members), "A list of one's own", chosen=chosen)


def _check_fit(query: Query, groupings: Sequence[Grouping]) -> None:
    """Raise ProblemError for a parameter that none of the groupings would read."""
    chosen = [grouping.chosen for grouping in groupings if grouping.chosen is not None]
    if "of" in query and not any(one.id == NEIGHBOURS for one in chosen):
        raise bad_value("of", f"goes with grouping={NEIGHBOURS}", [f"grouping={NEIGHBOURS}"])
    if OTHERS in query and not chosen:
        raise bad_value(OTHERS, f"goes with grouping={NEIGHBOURS} or grouping={AREAS}:CODE,CODE")
    if sum(one.id == AREAS for one in chosen) > 1:
        raise bad_value("grouping", f"has more than one list of {AREAS}:; ask once for each")
