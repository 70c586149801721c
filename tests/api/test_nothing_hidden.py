"""No figure of a hidden cell is in any answer: every resource, every format and encoding."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from api.formats import FORMATS
from api.resource import Resource
from api.resources import RESOURCES
from tests.api import said, world
from tests.api.conftest import client_for
from tests.api.describing import whole_address
from tests.api.test_encodings import UNPACK, raw

# Numbers that nothing else in a release holds, planted where a figure is hidden.
COUNT, VALUE, LIMIT = 70777313.0, 7341.4375, 6199.8125
WIDE = {"period": "all", "sex": "all", "age": "all", "last": "5"}
"""Parameters that ask for as much as there is, where a resource has them."""


def planted() -> Iterator[world.Cell]:
    """Give the cells of the newer release, every hidden one with figures that must not be seen."""
    for cell in world.new_cells():
        hidden = {"value": VALUE, "numerator": COUNT, "ci_lower": LIMIT, "ci_upper": LIMIT}
        yield cell if cell["status"] == "ok" else {**cell, **hidden}


@pytest.fixture(scope="module")
def hiding(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A client of a service whose hidden cells hold the planted numbers."""
    folder = tmp_path_factory.mktemp("hiding")
    cells = list(planted())
    assert sum(cell["numerator"] == COUNT for cell in cells) > 3
    old = world.write_release(folder, world.OLD, world.old_cells())
    new = world.write_release(folder, world.NEW, cells, **world.new_changes())
    world.list_releases(
        folder, world.NEW, world.listed(world.OLD, old), world.listed(world.NEW, new)
    )
    said.write_comments(folder, *said.COMMENTS)
    return client_for(folder)


def texts(number: float) -> set[bytes]:
    """Return how a number may be written, in text and as eight bytes."""
    plain = f"{number:.10g}"
    whole = {plain, repr(number), f"{number:,.0f}", f"{number:.1f}", f"{number:.2f}"}
    # Rounded to whole numbers these digits say nothing any more.
    told = {text.encode() for text in whole if len(text.replace(".", "").replace(",", "")) > 4}
    return told | {struct.pack("<d", number)}


FORBIDDEN = {text for number in (COUNT, VALUE, LIMIT) for text in texts(number)}


def _of_table(table: pa.Table) -> bytes:
    return repr(table.to_pylist()).encode()


def _of_workbook(body: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return b"".join(book.read(name) for name in book.namelist())


OPEN: dict[str, Callable[[bytes], bytes]] = {
    "parquet": lambda body: _of_table(pq.read_table(io.BytesIO(body))),
    "arrow": lambda body: _of_table(pa.ipc.open_stream(body).read_all()),
    "xlsx": _of_workbook,
}
"""What is packed within its format; everything else is text."""


def found_in(body: bytes, form: str) -> list[bytes]:
    """Return what of the planted numbers stands in an answer."""
    content = OPEN.get(form, bytes)(body)
    return [text for text in FORBIDDEN if text in content or text in body]


def question(resource: Resource) -> str:
    given = "&".join(f"{k}={v}" for k, v in WIDE.items() if k in resource.parameters)
    return f"{whole_address(resource)}?{given}"


GIVEN = [one for one in RESOURCES if one.method == "GET"]
FORMS = [
    (one, form) for one in GIVEN for form in (one.formats if not one.media_types else ("xml",))
]


@pytest.mark.parametrize(
    ("resource", "form"), FORMS, ids=[f"{one.path} as {form}" for one, form in FORMS]
)
def test_no_answer_holds_a_figure_of_a_hidden_cell(
    hiding: TestClient, resource: Resource, form: str
) -> None:
    path, _, query = question(resource).partition("?")
    address = f"{path}{'' if form in {'json', 'xml'} else f'.{form}'}?{query}"
    first = hiding.get(address)
    if first.status_code == 400:  # more than this form holds at once
        address = address.replace("period=all", "period=latest")
        first = hiding.get(address)
    assert first.status_code == 200, first.text[:300]
    assert found_in(first.content, form) == []
    assert [text for text in FORBIDDEN if text in repr(first.headers).encode()] == []
    for encoding in UNPACK:
        used, _, body = raw(hiding, address, encoding)
        assert found_in(UNPACK[used](body), form) == [], encoding


def test_a_posted_question_gives_no_figure_of_a_hidden_cell_either(hiding: TestClient) -> None:
    for resource in RESOURCES:
        if resource.method == "POST":
            body = {"period": "all", "sex": "all", "labels": "both"}
            answer = hiding.post(whole_address(resource), json=body)
            assert answer.status_code == 200
            assert found_in(answer.content, "json") == []


def test_the_planted_numbers_would_be_found(tmp_path: Path) -> None:
    cells = [{**cell, "status": "ok"} for cell in planted()]
    digest = world.write_release(tmp_path, world.NEW, cells)
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    client = client_for(tmp_path)
    for form in FORMATS:
        if form in RESOURCES[0].formats:
            answer = client.get(f"/api/v1/observations.{form}?period=all&sex=all")
            assert len(found_in(answer.content, form)) >= 2, form
