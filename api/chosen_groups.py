"""Groups that a reader chooses: the neighbours of one authority, or a list in the address."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from api.area_choice import neighbour_model, resolve_area
from api.comparators import AREAS, NEIGHBOURS
from api.groupings import OTHERS, Chosen, Grouping, groupings_of, read_grouping
from api.opened import OpenRelease
from api.parameters import Parameter, Query
from api.problems import ProblemError, bad_value, unknown_value
from reference.areas import Area, AreaKind

INCLUDE, EXCLUDE = "include", "exclude"

OF: Final = Parameter(
    "of", "The authority whose neighbours are meant, with `grouping=neighbours`.", is_list=False
)
WITH_OTHERS: Final = Parameter(
    OTHERS,
    "`include` also gives all other authorities as a second group, to hold neighbours or a list "
    "of one's own against; default `exclude`.",
    is_list=False,
)


def read_groupings(release: OpenRelease, query: Query) -> list[Grouping]:
    """Return the groupings asked for, every listed one for none; raises ProblemError."""
    tokens = query.all("grouping")
    found = [_read(release, query, words) for words in _whole_tokens(release, tokens)]
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


def _whole_tokens(release: OpenRelease, tokens: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Put a list that the comma took apart together again: it ends where a grouping begins."""
    words: list[str] = []
    for token in tokens:
        goes_on = bool(words) and words[0].startswith(f"{AREAS}:") and not _begins(release, token)
        if words and not goes_on:
            yield tuple(words)
            words = []
        words.append(token)
    if words:
        yield tuple(words)


def _begins(release: OpenRelease, token: str) -> bool:
    word = token.partition(":")[0]
    return word in {
        AREAS,
        NEIGHBOURS,
        *(known.partition(":")[0] for known in groupings_of(release)),
    }


def _read(release: OpenRelease, query: Query, words: Sequence[str]) -> Grouping:
    word, _, rest = words[0].partition(":")
    has_others = _has_others(query)
    if word == NEIGHBOURS:
        return _neighbours(release, query.one("of"), rest, has_others=has_others)
    if word == AREAS:
        return _own_list(release, [rest, *words[1:]], has_others=has_others)
    return read_grouping(release, words[0])


def _has_others(query: Query) -> bool:
    word = query.one(OTHERS) or EXCLUDE
    if word not in {INCLUDE, EXCLUDE}:
        raise unknown_value(OTHERS, word, (INCLUDE, EXCLUDE), "include or exclude")
    return word == INCLUDE


def _neighbours(release: OpenRelease, of: str | None, model: str, *, has_others: bool) -> Grouping:
    if of is None:
        raise bad_value("of", "name the authority whose neighbours are meant, as in of=CODE")
    area = _authority(release, of, "of")
    places, codes = release.snapshot.places, release.snapshot.area_codes
    named = neighbour_model(places, model or None, "grouping")
    members = sorted(codes[row.neighbour] for row in places.neighbours_of(area.code, named))
    label = f"Statistical neighbours of {area.name} (model of {named})"
    chosen = Chosen(NEIGHBOURS, label, tuple(members), codes[area.code], has_others)
    return Grouping(f"{NEIGHBOURS}:{named}", "Statistical neighbours", chosen=chosen)


def _own_list(release: OpenRelease, words: Sequence[str], *, has_others: bool) -> Grouping:
    areas = {area.code: area for area in _resolved(release, words)}
    codes = release.snapshot.area_codes
    members = sorted(codes[code] for code in areas)
    token = f"{AREAS}:{','.join(release.areas[member].code for member in members)}"
    label = f"The authorities listed ({len(members)})"
    return Grouping(
        token, "A list of one's own", chosen=Chosen(AREAS, label, tuple(members), None, has_others)
    )


def _resolved(release: OpenRelease, words: Sequence[str]) -> Iterable[Area]:
    """Return the authorities of a list; a name may have a comma of its own."""
    found: list[Area] = []
    for place, word in enumerate(words):
        if not word:
            raise bad_value("grouping", f"{AREAS}: lists nobody; write {AREAS}:CODE,CODE,…")
        try:
            found.append(_authority(release, word, "grouping"))
        except ProblemError:
            if not place or not _is_named(release, f"{words[place - 1]}, {word}"):
                raise
            found[-1] = _authority(release, f"{words[place - 1]}, {word}", "grouping")
    return found


def _is_named(release: OpenRelease, name: str) -> bool:
    try:
        _authority(release, name, "grouping")
    except ProblemError:
        return False
    return True


def _authority(release: OpenRelease, text: str, parameter: str) -> Area:
    area = resolve_area(release, text, parameter)
    if area.kind is not AreaKind.AUTHORITY:
        raise bad_value(parameter, f"{area.name} is a {area.kind.value}; name authorities")
    return area


def _check_fit(query: Query, groupings: Sequence[Grouping]) -> None:
    """Raise ProblemError for a parameter that none of the groupings would read."""
    chosen = [grouping.chosen for grouping in groupings if grouping.chosen is not None]
    if "of" in query and not any(one.id == NEIGHBOURS for one in chosen):
        raise bad_value("of", f"goes with grouping={NEIGHBOURS}", [f"grouping={NEIGHBOURS}"])
    if OTHERS in query and not chosen:
        raise bad_value(OTHERS, f"goes with grouping={NEIGHBOURS} or grouping={AREAS}:CODE,CODE")
    if sum(one.id == AREAS for one in chosen) > 1:
        raise bad_value("grouping", f"has more than one list of {AREAS}:; ask once for each")
