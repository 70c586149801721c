"""A sample of `make prove-api`: any answer is documented, and none a fault of ours."""

import logging
from pathlib import Path

import pytest

from tests.api.live import serving
from tests.prove.api import fuzz
from tests.prove.api_judging import Answer, Judge
from tests.prove.api_questions import Question

CASES, SEED = 240, 6


def test_no_question_brings_a_fault_or_an_undocumented_answer(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(home) as address, caplog.at_level(logging.ERROR):
        tally = fuzz(address, CASES, SEED)
    assert tally.wrong == []
    assert "failed" not in caplog.text
    assert tally.cases >= 0.9 * CASES
    statuses = set().union(*tally.statuses.values())
    assert {200, 400, 404, 405, 406} <= statuses, "the questions have become too tame"


DESCRIBED = {
    "paths": {
        "/v1/x": {
            "get": {
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "object",
                                    "properties": {"a": {"type": "string"}},
                                }
                            }
                        }
                    }
                }
            }
        }
    },
    "components": {},
}
ASKED = Question("GET", "/api/v1/x", path="/v1/x")
JSON, PROBLEM = {"content-type": "application/json"}, {"content-type": "application/problem+json"}

WRONG = {
    "a fault of ours": Answer(500, PROBLEM, b"{}"),
    "a status that nobody described": Answer(206, JSON, b"{}"),
    "a type that nobody described": Answer(200, {"content-type": "text/html"}, b""),
    "a member that nobody described": Answer(200, JSON, b'{"b":1}'),
    "another type of a member": Answer(200, JSON, b'{"a":1}'),
    "a refusal that is no problem": Answer(400, {"content-type": "text/plain"}, b"no"),
    "a problem without its members": Answer(400, PROBLEM, b'{"status":400}'),
    "a traceback": Answer(200, JSON, b'{"a":"Traceback (most recent call last)"}'),
}


@pytest.mark.parametrize("sentence", WRONG)
def test_the_judge_sees(sentence: str) -> None:
    assert Judge(DESCRIBED).faults(ASKED, WRONG[sentence]) != []


def test_the_judge_lets_pass_what_is_as_described() -> None:
    assert Judge(DESCRIBED).faults(ASKED, Answer(200, JSON, b'{"a":"b"}')) == []
