"""Names of areas inside sentences: some take an article in English."""

import re
from typing import Final

_POINT: Final = "(?:North|South|East|West)"
# “North West”, “West Midlands”, “East of …”, “City of …”, “Isles of …”; not “North Yorkshire”.
_WITH_ARTICLE: Final = re.compile(
    rf"{_POINT}(?: {_POINT})?|(?:{_POINT} )?Midlands|(?:City|Isles?|{_POINT}(?: Riding)?) of .+"
)


def with_article(name: str) -> str:
    """Return a name as it stands inside a sentence: `the North West`, `Kent`."""
    return f"the {name}" if _WITH_ARTICLE.fullmatch(name) else name


def opening(name: str) -> str:
    """Return a name as it stands at the beginning of a sentence: `The City of …`, `Kent`."""
    said = with_article(name)
    return said[:1].upper() + said[1:]
