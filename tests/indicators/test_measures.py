"""Collections of base counts: what they say, and that the catalogue asks only for what is there."""

from pathlib import Path

import pytest

from indicators.catalogue import load_catalogue
from indicators.measure_sections import Edition, changed_since, counted_how
from indicators.measures import (
    COLLECTION_FOLDER,
    CollectionFileError,
    load_measures,
)
from indicators.model import Counted
from reference.periods import parse_period

PERIOD = parse_period("RY2025")


def test_the_three_collections_hold_the_base_counts() -> None:
    measures = load_measures()
    assert {c: len(held.measures) for c, held in measures.collections.items()} == {
        "CLA": 32,
        "CL": 12,
        "CIN": 27,
    }


def test_every_count_that_an_indicator_is_made_from_can_be_sent() -> None:
    for indicator in load_catalogue():
        fed = indicator.submission
        if fed is not None:
            keys = set(load_measures().collection(fed.collection).keys(PERIOD))
            for part in (fed.numerator, fed.denominator):
                if isinstance(part, Counted):
                    assert (part.measure, part.breakdown_type, part.breakdown) in keys


def test_counts_in_a_sum_are_always_sent() -> None:
    for collection in load_measures().collections.values():
        required = set(collection.keys(PERIOD, required_only=True))
        for identity in collection.identities:
            if identity.rule != "A10":
                assert set(identity.keys) <= required


def test_a_term_with_a_star_stands_for_every_code_of_a_list() -> None:
    collection = load_measures().collection("CIN")
    assert len(collection.keys_of("CPP_DUR.duration.*")) == 5


def test_a_measure_is_collected_within_its_periods_only(tmp_path: Path) -> None:
    text = (COLLECTION_FOLDER / "cl.yaml").read_text("utf-8")
    changed = text.replace("CL_N: {title: Care leavers,", "CL_N: {valid_to: RY2024, title: Care,")
    (tmp_path / "cl.yaml").write_text(changed)
    measure = load_measures(tmp_path).collection("CL").measures["CL_N"]
    assert measure.is_valid_in(parse_period("RY2024"))
    assert not measure.is_valid_in(PERIOD)


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ("whole: CLA_OPEN,", "whole: CLA_OPNE,", "did you mean 'CLA_OPEN'"),
        ("breakdowns: {placement: required}", "breakdowns: {place: required}", "no code list"),
        ("hidden_with: SDQ_N", "hidden_with: SDQ_M", "'SDQ_M' is no measure"),
        ("has_total: false, breakdowns: {reason: required}", "has_total: false", "neither"),
        ("CLA_PL.placement.*", "CLA_PL.placement.TENT", "is no code of placement"),
        ("unit: points", "unit: points, valid_from: 2025", "is not a period"),
        ("      CLA_UASC: Children", "      CLA_UASK: Children", "'CLA_UASK' stands in a section"),
        ("      MIS_CH: Children", "      MIS_INC: Children", "MIS_"),
        ('changes:\n  - {version: "2025.1"', 'changes:\n  - {version: "2024.1"', "version 2025.1"),
    ],
)
def test_a_faulty_collection_is_refused_with_its_place(
    tmp_path: Path, right: str, wrong: str, words: str
) -> None:
    text = (COLLECTION_FOLDER / "cla.yaml").read_text("utf-8")
    assert right in text
    (tmp_path / "cla.yaml").write_text(text.replace(right, wrong, 1))
    with pytest.raises(CollectionFileError, match=words) as error:
        load_measures(tmp_path)
    assert str(error.value).startswith("cla.yaml:")


def test_every_measure_stands_in_one_section_and_says_how_it_is_counted() -> None:
    for collection in load_measures().collections.values():
        placed = [code for section in collection.sections.values() for code in section.measures]
        assert sorted(placed) == sorted(collection.measures)
        words = [counted_how(collection.sections, code) for code in collection.measures]
        assert all(text.endswith(".") for text in words)


def test_what_changed_since_a_version_is_every_measure_of_later_ones() -> None:
    changes = (
        Edition(version="1", says="First.", measures=("A",)),
        Edition(version="2", says="Second.", measures=("B", "C")),
        Edition(version="3", says="Third.", measures=("C", "D")),
    )
    assert changed_since(changes, "1") == ("B", "C", "D")
    assert changed_since(changes, "3") == ()
