"""Make the tables of `reference/england` from published files (build time only).

Run as `python -m reference.build_england --from DIR`, where DIR has a folder `reference` with the
joined-up published tables. The same input gives the same bytes; `sources.csv` says what they are.
"""

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from reference import shapes
from reference.build_england_areas import AreaTables, area_tables
from reference.build_england_context import SOURCES as CONTEXT_SOURCES
from reference.build_england_context import context_tables
from reference.build_england_facts import fact_tables
from reference.tables import Shape, table_text

_FOLDER = Path(__file__).parent / "england"
_OGL = "Open Government Licence v3.0"

_ABOUT = (
    ("title", "England"),
    ("default_neighbour_model", "2025"),
    ("default_judgement", "leadership"),
    (
        "attribution",
        "Contains public sector information licensed under the Open Government Licence v3.0.",
    ),
)

_LABELS: Mapping[str, Mapping[str, str]] = {
    "area_type": {
        "unitary": "Unitary authority",
        "metropolitan": "Metropolitan district",
        "london_borough": "London borough",
        "county": "County",
    },
    "judgement": {
        "overall": "Overall effectiveness",
        "leadership": "Impact of leaders",
        "help_and_protection": "Help and protection",
        "in_care": "Children in care",
        "leaving_care": "Care leavers",
    },
    "grade": {
        "outstanding": "Outstanding",
        "good": "Good",
        "requires_improvement": "Requires improvement to be good",
        "inadequate": "Inadequate",
        "none": "No judgement in force",
    },
    "closeness": {
        "extremely_close": "Extremely close",
        "very_close": "Very close",
        "close": "Close",
        "somewhat_close": "Somewhat close",
        "not_close": "Not close",
    },
    "rural_urban": {
        "urban": "Predominantly urban",
        "significant_rural": "Urban with significant rural",
        "rural": "Predominantly rural",
    },
    "rural_urban_2021": {
        "urban_nearer": "Urban, nearer to a major town or city",
        "urban_further": "Urban, further from a major town or city",
        "intermediate_urban_nearer": "Intermediate urban, nearer to a major town or city",
        "intermediate_rural_nearer": "Intermediate rural, nearer to a major town or city",
        "intermediate_rural_further": "Intermediate rural, further from a major town or city",
        "majority_rural_nearer": "Majority rural, nearer to a major town or city",
        "majority_rural_further": "Majority rural, further from a major town or city",
    },
    "deprivation": {
        "1": "Most deprived fifth",
        "2": "Second most deprived fifth",
        "3": "Middle fifth",
        "4": "Second least deprived fifth",
        "5": "Least deprived fifth",
    },
    "population_band": {
        "1": "Fewest children",
        "2": "Fewer children",
        "3": "Middle fifth by number of children",
        "4": "More children",
        "5": "Most children",
    },
}

