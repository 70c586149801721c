"""Rows of releases: what each was made from, what changed, which files it has."""

from typing import Any

from typing_extensions import TypedDict  # pydantic reads the standard one only from 3.12 on

from api.contract.definitions import SourceCard


class ReleaseRow(TypedDict):
    """One release of /releases.

    `amends` is the id of the release that this one corrects, `amended_by` of the one that
    corrects it; blank where there is none.
    """

    id: str
    kind: str
    published_at: str
    published_on: str
    digest: str
    policy: str
    note: str
    withdrawn: dict[str, str] | None
    amends: str
    amended_by: str


class ChangesSummary(TypedDict):
    """How many cells differ from the release `since`, the one before; None for a first release.

    `kinds` counts them by kind; `indicators` has a row for each indicator as /revisions gives it,
    without `release` and `since`. `new_sources` are publications that came in.
    """

    since: str | None
    kinds: dict[str, int]
    indicators: list[dict[str, Any]]
    new_indicators: list[str]
    new_sources: list[str]


class KnownProblemRow(TypedDict):
    """Figures that are missing or not what they seem; no `areas` means all of them."""

    areas: list[dict[str, str]]  # {code, name}
    first_period: str
    last_period: str
    publication: str
    what_happened: str
    what_totals_hold: str
    source: str


class DisclosureStatement(TypedDict):
    """One thing that a disclosure policy protects, or does not."""

    id: str
    title: str
    is_protected: bool
    says: str


class DisclosureCard(TypedDict):
    """How a release protects small counts; `policy` is blank where it holds no returns.

    `hidden` counts the figures that this service worked out and hides, `hidden_by_publishers` those
    that came hidden. `reason` is the publisher's for another policy than the usual one.
    """

    policy: str
    title: str
    reason: str
    statements: list[DisclosureStatement]
    hidden: int
    hidden_by_publishers: int


class ReleaseDetail(ReleaseRow):
    """The full card of /releases/{release}: what the release was made from, and what changed.

    `changes` is None for a release that was written before changes were counted.
    """

    sources: list[SourceCard]
    changes: ChangesSummary | None
    known_problems: list[KnownProblemRow]
    disclosure: DisclosureCard
    place_set: str
    method_version: str
    has_submissions: bool
    rows: int
    indicators: int
    periods: list[str]


class ChangeRow(TypedDict):
    """One cell that differs from the release `since`; no old number of a newly suppressed one.

    `kind` is `new, revised, newly_suppressed, no_longer_suppressed, withdrawn`. A status is blank
    where there was no such cell. `change` is the new value minus the old, as shown;
    `relative_change` is that per cent of the old value without its sign, null where that is 0.
    Both are null unless both values are given.
    """

    release: str
    since: str
    indicator: str
    area_code: str
    area_name: str
    period: str
    sex: str
    age: str
    ethnicity: str
    need: str
    placement: str
    reason: str
    role: str
    school_phase: str
    kind: str
    old_value: float | None
    new_value: float | None
    old_status: str
    new_status: str
    change: float | None
    relative_change: float | None


class RevisionRow(TypedDict):
    """How the figures of one indicator differ from the release `since`: counts and sizes.

    One count for every kind of change. `with_size` of them have a number before and after; the
    sizes are of these, regardless of sign, in the unit of the indicator. `figures` is how many
    figures of the indicator the release shows, its breakdowns included.
    """

    release: str
    since: str
    indicator: str
    new: int
    revised: int
    newly_suppressed: int
    no_longer_suppressed: int
    withdrawn: int
    with_size: int
    median_size: float | None
    largest_size: float | None
    figures: int


class FileRow(TypedDict):
    """One file of /releases/{release}/files; `lasting_url` names it by digest."""

    name: str
    bytes: int
    media_type: str
    sha256: str | None
    rows: int | None
    about: str
    url: str
    lasting_url: str
