"""What is said of where a chart comes from, wherever it goes, and how it is cited."""

from typing import Final

from api.contract import Meta
from dashboard.words.periods import day

SITE: Final = "Children’s social care outcomes"
PRACTICE: Final = "Practice. Every place and every figure here is made up."


def release_sentence(meta: Meta) -> str:
    """Return which release figures are from, and since when it is held here."""
    return f"{SITE}, {release_words(meta)}"


def release_words(meta: Meta) -> str:
    """Return the same for behind the name of this service."""
    return f"release {meta['release']}, published here {day(meta['published_at'])}."


def foot_sentences(source: str, meta: Meta, address: str = "") -> list[str]:
    """Return what stands under a chart: source, release, where it is found, licence, standing."""
    return [
        f"Source: {_ended(source)}",
        f"{release_sentence(meta)} {address}".rstrip(),
        f"{_ended(meta['attribution'])} {_ended(meta['not_official'])}",
    ]


def citation_sentence(source: str, title: str, meta: Meta) -> str:
    """Return how a chart is cited; the address and the day of reading are the reader's to add."""
    return f"{_ended(source)} {_ended(title)} In: {release_sentence(meta)}"


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) or not sentence else f"{sentence}."
