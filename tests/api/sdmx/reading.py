"""Reading answers of SDMX by hand, with nothing of what wrote them."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from lxml import etree

BASE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
NAMES = {
    "mes": f"{BASE}/message",
    "com": f"{BASE}/common",
    "str": f"{BASE}/structure",
    "gen": f"{BASE}/data/generic",
}
GENERIC = "application/vnd.sdmx.genericdata+xml;version=2.1"
SPECIFIC = "application/vnd.sdmx.structurespecificdata+xml;version=2.1"
CSV = "application/vnd.sdmx.data+csv;version=1.0.0"
JSON = "application/vnd.sdmx.data+json;version=1.0.0-wd"
STRUCTURE = "application/vnd.sdmx.structure+xml;version=2.1"
BREAKDOWNS = (
    "SEX", "AGE", "ETHNICITY", "NEED", "PLACEMENT", "REASON", "ROLE", "SCHOOL_PHASE",
)  # fmt: skip
KEY = ("FREQ", "INDICATOR", "REF_AREA", *BREAKDOWNS, "PERIOD_KIND")
NUMBERS = {"NUMERATOR", "DENOMINATOR", "CI_LOWER", "CI_UPPER", "CI_LEVEL"}

Row = dict[str, str]


def parsed(content: bytes) -> Any:
    return etree.fromstring(content)


def find(tree: Any, path: str) -> list[Any]:
    found: list[Any] = tree.xpath(path, namespaces=NAMES)
    return found


def from_generic(content: bytes) -> list[Row]:
    return list(_generic(parsed(content)))


def _generic(tree: Any) -> Iterator[Row]:
    for row in find(tree, "//gen:Obs"):
        told = find(row, "ancestor::gen:Series/gen:SeriesKey/gen:Value | gen:ObsKey/gen:Value")
        told += find(row, "gen:Attributes/gen:Value | ancestor::mes:DataSet/gen:Attributes/*")
        made = {one.get("id"): one.get("value") for one in told}
        time = find(row, "gen:ObsDimension/@value")
        value = find(row, "gen:ObsValue/@value")
        made |= {"TIME_PERIOD": str(time[0])} if time else {}
        made |= {"OBS_VALUE": str(value[0])} if value else {}
        yield made


def from_specific(content: bytes) -> list[Row]:
    tree = parsed(content)
    release = dict(zip(("RELEASE",), find(tree, "//mes:DataSet/@RELEASE"), strict=False))
    return [
        {**release, **({} if row.getparent().tag != "Series" else row.getparent().attrib),
         **row.attrib}
        for row in find(tree, "//Obs")
    ]  # fmt: skip


def from_csv(content: bytes) -> list[Row]:
    lines = csv.DictReader(io.StringIO(content.decode(), newline=""))
    return [
        {name: text for name, text in line.items() if text and name != "DATAFLOW"} for line in lines
    ]


def from_json(content: bytes) -> list[Row]:
    message = json.loads(content)
    (data,) = message["dataSets"]
    lists = message["structure"]
    of_all = _told(lists["attributes"]["dataSet"], data.get("attributes", []))
    alone = _observations(lists, data.get("observations", {}))
    in_series = (
        {**_told(lists["dimensions"]["series"], map(int, key.split(":"))), **row}
        for key, series in data.get("series", {}).items()
        for row in _observations(lists, series["observations"])
    )
    return [{**of_all, **row} for row in (*alone, *in_series)]


def _observations(lists: Any, held: Any) -> Iterator[Row]:
    for key, (value, *attributes) in held.items():
        row = _told(lists["dimensions"]["observation"], map(int, key.split(":")))
        row |= {} if value is None else {"OBS_VALUE": str(value)}
        yield row | _told(lists["attributes"]["observation"], attributes)


def _told(columns: Any, places: Any) -> Row:
    return {
        one["id"]: one["values"][place].get("id", one["values"][place]["name"])
        for one, place in zip(columns, places, strict=True)
        if place is not None
    }


def number(text: str | None) -> float | None:
    return None if text is None else float(text)


def as_observation(row: Row) -> dict[str, Any]:
    """Return a row of SDMX under the names of /observations, as far as it has them."""
    return {
        "release": row["RELEASE"],
        "indicator": row["INDICATOR"],
        "definition_version": int(row["DEFINITION_VERSION"]),
        "area_code": row["REF_AREA"],
        "period": row["PERIOD_ID"],
        "period_start": row["PERIOD_START"],
        "period_end": row["PERIOD_END"],
        **{name.lower(): row[name] for name in BREAKDOWNS},
        "value": number(row.get("OBS_VALUE")),
        **{name.lower(): number(row.get(name)) for name in NUMBERS},
        "status": row["STATUS"],
        "flags": row["FLAGS"].split(";") if "FLAGS" in row else [],
        "source_symbol": row.get("SOURCE_SYMBOL", ""),
        "unit": row["UNIT_MEASURE"],
        "source": row.get("SOURCE", ""),
        "updated_release": row.get("UPDATED_RELEASE", ""),
    }


def sorted_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows of /observations without the columns SDMX has in its lists, in one order."""
    left_out = {"area_name", "area_type"}
    kept = [{name: row[name] for name in row if name not in left_out} for row in rows]
    names = ("indicator", "area_code", "period", *(name.lower() for name in BREAKDOWNS))
    return sorted(kept, key=lambda row: tuple(row[name] for name in names))


READERS = {GENERIC: from_generic, SPECIFIC: from_specific, CSV: from_csv, JSON: from_json}
