"""A file of a known kind about something new loads once its YAML is written, and nothing else."""

from pathlib import Path

import pytest

from etl.catalogue_check import check_catalogue
from etl.published.reading import read_published
from etl.tables import load_tables
from indicators.catalogue import load_catalogue
from indicators.store import open_store, publish_load
from tests.etl.made_up_files import COUNTRY, authorities, placed, places, saved
from tests.journeys.public import public_over, rows

TABLE = """\
id: made_up_missing
title: Children who went missing from care
publisher: A publisher
publication: Children who go missing
designation: official statistics
licence: Open Government Licence v3.0
url: https://example.org/missing
layout: ees
files: ["la_cla_missing*.csv"]
period: {kind: RY, column: time_period}
columns:
  cla_group: [cla_group]
  children_count: [children_count, number]
required: [time_period, geographic_level, cla_group, children_count]
dimensions: [cla_group]
vintages:
  RY2025: {vintage: "2025", published_on: 2025-11-20}
"""

DEFINITION = """\
id: cla_missing_pct
order: 1
version: 1
title: Children looked after who went missing in the year
short_title: Missing from care
definition: Of the children looked after on 31 March, the share who went missing in the year.
why_it_matters: A child who is missing is at risk of harm.
numerator: Children looked after who went missing
denominator: Children looked after on 31 March
arithmetic: percentage
unit: "%"
decimals: 0
direction: {good: lower_is_better, reason: Fewer children are at risk., source: us}
kind: outcome
stage: in_care
is_core: false
period_kind: RY
measured: during
interval: {method: wilson}
designation: official statistics
publisher: A publisher
caveats: [Authorities record absences differently.]
review: {reviewed_on: "2026-01-01", due_on: "2027-01-01"}
sources:
  - table: made_up_missing
    rows: {cla_group: [Went missing]}
    numerator: children_count
    denominator: children_count
    denominator_rows: {cla_group: [All]}
"""


def a_file(folder: Path) -> Path:
    areas = (COUNTRY, *authorities())
    return saved(
        folder,
        [
            placed(area, cla_group=group, children_count=count * (100 if area == COUNTRY else 1))
            for area in areas
            for group, count in (("Went missing", 12), ("All", 100))
        ],
        "la_cla_missing_2025.csv",
    )


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    tables, definitions = tmp_path / "tables", tmp_path / "definitions"
    for folder, name, text in (
        (tables, "made_up_missing.yaml", TABLE),
        (definitions, "cla_missing_pct.yaml", DEFINITION),
    ):
        folder.mkdir()
        (folder / name).write_text(text, encoding="utf-8")
    return definitions, tables


def test_a_new_topic_reaches_readers_with_two_files_of_yaml(
    tmp_path: Path, folders: tuple[Path, Path]
) -> None:
    definitions, tables = folders
    assert check_catalogue(definitions, tables) == ()
    catalogue = load_catalogue(definitions)
    reading = read_published([a_file(tmp_path)], places(), catalogue, load_tables(tables))
    assert [str(finding) for finding in reading.findings] == []
    home = tmp_path / "home"
    store = open_store("", home, places())
    publish_load(store, reading, catalogue, release_id="first")
    store.close()
    with public_over(home) as client:
        found = rows(client, indicator="cla_missing_pct", area="authority", period="latest")
        assert {row["value"] for row in found} == {12}
        page = client.get("/indicators/cla_missing_pct")
    assert page.status_code == 200
    assert "Children looked after who went missing in the year" in page.text


def test_a_definition_that_names_a_wrong_column_says_which_was_meant(
    folders: tuple[Path, Path],
) -> None:
    definitions, tables = folders
    path = definitions / "cla_missing_pct.yaml"
    path.write_text(DEFINITION.replace("numerator: children_count", "numerator: children_cont", 1))
    (problem,) = check_catalogue(definitions, tables)
    assert "did you mean 'children_count'" in str(problem)
    assert str(problem).startswith("cla_missing_pct.yaml:")
