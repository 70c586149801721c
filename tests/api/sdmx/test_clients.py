"""Clients of others, unmodified, over a live server: sdmx1 and rsdmx."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pandas as pd
import pytest
import sdmx
from requests import HTTPError
from sdmx.model.common import AgencyScheme
from starlette.testclient import TestClient

from tests.api import world
from tests.api.live import serving
from tests.api.sdmx.conftest import FLOW, key
from tests.api.sdmx.reading import GENERIC, JSON, KEY, SPECIFIC
from tests.api.sdmx.rscript import run_r

ORDER = [*KEY, "TIME_PERIOD"]
NAME = next(area.name for area in world.places().areas if area.code == world.TOWN)


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """The address of SDMX on a live server."""
    with serving(home) as served:
        yield f"{served}/api/sdmx/2.1"


@pytest.fixture(scope="module")
def csco(address: str) -> Any:
    """A client of sdmx1, set up as the documents say."""
    sdmx.add_source({"id": "CSCO", "url": address, "name": "CSC Outcomes"}, override=True)
    return sdmx.Client("CSCO")


@pytest.fixture(scope="module")
def structures(csco: Any) -> Any:
    """The flow with everything that belongs to it, as sdmx1 has it."""
    return csco.dataflow(FLOW)


def by_key(series: Any) -> dict[tuple[str, ...], float | None]:
    """Return values by their whole key; None where sdmx1 has none."""
    ordered = series.reset_index()
    keys = ordered[ORDER].itertuples(index=False, name=None)
    values = ordered["value"].astype(object).where(ordered["value"].notna(), None)
    return dict(zip(keys, values, strict=True))


def observed(client: TestClient, query: str) -> dict[tuple[str, str, str, str], Any]:
    """Return value and status by indicator, area, period and sex, as /observations has them."""
    rows = client.get(f"/api/v1/observations?sex=all&period=all&{query}").json()["data"]
    return {
        (row["indicator"], row["area_code"], row["period"], row["sex"]): (
            row["value"], row["status"],
        )
        for row in rows
    }  # fmt: skip


def framed(message: Any) -> dict[tuple[str, str, str, str], Any]:
    """Return the same of what sdmx1 makes a data frame of, attributes and all."""
    frame = sdmx.to_pandas(message, attributes="o").reset_index()
    values = frame["value"].astype(object).where(frame["value"].notna(), None)
    names = ["INDICATOR", "REF_AREA", "PERIOD_ID", "SEX"]
    keys = frame[names].itertuples(index=False, name=None)
    return dict(zip(keys, zip(values, frame["STATUS"], strict=True), strict=True))


def test_sdmx1_lists_the_dataflow(csco: Any, address: str) -> None:
    message = csco.dataflow()
    assert message.response.url == f"{address}/dataflow/CSCO/all/latest"
    assert list(message.dataflow) == [FLOW]
    assert "children's social care" in str(message.dataflow[FLOW].name)


def test_sdmx1_reads_flow_structure_lists_concepts_and_constraint_at_once(structures: Any) -> None:
    structure = structures.structure[FLOW]
    assert [one.id for one in structure.dimensions] == ORDER
    assert {"OBS_STATUS", "STATUS", "FLAGS", "REVISED"} <= {a.id for a in structure.attributes}
    assert structures.dataflow[FLOW].structure is structure
    assert set(structures.concept_scheme) == {"CS_CSC"}
    assert list(structures.constraint) == [FLOW]
    for one in structure.dimensions:
        if one.id != "TIME_PERIOD":
            assert one.local_representation.enumerated.id in structures.codelist


def test_sdmx1_has_the_labels_of_codes_and_what_lies_in_what(structures: Any) -> None:
    areas = structures.codelist["CL_AREA"]
    region = areas[areas[world.TOWN].parent.id]
    assert region.parent.id == world.COUNTRY
    labels = sdmx.to_pandas(structures.codelist["CL_INDICATOR"])
    assert labels["a_share_pct"] == "A share, by hand"


def test_sdmx1_reads_each_list_concepts_and_agencies(csco: Any) -> None:
    assert world.TOWN in csco.codelist("CL_AREA").codelist["CL_AREA"]
    assert "REF_AREA" in csco.conceptscheme("CS_CSC").concept_scheme["CS_CSC"]
    found = csco.get("agencyscheme", agency_id="SDMX", force=True)
    (scheme,) = found.organisation_scheme.values()
    assert isinstance(scheme, AgencyScheme)
    assert "CSCO" in scheme


@pytest.mark.parametrize("accept", [None, GENERIC, SPECIFIC, JSON])
def test_sdmx1_reads_data_by_a_key_of_text(
    csco: Any, client: TestClient, accept: str | None
) -> None:
    headers = {"headers": {"Accept": accept}} if accept else {}
    message = csco.data(FLOW, key=key("a_rate_10k+a_share_pct"), **headers)
    assert message.response.headers["content-type"] == (accept or GENERIC)
    expected = observed(client, "indicator=a_rate_10k,a_share_pct")
    assert framed(message) == expected
    assert {status for _, status in expected.values()} == {"ok", "suppressed", "not_available"}


def test_sdmx1_reads_data_by_a_key_that_it_checks_against_our_structure(
    csco: Any, client: TestClient
) -> None:
    wanted = {"REF_AREA": [world.TOWN, world.SUPPRESSED], "INDICATOR": "a_share_pct"}
    message = csco.data(FLOW, key=wanted, params={"startPeriod": "2024"})
    assert "startPeriod=2024" in message.response.url
    found = framed(message)
    expected = observed(client, f"indicator=a_share_pct&area={world.TOWN},{world.SUPPRESSED}")
    assert found == {k: v for k, v in expected.items() if k[2] in {"RY2024", "RY2025"}}
    with pytest.raises(ValueError, match="NO_SUCH_DIMENSION"):
        csco.data(FLOW, key={"NO_SUCH_DIMENSION": "x"})


def test_sdmx1_asks_for_the_specific_format_where_it_is_handed_the_structure(
    csco: Any, structures: Any
) -> None:
    asked = key("a_rate_10k", f"{world.COUNTRY}+{world.TOWN}")
    generic = csco.data(FLOW, key=asked)
    specific = csco.data(FLOW, key=asked, dsd=structures.structure[FLOW])
    assert specific.response.headers["content-type"] == SPECIFIC
    assert by_key(sdmx.to_pandas(specific)) == by_key(sdmx.to_pandas(generic))
    assert framed(specific) == framed(generic)


@pytest.mark.parametrize("at", ["TIME_PERIOD", "AllDimensions"])
@pytest.mark.parametrize("accept", [GENERIC, SPECIFIC])
def test_sdmx1_reads_files_with_and_without_the_structure(
    address: str, structures: Any, accept: str, at: str
) -> None:
    asked = f"{address}/data/{FLOW}/{key('a_share_pct', world.TOWN)}?dimensionAtObservation={at}"
    content = httpx.get(asked, headers={"Accept": accept}).content
    alone = sdmx.read_sdmx(io.BytesIO(content))
    known = sdmx.read_sdmx(io.BytesIO(content), structure=structures.structure[FLOW])
    found = by_key(sdmx.to_pandas(alone))
    assert found == by_key(sdmx.to_pandas(known))
    assert len(found) == 4
    assert {len(one) for one in found} == {len(ORDER)}


def test_sdmx1_takes_every_attribute_for_an_attribute(csco: Any) -> None:
    asked = key("a_share_pct", world.TOWN)
    frame = sdmx.to_pandas(csco.data(FLOW, key=asked, headers={"Accept": SPECIFIC}), attributes="o")
    assert set(frame.index.names) == set(ORDER)
    assert {"UNIT_MEASURE", "NUMERATOR", "CI_LOWER", "PERIOD_END"} <= set(frame.columns)


def test_sdmx1_lists_the_keys_of_series(csco: Any, client: TestClient) -> None:
    message = csco.data(FLOW, key=key("a_score"), params={"detail": "serieskeysonly"})
    areas = {str(one.values["REF_AREA"].value) for one in message.data[0].series}
    rows = client.get("/api/v1/observations?indicator=a_score").json()["data"]
    assert areas == {row["area_code"] for row in rows}


def test_sdmx1_reads_what_is_available(csco: Any) -> None:
    asked = key("a_rate_10k", world.COUNTRY)
    message = csco.get("availableconstraint", FLOW, key=asked, force=True)
    (constraint,) = message.constraint.values()
    (region,) = constraint.data_content_region
    held = {one.id: list(chosen.values) for one, chosen in region.member.items()}
    assert {value.value for value in held["SEX"]} == {"_T", "F", "M"}
    assert [value.value for value in held["REF_AREA"]] == [world.COUNTRY]
    (times,) = held["TIME_PERIOD"]
    assert (times.start.period.year, times.end.period.year) == (2024, 2025)


def test_sdmx1_raises_the_error_of_a_question_without_an_answer(csco: Any) -> None:
    with pytest.raises(HTTPError, match="404") as raised:
        csco.data(FLOW, key=key("a_quiet_pct"))
    answer = raised.value.response
    assert answer is not None
    assert "no figures for this key" in answer.text


PROVIDER = """
library(rsdmx)
base <- "{address}"
builder <- SDMXREST21RequestBuilder(regUrl = base, repoUrl = base, compliant = TRUE)
addSDMXServiceProvider(SDMXServiceProvider(agencyId = "CSCO", name = "CSC Outcomes",
                                           builder = builder))
