"""What an answer leads to: the cards of the one indicator and the one area that it is about."""

from urllib.parse import quote

from api.asking import Asked
from api.contract import Paths


def related_links(asked: Asked) -> dict[str, str]:
    """Return links to the cards of what a query names, where it names one."""
    links = {}
    indicators, areas = asked.query.all("indicator"), asked.query.all("area")
    if len(indicators) == 1:
        links["indicator"] = Paths.INDICATOR.format(id=quote(indicators[0], safe=""))
    if len(areas) == 1 and areas[0] in asked.release.snapshot.area_codes:
        links["area"] = Paths.AREA.format(code=areas[0])
    return links
