"""From a figure on a page to the line of the real file: two clicks, then the same number."""

import csv
import gzip
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Final

import pytest
from fastapi.testclient import TestClient
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from indicators.arithmetic import published_value
from indicators.catalogue import load_catalogue
from outcomes import app
from tests.journeys.public import public_over, rows

ENGLAND, KENT = "E92000001", "E10000016"
PUBLISHED: Final = (
    "rereferral_12m_pct",
    "cla_31mar_rate_10k",
    "cla_3plus_placements_pct",
    "cla_sdq_avg_score",
    "care_leaver_eet_19_21_pct",
    "ks2_rwm_expected_pct_cla",
    "sw_agency_fte_pct",
    "injury_admissions_0_14_rate_10k",
)
WORKED_OUT: Final = ("cin_rate_10k", "csc_spend_per_child_gbp")
FILES: Final = (
    "cin/2025/b1_children_in_need_2013_to_2025.csv.gz",
    "cin/2025/c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv.gz",
    "cla/2023/cla_number_and_rate_per_10k_children.csv.gz",
    "cla/2025/cla_number_and_rate_per_10k_children.csv.gz",
    "cla/2025/la_cla_placement_stability.csv.gz",
    "cla/2025/la_conviction_health_outcome_cla.csv.gz",
    "cla/2025/la_care_leavers_activity.csv.gz",
    "outcomes/2025",
    "workforce/2025",
    "fingertips",
    "spending/RSX_LA_Data_2024-25_data_by_LA.ods",
)

Line = Mapping[str, str]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, published_dir: Path) -> Iterator[TestClient]:
    home = tmp_path_factory.mktemp("provenance") / "home"
    environment = {"OUTCOMES_HOME": str(home), "OUTCOMES_DATABASE_URL": ""}
    files = [str(published_dir / "published" / name) for name in FILES]
    result = CliRunner().invoke(app, ["load", "published", *files], env=environment)
    assert result.exit_code == 0, result.output
    with public_over(home) as opened:
        yield opened


