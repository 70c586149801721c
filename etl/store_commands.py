"""How a command works on the store: as whom, and what becomes of its faults."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from etl.findings import ExitCode
from etl.settings import Settings
from indicators.catalogue import CatalogueError
from indicators.permissions import OPERATOR, Actor, NotPermittedError
from indicators.store import BusyError, Store, StoreError, UnprotectedError, open_store
from indicators.store.auditing import keep_head_of
from indicators.store.occasions import Occasion
from indicators.store.tokens import actor_of
from reference.areas import UnknownAreaError
from reference.periods import PeriodError
from reference.placesets import load_place_set

Answer = tuple[str, int]
"""The report and the exit code."""

NO_TOKEN: Final = ""


def on_store(
    settings: Settings,
    act: Callable[[Store, Occasion], str],
    *,
    token: str = NO_TOKEN,
    now: datetime | None = None,
) -> Answer:
    """Open the store and do something as whoever the token stands for; the operator without one."""
    try:
        places = load_place_set(settings.place_set)
        store = open_store(settings.database_url, settings.home, places)
    except StoreError as error:
        return str(error), ExitCode.UNREADABLE
    try:
        moment = now or datetime.now(UTC)
        return answered(lambda: act(store, Occasion(moment, acting(store, token, moment))))
    finally:
        keep_head_of(store)
        store.close()


def acting(store: Store, token: str, now: datetime) -> Actor:
    """Return who does something; raises TokenError."""
    return actor_of(store, token, now) if token else OPERATOR


def answered(act: Callable[[], str]) -> Answer:
    """Return what an action says, or its fault in words, with the exit code."""
    try:
        return act(), ExitCode.OK
    except (CatalogueError, NotPermittedError) as error:
        return str(error), ExitCode.REFUSED
    except StoreError as error:
        return str(error), store_code(error)
    except (UnknownAreaError, PeriodError) as error:
        return str(error), ExitCode.USAGE
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror or error}; check the path", ExitCode.UNREADABLE


def store_code(error: StoreError) -> ExitCode:
    """Return how a command ends when an open store refuses what it was asked."""
    if isinstance(error, UnprotectedError):
        return ExitCode.REFUSED
    return ExitCode.UNREADABLE if isinstance(error, BusyError) else ExitCode.USAGE
