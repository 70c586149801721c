"""Pairs are declared in one file, checked against the definitions, and kept by each release."""

from pathlib import Path

import pytest

from etl.catalogue_check import check_catalogue
from indicators.catalogue import DEFINITIONS, CatalogueError, check_definitions, load_catalogue
from indicators.model import Indicator, Quadrants
from indicators.pairs import PAIRS_FILE, read_pairs
from indicators.snapshot import CATALOGUE
from tests.indicators.faulty import line_with

NAMED = ("cla_started_rate_10k", "cpp_repeat_pct", "cla_ceased_rate_10k", "ofsted_leadership_ri_n")
PAIR = """\
  - id: one
    x: cla_started_rate_10k
    y: cpp_repeat_pct
    title: A title
    reason: A reason
    caution: A caution
    quadrants: {higher_higher: a, higher_lower: b, lower_higher: c, lower_lower: d}
"""
OURS = [pair for one in load_catalogue() for pair in one.pairs]
CAUSAL = ("because of", "due to", "leads to", "causes", "results in", "fail", "blame", "fault")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of four real definitions, alone: what they are read with is not there."""
    definitions = tmp_path / "definitions"
    definitions.mkdir()
    for id in NAMED:
        text = (DEFINITIONS / f"{id}.yaml").read_text(encoding="utf-8")
        before, _, rest = text.partition("read_with:\n")
        lines = rest.splitlines(keepends=True)
        kept = next(n for n, line in enumerate(lines) if line[0] not in " -")
        (definitions / f"{id}.yaml").write_text(before + "".join(lines[kept:]), encoding="utf-8")
    return definitions


def problems(folder: Path, text: str) -> list[str]:
    (folder.parent / PAIRS_FILE).write_text(f"pairs:\n{text}", encoding="utf-8")
    return [str(problem) for problem in check_definitions(folder)]


def test_our_pairs_are_of_indicators_that_there_are_and_each_has_its_words() -> None:
    read, faults = read_pairs(DEFINITIONS)
    assert faults == []
    assert read is not None
    assert {pair.id for pair in OURS} == {pair.id for pair in read.model.pairs}
    assert len(OURS) >= 12


def test_no_two_quadrants_of_a_pair_say_the_same() -> None:
    for pair in OURS:
        assert len(set(pair.quadrants.model_dump().values())) == len(Quadrants.model_fields)


def test_the_words_of_quadrants_name_no_cause_and_lay_no_blame() -> None:
    for pair in OURS:
        for words in pair.quadrants.model_dump().values():
            assert not [cause for cause in CAUSAL if cause in words.casefold()], (pair.id, words)


def test_the_words_of_a_quadrant_stand_in_the_quadrant_that_they_tell_of() -> None:
    more, fewer = ("more", "larger"), ("fewer", "smaller")
    for pair in OURS:
        for name, words in pair.quadrants.model_dump().items():
            told = words.casefold().partition(". ")[0].partition(" and ")
            for half, lie in zip((told[0], told[2]), name.split("_"), strict=True):
                wanted = more if lie == "higher" else fewer
                is_told = any(word in half for word in (*wanted, lie))
                assert is_told, (pair.id, name, half)


def test_a_definition_carries_the_pairs_whose_x_it_is(folder: Path) -> None:
    assert problems(folder, PAIR) == []
    held = {one.id: [pair.id for pair in one.pairs] for one in load_catalogue(folder)}
    assert held == {id: ["one"] if id == "cla_started_rate_10k" else [] for id in NAMED}


def test_definitions_without_a_file_of_pairs_have_none(folder: Path) -> None:
    assert check_definitions(folder) == ()
    assert not any(one.pairs for one in load_catalogue(folder))


def test_an_unknown_indicator_is_refused_with_the_nearest_one(folder: Path) -> None:
    text = PAIR.replace("y: cpp_repeat_pct", "y: cpp_repeated_pct")
    line = line_with(f"pairs:\n{text}", "cpp_repeated_pct")
    assert problems(folder, text) == [
        f"{PAIRS_FILE}:{line}: pairs[1].y: no indicator 'cpp_repeated_pct'; did you mean "
        "'cpp_repeat_pct'?"
    ]


def test_a_pair_of_an_indicator_with_itself_is_refused(folder: Path) -> None:
    text = PAIR.replace("y: cpp_repeat_pct", "y: cla_started_rate_10k")
    assert problems(folder, text) == [
        f"{PAIRS_FILE}:4: pairs[1].y: is x as well; a pair is of two indicators"
    ]


def test_the_same_two_in_either_order_are_one_pair(folder: Path) -> None:
    turned = (
        PAIR.replace("x: cla_started_rate_10k", "x: cpp_repeat_pct")
        .replace("y: cpp_repeat_pct", "y: cla_started_rate_10k")
        .replace("id: one", "id: two")
    )
    assert problems(folder, PAIR + turned) == [
        f"{PAIRS_FILE}:10: pairs[2].x: cpp_repeat_pct and cla_started_rate_10k are the pair 'one' "
        "already; keep one"
    ]


def test_an_id_given_twice_is_refused(folder: Path) -> None:
    other = PAIR.replace("y: cpp_repeat_pct", "y: cla_ceased_rate_10k")
    assert problems(folder, PAIR + other) == [
        f"{PAIRS_FILE}:9: pairs[2].id: 'one' is given twice; give this pair an id of its own"
    ]


@pytest.mark.parametrize("field", ["reason", "caution", "title"])
def test_blank_words_are_refused(folder: Path, field: str) -> None:
    text = PAIR.replace(f"{field}: A {field}", f'{field}: " "')
    (problem,) = problems(folder, text)
    assert problem.endswith(f"pairs[1].{field}: is empty; write a value or remove the line")


def test_a_quadrant_without_words_is_refused(folder: Path) -> None:
    (problem,) = problems(folder, PAIR.replace(", lower_lower: d", ""))
    assert problem.endswith("pairs[1].quadrants.lower_lower: is missing; add it to this block")


def test_an_indicator_that_counts_authorities_is_in_no_pair(folder: Path) -> None:
    text = PAIR.replace("y: cpp_repeat_pct", "y: ofsted_leadership_ri_n")
    (problem,) = problems(folder, text)
    assert "counts authorities" in problem


def test_a_file_that_is_no_list_of_pairs_is_refused_and_nothing_loads(folder: Path) -> None:
    assert problems(folder, "  one: two\n") == [
        f"{PAIRS_FILE}:1: pairs: expected a list, found a block of fields"
    ]
    with pytest.raises(CatalogueError):
        load_catalogue(folder)


def test_pairs_are_not_written_in_a_definition(folder: Path) -> None:
    path = folder / "cpp_repeat_pct.yaml"
    text = path.read_text(encoding="utf-8")
    block = "".join(f"  {line}\n" for line in PAIR.splitlines())
    path.write_text(f"{text}pairs:\n{block}", encoding="utf-8")
    (problem,) = [str(found) for found in check_definitions(folder)]
    assert problem.endswith("pairs: pairs stand in indicators/pairs.yaml; remove this block")


def test_a_release_keeps_its_pairs_and_an_older_one_without_reads_as_none() -> None:
    every = load_catalogue()
    assert CATALOGUE.validate_json(CATALOGUE.dump_json(every)) == every
    older = every[0].model_dump(mode="json", exclude={"pairs"})
    assert Indicator.model_validate(older).pairs == ()


def test_the_check_of_the_catalogue_tells_of_a_faulty_pair(folder: Path) -> None:
    problems(folder, PAIR.replace("x: cla_started_rate_10k", "x: nothing"))
    found = [str(problem) for problem in check_catalogue(folder)]
    assert f"{PAIRS_FILE}:3: pairs[1].x: no indicator 'nothing'" in found
