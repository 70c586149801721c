"""A reader's own list of authorities, as a comparator or a grouping: `areas:CODE,CODE`."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from api.area_names import resolve_area
from api.opened import OpenRelease
from api.problems import ProblemError, bad_value
from reference.areas import Area, AreaKind

AREAS: Final = "areas"


def whole_tokens(tokens: Iterable[str], begins: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Put a list that the comma took apart together again: it ends where another token begins.

    `begins` are the words, in small letters, with which a token may begin.
    """
    words: list[str] = []
    for token in tokens:
        is_list = bool(words) and words[0].startswith(f"{AREAS}:")
        if words and (not is_list or token.partition(":")[0].casefold() in begins):
            yield tuple(words)
            words = []
        words.append(token)
    if words:
        yield tuple(words)


def read_list(release: OpenRelease, words: Sequence[str], parameter: str) -> tuple[int, ...]:
    """Return the authorities of a list, each once, by code; raises ProblemError.

    `words` are those of one whole token; a name may have a comma of its own.
    """
    names = [words[0].partition(":")[2], *words[1:]]
    known = release.snapshot.area_codes
    return tuple(sorted({known[area.code] for area in _resolved(release, names, parameter)}))


def list_token(release: OpenRelease, members: Iterable[int]) -> str:
    """Return the one way of writing a list."""
    return f"{AREAS}:{','.join(release.areas[member].code for member in members)}"


def authority(release: OpenRelease, text: str, parameter: str) -> Area:
    """Return one authority by any code, number or name; raises ProblemError."""
    area = resolve_area(release, text, parameter)
    if area.kind is not AreaKind.AUTHORITY:
        raise bad_value(parameter, f"{area.name} is a {area.kind.value}; name authorities")
    return area


def _resolved(release: OpenRelease, words: Sequence[str], parameter: str) -> Iterable[Area]:
    found: list[Area] = []
    for place, word in enumerate(words):
        if not word.strip():
            raise bad_value(parameter, f"{AREAS}: lists nobody; write {AREAS}:CODE,CODE,…")
        try:
            found.append(authority(release, word.strip(), parameter))
        except ProblemError:
            whole = f"{words[place - 1].strip()}, {word.strip()}" if place else ""
            if not place or not _is_named(release, whole):
                raise
            found[-1] = authority(release, whole, parameter)
    return found


def _is_named(release: OpenRelease, name: str) -> bool:
    try:
        authority(release, name, "area")
    except ProblemError:
        return False
    return True