class SourcePage:
    """The page of a source as a reader without scripts has it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.facts = pairs(text, r"<dt>(.*?)</dt><dd>(.*?)</dd>")
        table = text.partition("Which rows")[2].partition("</table>")[0]
        self.picks = pairs(table, r'<tr><th scope="row">(.*?)</th><td>(.*?)</td></tr>')

    @property
    def files(self) -> dict[str, str]:
        """Names of files with their digests."""
        found = re.findall(
            r"<code>([^<]+)</code>: [\d,]+ rows?, SHA-256 <code>(\w+)</code>", self.text
        )
        return dict(found)

    def column(self, fact: str, place: int = 0) -> str:
        """Return the column that a fact names first."""
        return unescape(re.findall(r"<code>(.*?)</code>", self.facts[fact][-1])[place])


def pairs(text: str, pattern: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for what, said in re.findall(pattern, text):
        found.setdefault(plain(what), []).append(said)
    return found


def plain(markup: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", markup)).strip()


def followed(client: TestClient, page: str, indicator: str, area: str) -> SourcePage:
    """Follow the link of a figure on a page."""
    answer = client.get(page)
    assert answer.status_code == 200
    links = map(unescape, re.findall(r'href="(/sources/[^"]+)"', answer.text))
    ends = f"indicator={indicator}"
    wanted = [way for way in links if f"area={area}&" in way and way.endswith(ends)]
    assert wanted, f"{page} has no link to the source of {indicator}"
    return SourcePage(client.get(wanted[0]).text)


def content_of(folder: Path, name: str, digest: str) -> bytes:
    """Return the file of that name and digest, unpacked."""
    for path in folder.rglob(name):
        packed = path.read_bytes()
        content = gzip.decompress(packed) if path.suffix == ".gz" else packed
        if hashlib.sha256(content).hexdigest() == digest:
            return content
    pytest.fail(f"no file {name} with SHA-256 {digest}")


def lines_of(name: str, content: bytes, column: str) -> list[Line]:
    """Return the lines of a file as a spreadsheet program shows them, by header."""
    if not name.endswith(".ods"):
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for sheet in workbook.sheet_names:
        cells = [
            [str(cell) for cell in row] for row in workbook.get_sheet_by_name(sheet).to_python()
        ]
        heads = [n for n, row in enumerate(cells) if column in row]
        if heads:
            header = cells[heads[0]]
            return [dict(zip(header, row, strict=True)) for row in cells[heads[0] + 1 :]]
    pytest.fail(f"no sheet of {name} has the column {column}")


def spellings(said: str) -> set[str]:
    """Return the words between quotation marks; a blank is one too."""
    return set(re.findall("“(.*?)”", plain(said))) | ({""} if "blank" in plain(said) else set())


def is_kept(line: Line, picks: Mapping[str, list[str]], area: str, period: str) -> bool:
    """Apply the filter that the page shows to a line."""
    codes = {cell for cell in line.values() if re.fullmatch(r"[EX]\d{8}", cell)}
    is_area = codes == {area} if area == ENGLAND else area in codes
    time = [line[name] for name in line if "period" in name.lower() and name not in picks]
    is_time = not time or time[0].replace("/", "").replace("-", "") in period.replace("-", "")
    says = all(
        " ".join(line[column].split()) in spellings(said[0])
        for column, said in picks.items()
        if column not in {"Period", "Area"}
    )
    return is_area and is_time and says


def found_line(page: SourcePage, folder: Path, column: str, area: str, period: str) -> Line:
    """Return the one line that the page leads to; repeated lines say the same."""
    kept = [
        line
        for name, digest in page.files.items()
        for line in lines_of(name, content_of(folder, name, digest), column)
        if is_kept(line, page.picks, area, period)
    ]
    assert kept, f"no line says {page.picks}"
    assert len({line[column] for line in kept}) == 1
    return kept[0]


@pytest.mark.parametrize("area", [ENGLAND, KENT])
@pytest.mark.parametrize("indicator", PUBLISHED)
def test_a_published_figure_is_found_in_the_file_by_what_the_page_says(
    client: TestClient, published_dir: Path, indicator: str, area: str
) -> None:
    (row,) = rows(client, indicator=indicator, area=area, period="latest")
    start = f"/areas/{KENT}?view=all" if area == KENT else f"/indicators/{indicator}"
    page = followed(client, start, indicator, area)
    assert "as published" in page.facts["Value"][-1]
    column = page.column("Value")
    line = found_line(page, published_dir, column, area, row["period"])
    assert float(line[column]) == row["value"]


@pytest.mark.parametrize("area", [ENGLAND, KENT])
@pytest.mark.parametrize("indicator", WORKED_OUT)
def test_a_figure_that_no_file_gives_is_worked_out_again_from_the_column_shown(
    client: TestClient, published_dir: Path, indicator: str, area: str
) -> None:
    (row,) = rows(client, indicator=indicator, area=area, period="latest")
    page = followed(client, f"/indicators/{indicator}?view=table", indicator, area)
    assert "Worked out by this service" in page.facts["Value"][-1]
    column = page.column("Numerator")
    line = found_line(page, published_dir, column, area, row["period"])
    assert float(line[column]) == row["numerator"]
    definition = next(one for one in load_catalogue() if one.id == indicator)
    again = published_value(definition, [float(line[column])], [row["denominator"]])
    assert again[0] == row["value"]


def test_an_older_file_is_read_by_its_own_words(client: TestClient, published_dir: Path) -> None:
    """The file of 2023 calls the column and the group otherwise than that of 2025 does."""
    query = {"indicator": "cla_31mar_rate_10k", "area": KENT, "period": "RY2020"}
    (row,) = rows(client, **query)
    address = f"/indicators/cla_31mar_rate_10k?period=RY2020&area={KENT}"
    page = followed(client, address, "cla_31mar_rate_10k", KENT)
    assert row["source"] == "dfe_cla_rates_2023"
    assert spellings(page.picks["population_count"][0]) == {
        "Children looked after at 31 March each year"
    }
    line = found_line(page, published_dir, page.column("Value"), KENT, "RY2020")
    assert float(line[page.column("Value")]) == row["value"]


def test_a_region_that_nobody_publishes_leads_to_its_authorities_and_their_file(
    client: TestClient,
) -> None:
    indicator, region = "csc_spend_per_child_gbp", "E12000005"
    page = followed(client, f"/indicators/{indicator}?view=table", indicator, region)
    assert "was worked out by this service" in page.text
    assert "13 of 14 authorities have a figure. Without one: Birmingham" in plain(page.text)
    again = re.findall(r'href="(/sources/mhclg[^"]+)"', page.text)
    assert again
    assert "RSX_LA_Data_2024-25_data_by_LA.ods" in client.get(unescape(again[0])).text


def test_every_figure_of_every_page_leads_to_a_page_of_its_source(client: TestClient) -> None:
    for start in (f"/areas/{KENT}", f"/indicators/cin_rate_10k?area={KENT}", "/indicators"):
        links = set(re.findall(r'href="(/sources/[^"]+)"', client.get(start).text))
        assert links, start
        for link in sorted(links)[:40]:
            assert client.get(unescape(link)).status_code == 200, link
