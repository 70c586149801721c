"""The files of two vintages read plainly, with nothing of our loader: what they print."""

import csv
import gzip
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

RECODED: Final = {"E08000038": "E08000016", "E08000039": "E08000019"}
PHASES: Final = {
    "Total": "_T",
    "State-funded primary": "PRIMARY",
    "State-funded secondary": "SECONDARY",
    "Special": "SPECIAL",
    "State-funded alternative provision school": "AP",
}

Cell = tuple[str, str, str]
"""Period, area, phase of school."""


@dataclass(frozen=True)
class Edition:
    """Where one vintage has an indicator: its file, the rows, and the column of the value."""

    file: str
    rows: Mapping[str, str]
    value: str
    count: str


@dataclass(frozen=True)
class Plain:
    """Where an indicator stands in both vintages; `period` is how its periods begin."""

    indicator: str
    old: Edition
    new: Edition
    period: str = "RY"


def _care_leavers(indicator: str, file: str, word: str, ages: tuple[str, str], row: str) -> Plain:
    """Return a table of care leavers, of which the columns were renamed in 2025."""
    return Plain(
        indicator,
        Edition(f"cla/2024/{file}.csv.gz", {"age": ages[0], word: row}, "percentage", "number"),
        Edition(
            f"cla/2025/{file}.csv.gz",
            {"care_leaver_age": ages[1], "breakdown": row},
            "care_leaver_percent",
            "care_leaver_count",
        ),
    )


def _repeat_plans(year: str) -> Edition:
    file = f"cin/{year}/d3_cpps_subsequent_plan_2013_to_{year}.csv.gz"
    return Edition(file, {}, "CPP_subsequent_percent", "CPP_subsequent")


def _absence(indicator: str, group: str, value: str, count: str) -> Plain:
    rows = {"absence_terms": "six half terms", "social_care_group": group}
    return Plain(
        indicator,
        Edition("outcomes/2024/absence_six_half_terms_la.csv.gz", rows, value, count),
        Edition("outcomes/2025/absence_la.csv.gz", rows, value, count),
        "AY",
    )


_YOUNGER: Final = ("Aged 17 to 18", "17 to 18 years")
_SUITABLE: Final = "Accommodation considered suitable"
_MISUSE: Final = "Substance misuse: Children looked after all ages"
_MISUSED: Final = "Identified as having a substance misuse problem"
_MOVED: Final = "With 3 or more placements during the year"
_STABILITY: Final = {"cla_group": "CLA on 31 March", "placement_stability": _MOVED}

PLAIN: Final = (
    Plain("cpp_repeat_pct", _repeat_plans("2024"), _repeat_plans("2025")),
    _care_leavers(
        "care_leaver_neet_17_18_pct", "la_care_leavers_activity", "activity", _YOUNGER,
        "Total not in education, employment or training",
    ),
    _care_leavers(
        "care_leaver_suitable_accom_17_18_pct", "la_care_leavers_accommodation_suitability",
        "accommodation_suitability", ("17 to 18 years", "17 to 18 years"), _SUITABLE,
    ),
    Plain(
        "cla_3plus_placements_pct",
        Edition("cla/2024/la_cla_placement_stability.csv.gz", _STABILITY, "percentage", "number"),
        Edition("cla/2025/la_cla_placement_stability.csv.gz", _STABILITY, "children_percent",
                "children_count"),
    ),
    Plain(
        "cla_substance_misuse_pct",
        Edition("cla/2024/la_conviction_health_outcome_cla.csv.gz",
                {"cla_group": _MISUSE, "characteristic": _MISUSED}, "percentage", "number"),
        Edition("cla/2025/la_conviction_health_outcome_cla.csv.gz",
                {"characteristic": _MISUSE, "breakdown": _MISUSED}, "children_percent",
                "children_count"),
    ),
    _absence("absence_overall_pct_cino", "CINO at 31 March", "pt_overall", "t_sess_overall"),
    _absence("absence_overall_pct_cppo", "CPPO at 31 March", "pt_overall", "t_sess_overall"),
    _absence("absence_severe_pct_cino", "CINO at 31 March", "pt_pupils_pa_50_exact",
             "t_pupils_pa_50_exact"),
)  # fmt: skip


@dataclass(frozen=True)
class Printed:
    """What a file prints for a cell: the value, and the count it is made of."""

    value: str
    count: str

    @property
    def number(self) -> float | None:
        """The value, None for a symbol."""
        return _number(self.value)


@dataclass(frozen=True)
class Expected:
    """What the files of two vintages say of an indicator."""

    kinds: Mapping[Cell, str]
    sizes: Mapping[Cell, float]
    old: Mapping[Cell, Printed]
    new: Mapping[Cell, Printed]

    def of_kind(self, kind: str) -> list[Cell]:
        """Return the cells of one kind of change."""
        return [cell for cell, found in self.kinds.items() if found == kind]


def read_plainly(folder: Path, edition: Edition, period: str) -> dict[Cell, Printed]:
    """Return what one vintage prints, by cell; nothing of our loader is used."""
    text = gzip.decompress((folder / edition.file).read_bytes()).decode("utf-8-sig")
    return {
        _cell(row, period): Printed(row[edition.value].strip(), row[edition.count].strip())
        for row in csv.DictReader(io.StringIO(text))
        if all(row[column] == wanted for column, wanted in edition.rows.items())
    }


def _cell(row: Mapping[str, str], period: str) -> Cell:
    phase = PHASES[row.get("phase_type_grouping", "Total")]
    return _period(row["time_period"], period), _area(row), phase


def _period(text: str, kind: str) -> str:
    return f"AY{text[:4]}-{text[4:]}" if kind == "AY" else f"{kind}{text}"


def _area(row: Mapping[str, str]) -> str:
    code = row["new_la_code"] or row["region_code"] or row["country_code"]
    return RECODED.get(code, code)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def expected(folder: Path, plain: Plain) -> Expected:
    """Return how the files differ, for cells that have a number in one of them at least."""
    old = read_plainly(folder, plain.old, plain.period)
    new = read_plainly(folder, plain.new, plain.period)
    covered = {cell[0] for cell in new}
    kinds, sizes = {}, {}
    for cell in {**new, **old}:
        kind = _kind(old.get(cell), new.get(cell), is_covered=cell[0] in covered)
        if kind is not None:
            kinds[cell] = kind
        if kind == "revised":
            sizes[cell] = round((new[cell].number or 0) - (old[cell].number or 0), 6)
    return Expected(kinds, sizes, old, new)


def _kind(old: Printed | None, new: Printed | None, *, is_covered: bool) -> str | None:
    """Name the change of a cell by what the files print; None for one that this leaves out."""
    before = old.number if old else None
    after = new.number if new else None
    if before is not None and after is not None:
        return "revised" if before != after else None
    if before is not None:
        if new is None:
            return "withdrawn" if is_covered else None
        return "newly_suppressed" if new.value == "c" else None
    if after is not None:
        if old is None:
            return "new"
        return "no_longer_suppressed" if old.value == "c" else None
    return None
