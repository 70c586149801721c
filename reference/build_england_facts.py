"""Neighbours, inspections, populations and classes of England (build time only)."""

import csv
import gzip
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from reference import shapes
from reference.build_england_areas import COUNTRY, AreaTables, Line, read_lines
from reference.fifths import fifths
from reference.tables import Shape

SERIES_VINTAGE = "2025-10-30"
FIRST_MID_2023_VINTAGE = "2024-07-15"
_GRADES = {
    "Outstanding": "outstanding",
    "Good": "good",
    "Requires improvement to be good": "requires_improvement",
    "Inadequate": "inadequate",
}
_JUDGEMENTS = {
    "overall": "overall_effectiveness",
    "leadership": "impact_of_leaders",
    "help_and_protection": "help_and_protection",
    "in_care": "children_in_care",
    "leaving_care": "care_leavers",
}
_INSPECTION_SOURCES = {
    "Ofsted LA inspection outcomes 31 March 2025": ("official", "Ofsted, 25 September 2025"),
    "Ofsted CSC underlying data 31 March 2023": ("official", "Ofsted, 2023 underlying data"),
    "Data to Insight extract of published reports, 2026-06-29": (
        "machine_read",
        "Data to Insight, 29 June 2026",
    ),
}
_RURAL_URBAN = {
    "Predominantly Urban": "urban",
    "Urban with Significant Rural": "significant_rural",
    "Predominantly Rural": "rural",
}
_RURAL_URBAN_BASIS = {
    "published": "as published",
    "predecessor with same footprint": "as published for the same area under its earlier code",
}


def fact_tables(source: Path, areas: AreaTables) -> Iterator[tuple[Shape, Iterable[Line]]]:
    """Yield each table of facts about authorities with its lines."""
    folder = source / "reference"
    populations = tuple(_populations(folder, areas))
    children = {str(line[1]): _latest(line) for line in populations if line[0] == SERIES_VINTAGE}
    deprivation = _deprivation_scores(folder, areas)
    yield shapes.POPULATIONS, populations
    yield shapes.NEIGHBOURS, _neighbours(folder, areas)
    yield shapes.INSPECTIONS, sorted(_inspections(folder, areas), key=_inspection_order)
    bands = {area: float(children[area]) for area in areas.current}
    yield shapes.CLASSIFICATIONS, _classifications(deprivation, bands)
    yield (
        shapes.CLASSES,
        [
            *_rural_urban(folder, areas),
            *_deprivation(folder, deprivation),
            *_ranked("population_band", bands, False, lambda _: "mid-2024, vintage 2025-10-30"),
        ],
    )


def _latest(line: Line) -> int:
    return int(str(line[3]).split()[-1])


def _populations(folder: Path, areas: AreaTables) -> Iterator[Line]:
    series: dict[str, dict[int, str]] = {}
    for row in read_lines(folder / "population_0_17.csv"):
        code = row["la_code"] or row["region_code"] or COUNTRY[0]
        held = series.setdefault(areas.by_code[code], {})
        if row["population_0_17"]:
            held[int(row["mid_year"])] = row["population_0_17"]
    for area, counts in sorted(series.items()):
        if counts:
            years = range(min(counts), max(counts) + 1)
            yield SERIES_VINTAGE, area, years[0], " ".join(counts.get(y, ".") for y in years)
    yield from _estimates_of_2024(folder, areas)


def _estimates_of_2024(folder: Path, areas: AreaTables) -> Iterator[Line]:
    """Yield what was known in 2024: mid-2023 as first published, mid-2022 as its rates use it."""
    held = _in_rates_of_2024(folder.parent / "published" / "cla" / "2024", areas)
    totals: dict[str, int] = {}
    for row in _packed_lines(folder / "population_single_year_0_25_mid_2023.csv.gz"):
        if int(row["age"]) <= 17:
            area = areas.by_code[row["area_code"]]
            totals[area] = totals.get(area, 0) + int(row["population"])
    for area, count in totals.items():
        held.setdefault(area, {})[2023] = count
    for area, counts in sorted(held.items()):
        years = range(min(counts), max(counts) + 1)
        yield FIRST_MID_2023_VINTAGE, area, years[0], " ".join(str(counts[y]) for y in years)


def _in_rates_of_2024(folder: Path, areas: AreaTables) -> dict[str, dict[int, int]]:
    """Return area to mid-year to the population that the rates of two reporting years use."""
    held: dict[str, dict[int, int]] = {}
    for row in _packed_lines(folder / "cla_number_and_rate_per_10k_children.csv.gz"):
        code = row["new_la_code"] or row["region_code"] or COUNTRY[0]
        if row["time_period"] in ("2023", "2024") and row["population_estimate"].isdigit():
            mid_year = int(row["time_period"]) - 1
            held.setdefault(areas.by_code[code], {})[mid_year] = int(row["population_estimate"])
    return held


