"""What the authorities of England are like: size, density, deprivation, rurality (build only)."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from reference import shapes
from reference.build_england_areas import AreaTables, Line, read_lines
from reference.context import LOG_SCALE, OWN, PLAIN_SCALE
from reference.tables import Shape

_OGL = "Open Government Licence v3.0"
_DEPRIVATION_URL = "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2025"
_LONG_TAIL = "Most are small and a few very large: half as many again means the same at every size"
_EVEN = "Spread evenly on both sides of the middle"

SOURCES: tuple[Line, ...] = (
    (
        "context",
        "Office for National Statistics",
        "Mid-year population estimates, England and Wales, mid-2023, all ages",
        "2024-07-15",
        _OGL,
        "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates",
        "As first published.",
    ),
    (
        "context",
        "Office for National Statistics",
        "Counties and unitary authorities, December 2023, boundaries",
        "2023-12",
        _OGL,
        "https://geoportal.statistics.gov.uk/",
        "Area in square kilometres. Contains OS data © Crown copyright and database right 2023.",
    ),
    (
        "context",
        "Ministry of Housing, Communities and Local Government",
        "English indices of deprivation 2025, income domain and income deprivation of children",
        "2025-10-30",
        _OGL,
        _DEPRIVATION_URL,
        "Two-tier authorities, and the share of children: worked out by this project.",
    ),
    (
        "context",
        "Office for National Statistics",
        "Rural-urban classification 2021 of lower-tier authorities",
        "2025",
        _OGL,
        "https://www.gov.uk/government/collections/rural-urban-classification",
        "Shares of county populations in rural districts: by this project, mid-2023 estimates.",
    ),
)

VARIABLES: tuple[Line, ...] = (
    (
        "children",
        "Children aged 0 to 17",
        "children",
        0,
        "mid-2024",
        "populations",
        LOG_SCALE,
        _LONG_TAIL,
        1,
        "yes",
        "DfE from ONS, mid-year estimates to mid-2024",
        "",
    ),
    (
        "population",
        "People of all ages",
        "people",
        0,
        "mid-2023",
        OWN,
        LOG_SCALE,
        _LONG_TAIL,
        0,
        "no",
        "ONS, mid-year estimates, mid-2023",
        "Goes with the number of children, and so does not count twice by default",
    ),
    (
        "area_km2",
        "Area",
        "square kilometres",
        1,
        "December 2023",
        OWN,
        LOG_SCALE,
        _LONG_TAIL,
        0,
        "no",
        "ONS, boundaries of counties and unitary authorities, December 2023",
        "",
    ),
    (
        "density",
        "People per square kilometre",
        "people per km²",
        0,
        "mid-2023",
        "ratio:population/area_km2",
        LOG_SCALE,
        _LONG_TAIL,
        1,
        "yes",
        "ONS, mid-2023 estimates and boundaries of December 2023",
        "People of all ages over the area, worked out by this project",
    ),
    (
        "deprivation",
        "Deprivation score",
        "score",
        1,
        "2025",
        "score:deprivation",
        PLAIN_SCALE,
        _EVEN,
        1,
        "yes",
        "MHCLG, English indices of deprivation 2025",
        "The average score; higher is more deprived. Counties: weighted mean of their districts",
    ),
    (
        "income_deprivation",
        "People in income deprivation",
        "per cent",
        1,
        "2025",
        OWN,
        PLAIN_SCALE,
        _EVEN,
        0,
        "no",
        "MHCLG, English indices of deprivation 2025",
        "A part of the score of deprivation, and so does not count twice by default",
    ),
    (
        "child_income_deprivation",
        "Children in income deprivation",
        "per cent",
        1,
        "2025",
        OWN,
        PLAIN_SCALE,
        _EVEN,
        0,
        "no",
        "MHCLG, income deprivation affecting children index 2025; ONS, mid-2022 estimates",
        "Approximate: worked out by this project over children aged 0 to 15; neighbourhoods whose "
        "count is not published count as none, so that it is a little low",
    ),
    (
        "rural_population",
        "People in rural districts",
        "per cent",
        1,
        "2021",
        OWN,
        PLAIN_SCALE,
        "A share; on any scale most are at its two ends",
        0,
        "yes",
        "ONS, rural-urban classification 2021 of districts; mid-2023 estimates",
        "Districts are rural as a whole, so that an authority of one tier has 0 or 100. By default "
        "it does not count: density says the same more finely",
    ),
)


def context_tables(source: Path, areas: AreaTables) -> Iterator[tuple[Shape, list[Line]]]:
    """Yield the variables and the values that stand in no other table."""
    folder = source / "reference"
    yield shapes.CONTEXT_VARIABLES, list(VARIABLES)
    yield (
        shapes.CONTEXT,
        [*_sizes(folder, areas), *_income(folder, areas), *_rural(folder, areas)],
    )


def _sizes(folder: Path, areas: AreaTables) -> Iterator[Line]:
    rows = read_lines(folder / "local_authorities.csv")
    for row in rows:
        count = row["population_all_ages_mid_2023"]
        yield "population", areas.by_code[row["la_code"]], count, ""
    for row in rows:
        square = f"{float(row['area_sq_km']):.2f}"
        yield "area_km2", areas.by_code[row["la_code"]], square, ""


def _income(folder: Path, areas: AreaTables) -> Iterator[Line]:
    rows = read_lines(folder / "deprivation.csv")
    for row in rows:
        is_published = row["imd2025_basis"].startswith("published")
        basis = "as published" if is_published else "weighted mean of districts, by this project"
        share = _per_cent(row["income2025_average_score"])
        yield "income_deprivation", areas.by_code[row["la_code"]], share, basis
    for row in rows:
        if row["idaci2025_approx"]:
            missing, all_of_them = row["idaci2025_lsoas_missing"], row["lsoas"]
            basis = f"approximate; no count for {missing} of {all_of_them} neighbourhoods"
            share = _per_cent(row["idaci2025_approx"])
            yield "child_income_deprivation", areas.by_code[row["la_code"]], share, basis


def _per_cent(proportion: str) -> str:
    return f"{Decimal(proportion) * 100:.1f}"


def _rural(folder: Path, areas: AreaTables) -> Iterator[Line]:
    for row in read_lines(folder / "rural_urban.csv"):
        basis = "class of the one district" if row["ruc2021_class"] else "share of its districts"
        share = row["ruc2021_pct_population_in_rural_districts"]
        yield "rural_population", areas.by_code[row["la_code"]], f"{Decimal(share):.1f}", basis
