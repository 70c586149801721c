"""The descriptions of a release's files: a Frictionless data package and CSVW metadata.

Both say of every column what it means, its type and what it may hold, from the same tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from indicators.cells import BREAKDOWN_COLUMNS, ROW_COLUMNS, Status
from indicators.citation import cite
from indicators.export_rows import ROW_NUMBERS
from indicators.file_tables import TABLES, Column, Table, Type
from indicators.practice import NOTICE, is_practice_release
from indicators.row_words import ROW_TEXTS
from indicators.snapshot import Snapshot

OBSERVATIONS: Final = "observations"
PACKAGE_NAME: Final = "childrens-social-care-outcomes"
PACKAGE_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
CSVW_CONTEXT: Final = "http://www.w3.org/ns/csvw"

_DAYS: Final = frozenset({"period_start", "period_end"})
_MAY_BE_BLANK: Final = frozenset({*ROW_NUMBERS, "flags", "source_symbol", "source"})


@dataclass(frozen=True)
class PackedFile:
    """One file of a release as it is described; `rows` only of a table."""

    name: str
    bytes: int
    sha256: str
    rows: int | None = None


def observations_table(snapshot: Snapshot) -> Table:
    """Return the description of the figures of a release."""
    return Table(
        OBSERVATIONS,
        "Figures by indicator, period, area and breakdown",
        tuple(_row_column(name, snapshot) for name in ROW_COLUMNS),
        ("indicator", "area_code", "period", *BREAKDOWN_COLUMNS),
        lambda _: (),
        {
            "indicator": ("indicators", "id"),
            "area_code": ("areas", "code"),
            "period": ("periods", "id"),
            "source": ("sources", "id"),
        },
    )


def _row_column(name: str, snapshot: Snapshot) -> Column:
    choices: Sequence[str] = ()
    if name == "status":
        choices = tuple(map(str, Status))
    elif name in BREAKDOWN_COLUMNS:
        choices = sorted({getattr(one, name) for one in snapshot.index.breakdowns})
    is_required = name not in _MAY_BE_BLANK
    return Column(
        name, ROW_TEXTS[name], _type_of(name), is_required=is_required, choices=tuple(choices)
    )


def _type_of(name: str) -> Type:
    if name in ROW_NUMBERS:
        return "number"
    if name in _DAYS:
        return "date"
    return "integer" if name == "definition_version" else "string"


def describe_package(
    snapshot: Snapshot, files: Mapping[str, PackedFile], mark: str = ""
) -> dict[str, Any]:
    """Return the descriptor; `files` are by the name of their table, the Parquet file by `parquet`.

    No clock: the same release has the same descriptor. When it was published, its list says.
    """
    tables = (observations_table(snapshot), *TABLES)
    return {
        "$schema": PACKAGE_PROFILE,
        "name": f"{mark}{PACKAGE_NAME}",
        "id": snapshot.card.id,
        "title": title_of(snapshot),
        "description": about(snapshot),
        "version": snapshot.card.id,
        "licenses": licences_of(snapshot),
        "contributors": [
            {"title": name, "roles": ["publisher of figures"]} for name in publishers_of(snapshot)
        ],
        "sources": [
            {"title": title, "path": path} for title, path in publications_of(snapshot).items()
        ],
        "keywords": ["children's social care", "local authorities", "indicators"],
        "resources": [
            *(
                _table_resource(table, files[table.name])
                | ({"description": held_cells(snapshot)} if table.name == OBSERVATIONS else {})
                for table in tables
            ),
            {**_parquet_resource(files["parquet"]), "description": held_cells(snapshot)},
        ],
    }


def title_of(snapshot: Snapshot) -> str:
    """Return the title of a release, as it is cited; marked if its figures are made up."""
    return f"{cite(snapshot).title}, release {snapshot.card.id}"


def about(snapshot: Snapshot) -> str:
    """Return what a reader must know of a release before anything else."""
    parts = [
        f"{snapshot.index.row_count} figures of {len(snapshot.indicators)} indicators, with their "
        "definitions, areas, periods, codes and sources.",
        snapshot.card.note,
        snapshot.places.attribution,
        NOTICE if is_practice_release(snapshot.card.id) else "",
        "A figure that is missing has the reason in `status`; missing is never 0.",
        held_cells(snapshot),
    ]
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def held_cells(snapshot: Snapshot) -> str:
    """Say which rows the files hold, and which an answer of the API has besides."""
    return (
        f"The files hold the {snapshot.index.row_count} cells that the release holds; the API also "
        "gives a row, `not_available`, for each area that existed in a period and has no cell in "
        "it, and leaves out cells of areas that had ended before the period did."
    )


def licences_of(snapshot: Snapshot) -> list[dict[str, str]]:
    """Return the licences of the sources, those that programs know with name and address."""
    return [
        {"name": one.spdx or _as_name(one.name), "title": one.name}
        | ({"path": one.url} if one.url else {})
        for one in cite(snapshot).licences
    ]


def _as_name(title: str) -> str:
    return "-".join("".join(c if c.isalnum() or c == "." else " " for c in title).split())


def publishers_of(snapshot: Snapshot) -> tuple[str, ...]:
    """Return who published the figures, those of most publications first."""
    publishers = [one.publisher for one in snapshot.sources if one.url]
    return tuple(sorted(dict.fromkeys(publishers), key=lambda name: -publishers.count(name)))


def publications_of(snapshot: Snapshot) -> dict[str, str]:
    """Return the publications by title, each with its address."""
    return {one.title: one.url for one in snapshot.sources if one.url}


def _table_resource(table: Table, file: PackedFile) -> dict[str, Any]:
    # Frictionless cannot count the bytes of a packed file by address, and calls that a fault.
    is_packed = file.name.endswith(".gz")
    size: dict[str, Any] = {"compression": "gz"} if is_packed else {"bytes": file.bytes}
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "path": file.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **size,
        "hash": f"sha256:{file.sha256}",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(table),
    }


def _parquet_resource(file: PackedFile) -> dict[str, Any]:
    """Describe the Parquet file as bytes; it carries its own schema.

    Frictionless would take the format `parquet` for a table and fail at the lists of flags.
    """
    return {
        "name": "observations-parquet",
        "title": "The same figures with their types, as Parquet",
        "path": file.name,
        "format": "apache-parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }


def _schema(table: Table) -> dict[str, Any]:
    return {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        "foreignKeys": [
            {"fields": [name], "reference": {"resource": other, "fields": [column]}}
            for name, (other, column) in table.refers_to.items()
        ],
    }


def _field(column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if column.is_required else {}
    if column.choices:
        limits["enum"] = list(column.choices)
    described = {"name": column.name, "type": column.type, "description": column.text}
    return {**described, "constraints": limits} if limits else described


def describe_csvw(snapshot: Snapshot, mark: str = "") -> dict[str, Any]:
    """Return the CSVW metadata of all tables; the figures under their name when unpacked."""
    return {
        "@context": [CSVW_CONTEXT, {"@language": "en"}],
        "dc:title": title_of(snapshot),
        "dc:description": about(snapshot),
        "dc:license": [{"@id": one["path"]} for one in licences_of(snapshot) if "path" in one],
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": ["\r\n", "\n"]},
        "tables": [
            {
                "url": f"{mark}{table.name}.csv",
                "dc:title": table.title,
                "tableSchema": _csvw_schema(table, mark),
            }
            for table in (observations_table(snapshot), *TABLES)
        ],
    }


def _csvw_schema(table: Table, mark: str) -> dict[str, Any]:
    return {
        "columns": [_csvw_column(column) for column in table.columns],
        "primaryKey": list(table.key),
        "foreignKeys": [
            {
                "columnReference": [name],
                "reference": {"resource": f"{mark}{other}.csv", "columnReference": [column]},
            }
            for name, (other, column) in table.refers_to.items()
        ],
    }


def _csvw_column(column: Column) -> dict[str, Any]:
    datatype: Any = column.type
    if column.choices:
        datatype = {"base": "string", "format": "|".join(column.choices)}
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.text,
        "datatype": datatype,
        "null": "",
        **({"required": True} if column.is_required else {}),
    }
