"""Writing the documents made from the catalogue and the tables; `python -m etl.documents`."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from etl.role_pages import with_matrix
from etl.submissions.rules_page import rules_page
from etl.submissions.standard_tables import data_schema, manifest_schema, standard_page
from etl.table_model import Table, Vintage
from etl.tables import load_tables
from indicators.catalogue import load_catalogue
from indicators.documents import indicator_schema, indicators_page
from reference.periods import parse_period

DOCS: Final = Path(__file__).parent.parent / "docs"
STANDARD_PAGE: Final = "submission-standard.md"
"""Written by hand but for the parts between marks, which are made."""


def documents() -> Mapping[str, str]:
    """Return every generated document: its path below docs, and its text."""
    tables = load_tables()
    publications = {table.id: _editions(table) for table in tables}
    return {
        "indicators.md": indicators_page(load_catalogue(), publications),
        "roles.md": with_matrix((DOCS / "roles.md").read_text(encoding="utf-8")),
        "rules.md": rules_page(),
        "schema/indicator.schema.json": _json(indicator_schema()),
        "schema/table.schema.json": _json(table_schema()),
        "schema/submission-data.schema.json": _json(data_schema()),
        "schema/submission-manifest.schema.json": _json(manifest_schema()),
        STANDARD_PAGE: standard_page((DOCS / STANDARD_PAGE).read_text(encoding="utf-8")),
    }


def table_schema() -> dict[str, Any]:
    """Return the JSON Schema of one table's declaration."""
    schema = Table.model_json_schema()
    schema["title"] = "Published table"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def stale(folder: Path = DOCS) -> tuple[str, ...]:
    """Return the documents that differ from what would be written."""
    return tuple(
        name
        for name, text in documents().items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    )


def write(folder: Path = DOCS) -> tuple[str, ...]:
    """Write every document that is out of date; returns their names."""
    names = stale(folder)
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(documents()[name], encoding="utf-8")
    return names


def _editions(table: Table) -> list[str]:
    heading = f"{table.publication}: {table.title}. {table.publisher}, {table.designation}, "
    lines = [f"{heading}{table.licence}. <{table.url}>"]
    if table.note:
        lines.append(table.note)
    return [*lines, *(_edition(period, vintage) for period, vintage in table.vintages.items())]


def _edition(period_id: str, vintage: Vintage) -> str:
    doubt = "" if vintage.published_on_basis == "confirmed" else " (day not confirmed)"
    note = f" {vintage.note}" if vintage.note else ""
    latest = parse_period(period_id).label
    return f"`{vintage.vintage}`, up to {latest}, published {vintage.published_on}{doubt}.{note}"


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Write the documents, or with --check only say which are out of date."""
    if "--check" in arguments:
        names = stale()
        sys.stdout.write("".join(f"docs/{name} is out of date\n" for name in names))
        return 1 if names else 0
    sys.stdout.write("".join(f"docs/{name} written\n" for name in write()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
