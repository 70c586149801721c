"""What the rows of a return add up to, as a whole, by status and by section."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel, ConfigDict, Field

from etl.submissions.wire import WireRow
from indicators.measure_sections import section_of
from indicators.measures import Measures


class _Totals(BaseModel):
    """Numbers as the sender declares them; a name that the standard has not is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class SectionTotals(_Totals):
    """Rows and sum of the measures that stand in one section of the template."""

    rows: int = Field(ge=0)
    sum: int = Field(ge=0)


class ControlTotals(_Totals):
    """What the data must add up to, so that a file cut short is noticed.

    They tell most where they come from the system that the counts were made in, not from the file.
    """

    rows: int = Field(ge=0, description="Rows that are sent, with and without a value.")
    sum_value: int = Field(ge=0, description="All values added up.")
    rows_with_value: int | None = Field(default=None, ge=0)
    by_status: Mapping[str, int] = Field(
        default_factory=dict, description="Status to its number of rows."
    )
    sections: Mapping[str, SectionTotals] = Field(
        default_factory=dict, description="Section of the collection to its rows and sum."
    )


def totals_of(rows: Sequence[WireRow], measures: Measures) -> ControlTotals:
    """Return every control total of the rows."""
    return ControlTotals(
        rows=len(rows),
        sum_value=_sum(rows),
        rows_with_value=sum(row.number is not None for row in rows),
        by_status=dict(sorted(Counter(row.status for row in rows).items())),
        sections=_by_section(rows, measures),
    )


def _sum(rows: Sequence[WireRow]) -> int:
    return sum(row.number or 0 for row in rows)


def _by_section(rows: Sequence[WireRow], measures: Measures) -> dict[str, SectionTotals]:
    collection = measures.collections.get(rows[0].collection) if rows else None
    if collection is None:
        return {}
    placed: dict[str, list[WireRow]] = {section: [] for section in collection.sections}
    for row in rows:
        placed.setdefault(section_of(collection.sections, row.measure), []).append(row)
    return {
        section: SectionTotals(rows=len(held), sum=_sum(held))
        for section, held in placed.items()
        if held and section
    }


def differences(declared: ControlTotals, found: ControlTotals) -> Iterator[tuple[str, str]]:
    """Yield what was found and what was declared, coarse first, wherever the two differ."""
    if (declared.rows, declared.sum_value) != (found.rows, found.sum_value):
        yield _said(found.rows, found.sum_value), _said(declared.rows, declared.sum_value)
        return
    if declared.rows_with_value not in (None, found.rows_with_value):
        yield f"{found.rows_with_value:,} rows with a value", f"{declared.rows_with_value:,}"
    if declared.by_status and _counted(declared.by_status) != _counted(found.by_status):
        yield f"statuses {_listed(found.by_status)}", _listed(declared.by_status)
    for section, told in declared.sections.items():
        own = found.sections.get(section, SectionTotals(rows=0, sum=0))
        if told != own:
            yield (
                f"in section {section[:20]} {_said(own.rows, own.sum)}",
                _said(told.rows, told.sum),
            )


def _said(rows: int, total: int) -> str:
    return f"{rows:,} rows that add up to {total:,}"


def _counted(by_status: Mapping[str, int]) -> dict[str, int]:
    return {status: count for status, count in by_status.items() if count}


def _listed(by_status: Mapping[str, int]) -> str:
    told = (f"{status[:10]} {count:,}" for status, count in sorted(by_status.items())[:10])
    return ", ".join(told) or "none"
