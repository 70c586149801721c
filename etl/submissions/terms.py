"""The counts that a check names: of this return, of others beside it, of a year earlier."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from indicators.measures import Key, Measures, load_measures

_BEFORE: Final = "before:"


@dataclass(frozen=True)
class Term:
    """One term spelt out: its counts, whether they are taken away, whether of a year earlier."""

    keys: tuple[Key, ...]
    sign: int = 1
    is_before: bool = False


@lru_cache(maxsize=1024)
def spelt_out(text: str) -> Term:
    """Return what a term stands for; raises KeyError or ValueError for one that names nothing."""
    plain = text.removeprefix("-")
    name = plain.removeprefix(_BEFORE)
    measures = load_measures()
    owner = measures.collection_of(name.partition(".")[0])
    if owner is None:
        raise KeyError(text)
    keys = measures.collection(owner).keys_of(name)
    return Term(keys, -1 if plain != text else 1, plain.startswith(_BEFORE))


def keys_in(terms: Iterable[str]) -> tuple[Key, ...]:
    """Return the counts of terms, those of a year earlier left out."""
    return tuple(key for text in terms if not (t := spelt_out(text)).is_before for key in t.keys)


@dataclass(frozen=True)
class Numbers:
    """Counts to compare: `now` of this return and those beside it, `before` of a year earlier."""

    now: Mapping[Key, int]
    before: Mapping[Key, int]

    def of(self, terms: Sequence[str]) -> int | None:
        """Add up terms; None if a count is missing, for then nothing can be said."""
        total = 0
        for text in terms:
            term = spelt_out(text)
            held = self.before if term.is_before else self.now
            for key in term.keys:
                if key not in held:
                    return None
                total += term.sign * held[key]
        return total

    def earlier(self, terms: Sequence[str]) -> int | None:
        """Add up the same terms a year earlier."""
        return Numbers(self.before, {}).of(terms)

    def basis(self, terms: Sequence[str]) -> tuple[object, ...]:
        """Return the figures of this return that terms rest on."""
        return tuple(self.now.get(key) for key in keys_in(terms))


def in_words(terms: Sequence[str], measures: Measures) -> str:
    """Write a sum of terms as a reader knows it: codes with their titles."""
    written = [_term_in_words(text, measures) for text in terms]
    first = written[0].removeprefix("+ ")
    return " ".join((first, *written[1:]))


def _term_in_words(text: str, measures: Measures) -> str:
    term = spelt_out(text)
    key = term.keys[0]
    owner = measures.collection(measures.collection_of(key[0]) or "")
    ago = " a year earlier" if term.is_before else ""
    return f"{'-' if term.sign < 0 else '+'} {named(owner.title_of(key), key)}{ago}"


def named(title: str, key: Key) -> str:
    """Write a count by its code and title."""
    return f"{key[0]} ({title})"
