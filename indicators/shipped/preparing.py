"""What `outcomes up` does first: bring the store up to date and, if it is empty, fill it."""

from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final

from indicators.model import Indicator
from indicators.shipped.figures import SHIPPED_FILE, about_shipped, load_shipped
from indicators.store import list_releases, open_store
from reference.places import PlaceSet

Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all and a word for the step that is next."""

STEPS: Final = 5
"""Opening the store and reading the table; putting together, storing, writing the files."""


def prepare(
    home: Path,
    url: str,
    places: PlaceSet,
    indicators: tuple[Indicator, ...],
    *,
    shipped: Path = SHIPPED_FILE,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> str:
    """Migrate, mend, and load the figures that ship if nothing was ever published.

    Returns the id of the latest release; '' if there is none, as for a place set of which no
    figures ship. Raises StoreError.
    """
    done = count()

    def tell(step: str) -> None:
        if progress is not None:
            progress(next(done), STEPS, step)

    tell("opening the store")
    store = open_store(url, home, places)
    try:
        held = list_releases(store)
        if not held and about_shipped(shipped).place_set == places.id:
            tell("reading the figures that ship")
            load_shipped(store, indicators, path=shipped, tell=tell, now=now)
            held = list_releases(store)
        if progress is not None:
            progress(STEPS, STEPS, "")
        return next((e.id for e in reversed(held) if e.withdrawn is None), "")
    finally:
        store.close()
