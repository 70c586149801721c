"""The document of the standard: its examples are true, and its schemas know its examples."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from etl.documents import DOCS, STANDARD_PAGE, stale
from etl.findings import Place
from etl.submissions.manifest import Manifest, check_file, check_totals, read_manifest
from etl.submissions.package import package_of
from etl.submissions.standard_tables import DataFile, data_schema, manifest_schema, standard_page
from etl.submissions.structure import wire_rows
from etl.submissions.table import read_table
from etl.submissions.template_commands import template_command
from etl.submissions.wire import WireRow, canonical_digest
from indicators.measures import load_measures
from tests.etl.submissions.returns import places

PAGE = (DOCS / STANDARD_PAGE).read_text("utf-8")
EXAMPLES = dict(re.findall(r"<!-- example: (\w+) -->\n```\w*\n(.*?)```", PAGE, re.DOTALL))
[DIGEST] = set(re.findall(r"sha256:[0-9a-f]{64}", PAGE))


def rows_in(example: str) -> tuple[WireRow, ...]:
    return wire_rows(read_table(package_of("data", EXAMPLES[example].encode())))


@pytest.mark.parametrize("example", ["data", "json"])
def test_the_digest_of_the_example_is_the_one_that_is_printed(example: str) -> None:
    assert canonical_digest(rows_in(example)) == DIGEST


def test_the_lines_of_the_example_have_the_digest_that_is_printed() -> None:
    assert f"sha256:{hashlib.sha256(EXAMPLES['lines'].encode()).hexdigest()}" == DIGEST


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("example", "command"), [("python", [sys.executable, "-c"]), ("shell", ["sh", "-c"])]
)
def test_the_examples_that_are_commands_give_the_digest(
    tmp_path: Path, example: str, command: list[str], line_end: str
) -> None:
    text = EXAMPLES["data"].replace("\n", line_end)
    (tmp_path / "data.csv").write_bytes(text.encode())
    said = subprocess.run(
        [*command, EXAMPLES[example]], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert DIGEST.removeprefix("sha256:") in said.stdout


def test_the_manifest_of_the_example_is_that_of_its_data() -> None:
    place = Place("manifest.json")
    manifest, findings = read_manifest(place, EXAMPLES["manifest"].encode())
    assert manifest is not None
    content = EXAMPLES["data"].encode()
    found = (
        *findings,
        *check_file(place, manifest, "data.csv", content),
        *check_totals(place, manifest, rows_in("data")),
    )
    assert found == ()


def test_the_schemas_hold_every_name_of_the_examples() -> None:
    data, manifest = json.loads(EXAMPLES["json"]), json.loads(EXAMPLES["manifest"])
    assert data.keys() <= data_schema()["properties"].keys()
    assert data["rows"][0].keys() == data_schema()["$defs"]["DataRow"]["properties"].keys()
    assert manifest.keys() <= manifest_schema()["properties"].keys()
    assert set(manifest_schema()["required"]) <= manifest.keys()
    DataFile.model_validate(data)
    Manifest.model_validate(manifest)


def test_the_schema_takes_a_json_template_that_was_filled_in() -> None:
    body, _, _ = template_command("X06000001", "CLA", "RY2025", format="json", places=places())
    DataFile.model_validate_json(body)


@pytest.mark.parametrize("spoilt", [{"rows": []}, {"extra": 1}, {"rows": [{"la_code": "X"}]}])
def test_the_schema_refuses_what_the_standard_has_not(spoilt: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        DataFile.model_validate({**json.loads(EXAMPLES["json"]), **spoilt})


def test_every_measure_and_code_is_in_the_document() -> None:
    for collection in load_measures().collections.values():
        named = [
            *collection.measures,
            *(c for v in collection.code_lists.values() for c in v.codes),
        ]
        assert [name for name in named if f"| `{name}` |" not in PAGE] == []


def test_the_document_is_current_and_what_people_wrote_stays() -> None:
    assert stale() == ()
    spoilt = PAGE.replace("| size of a file |", "| size of files |")
    assert spoilt != PAGE
    assert standard_page(spoilt) == PAGE
