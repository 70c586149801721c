"""Whatever is asked of SDMX is answered, or refused in its own words: never a fault of ours."""

from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.api import world
from tests.api.sdmx.conftest import FLOW, ROOT, key
from tests.api.sdmx.reading import READERS, find, parsed

WORDS = st.sampled_from(
    ["", "all", "latest", "1.0", "CSCO", "SDMX", FLOW, "CL_AREA", "codelist", "dataflow", "data",
     "availableconstraint", "structure", "metadata", "SEX", "TIME_PERIOD", key("a_share_pct"),
     key("a_rate_10k", world.TOWN, sex="F+M"), key(freq="Q"), "A+B", "...", "CSCO,CSC_INDICATORS"]
)  # fmt: skip
# One dot or two lead elsewhere.
PARTS = WORDS | st.text(max_size=12).filter(lambda text: text not in {".", ".."})
VALUES = st.sampled_from(
    ["", "all", "none", "2025", "2025-Q1", "RY2025", "1", "0", "-1", "full", "nodata", "dataonly",
     "serieskeysonly", "AllDimensions", "REF_AREA", "true", "exact", "available", "2025-01-01",
     world.OLD, "children", "codelist", "9" * 30]
) | st.text(max_size=12)  # fmt: skip
NAMES = st.sampled_from(
    ["startPeriod", "endPeriod", "firstNObservations", "lastNObservations", "detail", "mode",
     "dimensionAtObservation", "updatedAfter", "includeHistory", "references", "release", "as_of"]
) | st.text(max_size=8)  # fmt: skip
ACCEPTS = st.sampled_from(["*/*", "application/json", "image/png", ";q=x,,", *READERS])
REFUSED = {400: "140", 404: "100", 406: "140", 501: "501"}


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    path=st.lists(PARTS, max_size=6),
    query=st.dictionaries(NAMES, VALUES, max_size=3),
    accept=ACCEPTS,
)
def test_any_question_is_answered_or_refused_in_the_words_of_the_standard(
    client: TestClient, path: list[str], query: dict[str, str], accept: str
) -> None:
    address = "/".join([ROOT, *(quote(part, safe="+,.") for part in path)])
    answer = client.get(address, params=query, headers={"Accept": accept})
    if answer.status_code == 200:
        assert answer.headers["x-release"] in {world.OLD, world.NEW}
        return
    assert answer.headers["content-type"] == "application/xml", (address, answer.text[:300])
    assert answer.status_code in REFUSED, (address, query, answer.text[:300])
    assert find(parsed(answer.content), "//mes:ErrorMessage/@code") == [REFUSED[answer.status_code]]
