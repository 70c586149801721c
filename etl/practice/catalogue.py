"""The catalogue as practice shows it: same definitions, but nobody's statistics."""

from typing import Final

from indicators.catalogue import load_catalogue
from indicators.model import Indicator

DESIGNATION: Final = "made up for practice"
PUBLISHER: Final = "Nobody: these figures are made up"


def practice_catalogue() -> tuple[Indicator, ...]:
    """Return the catalogue without the name and standing of those who publish the real figures."""
    disowned = {"designation": DESIGNATION, "publisher": PUBLISHER}
    return tuple(one.model_copy(update=disowned) for one in load_catalogue())
