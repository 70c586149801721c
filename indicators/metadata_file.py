"""All that a program needs to make sense of a release's figures, in one JSON document."""

from typing import Any

from indicators.cells import ROW_COLUMNS
from indicators.file_tables import BREAKDOWNS, PERIODS, SOURCES, Table
from indicators.package import about, licences_of, observations_table, title_of
from indicators.row_words import FLAG_TEXTS, STATUS_TEXTS
from indicators.snapshot import Snapshot


def metadata_of(snapshot: Snapshot) -> dict[str, Any]:
    """Return the cards of all indicators, and what every column, code, status and flag means."""
    card = snapshot.card
    columns = {column.name: column for column in observations_table(snapshot).columns}
    return {
        "title": title_of(snapshot),
        "about": about(snapshot),
        "release": card.id,
        "place_set": card.place_set,
        "method_version": card.method_version,
        "licences": licences_of(snapshot),
        "attribution": snapshot.places.attribution,
        "columns": [
            {"name": name, "type": columns[name].type, "text": columns[name].text}
            for name in ROW_COLUMNS
        ],
        "statuses": {str(status): text for status, text in STATUS_TEXTS.items()},
        "flags": {str(flag): text for flag, text in FLAG_TEXTS.items()},
        "breakdowns": _rows(BREAKDOWNS, snapshot),
        "periods": _rows(PERIODS, snapshot),
        "sources": _rows(SOURCES, snapshot),
        "indicators": [
            {
                **one.model_dump(mode="json", exclude={"sources", "submission"}),
                "latest": snapshot.index.latest.get(one.id),
            }
            for one in snapshot.indicators
        ],
    }


def _rows(table: Table, snapshot: Snapshot) -> list[dict[str, object]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, fields, strict=True)) for fields in table.lines(snapshot)[1:]]
