"""The catalogue is the definitions of a folder, checked one by one and together."""

from pathlib import Path

import pytest

from indicators.catalogue import DEFINITIONS, CatalogueError, check_definitions, load_catalogue
from tests.indicators.faulty import (
    BROKEN_DOWN,
    SIBLING,
    TEXT,
    alone,
    line_with,
    problems_of,
    replaced,
    written,
)


def test_our_definitions_load_in_catalogue_order() -> None:
    orders = [one.order for one in load_catalogue()]
    assert orders == sorted(orders)
    assert len(orders) == len(list(DEFINITIONS.glob("*.yaml"))) >= 10


def test_our_definitions_have_no_problem() -> None:
    assert check_definitions() == ()


def test_the_catalogue_is_read_once() -> None:
    assert load_catalogue() is load_catalogue()


def test_a_copy_of_a_file_is_one_indicator_more(tmp_path: Path) -> None:
    written(tmp_path, SIBLING, alone(TEXT))
    assert [one.id for one in load_catalogue(tmp_path)] == [SIBLING]
    copy = alone(TEXT).replace(f"id: {SIBLING}", "id: a_copy_pct").replace("order: 2", "order: 3")
    written(tmp_path, "a_copy_pct", copy)
    assert [one.id for one in load_catalogue(tmp_path)] == [SIBLING, "a_copy_pct"]


def test_an_unknown_breakdown_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    text = alone((DEFINITIONS / f"{BROKEN_DOWN}.yaml").read_text(encoding="utf-8"))
    changed = replaced("      sex:\n", "      sexe:\n")(text)
    line = line_with(changed, "sexe")
    assert problems_of(tmp_path, changed, BROKEN_DOWN) == [
        f"{BROKEN_DOWN}.yaml:{line}: sources[1].breakdowns.sexe: no such breakdown; known are "
        "sex, age, ethnicity, need, placement, reason, role, school_phase; did you mean 'sex'?"
    ]


def test_an_id_must_be_the_name_of_its_file(tmp_path: Path) -> None:
    found = problems_of(tmp_path, alone(TEXT), "another_pct")
    assert found == [
        f"another_pct.yaml:2: id: '{SIBLING}' is not the name of the file; expected 'another_pct'"
    ]


def test_two_indicators_cannot_have_the_same_place(tmp_path: Path) -> None:
    written(tmp_path, SIBLING, alone(TEXT))
    found = problems_of(tmp_path, alone(TEXT).replace(SIBLING, "zz_pct"), "zz_pct")
    assert found == [
        f"zz_pct.yaml:3: order: 2 stands in {SIBLING}.yaml too; give the newer one a place of its "
        "own, such as 3"
    ]


def test_read_with_names_other_indicators_that_exist(tmp_path: Path) -> None:
    itself = "read_with:\n  - {indicator: rereferral_12m_pct, reason: a}\n"
    wrong = "  - {indicator: rereferral_12m_pc, reason: b}\n"
    text = alone(TEXT).replace("synonyms:", f"{itself}{wrong}synonyms:")
    line = line_with(text, "reason: a")
    assert problems_of(tmp_path, text) == [
        f"{SIBLING}.yaml:{line}: read_with[1].indicator: an indicator is not read with itself; "
        "remove this entry",
        f"{SIBLING}.yaml:{line + 1}: read_with[2].indicator: no indicator 'rereferral_12m_pc'; "
        "did you mean 'rereferral_12m_pct'?",
    ]


def test_all_problems_of_all_files_come_in_one_error(tmp_path: Path) -> None:
    text = alone(TEXT).replace("order: 2", "order: x").replace("kind: performance", "kind: good")
    written(tmp_path, SIBLING, text)
    written(tmp_path, "zz_pct", "id: zz_pct\n")
    (tmp_path / "binary.yaml").write_bytes(b"id: a\ntitle: \xff\n")
    with pytest.raises(CatalogueError) as refusal:
        load_catalogue(tmp_path)
    lines = str(refusal.value).splitlines()
    assert [str(problem) for problem in refusal.value.problems] == lines
    assert lines[0] == "binary.yaml:2: not UTF-8 text; save the file as UTF-8"
    assert sum(line.startswith(f"{SIBLING}.yaml:") for line in lines) == 2
    assert sum("is missing" in line for line in lines) > 15
    assert not any("Value error" in line or "pydantic" in line for line in lines)


def test_a_folder_without_definitions_says_so(tmp_path: Path) -> None:
    assert [str(problem) for problem in check_definitions(tmp_path / "none")] == [
        "none:1: no definitions (*.yaml) in this folder"
    ]


def test_an_indicator_that_nothing_feeds_is_refused(tmp_path: Path) -> None:
    text, _, _ = alone(TEXT).partition("sources:\n")
    assert problems_of(tmp_path, text) == [
        f"{SIBLING}.yaml:2: an indicator needs at least one source or a submission"
    ]