as_json <- function(frame) {{
  columns <- c("INDICATOR", "REF_AREA", "PERIOD_ID", "SEX", "obsValue", "STATUS")
  lines <- apply(frame[, columns], 1, function(row) paste(row, collapse = "|"))
  cat(lines, sep = "\\n")
  cat("\\n")
}}
"""


def from_r(printed: str) -> dict[tuple[str, ...], Any]:
    rows = [line.split("|") for line in printed.splitlines() if line.count("|") == 5]
    return {
        tuple(row[:4]): (None if row[4].strip() == "NA" else float(row[4]), row[5]) for row in rows
    }


def test_rsdmx_reads_data_by_provider_and_by_address(
    address: str, client: TestClient, tmp_path: Path
) -> None:
    asked = key("a_share_pct", f"{world.TOWN}+{world.SUPPRESSED}+{world.COUNTRY}")
    script = (
        PROVIDER.format(address=address)
        + f"""
found <- readSDMX(providerId = "CSCO", resource = "data", flowRef = "{FLOW}", key = "{asked}",
                  start = 2024, dsd = FALSE)
as_json(as.data.frame(found))
cat("by address\\n")
as_json(as.data.frame(readSDMX(paste0(base, "/data/{FLOW}/{asked}/all/?startPeriod=2024"))))
"""
    )
    expected = {
        one: told
        for one, told in observed(
            client, f"indicator=a_share_pct&area={world.TOWN},{world.SUPPRESSED},{world.COUNTRY}"
        ).items()
        if one[2] in {"RY2024", "RY2025"}
    }
    assert len(expected) == 6
    by_provider, _, by_address = run_r(script, tmp_path).partition("by address")
    assert from_r(by_provider) == expected
    assert from_r(by_address) == expected


def test_rsdmx_has_labels_for_it_finds_our_structure_by_the_id_in_the_data(
    address: str, tmp_path: Path
) -> None:
    script = (
        PROVIDER.format(address=address)
        + f"""
