"""Telling words about a person from words about a figure, in the notes of a return (D02).

Made to have few false alarms: a date, an age or a pair of capitals says nothing by itself, only
beside a word for one person. What was found is named by its kind and never repeated.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from etl.findings import Finding, Place
from etl.submissions.rules import finding
from etl.submissions.wire import WireRow

_NAMES: Final = Path(__file__).parent / "given_names.txt"

_ONE: Final = (
    r"(?:child|boy|girl|baby|infant|toddler|teenager|son|daughter|sibling|brother|sister|twin"
    r"|mother|father|parent|carer|young person|young man|young woman|male|female|pupil|he|she)"
)
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE: Final = re.compile(
    r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\b",
    re.I,
)
_PERSON: Final = re.compile(rf"\b{_ONE}\b|\b(?:born|dob|d\.o\.b|date of birth)\b", re.I)
_AGED_ONE: Final = re.compile(
    rf"\b\d{{1,2}}[ -]?(?:year|yr|month|week|day)s?[ -]?old (?:\w+ )?{_ONE}\b"
    rf"|\b{_ONE}\b,? \(?(?:is |was |who is |who was )?(?:aged?|of) \d{{1,2}}\b"
    r"(?! ?(?:to|or|and|-|–|\+))"
    rf"|\b{_ONE}\b ?[,(] ?\d{{1,2}}\b(?! ?[%.\d])",
    re.I,
)
_DOTTED_INITIALS: Final = re.compile(r"(?<![\w.])(?!U\.K|E\.G|I\.E|N\.B|A\.S|P\.A)[A-Z]\. ?[A-Z]\.")
_INITIALS: Final = re.compile(
    rf"\b(?i:{_ONE}|client|case|yp) (?!(?:CP|CIN|LA|LAC|YP|SEN|EHC|UASC|ICPC|CLA|OC2|NFA|ID)\b)"
    r"[A-Z]{1,3}\b(?![\w'’])"
)
_TITLED: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Master|Dr)\.? [A-Z][a-z]+")
_NAMED: Final = re.compile(rf"\b(?i:named|called|{_ONE}) [A-Z][a-z]{{2,}}\b")
_WORDS: Final = re.compile(r"[A-Za-z][A-Za-z'’]*")
_CONTACT: Final = re.compile(r"[\w.+-]+@[\w-]+\.\w+|(?<!\d)0\d{3,4} ?\d{3} ?\d{3,4}(?!\d)")
_POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
_LONG_NUMBER: Final = re.compile(r"\b[A-Z]\d{11}[0-9A-Z]\b|\b\d{3} ?\d{3} ?\d{4}\b")
_PLACES: Final = frozenset(
    {
        *("house", "hospital", "centre", "center", "school", "academy", "college", "street"),
        *("road", "lane", "close", "court", "lodge", "ward", "hub", "trust", "foundation"),
        *("project", "service", "services", "team", "ltd", "limited", "report", "review"),
    }
)
_NOT_NAMES: Final = re.compile(
    r"\b(?i:child|parent|carer|mother|father|male|female|pupil) (?:Protection|Looked|In|Need|Plans?"
    r"|Criminal|Sexual|Care|Services?|Health|Assessment|Social|Act|Poverty|Arrangements?|Referral"
    r"|Premium|Benefit|Numbers?|Level|Index|Figures?|Data|Count|Returned)\b"
)


def check_notes(place: Place, rows: Iterable[WireRow]) -> Iterator[Finding]:
    """Yield D02 for each note that seems to be about a person."""
    for row in rows:
        yield from check_note(replace(place, row=row.row), row.note)


def check_note(place: Place, note: str) -> Iterator[Finding]:
    """Yield D02 if a note seems to be about a person."""
    what = personal(note)
    if what:
        yield finding("D02", replace(place, column="note"), what=what)


def personal(note: str) -> str:
    """Return the kind of personal detail that a note seems to hold; '' where there is none."""
    if not note:
        return ""
    for kind, pattern in _ALWAYS:
        if pattern.search(note):
            return kind
    if _NAMED.search(_NOT_NAMES.sub("", note)) or _has_given_name(note):
        return "what may be a person's name"
    is_dated = any(_DATE.search(part) and _PERSON.search(part) for part in _sentences(note))
    return "a date beside words for one person" if is_dated else ""


_ALWAYS: Final = (
    ("an e-mail address or telephone number", _CONTACT),
    ("a postcode", _POSTCODE),
    ("a personal number", _LONG_NUMBER),
    ("the age of one person", _AGED_ONE),
    ("a person's initials", _DOTTED_INITIALS),
    ("a person's initials", _INITIALS),
    ("a person's name", _TITLED),
)


def _sentences(note: str) -> list[str]:
    return re.split(r"[;!?]|\. ", note)


def _has_given_name(note: str) -> bool:
    """Say whether a word is a given name, unless it is part of the name of a place or service."""
    words = [word.strip("'’") for word in _WORDS.findall(note)]
    for place, word in enumerate(words):
        plain = re.sub(r"['’]s$", "", word)
        if plain[:1].isupper() and plain.lower() in given_names():
            beside = {w.lower() for w in words[place + 1 : place + 3]}
            is_saint = place > 0 and words[place - 1].lower() in ("st", "saint")
            if not is_saint and not beside & _PLACES:
                return True
    return False


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Read the list of given names."""
    lines = _NAMES.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
