"""What the strict policy does more: rounding, bases, complements, and whole groups of a few."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from indicators.disclosure import known_policies, load_policy, protect
from indicators.draft import Decision, DraftRelease, SlotDecision
from indicators.measures import Key
from tests.indicators.submitted import (
    ONE,
    PERIOD,
    a_draft,
    count,
    leavers,
    places,
    shown,
    submitted,
    the_cell,
)

RATE, MOVES, CHECKED = "cla_31mar_rate_10k", "cla_3plus_placements_pct", "cla_immunisations_pct"
WORK, NOT_WORK, SDQ = (
    "care_leaver_eet_19_21_pct",
    "care_leaver_neet_19_21_pct",
    "cla_sdq_avg_score",
)
TWO = "X06000002"


def sent(**changes: int) -> dict[Key, int]:
    counts = {"CLA_OPEN": 403, "CLA_12M": 300, "OC2_IMM": 200, "CLA_PLC3": 42, **changes}
    return {count(name): number for name, number in counts.items()}


def strict(counts: Mapping[Key, int]) -> DraftRelease:
    return protect(a_draft({ONE: counts}))


def leaving(work: int, not_work: int, unknown: int = 0) -> dict[Key, int]:
    parts = {"CL_EET": work, "CL_NEET": not_work, "CL_ACT_NK": unknown}
    return {leavers(name): n for name, n in {"CL_N": work + not_work + unknown, **parts}.items()}


def test_counts_are_rounded_to_five_and_values_follow_from_the_rounded_counts() -> None:
    draft = strict(sent())
    assert shown(draft, MOVES) == ("ok", 10, 40, 405)
    population = places().population_of(ONE, 2024) or 0
    assert shown(draft, RATE)[1:] == (int(405 / population * 10_000 + 0.5), 405, population)


@pytest.mark.parametrize(("true", "seen"), [(0, 0), (6, 5), (7, 5), (8, 10), (12, 10)])
def test_what_is_shown_is_zero_or_five_and_more(true: int, seen: int) -> None:
    assert shown(strict(sent(CLA_PLC3=true)), MOVES)[2] == seen


@pytest.mark.parametrize("true", [1, 2, 5])
def test_a_small_count_is_hidden_and_not_rounded(true: int) -> None:
    assert shown(strict(sent(CLA_PLC3=true)), MOVES)[::2] == ("suppressed", -1)


@pytest.mark.parametrize(("rest", "status"), [(0, "ok"), (1, "suppressed"), (2, "suppressed")])
def test_that_few_are_not_in_a_group_cannot_be_had_by_subtraction(rest: int, status: str) -> None:
    assert shown(strict(sent(OC2_IMM=300 - rest)), CHECKED)[0] == status


def test_the_other_policy_leaves_complements_open_and_says_so() -> None:
    draft = protect(a_draft({ONE: sent(OC2_IMM=298)}), "dfe-csc-2025")
    assert shown(draft, CHECKED)[:3] == ("ok", 99, 298)
    says = {one.id: one.is_protected for one in load_policy("dfe-csc-2025").protects}
    assert says["complements"] is False
    assert {one.id: one.is_protected for one in load_policy("strict").protects}["complements"]


@pytest.mark.parametrize(("whole", "status"), [(9, "suppressed"), (30, "ok")])
def test_there_is_no_percentage_of_fewer_than_ten(whole: int, status: str) -> None:
    assert shown(strict(leaving(0, whole)), WORK)[0] == status


@pytest.mark.parametrize(("whole", "flags"), [(14, "low_reliability;provisional")])
def test_a_percentage_of_fewer_than_twenty_is_of_low_reliability(whole: int, flags: str) -> None:
    assert the_cell(strict(leaving(0, whole)), WORK)["flags"] == flags
    assert the_cell(strict(leaving(0, 60)), WORK)["flags"] == "provisional"


@pytest.mark.parametrize(("whole", "status"), [(14, "suppressed"), (60, "ok")])
def test_that_all_of_a_few_are_in_one_group_is_hidden(whole: int, status: str) -> None:
    assert shown(strict(leaving(0, whole)), NOT_WORK)[0] == status


@pytest.mark.parametrize(("scored", "status"), [(5, "suppressed"), (6, "ok")])
def test_a_mean_needs_six(scored: int, status: str) -> None:
    counts = sent(SDQ_ELIG=100, SDQ_N=scored, SDQ_SUM=scored * 15, SDQ_HIGH=0, SDQ_BORDER=0)
    assert shown(strict(counts), SDQ)[0] == status


def test_a_mean_keeps_its_decimals_beside_a_rounded_count() -> None:
    counts = sent(SDQ_ELIG=200, SDQ_N=12, SDQ_SUM=180, SDQ_HIGH=0, SDQ_BORDER=0)
    assert shown(strict(counts), SDQ) == ("ok", 15.0, 150, 10)


def test_every_policy_says_in_words_what_it_protects() -> None:
    for name in known_policies():
        policy = load_policy(name)
        assert policy.id == name
        assert {one.is_protected for one in policy.protects} == {True, False}
        assert all(one.says.endswith(".") for one in policy.protects)


def test_the_same_draft_is_protected_to_the_same_cells_whatever_the_order_of_rows() -> None:
    codes = [area.code for area in places().authorities()[:20]]
    frame = submitted({code: {**sent(CLA_PLC3=4), **leaving(3, 9)} for code in codes})
    one = protect(a_draft(frame))
    other = protect(a_draft(frame.sample(frac=1, random_state=3)))
    assert one.protection == other.protection


@pytest.mark.parametrize(
    ("decision", "status", "symbol"),
    [
        (Decision.EXCLUDED, "not_available", "x"),
        (Decision.UNRELIABLE, "unreliable_withheld", "u"),
        (Decision.IMPUTED, "not_available", "x"),
        (Decision.EXEMPT, "not_applicable", "z"),
    ],
)
def test_a_decision_about_a_return_is_what_its_figures_say(
    decision: Decision, status: str, symbol: str
) -> None:
    held = {ONE: sent()} if decision in (Decision.UNRELIABLE, Decision.IMPUTED) else {}
    draft = a_draft({TWO: sent(), **held})
    decided = SlotDecision(ONE, "CLA", PERIOD, decision)
    protected = protect(_with(draft, decided))
    assert shown(protected, MOVES) == (status, -1, -1, -1)
    assert the_cell(protected, MOVES)["source_symbol"] == symbol


def test_an_imputed_return_is_in_totals_only_and_they_say_so() -> None:
    codes = [area.code for area in places().authorities() if area.last_day is None]
    draft = a_draft({code: sent() for code in codes})
    country = places().country.code
    plain = protect(draft)
    imputed = protect(_with(draft, SlotDecision(codes[0], "CLA", PERIOD, Decision.IMPUTED)))
    unreliable = protect(_with(draft, SlotDecision(codes[0], "CLA", PERIOD, Decision.UNRELIABLE)))
    assert shown(imputed, MOVES, country) == shown(plain, MOVES, country)
    assert the_cell(imputed, MOVES, country)["flags"] == "imputed;provisional"
    assert shown(unreliable, MOVES, country)[3] < shown(plain, MOVES, country)[3]


def _with(draft: DraftRelease, decided: SlotDecision) -> DraftRelease:
    return replace(draft, decisions=(decided,))
