"""Fuzzing the API over the release that ships: `make prove-api ARGS="--cases 5000 --seed 6"`.

Three kinds of questions: what the description allows and what it does not (schemathesis), nearly
sensible ones, and hostile ones byte for byte. No answer may be a fault of ours or undocumented.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from tests.api.describing import closed
from tests.bench.servers import free_port, serving, wait_for
from tests.prove.api_judging import Judge, Tally, send
from tests.prove.api_questions import Described, hostile, sensible

DESCRIBED = (
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
)
MOST_SHOWN = 40


def fuzz(address: str, cases: int, first: int) -> Tally:
    """Ask a live service so many questions; a third of each kind."""
    described = httpx.get(f"{address}/api/openapi.json", timeout=60).json()
    known = vocabulary(address)
    tally = Tally()
    by_description(address, described, cases // 3, first, tally)
    for name, make in (("sensible", sensible), ("hostile", hostile)):
        chance = random.Random(f"{first} {name}")
        judge = Judge(described)
        place = urlsplit(address)
        for number in range(cases // 3):
            asked = make(chance, described, known)
            answer = send(str(place.hostname), place.port or 80, asked)
            tally.count(name, answer.status)
            tally.wrong += [
                f"{name} {number}: {asked.method} {asked.target[:300]} {asked.headers}: {fault}"
                for fault in judge.faults(asked, answer)
            ]
    return tally


def by_description(
    address: str, described: Described, cases: int, first: int, tally: Tally
) -> None:
    """Ask what the description allows and what it does not, as schemathesis makes it up."""
    schema = schemathesis.openapi.from_dict(closed(described))
    operations: list[Any] = [found.ok() for found in schema.get_all_operations()]  # type: ignore[union-attr]
    each = max(1, round(cases / len(operations) / len(GenerationMode)))
    for operation in operations:
        parts = {one.name: one.definition["example"] for one in operation.path_parameters}
        for mode in GenerationMode:
            name = f"schemathesis, {mode.value}"
            made = operation.as_strategy(generation_mode=mode, path_parameters=parts)
            for fault in _asked(made, each, first, f"{address}/api", tally, name):
                tally.wrong.append(f"{name}: {fault}")


def _asked(made: Any, each: int, first: int, base: str, tally: Tally, name: str) -> Iterator[str]:
    found: list[str] = []

    @seed(first)
    @settings(
        max_examples=each,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=made)
    def ask(case: Any) -> None:
        response = case.call(base_url=base, timeout=60)
        tally.count(name, response.status_code)
        try:
            case.validate_response(response, checks=list(DESCRIBED))
        except BaseExceptionGroup as group:
            told = "; ".join(" ".join(str(error).split())[:500] for error in group.exceptions)
            found.append(f"{case.method} {response.request.url[:300]}: {told}")

    try:
        ask()
    except Exception as error:  # a schema nothing can be made of, such as one without parameters
        if type(error).__name__ not in {"Unsatisfiable", "InvalidArgument"}:
            raise
    yield from found


def vocabulary(address: str) -> dict[str, list[str]]:
    """Return ids that the service knows, by the name of the parameter that takes them."""
    with httpx.Client(base_url=f"{address}/api/v1", timeout=60) as client:
        indicators = client.get("/indicators").json()["data"]
        areas = [row["code"] for row in client.get("/areas?kind=authority").json()["data"]]
        releases = [row["id"] for row in client.get("/releases").json()["data"]]
    ids = [row["id"] for row in indicators]
    periods = sorted({period for row in indicators for period in row["periods"]})
    few = areas[:20]
    selectors = ["england", "region", "authority", f"within:{areas[0]}", f"neighbours:{areas[1]}"]
    return {
        "indicator": ids,
        "id": ids,
        "area": [*few, *selectors],
        "code": few,
        "other": few,
        "of": few,
        "to": few,
        "period": [*periods, f"{periods[0]}..{periods[-1]}", "latest", "all"],
        "release": [*releases, "latest"],
        "with": ["england", "region", "neighbours", "type", "own_past", f"areas:{few[0]},{few[1]}"],
        "sex": ["_T", "all", "M", "F"],
        "grouping": ["region", "ofsted", "deprivation", "neighbours"],
    }


def main() -> int:
    """Prepare a home, serve it, ask; 0 when nothing was wrong."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--cases", type=int, default=6_000)
    reader.add_argument("--seed", type=int, default=None)
    reader.add_argument(
        "--home", type=Path, default=None, help="a prepared home; default: a new one"
    )
    given_ = reader.parse_args()
    first = random.SystemRandom().randrange(10**6) if given_.seed is None else given_.seed
    print(f"seed {first}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        home, log, port = given_.home or Path(folder) / "home", Path(folder) / "log", free_port()
        environment = {"OUTCOMES_HOME": str(home), "OUTCOMES_RATE_LIMIT": "off"}
        command = [sys.executable, "-m", "outcomes", "up", "--port", str(port)]
        with serving(command, log, environment) as process:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/api/health/ready", process, 300)
            tally = fuzz(address, given_.cases, first)
        logged = [
            line for line in log.read_text("utf-8", "replace").splitlines() if "failed" in line
        ]
    print("\n".join([*tally.lines(), *tally.wrong[:MOST_SHOWN], *logged[:MOST_SHOWN]]))
    print(
        f"{tally.cases} cases, {len(tally.wrong)} wrong, {len(logged)} faults logged, seed {first}"
    )
    return 1 if tally.wrong or logged or tally.cases < given_.cases * 0.9 else 0


if __name__ == "__main__":
    sys.exit(main())
