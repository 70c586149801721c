"""The code that the page of data gives runs as it is written, and fetches what was chosen."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from dashboard.origin import DOCUMENTED
from dashboard.prerender import to_html
from dashboard.views import programs
from tests.dashboard.reading import nodes_of, text_of
from tests.dashboard.real import RealPages

pytestmark = pytest.mark.unmeasured

CLA, CIN = "cla_31mar_rate_10k", "cin_rate_10k"
SELECTIONS = {
    f"indicators={CLA}&areas=authority": 153,
    f"indicators={CLA},{CIN}&areas=E10000016,england&periods=last:3&labels=both": 12,
    f"indicators={CLA}&areas=neighbours:E10000016&by=sex&release=shipped-2026-04-02": 30,
    f"indicators={CLA}&areas=authority&periods=all&wide=period&ofsted=leadership:good": 60,
}
"""What is chosen, and how many rows its file has."""
COMMANDS = {
    "python": [sys.executable, "-W", "error"],
    "curl": ["sh", "-e"],
    "r": ["Rscript", "--vanilla"],
    "readr": ["Rscript", "--vanilla"],
}
R_LIBRARIES = [
    *os.environ.get("R_LIBS", "").split(os.pathsep),
    *("/usr/lib/R/site-library", "/usr/local/lib/R/site-library", "/usr/lib/R/library"),
]


def is_run_here(name: str) -> bool:
    """Say whether this machine has what runs a program; its text is read in any case."""
    has_readr = any(folder and (Path(folder) / "readr").is_dir() for folder in R_LIBRARIES)
    return shutil.which(COMMANDS[name][0]) is not None and (name != "readr" or has_readr)


RUN = [name for name in COMMANDS if is_run_here(name)]
NASTY = "https://x.example/a?b=c'd\"e`$(touch f)\\#(lf);{g}%0A"
"""An address that no state gives: it holds what quoting of each language must hold together."""


def codes_of(real: RealPages, query: str, address: str) -> dict[str, str]:
    """Return the code of the page for each program, asking the service at an address."""
    page = real.page(f"/data?{query}")
    found = {
        str(node["props"]["id"]).removeprefix("code-"): text_of(node)
        for node in nodes_of(page.content)
        if str(node["props"].get("id", "")).startswith("code-")
    }
    return {name: text.replace(DOCUMENTED, address) for name, text in found.items()}


def run(name: str, text: str, folder: Path) -> str:
    """Run code as a reader would, and return what it prints."""
    file = folder / "code"
    file.write_text(text, "utf-8")
    command = [*COMMANDS[name], str(file)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, cwd=folder
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


R_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"\\]|\\.)*")|(?P<note>\#[^\n]*)|(?P<space>\s+)"""
    r"""|(?P<word>[A-Za-z.][\w.]*(?:::[A-Za-z.][\w.]*)?)|(?P<sign><-|[(),=])"""
)


def read_as_r(code: str) -> list[str]:
    """Return the words, signs and texts of R code that calls functions and does no more."""
    tokens: list[str] = []
    place = 0
    while place < len(code):
        found = R_TOKEN.match(code, place)
        assert found, f"no R: {code[place : place + 40]!r}"
        if found.lastgroup not in {"note", "space"}:
            tokens.append(found[0])
        place = found.end()
    deep = 0
    for token in tokens:
        deep += {"(": 1, ")": -1}.get(token, 0)
        assert deep >= 0
    assert deep == 0
    return tokens


@pytest.mark.parametrize("query", SELECTIONS)
@pytest.mark.parametrize("name", RUN)
def test_code_fetches_the_rows_that_were_chosen(
    name: str, query: str, real: RealPages, real_address: str, tmp_path: Path
) -> None:
    printed = run(name, codes_of(real, query, real_address)[name], tmp_path)
    if name == "curl":
        lines = (tmp_path / "figures.csv").read_text("utf-8").splitlines()
        assert len(lines) - 1 == SELECTIONS[query]
    else:
        assert f"{SELECTIONS[query]} " in printed.replace(",", "")


@pytest.mark.parametrize("query", SELECTIONS)
@pytest.mark.parametrize("name", ["r", "readr"])
def test_code_for_r_reads_a_blank_as_missing_from_the_address_of_python(
    name: str, query: str, real: RealPages, real_address: str
) -> None:
    codes = codes_of(real, query, real_address)
    tokens = read_as_r(codes[name])
    address = json.loads(tokens[tokens.index("<-") + 1])
    assert f"address = {json.dumps(address)}\n" in codes["python"]
    reading = {"r": ["read.csv", "na.strings"], "readr": ["read_csv", "na"]}[name]
    place = tokens.index(reading[0])
    assert tokens[place : place + 7] == [reading[0], "(", "address", ",", reading[1], "=", '""']


@pytest.mark.parametrize("query", SELECTIONS)
def test_the_query_for_excel_asks_for_the_rows_that_were_chosen(
    query: str, real: RealPages, real_address: str
) -> None:
    text = codes_of(real, query, real_address)["excel"]
    place = re.search(r'Web\.Contents\(\s*"([^"]+)"', text)
    assert place
    inner = text[text.index("Query = [") : text.index("]]")]
    answer = httpx.get(place[1], params=dict(re.findall(r'(\w+) = "([^"]*)"', inner)), timeout=60)
    heading, *rows = answer.text.splitlines()
    assert len(rows) == SELECTIONS[query]
    numbers = set(re.findall(r'\{"(\w+)", type number\}', text))
    assert numbers <= set(heading.split(","))
    assert numbers or "wide=" in query


def test_an_address_stays_text_in_every_language(tmp_path: Path) -> None:
    told = f"print(address == {NASTY!r})\n"
    python = re.sub(r"figures = .*", "", programs.python_text(NASTY)).split("# A blank")[0]
    assert (
        run("python", f"{python.replace('import pandas as pd', '')}\n{told}", tmp_path) == "True\n"
    )
    shell = programs.curl_text(NASTY).replace("curl --fail", "printf '%s' ", 1)
    printed = run("curl", f"{shell.splitlines()[0]}\n{shell.splitlines()[1]}\n", tmp_path)
    assert printed.endswith(NASTY)
    assert not (tmp_path / "f").exists()
    for text in (programs.r_text(NASTY), programs.readr_text(NASTY)):
        tokens = read_as_r(text)
        assert json.loads(tokens[tokens.index("<-") + 1]) == NASTY
    query = programs.power_query_text(NASTY, is_wide=False)
    assert parse_qs(urlsplit(NASTY).query)
    assert "#(#)(lf)" in query
    assert 'c\'d""e`' in query


def test_what_a_reader_writes_into_an_address_is_no_markup_and_no_code(real: RealPages) -> None:
    evil = "%3Cscript%3Ealert(1)%3C/script%3E%22;import%20os%23"
    page = real.page(f"/data?indicators={CLA}&areas={evil}&named={evil}&own={evil}&find={evil}")
    markup = to_html(page.content)
    assert "<script" not in markup
    assert "import pandas" not in markup, "what the API refuses gets no code"
