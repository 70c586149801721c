"""The service document, its limits and its status."""

from typing_extensions import TypedDict  # pydantic reads the standard one only from 3.12 on


class ServiceStep(TypedDict):
    """One step of how to begin: what to do, and the address that does it."""

    to: str
    get: str


class ServiceResource(TypedDict):
    """One resource of the API; braces in a path are filled by the reader."""

    method: str
    path: str
    summary: str
    path_under_a_release: str | None
    takes_formats: list[str]
    parameters: list[str]
    deprecated_on: str
    sunset_on: str


class ServicePart(TypedDict):
    """The resources of one part of the API."""

    part: str
    resources: list[ServiceResource]


class ServiceCard(TypedDict):
    """What there is and where to begin, in /."""

    title: str
    about: str
    not_official: str
    formats: list[str]
    groupings: list[str]
    comparators: list[str]
    comparators_note: str
    stability: str
    api_version: str
    service_version: str
    begin: list[ServiceStep]
    parts: list[ServicePart]


class LimitRow(TypedDict):
    """One limit: how much of what, where, and what to do beyond it.

    `problem` is the last part of the `type` of the problem that a request beyond it is answered
    with, `value` null where there is no limit.
    """

    id: str
    value: int | None
    of: str
    applies_to: str
    problem: str
    instead: str


class FreshnessRow(TypedDict):
    """How long a kind of answer may be kept without asking again."""

    of: str
    cache_control: str
    says: str


class LimitsCard(TypedDict):
    """What the service allows and promises, in /limits."""

    limits: list[LimitRow]
    window_seconds: int | None
    not_counted: list[str]
    new_release_seconds: int
    freshness: list[FreshnessRow]
    promises: list[str]
    notice_months: int
    deprecated: list[ServiceResource]


class StatusCard(TypedDict):
    """What the service holds at this moment, in /status."""

    api_version: str
    service_version: str
    data_kind: str
    latest_release: str | None
    latest_published_at: str | None
    releases_held: int
    releases_withdrawn: int
    comments_held: int
