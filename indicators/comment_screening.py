"""What may not stand in a comment: traces of a person, anything but plain text, hidden numbers.

A comment is free text beside a figure. Where any part of that figure is hidden, or none of it is
published, a number in the comment could be the hidden one: then it may hold no number at all, in
digits or in words. To compare with the hidden number instead would tell by the refusal which it is.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from indicators.commentary import MOST_CHARACTERS, Words

FEWEST_CHARACTERS: Final = 20
LONGEST_LINK: Final = 300

_NOT_PLAIN: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Zl", "Zp"})
"""Unicode classes of what does not show: controls, signs that turn writing round, unknown ones."""

_PERSONS: Final[Mapping[str, re.Pattern[str]]] = {
    "an e-mail address": re.compile(r"\S@\S"),
    "a postcode": re.compile(r"(?<![A-Z0-9])[A-Z]{1,2}\d[A-Z0-9]? ?\d[A-Z]{2}(?![A-Z0-9])", re.I),
    "a unique pupil number": re.compile(r"(?<![A-Z0-9])[A-Z]\d{11}[0-9A-Z](?![A-Z0-9])", re.I),
    "a day in figures, as of birth": re.compile(
        r"(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2}))(?!\d)"
    ),
    "a long number, as of a person or telephone": re.compile(r"\d(?:[ -]?\d){8,}"),
}
_ADVICE: Final = "leave it out; a comment is public and is never about one child, family or worker"

_NUMBER_WORDS: Final = """
    nil none no zero one two three four five six seven eight nine ten eleven twelve thirteen
    fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy
    eighty ninety hundred thousand once twice thrice single sole only couple pair both dozen half
    halves third thirds quarter quarters fifth fifths double doubled triple trebled per-cent percent
    first second fourth sixth seventh eighth ninth tenth duo trio quartet quintet brace handful few
    dozens ii iii iv vi vii viii ix twofold threefold fourfold fivefold twin twins triplets
"""
_WORD: Final = re.compile(r"[a-z]+(?:-[a-z]+)?", re.I)
_SPELT_OUT: Final = re.compile(r"\b[a-z](?:[ .-][a-z]){2,}\b", re.I)
_NUMBERS: Final = frozenset(_NUMBER_WORDS.split())


class CommentError(ValueError):
    """The words cannot be taken; the message says what was found, and never the words."""


def check_words(words: Words, *, is_hidden: bool) -> Words:
    """Return the words as they are kept, in one paragraph; raises CommentError.

    `is_hidden` says that some part of the figure is not shown.
    """
    text = " ".join(words.text.split())
    if not FEWEST_CHARACTERS <= len(text) <= MOST_CHARACTERS:
        msg = f"the text has {len(text)} characters; write {FEWEST_CHARACTERS} to {MOST_CHARACTERS}"
        raise CommentError(msg)
    _check_plain(text)
    _check_no_person(text)
    if is_hidden and holds_number(f"{text} {words.link}"):
        msg = (
            "part of this figure is hidden or not published, so a comment on it may hold no number "
            "at all, not even a year and not in words, as it could tell the hidden one: "
            "say it without numbers (and give no link with digits in it)"
        )
        raise CommentError(msg)
    return Words(words.kind, words.reason, text, _checked_link(words.link.strip()))


def holds_number(text: str) -> bool:
    """Say whether a text holds a number, in figures of any script or in an English word."""
    if any(unicodedata.category(sign).startswith("N") or sign == "%" for sign in text):
        return True
    if any(sign.isalpha() and "LATIN" not in unicodedata.name(sign, "") for sign in text):
        return True  # letters of another script can spell a number past any list of words
    if _SPELT_OUT.search(text):
        return True
    found = (part for word in _WORD.findall(text) for part in (word, *word.split("-")))
    return any(part.lower() in _NUMBERS for part in found)


def _check_plain(text: str) -> None:
    if any(unicodedata.category(sign) in _NOT_PLAIN for sign in text):
        msg = "the text has signs that do not show; type it anew as plain text"
        raise CommentError(msg)
    if "<" in text or ">" in text:
        msg = "the text has < or > in it; write plain text, and `fewer than` in words"
        raise CommentError(msg)
    if re.search(r"\w+://|\bwww\.", text, re.I):
        msg = "the text has an address of a page in it; give that as the link"
        raise CommentError(msg)


def _check_no_person(text: str) -> None:
    for what, pattern in _PERSONS.items():
        if pattern.search(text):
            msg = f"the text seems to hold {what}: {_ADVICE}"
            raise CommentError(msg)


def _checked_link(link: str) -> str:
    if not link:
        return ""
    advice = "give the whole address of a public page, such as https://www.example.org/plan"
    if len(link) > LONGEST_LINK or not link.isascii() or re.search(r"[\s<>\"'\\`]", link):
        msg = f"the link is longer than {LONGEST_LINK} characters or has odd signs in it; {advice}"
        raise CommentError(msg)
    try:
        parts = urlsplit(link)
        host, is_named = parts.hostname or "", "@" in parts.netloc
    except ValueError:
        host, is_named = "", True
    if is_named or not _is_public(link, host):
        msg = f"the link does not begin with https:// and the name of a public site; {advice}"
        raise CommentError(msg)
    return link


def _is_public(link: str, host: str) -> bool:
    """Say whether a link is to a named site over https."""
    is_name = re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", host) is not None
    return link.startswith("https://") and is_name