flows <- as.data.frame(readSDMX(providerId = "CSCO", resource = "dataflow"))
cat("flows:", flows$id, "\\n")
found <- readSDMX(providerId = "CSCO", resource = "data", flowRef = "{FLOW}",
                  key = "{key("a_share_pct", world.TOWN)}", dsd = TRUE)
frame <- as.data.frame(found, labels = TRUE)
labels <- grep("^(INDICATOR|REF_AREA|STATUS)_label", names(frame), value = TRUE)
cat("labels:", unlist(unique(frame[labels])), sep = "|")
cat("\\n")
codes <- as.data.frame(readSDMX(paste0(base, "/codelist/CSCO/CL_AREA/latest")))
cat("name:", codes[codes$id == "{world.TOWN}", 3], "\\n")
"""
    )
    printed = run_r(script, tmp_path)
    assert f"flows: {FLOW}" in printed
    (labels,) = (line for line in printed.splitlines() if line.startswith("labels:"))
    assert "A share, by hand" in labels
    assert "Given" in labels
    assert f"name: {NAME}" in printed


def test_rsdmx_reads_the_specific_format_of_observations(
    address: str, client: TestClient, tmp_path: Path
) -> None:
    base = address.replace("/sdmx/2.1", "/v1")
    query = f"indicator=a_share_pct&area={world.TOWN},{world.SUPPRESSED}&period=all"
    script = f"""
library(rsdmx)
frame <- as.data.frame(readSDMX("{base}/observations.sdmx-specific?{query}"))
columns <- c("INDICATOR", "REF_AREA", "PERIOD_ID", "SEX", "OBS_VALUE", "STATUS")
cat(apply(frame[, columns], 1, function(row) paste(row, collapse = "|")), sep = "\\n")
cat("\\n")
"""
    assert from_r(run_r(script, tmp_path)) == observed(
        client, f"indicator=a_share_pct&area={world.TOWN},{world.SUPPRESSED}"
    )


def test_pandas_reads_the_csv(address: str, client: TestClient) -> None:
    answer = httpx.get(f"{address}/data/{FLOW}", headers={"Accept": "text/csv"})
    frame = pd.read_csv(io.BytesIO(answer.content), keep_default_na=False, na_values=[""])
    found = json.loads(client.get("/api/v1/observations?period=all&sex=all").content)["data"]
    assert len(frame) == len(found)
    assert frame["OBS_VALUE"].notna().sum() == sum(row["value"] is not None for row in found)