_SOURCES = (
    (
        "areas",
        "Office for National Statistics",
        "Register of Geographic Codes and lower to upper tier lookup, April 2023",
        "2023-04",
        _OGL,
        "https://geoportal.statistics.gov.uk/",
        "Three-digit numbers: Department for Education. Codes of Barnsley and Sheffield: those of "
        "the 153 authorities of April 2023; their codes from 1 April 2025 are dated codes.",
    ),
    (
        "changes",
        "Office for National Statistics",
        "Changes to local authority codes, 2009 to 2025",
        "2025-04",
        _OGL,
        "https://geoportal.statistics.gov.uk/",
        "Shares of children after a split are ours, from mid-year estimates of the first mid-year.",
    ),
    (
        "spellings",
        "The publishers named in each line",
        "Names of authorities as met in published files",
        "2026-06",
        _OGL,
        "",
        "Collected by this project.",
    ),
    (
        "neighbours",
        "Department for Education",
        "Children's services statistical neighbours, model of 2025",
        "2025-05",
        _OGL,
        "https://www.gov.uk/government/publications/local-authority-interactive-tool-lait",
        "Made with the National Foundation for Educational Research. Distances are not published.",
    ),
    (
        "neighbours",
        "Department for Education",
        "Children's services statistical neighbours, model of 2021",
        "2021-04",
        _OGL,
        "https://www.gov.uk/government/publications/local-authority-interactive-tool-lait",
        "Names authorities that have been abolished since.",
    ),
    (
        "inspections",
        "Ofsted",
        "Local authority inspection outcomes as at 31 March 2025",
        "2025-09-25",
        _OGL,
        "https://www.gov.uk/government/statistics/local-authority-inspection-outcomes-as-at-31-march-2025",
        "Inspections under the framework of 2018, with inspection date.",
    ),
    (
        "inspections",
        "Ofsted",
        "Children's social care in England 2023, underlying data",
        "2023",
        _OGL,
        "https://www.gov.uk/government/statistics/childrens-social-care-data-in-england-2023",
        "Inspections under the single inspection framework of 2013 to 2018; publication date only.",
    ),
    (
        "inspections",
        "Data to Insight",
        "Extract of inspection reports published by Ofsted, 29 June 2026",
        "2026-06-29",
        f"{_OGL} (reports); MIT (extract)",
        "https://github.com/data-to-insight/ofsted-ilacs-scrape-tool",
        "Read from the reports by machine: marked machine_read, left out of groups unless wanted.",
    ),
    (
        "populations",
        "Department for Education, from Office for National Statistics",
        "Mid-year population estimates aged 0 to 17, 2012 to 2024, with Children in need 2025",
        "2025-10-30",
        _OGL,
        "https://explore-education-statistics.service.gov.uk/find-statistics/children-in-need",
        "Vintage 2025-10-30.",
    ),
    (
        "populations",
        "Office for National Statistics",
        "Mid-year population estimates, England and Wales, mid-2023, as first published",
        "2024-07-15",
        _OGL,
        "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates",
        "Vintage 2024-07-15; ages 0 to 17 added up by this project.",
    ),
    (
        "populations",
        "Department for Education, from Office for National Statistics",
        "Populations behind the rates of children looked after, release of 2024",
        "2024-11-14",
        _OGL,
        "https://explore-education-statistics.service.gov.uk/find-statistics/children-looked-after-in-england-including-adoptions",
        "Vintage 2024-07-15: mid-2022 of all areas, mid-2023 of Inner and Outer London.",
    ),
    (
        "rural_urban",
        "Department for Environment, Food and Rural Affairs; Office for National Statistics",
        "Rural-urban classification 2011, higher-level geographies",
        "2023-10-17",
        _OGL,
        "https://www.gov.uk/government/collections/rural-urban-classification",
        "For authorities made since, see the basis of each line.",
    ),
    (
        "rural_urban_2021",
        "Office for National Statistics",
        "Rural-urban classification 2021 of lower-tier authorities",
        "2025",
        _OGL,
        "https://www.gov.uk/government/collections/rural-urban-classification",
        "Not published for authorities with two tiers (shire counties).",
    ),
    (
        "deprivation",
        "Ministry of Housing, Communities and Local Government",
        "English indices of deprivation 2025, average score",
        "2025-10-30",
        _OGL,
        "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2025",
        "Two-tier authorities: population-weighted mean of their districts, by this project.",
    ),
    *CONTEXT_SOURCES,
    (
        "hexagons",
        "This project",
        "Tile map laid out from the centroids of authorities",
        "2026",
        "MIT",
        "",
        "Centroids: Office for National Statistics, boundaries of December 2023; contains OS data "
        "© Crown copyright and database right 2023. Made by python -m reference.layout.",
    ),
    (
        "framework",
        "Department for Education",
        "Children's social care national framework, as its dashboard showed it in April 2026",
        "2026-04",
        _OGL,
        "https://www.gov.uk/government/publications/childrens-social-care-national-framework",
        "Names of places as there; descriptions and reasons are this project's. Kept by hand.",
    ),
    (
        "known_problems",
        "The publishers named in each line",
        "What files and their notes say of figures that are missing or not what they seem",
        "2026-06",
        _OGL,
        "",
        "Checked in the files by this project. Kept by hand.",
    ),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write all tables but the tile map and those kept by hand; return 0, or 3 without a file."""
    parser = argparse.ArgumentParser(description="Make the tables of reference/england.")
    parser.add_argument("--from", dest="source", type=Path, required=True, help="folder of files")
    parser.add_argument("--to", type=Path, default=_FOLDER, help="folder to write")
    options = parser.parse_args(arguments)
    try:
        build(options.source, options.to)
    except FileNotFoundError as missing:
        sys.stderr.write(f"{missing.filename}: not found; --from needs the published files\n")
        return 3
    return 0


def build(source: Path, target: Path) -> None:
    """Read the published files of one folder and write the tables to another."""
    tables: AreaTables = area_tables(source)
    write_table(target, shapes.ABOUT, _ABOUT)
    write_table(
        target,
        shapes.LABELS,
        [(name, item, label) for name, items in _LABELS.items() for item, label in items.items()],
    )
    write_table(target, shapes.SOURCES, _SOURCES)
    write_table(target, shapes.AREAS, tables.areas)
    write_table(target, shapes.CODES, tables.codes)
    write_table(target, shapes.SPELLINGS, tables.spellings)
    write_table(target, shapes.CHANGES, tables.changes)
    for shape, rows in (*fact_tables(source, tables), *context_tables(source, tables)):
        write_table(target, shape, rows)


def write_table(folder: Path, shape: Shape, rows: Iterable[Sequence[object]]) -> None:
    """Write one table of a place set folder as CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    text = table_text(shape.columns, rows)
    (folder / f"{shape.table}.csv").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
