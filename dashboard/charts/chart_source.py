"""What stands under a chart after “Source:”: publisher, publication and its date."""

from collections.abc import Iterable

from api.contract import IndicatorDetail
from dashboard.components.publications import publication_of
from dashboard.components.sources import is_from_returns, newest_source
from dashboard.words.periods import day


def source_words(indicators: Iterable[IndicatorDetail]) -> str:
    """Return the newest publication of each indicator, each publication once."""
    return "; ".join(dict.fromkeys(filter(None, map(_publication, indicators))))


def _publication(indicator: IndicatorDetail) -> str:
    newest = newest_source(indicator["sources"])
    if newest is None:
        return indicator["publisher"]
    if is_from_returns(newest):
        return "Returns of authorities, provisional"
    published = day(newest["published_on"])
    named = f"{newest['publisher']}, {publication_of(newest)}"
    return f"{named} ({published})" if published else named
