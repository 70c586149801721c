"""What is to go: the headers that say since when, until when, and what takes its place.

`Deprecation` is that of RFC 9745 (a moment as `@seconds`), `Sunset` that of RFC 8594 (a date as
HTTP writes it); both are the beginning of a day, by UTC.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from api.asking import Asked
from api.conditions import http_date
from api.contract import Paths
from api.opened import OpenRelease

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Deprecated:
    """Since when something is no longer recommended, until when it stays, and what replaces it."""

    on: date
    sunset: date | None = None
    successor: str = ""
    """The address of what takes its place; blank for nothing."""


def deprecating(handler: Handler, told: Deprecated) -> Handler:
    """Return a handler whose every answer says that its resource is to go."""
    headers = deprecation_headers([told], Paths.LIMITS)

    async def handle(request: Request) -> Response:
        response = await handler(request)
        for name, value in headers.items():
            response.headers.append(name, value)
        return response

    return handle


def deprecation_headers(told: Sequence[Deprecated], about: str) -> dict[str, str]:
    """Return the headers of what is to go: the earliest days, and a link to each successor.

    `about` is the address that explains it.
    """
    first = min(one.on for one in told)
    sunsets = [one.sunset for one in told if one.sunset]
    links = [f'<{about}>; rel="deprecation"; type="application/json"']
    links += [f'<{one.successor}>; rel="successor-version"' for one in told if one.successor]
    headers = {"Deprecation": f"@{_moment(first):.0f}", "Link": ", ".join(links)}
    return headers | ({"Sunset": http_date(_moment(min(sunsets)))} if sunsets else {})


def headers_of_indicators(asked: Asked) -> dict[str, str]:
    """Return the headers of the named indicators that are no longer recommended, none if none is.

    Named are those of `indicator=`, and the one whose card or history the address is of.
    """
    known = retired_of(asked.release)
    if not known:
        return {}
    named = [*asked.query.all("indicator"), *_of_path(asked.path)]
    told = [known[id] for id in named if id in known]
    if not told:
        return {}
    about = _card(next(id for id in named if id in known))
    return deprecation_headers(told, about)


def _of_path(path: str) -> Iterator[str]:
    if path.startswith(f"{Paths.INDICATORS}/"):
        yield unquote(path.removeprefix(f"{Paths.INDICATORS}/").split("/")[0])


def retired_of(release: OpenRelease) -> Mapping[str, Deprecated]:
    """Return the indicators of a release that are no longer recommended, by id."""

    def read() -> Mapping[str, Deprecated]:
        return {
            one.id: Deprecated(
                on=date.fromisoformat(one.retired.deprecated_on),
                sunset=date.fromisoformat(one.retired.sunset_on) if one.retired.sunset_on else None,
                successor=_card(one.retired.superseded_by) if one.retired.superseded_by else "",
            )
            for one in release.snapshot.indicators
            if one.retired
        }

    return release.recall("retired", read)


def _card(indicator: str) -> str:
    return Paths.INDICATOR.format(id=quote(indicator, safe=""))


def _moment(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
