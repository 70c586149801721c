"""One chart by its address, or the reason why there is none, for pictures and embedded charts."""

import logging
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from dashboard.answers import ApiError
from dashboard.charts.chart import Chart, NoChart
from dashboard.charts.charting import CHARTS
from dashboard.client import ApiClient
from dashboard.state import State, read_state

_log = logging.getLogger(__name__)
_NOT_FOUND: Final = 404
_FAILED: Final = 500
_WHERE: Final = "On the pages, “Share, save and embed” beside a chart gives its addresses."
_SORRY: Final = (
    "Sorry, there is a problem with the service. Please try again in a few minutes; if it stays, "
    "open the page on which you found the chart."
)


@dataclass(frozen=True)
class Reason:
    """Why there is no chart at an address: a status of HTTP, and sentences for people."""

    status: int
    words: str


def place_of(path: str) -> tuple[str, str]:
    """Return kind and subject of the part of a path that names a chart."""
    kind, _, subject = path.strip("/").partition("/")
    return kind, unquote(subject)


def is_kind(kind: str) -> bool:
    """Say whether there are charts of this kind."""
    return kind in CHARTS


def state_of(path: str, query: str) -> State:
    """Return the state that an address gives, whose subject comes from its path."""
    return read_state(query, place_of(path)[1])


async def one_chart(client: ApiClient, path: str, query: str) -> Chart | Reason:
    """Return the chart at `kind` or `kind/subject`, in the state of a query."""
    kind, _ = place_of(path)
    if not is_kind(kind):
        return unknown(kind)
    try:
        return await CHARTS[kind](client, state_of(path, query))
    except NoChart as reason:
        return Reason(_NOT_FOUND, f"{reason} {_WHERE}")
    except ApiError as error:
        return refused(error)
    except Exception:  # a reader gets an answer, whatever happens; the log gets the rest
        _log.exception("chart failed: %s", path)
        return Reason(_FAILED, _SORRY)


def unknown(kind: str) -> Reason:
    """Return that there are no charts of a kind, and which there are."""
    kinds = ", ".join(sorted(CHARTS))
    return Reason(_NOT_FOUND, f"There is no chart “{kind}”. There are: {kinds}. {_WHERE}")


def refused(error: ApiError) -> Reason:
    """Return why the API gave no figures for a chart, and what it suggests."""
    if error.status >= _FAILED:
        return Reason(_FAILED, _SORRY)
    detail = (error.detail or error.title).rstrip(".")
    close = ", ".join(map(str, error.suggestions))
    said = f"{detail}. Did you mean {close}?" if close else f"{detail}."
    return Reason(error.status, f"{said} {_WHERE}")
