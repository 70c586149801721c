"""Whoever withholds a count is told where else it can be read, and never the count."""

import pytest

from etl.release_commands import redact_command
from indicators.cells import Breakdown
from indicators.draft import Redaction
from indicators.store import Store, redact_cells, withdraw_release
from indicators.store.still_standing import counts_shown
from tests.builders import Row, a_cell, cells_of, vintage
from tests.etl.submissions.test_loading import settings_in
from tests.indicators.store.published import ALVERBY, BRENNOWCOMBE, NOW, figure, on, opened, publish

COUNT, BOYS, GIRLS = 366, 202, 164
TOTAL = a_cell(ALVERBY, "RY2025", 70, numerator=COUNT, denominator=50000)
IS_BELOW = a_cell(
    ALVERBY, "RY2025", 40, indicator="another_pct", numerator=150, denominator=COUNT
)  # fmt: skip
M = a_cell(ALVERBY, "RY2025", 80, numerator=BOYS, sex="M")
F = a_cell(ALVERBY, "RY2025", 60, numerator=GIRLS, sex="F")
REDACTION = Redaction("an_indicator_pct", "RY2025", ALVERBY)


def shown(*rows: Row, count: float = COUNT) -> set[tuple[str, str, str]]:
    found = counts_shown(cells_of(*rows), {count})
    return {(indicator, codes.sex, how) for indicator, codes, how in found}


def test_a_count_stands_as_a_number_of_another_cell() -> None:
    assert shown(IS_BELOW) == {("another_pct", "_T", "as its denominator")}
    assert shown({**IS_BELOW, "indicator": "a", "numerator": COUNT, "denominator": 9}) == {
        ("a", "_T", "as its numerator")
    }
    assert shown(a_cell(ALVERBY, "RY2025", COUNT, numerator=1, denominator=2)) == set()


def test_a_count_stands_as_the_sum_of_all_its_parts_and_of_no_fewer() -> None:
    how = "in the sum of its parts by sex (numerator)"
    assert shown(M, F) == {("an_indicator_pct", "M", how), ("an_indicator_pct", "F", how)}
    assert shown(M, a_cell(ALVERBY, "RY2025", sex="F")) == set()
    assert shown(M, {**F, "indicator": "another_pct"}) == set()
    assert shown(M, {**F, "age": "16+"}) == set()


def test_a_part_stands_as_what_is_left_of_its_whole() -> None:
    how = "in the whole less its other parts by sex (numerator)"
    found = shown(TOTAL, M, a_cell(ALVERBY, "RY2025", sex="F"), count=GIRLS)
    assert found == {("an_indicator_pct", "_T", how), ("an_indicator_pct", "M", how)}
    assert shown(TOTAL, M, {**F, "numerator": 100}, count=GIRLS) == set()


def test_the_command_says_where_the_count_stands_and_withholds_none_of_it_unasked(
    store: Store,
) -> None:
    elsewhere = {**IS_BELOW, "area": BRENNOWCOMBE}
    publish(store, vintage(2024, TOTAL, M, F, elsewhere), release_id="then", published_on=on(2024))
    publish(store, vintage(2025, TOTAL, M, F, IS_BELOW), release_id="now")
    outcome = redact_cells(store, [REDACTION], "a test", now=NOW)
    assert {(one.indicator, one.breakdown, one.how, one.releases) for one in outcome.standing} == {
        ("another_pct", Breakdown(), "as its denominator", ("now",)),
        *(
            (REDACTION.indicator, Breakdown(sex=sex), "in the sum of its parts by sex (numerator)",
             ("then", "now"))
            for sex in "FM"
        ),
    }  # fmt: skip
    assert "NOT withheld" in outcome.message
    line = f"--indicator another_pct --area {ALVERBY} --period RY2025: as its denominator, in now"
    assert line in outcome.message
    assert "--breakdown sex=F" in outcome.message
    assert str(COUNT) not in outcome.message
    assert (figure(opened(store, "now"), ALVERBY, "RY2025", "another_pct") or {})["status"] == "ok"


def test_a_count_of_an_older_release_is_searched_for_and_a_withdrawn_one_is_not_searched(
    store: Store,
) -> None:
    publish(store, vintage(2024, TOTAL, IS_BELOW), release_id="then", published_on=on(2024))
    revised = {**TOTAL, "numerator": 370.0}
    publish(store, vintage(2025, revised, IS_BELOW), release_id="now")
    withdraw_release(store, "then", "a fault", now=NOW)
    (standing,) = redact_cells(store, [REDACTION], "a test", now=NOW).standing
    assert standing.releases == ("now",)


@pytest.mark.parametrize(
    ("numerator", "words"),
    [(COUNT, "stand in no other cell"), (float("nan"), "none was searched for")],
)
def test_what_was_searched_is_said_where_nothing_is_found(
    store: Store, numerator: float, words: str
) -> None:
    publish(store, vintage(2025, {**TOTAL, "numerator": numerator}), release_id="now")
    outcome = redact_cells(store, [REDACTION], "a test", now=NOW)
    assert outcome.standing == ()
    assert words in outcome.message


def test_the_ids_that_are_told_withhold_the_cells_by_the_same_command(sqlite_store: Store) -> None:
    publish(sqlite_store, vintage(2025, TOTAL, M, F, IS_BELOW), release_id="now")
    settings = settings_in(sqlite_store.home)
    told, code = redact_command("an_indicator_pct", ALVERBY, "RY2025", "a test", [], settings)
    assert code == 0
    for line in told.splitlines():
        if not line.startswith("  --"):
            continue
        words = line.partition(":")[0].split()
        options = list(zip(words[::2], words[1::2], strict=True))
        given = dict(options)
        codes = [value for name, value in options if name == "--breakdown"]
        cell = (given["--indicator"], given["--area"], given["--period"], "a test", codes)
        assert redact_command(*cell, settings)[1] == 0
    snapshot = opened(sqlite_store, "now")
    for indicator, sex in (("another_pct", "_T"), ("an_indicator_pct", "F")):
        found = figure(snapshot, ALVERBY, "RY2025", indicator, sex=sex) or {}
        assert found["status"] == "suppressed"
