"""The gate before the contract: what programs rely on stays, unless the version changes."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from api import contract_gate
from api.contract_gate import FILE, REMEDY, breaks, current, written

Change = Callable[[Any], Any]
RULES = "`python -m api.contract_gate` writes it anew, and says what that would break."


@pytest.fixture(scope="module")
def kept() -> Any:
    return json.loads(FILE.read_text("utf-8"))


@pytest.fixture(scope="module")
def found() -> Any:
    return json.loads(written(current()))


def test_nothing_that_programs_rely_on_has_changed_or_gone(kept: Any, found: Any) -> None:
    broken = breaks(kept, found)
    assert broken == [], f"this breaks programs of others. {REMEDY}"


def test_the_contract_that_is_kept_is_that_of_the_code(kept: Any, found: Any) -> None:
    assert kept == found, f"docs/schema/{FILE.name} is out of date. {RULES}"


def rows(contract: Any) -> Any:
    return contract["paths"]["/v1/observations"]["get"]


def moved(columns: Any) -> Any:
    first = next(iter(columns))
    return {**{name: kind for name, kind in columns.items() if name != first}, first: "string"}


BREAKING: dict[str, Change] = {
    "a path is gone": lambda c: c["paths"].pop("/v1/areas"),
    "a method is gone": lambda c: c["paths"]["/v1/areas"].pop("get"),
    "a parameter is gone": lambda c: rows(c)["parameters"].pop("area"),
    "a parameter becomes required": lambda c: rows(c)["parameters"]["area"].update(required=True),
    "a new parameter is required": lambda c: rows(c)["parameters"].update(
        new={"in": "query", "required": True, "type": "string", "words": []}
    ),
    "a list takes one value": lambda c: rows(c)["parameters"]["area"].update(type="string"),
    "a word of a parameter is gone": lambda c: rows(c)["parameters"]["status"]["words"].remove(
        "ok"
    ),
    "free text becomes words": lambda c: rows(c)["parameters"]["area"].update(words=["one"]),
    "a number may be less large": lambda c: rows(c)["parameters"]["limit"].update(maximum=10),
    "a number may be less small": lambda c: rows(c)["parameters"]["limit"].update(minimum=10),
    "a format is gone": lambda c: rows(c)["formats"].remove("text/csv; charset=utf-8"),
    "an answer holds another type": lambda c: rows(c)["answer"].update(data="AreaCard"),
    "a member of a body is gone": lambda c: c["paths"]["/v1/observations/query"]["post"][
        "body"
    ].pop("any"),
    "a type is gone": lambda c: c["types"].pop("AreaCard"),
    "a column is gone": lambda c: c["types"]["ObservationRow"].pop("value"),
    "a column has another name": lambda c: c["types"]["AreaCard"].update(
        region_code=c["types"]["AreaCard"].pop("region")
    ),
    "a column has another type": lambda c: c["types"]["ObservationRow"].update(value="string"),
    "a column may be left out": lambda c: c["types"]["ObservationRow"].update(status="string?"),
    "the columns are moved": lambda c: c["types"].update(
        ObservationRow=moved(c["types"]["ObservationRow"])
    ),
    "a word of a status is gone": lambda c: c["words"]["Status"].remove("suppressed"),
    "a kind of problem is gone": lambda c: c["problems"].remove("unknown-value"),
}
ADDING: dict[str, Change] = {
    "nothing": lambda c: None,
    "a path": lambda c: c["paths"].update({"/v1/new": {}}),
    "a parameter that may be left out": lambda c: rows(c)["parameters"].update(
        new={"in": "query", "required": False, "type": "string", "words": []}
    ),
    "a word of a parameter": lambda c: rows(c)["parameters"]["status"]["words"].append("new"),
    "words that become free text": lambda c: rows(c)["parameters"]["status"].update(words=[]),
    "a larger number": lambda c: rows(c)["parameters"]["limit"].update(maximum=10**9),
    "a format": lambda c: rows(c)["formats"].append("text/new"),
    "a member of a body": lambda c: c["paths"]["/v1/observations/query"]["post"]["body"].update(
        new="string"
    ),
    "a type": lambda c: c["types"].update(NewRow={"a": "string"}),
    "a column": lambda c: c["types"]["ObservationRow"].update(new="string"),
    "a word": lambda c: c["words"]["Status"].append("new"),
    "a kind of problem": lambda c: c["problems"].append("new"),
}


@pytest.mark.parametrize("change", BREAKING)
def test_what_programs_rely_on_cannot_go_unseen(found: Any, change: str) -> None:
    after = copy.deepcopy(found)
    BREAKING[change](after)
    assert breaks(found, after) != []


@pytest.mark.parametrize("change", ADDING)
def test_what_is_added_breaks_nothing(found: Any, change: str) -> None:
    after = copy.deepcopy(found)
    ADDING[change](after)
    assert breaks(found, after) == []


def test_a_new_version_may_change_anything(found: Any) -> None:
    after = copy.deepcopy(found) | {"version": "2"}
    after["paths"].clear()
    assert breaks(found, after) == []


def test_a_breaking_change_is_not_written(
    found: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    promised = copy.deepcopy(found)
    promised["types"]["ObservationRow"]["once"] = "string"
    file = tmp_path / "api-v1.json"
    file.write_text(written(promised), "utf-8")
    monkeypatch.setattr(contract_gate, "FILE", file)
    assert contract_gate.main() == 1
    assert json.loads(file.read_text("utf-8")) == promised
    said = capsys.readouterr().err
    assert "type ObservationRow, column once: is gone" in said
    assert REMEDY in said


def test_an_addition_is_written(found: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    promised = copy.deepcopy(found)
    promised["types"]["ObservationRow"].pop("updated_release")
    file = tmp_path / "api-v1.json"
    file.write_text(written(promised), "utf-8")
    monkeypatch.setattr(contract_gate, "FILE", file)
    assert contract_gate.main() == 0
    assert json.loads(file.read_text("utf-8")) == found
