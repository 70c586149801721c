"""Search in the catalogue by words: which indicators hold them, and which are closest."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from api.opened import OpenRelease
from api.parameters import Parameter, Query
from api.problems import closest
from api.source_cards import sources_of
from indicators.model import Indicator

Q: Final = Parameter(
    "q",
    "Words that begin a word of id, titles, definition, synonyms, collection or sources, all of "
    "them; an abbreviation such as LAC or a return such as SSDA903 is a synonym. The closest "
    "come first: the words as they stand at the beginning of a title, in it, all of them in it, "
    "in short title or id, a synonym, parts of words and all else; among the equally close, "
    "catalogue order. Where no word begins so, `meta.suggestions` has words that are close.",
    "referral",
)
SHORTEST: Final = 3
"""Letters that a word must have to be suggested."""
_WORDS: Final = re.compile(r"[^\W_]+")


def searched(release: OpenRelease, query: Query, codes: Iterable[int]) -> list[int]:
    """Return those of some indicators that hold all words of `q=`, closest first; else all."""
    words = _searched_for(query)
    if not words:
        return list(codes)
    found = [code for code in codes if _holds(_text(release, code), words)]
    return sorted(found, key=lambda code: _distance(release.snapshot.indicators[code], words))


def suggested_words(release: OpenRelease, query: Query) -> list[str]:
    """Return words of the catalogue that are close to words of `q=` which no indicator holds."""
    texts = [_text(release, code) for code in range(len(release.snapshot.indicators))]
    missing = [
        word for word in _searched_for(query) if not any(_holds(text, (word,)) for text in texts)
    ]
    held = _vocabulary(release)
    return list(dict.fromkeys(near for word in missing for near in closest(word, held)))


def _searched_for(query: Query) -> list[str]:
    return [word for value in query.all("q") for word in _words(value)]


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.casefold())


def _spelt(*texts: str) -> str:
    """Return texts as words in one spelling, each with a blank before it."""
    return "".join(f" {word}" for text in texts for word in _words(text))


def _holds(spelt: str, words: Iterable[str]) -> bool:
    """Say whether each of some words begins a word of a text."""
    return all(f" {word}" in spelt for word in words)


def _distance(indicator: Indicator, words: Sequence[str]) -> int:
    """Return how far an indicator is from what is searched for, 0 for the closest."""
    phrase = f" {' '.join(words)}"
    title = _spelt(indicator.title)
    named = _spelt(indicator.id, indicator.short_title)
    tests = (
        f"{title} ".startswith(_ends(phrase)),
        any(end in f"{title} " for end in _ends(phrase)),
        _singly(words) <= _singly(title.split()),
        _singly(words) <= _singly(named.split()),
        any(_spelt(synonym) == phrase for synonym in indicator.synonyms),
        _holds(title, words),
    )
    return next((place for place, is_so in enumerate(tests) if is_so), len(tests))


def _ends(phrase: str) -> tuple[str, str]:
    """Return a phrase as it ends as a whole, one or many of it."""
    return f"{phrase} ", f"{phrase}s "


def _singly(words: Iterable[str]) -> set[str]:
    """Return words with one spelling for one and many."""
    return {word.removesuffix("s") for word in words}


def _text(release: OpenRelease, code: int) -> str:
    """Return all that an indicator is found by, in one spelling."""

    def made() -> str:
        one = release.snapshot.indicators[code]
        collection = one.submission.collection if one.submission else ""
        sources = (release.snapshot.sources[source].title for source in sources_of(release, code))
        titles = (one.id, one.title, one.short_title, one.definition)
        return _spelt(*titles, *one.synonyms, collection, *dict.fromkeys(sources))

    return release.recall(("searched", code), made)


def _vocabulary(release: OpenRelease) -> Iterable[str]:
    """Return every word of the catalogue, the most usual first."""

    def counted() -> list[str]:
        counts: dict[str, int] = {}
        for code in range(len(release.snapshot.indicators)):
            for word in set(_text(release, code).split()):
                counts[word] = counts.get(word, 0) + 1
        long = [word for word in counts if len(word) >= SHORTEST]
        return sorted(long, key=lambda word: (-counts[word], word))

    return release.recall("vocabulary", counted)
