"""Words that a reader may have meant: names and words that are spelt nearly alike."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher, get_close_matches
from typing import Final

_WORDS: Final = re.compile(r"[^\W_]+")
_ALIKE: Final = 0.72
"""How alike, from 0 to 1, a word and what was meant must be."""


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, without signs and accents of no meaning."""
    return _WORDS.findall(text.casefold().replace("’", "").replace("'", ""))


def corrected(text: str, suggestions: Iterable[str]) -> list[str]:
    """Return the text with a word replaced by each suggestion that is spelt nearly like it."""
    words = words_of(text)
    made = []
    for suggestion in suggestions:
        alike = {word: SequenceMatcher(None, word, suggestion).ratio() for word in words}
        wrong = max(words, key=lambda word: alike[word], default="")
        if alike.get(wrong, 0) >= _ALIKE:
            made.append(" ".join(suggestion if word == wrong else word for word in words))
    return list(dict.fromkeys(made))


def nearest(text: str, names: Sequence[str], most: int = 3) -> list[str]:
    """Return the names that are spelt nearly like a text, as a whole or by one of their words."""
    words = words_of(text)
    if not words:
        return []
    said = " ".join(words)
    by_name = {" ".join(words_of(name)): name for name in names}
    whole = get_close_matches(said, by_name, n=most, cutoff=_ALIKE)
    if whole:
        return [by_name[found] for found in whole]
    known = {word for name in by_name for word in name.split()}
    meant = [get_close_matches(word, known, n=1, cutoff=_ALIKE) for word in words]
    if not all(meant):
        return []
    wanted = {found[0] for found in meant}
    return [name for spelt, name in by_name.items() if wanted <= set(spelt.split())][:most]
