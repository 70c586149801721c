"""Whatever shape and order are asked for, the facts of the rows stay as they are."""

from typing import Any

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.contract import ROW_COLUMNS
from api.ordering import ORDERS
from tests.api import world
from tests.api.conftest import Ask
from tests.api.test_formats import READERS

KEY = ("indicator", "area_code", "period", "sex")
FIELDS = st.lists(st.sampled_from(ROW_COLUMNS), unique=True, max_size=6).map(
    lambda names: [*KEY, "value", "status", *names]
)
ORDER_WORDS = st.lists(st.sampled_from(ORDERS), unique_by=lambda word: word.strip("-"), max_size=3)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    fields=FIELDS,
    order=ORDER_WORDS,
    labels=st.sampled_from(["id", "both"]),
    last=st.integers(0, 3),
    form=st.sampled_from(["json", "jsonl", "parquet", "arrow"]),
    area=st.sampled_from(["authority", "region,england", f"neighbours:{world.TOWN}"]),
)
def test_a_shape_never_changes_key_value_and_status_of_the_rows_kept(
    rows: Ask,
    client: TestClient,
    fields: list[str],
    order: list[str],
    labels: str,
    last: int,
    form: str,
    area: str,
) -> None:
    query = {"period": "all", "sex": "all", "area": area} | ({"last": str(last)} if last else {})
    shape = {"fields": ",".join(dict.fromkeys(fields)), "labels": labels}
    if order:
        shape["order"] = ",".join(order)
    usual = {_facts(row) for row in rows(**query)}
    answer = client.get(f"/api/v1/observations.{form}", params={**query, **shape})
    content = answer.content
    found = READERS[form](content) if form in READERS else orjson.loads(content)["data"]
    assert len(found) == len(usual)
    assert {_facts(row) for row in found} == usual
    assert usual <= {_facts(row) for row in rows(period="all", sex="all", area=area)}


def _facts(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in (*KEY, "value", "status"))