def _packed_lines(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, mode="rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _neighbours(folder: Path, areas: AreaTables) -> Iterator[Line]:
    for model in ("2025", "2021"):
        ranked: dict[str, list[tuple[int, str, str]]] = {}
        for row in read_lines(folder / f"statistical_neighbours_{model}.csv"):
            nearest = areas.by_number[row["neighbour_old_la_code"]]
            closeness = row["closeness"].strip().lower().replace(" ", "_")
            area = areas.by_number[row["old_la_code"]]
            ranked.setdefault(area, []).append((int(row["rank"]), nearest, closeness))
        for area, rows in sorted(ranked.items()):
            rows.sort()
            yield model, area, " ".join(r[1] for r in rows), " ".join(r[2] for r in rows)


def _inspections(folder: Path, areas: AreaTables) -> Iterator[Line]:
    for row in read_lines(folder / "ofsted_judgements.csv"):
        basis, source = _INSPECTION_SOURCES[row["source"]]
        grades = " ".join(
            f"{judgement}:{_GRADES[row[column]]}"
            for judgement, column in _JUDGEMENTS.items()
            if row[column]
        )
        yield (
            areas.by_code[row["la_code"]],
            row["framework"],
            row["inspection_type"],
            row["inspection_date"],
            row["publication_date"],
            grades,
            basis,
            source,
        )


def _inspection_order(line: Line) -> tuple[str, str]:
    return str(line[0]), str(line[4])


def _rural_urban(folder: Path, areas: AreaTables) -> Iterator[Line]:
    rows = read_lines(folder / "rural_urban.csv")
    for row in rows:
        basis = _RURAL_URBAN_BASIS.get(row["ruc2011_basis"], _derived(row["ruc2011_basis"]))
        value = _RURAL_URBAN[row["ruc2011_3fold"]]
        yield "rural_urban", areas.by_code[row["la_code"]], value, None, basis
    for row in rows:
        if row["ruc2021_class"]:
            area, value = areas.by_code[row["la_code"]], _class_2021(row["ruc2021_class"])
            yield "rural_urban_2021", area, value, None, "as published"


def _derived(basis: str) -> str:
    share = basis.removeprefix("derived: ").partition("%")[0]
    return f"worked out by this project: {share} % live in rural areas or hub towns (2011)"


def _class_2021(published: str) -> str:
    kind, _, distance = published.partition(":")
    where = "nearer" if "nearer" in distance else "further"
    return f"{kind.strip().lower().replace(' ', '_')}_{where}"


def _deprivation_scores(folder: Path, areas: AreaTables) -> dict[str, float]:
    rows = read_lines(folder / "deprivation.csv")
    return {areas.by_code[row["la_code"]]: float(row["imd2025_average_score"]) for row in rows}


def _deprivation(folder: Path, scores: Mapping[str, float]) -> Iterator[Line]:
    published = {
        row["la_code"]: row["imd2025_basis"].startswith("published")
        for row in read_lines(folder / "deprivation.csv")
    }

    def basis(area: str) -> str:
        return "as published" if published[area] else "weighted mean of districts, by this project"

    yield from _ranked("deprivation", scores, True, basis)


def _ranked(
    classification: str,
    scores: Mapping[str, float],
    is_highest_first: bool,
    basis: Callable[[str], str],
) -> Iterator[Line]:
    groups, _ = fifths(scores, is_highest_first=is_highest_first)
    for area, group in sorted(groups.items()):
        yield classification, area, group, f"{scores[area]:.15g}", basis(area)


def _classifications(
    deprivation: Mapping[str, float], children: Mapping[str, float]
) -> Sequence[Line]:
    _, deprivation_cuts = fifths(deprivation, is_highest_first=True)
    _, children_cuts = fifths(children, is_highest_first=False)
    return (
        (
            "rural_urban",
            "Rural or urban (2011)",
            "Three classes of the rural-urban classification of 2011",
            "",
            "Defra and ONS, Rural-urban classification 2011",
        ),
        (
            "rural_urban_2021",
            "Rural or urban (2021)",
            "Published for single-tier authorities only; shire counties have no class",
            "",
            "ONS, Rural-urban classification 2021",
        ),
        (
            "deprivation",
            "Deprivation",
            "Average score of the indices of deprivation 2025, ranked within the 153 authorities; "
            "each cut point is the lowest score of its fifth",
            " ".join(f"{cut:.15g}" for cut in deprivation_cuts),
            "MHCLG, English indices of deprivation 2025",
        ),
        (
            "population_band",
            "Number of children",
            "Children aged 0 to 17, mid-2024, ranked within the 153 authorities; "
            "each cut point is the largest number in its fifth",
            " ".join(f"{cut:.15g}" for cut in children_cuts),
            "DfE from ONS, mid-year estimates to mid-2024",
        ),
    )
