"""The recipes of docs/recipes.md give what the page says, run by the programs they are for."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from tests.api.live import serving
from tests.tree import ROOT

PAGE = (ROOT / "docs" / "recipes.md").read_text("utf-8")
WRITTEN = "http://127.0.0.1:8000"
RUN = {"python": [sys.executable, "-W", "error"], "r": ["Rscript", "--vanilla"], "sh": ["sh", "-e"]}
NOT_RUN = {"powerquery": "Power Query runs in Excel and Power BI alone"}
"""Languages that no test can run, each with why; their addresses are asked instead."""
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.M | re.S)
ADDRESSES = re.findall(rf"^    ({WRITTEN}\S+)$", PAGE, re.M)


@pytest.fixture(scope="module")
def address(shipped_home: Path) -> Iterator[str]:
    with serving(shipped_home) as served:
        yield served


def squeezed(text: str) -> str:
    """Return a text without the widths of columns."""
    return re.sub(r"[ ]+", " ", text)


def programs() -> list[tuple[str, str]]:
    return [(language, text) for language, text in BLOCKS if language in RUN]


def test_every_language_of_the_page_is_run_or_named_with_why_not() -> None:
    assert {language for language, _ in BLOCKS} == {*RUN, *NOT_RUN}
    assert len(programs()) >= 9


@pytest.mark.parametrize(("language", "text"), programs())
def test_a_recipe_prints_what_the_page_says(
    language: str, text: str, address: str, tmp_path: Path
) -> None:
    command = RUN[language]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not on this machine")
    file = tmp_path / f"recipe.{language}"
    file.write_text(text.replace(WRITTEN, address), "utf-8")
    done = subprocess.run(
        [*command, str(file)], capture_output=True, text=True, check=False, timeout=300,
        cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    printed = squeezed(done.stdout)
    expected = [squeezed(line).strip() for line in re.findall(r"^# -> (.*)$", text, re.M)]
    assert expected
    assert [line for line in expected if line not in printed] == [], printed


@pytest.mark.parametrize("written", ADDRESSES)
def test_an_address_to_paste_is_answered_with_its_columns(written: str, address: str) -> None:
    answer = httpx.get(written.replace(WRITTEN, address), timeout=60)
    assert answer.status_code == 200, answer.text[:300]
    if "csv" in answer.headers["content-type"]:
        heading, *rows = answer.text.lstrip("\ufeff").splitlines()
        assert len(rows) >= 150
        wanted = re.search(r"fields=([\w,]+)", written)
        assert heading == wanted[1] if wanted else heading.startswith("release,indicator")
    else:
        assert len(answer.content) > 10_000


def query_of(text: str) -> tuple[str, dict[str, str], set[str]]:
    """Return address, query and the columns that a query in Power Query makes numbers of."""
    place = re.search(r'Web\.Contents\(\s*"([^"]+)"', text)
    assert place is not None
    inner = text[text.index("Query = [") : text.index("]]")]
    given = dict(re.findall(r'(\w+) = "([^"]*)"', inner))
    return place[1], given, set(re.findall(r'\{"(\w+)", type number\}', text))


@pytest.mark.parametrize("text", [text for language, text in BLOCKS if language == "powerquery"])
def test_the_address_of_a_query_in_power_query_has_the_columns_that_it_uses(
    text: str, address: str
) -> None:
    place, given, numbers = query_of(text)
    answer = httpx.get(f"{place.replace(WRITTEN, address)}?{urlencode(given)}", timeout=60)
    assert answer.status_code == 200, answer.text[:300]
    heading = answer.text.splitlines()[0].split(",")
    assert heading == given["fields"].split(",")
    assert numbers <= set(heading)
