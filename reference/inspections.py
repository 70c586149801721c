"""Which inspection judgement was in force on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from reference.places import Inspection, PlaceSet

# Reports appear weeks after the inspection. Ofsted's yearly snapshots count an inspection made by
# 31 March whose report came later; 61 days reproduces those of 2024 and 2025 exactly.
REPORT_WITHIN = timedelta(days=61)

NO_JUDGEMENT = "none"
MACHINE_READ = "machine_read"


@dataclass(frozen=True)
class JudgementInForce:
    """One judgement of one authority as it stood on a day, with where it comes from."""

    judgement: str
    grade: str
    inspected_on: date | None
    published_on: date
    basis: str
    framework: str


def inspection_in_force(places: PlaceSet, area_code: str, on: date) -> Inspection | None:
    """Return the latest inspection made by a day and reported on within 61 days of it.

    Where no inspection date is held, the day of publication stands in for it. None where there
    was none, and where the area did not exist on the day: successors inherit nothing.
    """
    if not places.area(area_code).existed_on(on):
        return None
    counted = [
        inspection
        for inspection in places.inspections_by_area.get(area_code, ())
        if _made_on(inspection) <= on and inspection.published_on <= on + REPORT_WITHIN
    ]
    return max(counted, key=lambda i: (_made_on(i), i.published_on), default=None)


def judgement_in_force(
    places: PlaceSet, area_code: str, judgement: str, on: date
) -> JudgementInForce | None:
    """Return one judgement of an authority as it stood on a day.

    None where the inspection in force did not make that judgement: an older inspection's does not
    live on, as in Ofsted's own tables. Raises UnknownAreaError for an unknown area and KeyError
    for a judgement that the place set does not have.
    """
    _check_judgement(places, judgement)
    inspection = inspection_in_force(places, area_code, on)
    if inspection is None or judgement not in inspection.grades:
        return None
    return JudgementInForce(
        judgement=judgement,
        grade=inspection.grades[judgement],
        inspected_on=inspection.inspected_on,
        published_on=inspection.published_on,
        basis=inspection.basis,
        framework=inspection.framework,
    )


def areas_by_grade(
    places: PlaceSet, judgement: str, on: date, include_machine_read: bool = False
) -> Mapping[str, tuple[str, ...]]:
    """Return each grade, best first, with the codes of the authorities that held it on a day.

    The grade `none` holds those without a judgement in force. A judgement read by machine puts an
    authority into no group at all, unless `include_machine_read`. Raises KeyError for a judgement
    that the place set does not have.
    """
    _check_judgement(places, judgement)
    groups: dict[str, list[str]] = {grade: [] for grade in places.grades}
    for area in places.authorities(on):
        held = judgement_in_force(places, area.code, judgement, on)
        if held is None:
            groups.setdefault(NO_JUDGEMENT, []).append(area.code)
        elif include_machine_read or held.basis != MACHINE_READ:
            groups.setdefault(held.grade, []).append(area.code)
    return {grade: tuple(sorted(codes)) for grade, codes in groups.items()}


def _made_on(inspection: Inspection) -> date:
    return inspection.inspected_on or inspection.published_on


def _check_judgement(places: PlaceSet, judgement: str) -> None:
    if judgement not in places.judgements:
        msg = f"'{judgement}' is not a judgement here; use one of {', '.join(places.judgements)}"
        raise KeyError(msg)
