"""Pairs of indicators that belong together: the list of them, checked against the definitions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from indicators.checked_files import Checked, Problem, read_checked, suggestion
from indicators.model import Arithmetic, Indicator, Pair
from indicators.parts import Part

PAIRS_FILE: Final = "pairs.yaml"
"""Stands beside the folder of the definitions, whose files are all definitions."""


class PairList(Part):
    """All pairs, in the order in which they are listed."""

    pairs: tuple[Pair, ...]


ReadPairs = Checked[PairList]
Named = Mapping[str, Indicator]


def read_pairs(definitions: Path) -> tuple[ReadPairs | None, list[Problem]]:
    """Read the pairs that stand beside a folder of definitions; none where there is no file."""
    path = definitions.parent / PAIRS_FILE
    return read_checked(path, PairList) if path.is_file() else (None, [])


def faulty_pairs(read: ReadPairs, known: Iterable[str], named: Named) -> Iterator[Problem]:
    """Yield what is wrong with pairs beside one another and beside the definitions.

    `known` are the ids that have a file, `named` the definitions that could be read.
    """
    ids = set(known)
    for place, pair in enumerate(read.model.pairs):
        for side in ("x", "y"):
            message = _not_an_indicator(getattr(pair, side), ids, named)
            if message:
                yield read.problem(("pairs", place, side), message)
        if pair.x == pair.y:
            message = "is x as well; a pair is of two indicators"
            yield read.problem(("pairs", place, "y"), message)
        yield from _repeated(read, place)


def with_pairs(indicators: Sequence[Indicator], pairs: Sequence[Pair]) -> tuple[Indicator, ...]:
    """Return indicators that carry the pairs whose x they are, so that a release keeps them."""
    own = {one.id: tuple(pair for pair in pairs if pair.x == one.id) for one in indicators}
    return tuple(
        one.model_copy(update={"pairs": own[one.id]}) if own[one.id] else one for one in indicators
    )


def _not_an_indicator(wanted: str, ids: set[str], named: Named) -> str:
    if wanted not in ids:
        return f"no indicator '{wanted}'{suggestion(wanted, ids)}"
    found = named.get(wanted)
    if found is not None and found.arithmetic is Arithmetic.COUNT:
        return f"'{wanted}' counts authorities, so that no authority has more of it than another"
    return ""


def _repeated(read: ReadPairs, place: int) -> Iterator[Problem]:
    """Yield an id, and two indicators in either order, that an earlier pair has."""
    pair = read.model.pairs[place]
    for other in read.model.pairs[:place]:
        if other.id == pair.id:
            message = f"'{pair.id}' is given twice; give this pair an id of its own"
            yield read.problem(("pairs", place, "id"), message)
        if {other.x, other.y} == {pair.x, pair.y}:
            message = f"{pair.x} and {pair.y} are the pair '{other.id}' already; keep one"
            yield read.problem(("pairs", place, "x"), message)
