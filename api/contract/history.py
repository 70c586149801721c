"""Which figures of an indicator there are, and how its definition changed."""

from typing_extensions import TypedDict  # pydantic reads the standard one only from 3.12 on


class AvailabilityRow(TypedDict):
    """The cells of one period, breakdown and level, in /indicators/{id}/availability.

    `cells` are the rows that /observations gives there: `with_value` and `without_value` together,
    and also the sum of the counts by status.
    """

    release: str
    indicator: str
    period: str
    sex: str
    age: str
    ethnicity: str
    need: str
    placement: str
    reason: str
    role: str
    school_phase: str
    level: str
    cells: int
    with_value: int
    without_value: int
    cells_ok: int
    cells_low: int
    cells_suppressed: int
    cells_not_available: int
    cells_not_applicable: int
    cells_not_collected: int
    cells_unreliable_withheld: int
    cells_withdrawn: int
    areas_without: list[str] | None


class VersionRow(TypedDict):
    """One event in the history of a definition, in /indicators/{id}/versions, oldest first.

    `event` is `first_held`, `redefined` (what is counted changed, and with it the version),
    `reworded` (the words or the tables changed, and what is counted did not), `removed`, or `break`
    (from `period` on values cannot be compared with earlier ones). Rows of breaks come last, as the
    newest definition has them.
    """

    indicator: str
    event: str
    definition_version: int
    release: str
    published_at: str
    period: str | None
    note: str | None
    changed: list[str]
    was: dict[str, str]
    title: str | None
    definition: str | None
    numerator: str | None
    denominator: str | None
    arithmetic: str | None
    unit: str | None
    decimals: int | None
    direction: str | None
    interval: str | None
