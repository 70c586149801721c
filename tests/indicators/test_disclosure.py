"""What leaves of submitted counts: indicators by the same definitions, protected.

Most here is under the policy that shows counts as they are; the stricter one has its own tests.
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import disclosure
from indicators.cell_frames import cells_digest
from indicators.disclosure import STRICT, DisclosureError, SmallCountsError, load_policy, verify
from indicators.draft import DraftRelease, Protection, Redaction
from tests.indicators.submitted import (
    ONE,
    a_draft,
    count,
    leavers,
    places,
    shown,
    submitted,
    the_cell,
)

RATE, MOVES = "cla_31mar_rate_10k", "cla_3plus_placements_pct"
SDQ, WORK, AGAIN = "cla_sdq_avg_score", "care_leaver_eet_19_21_pct", "rereferral_12m_pct"
OPEN, MOVED = count("CLA_OPEN"), count("CLA_PLC3")


DFE = "dfe-csc-2025"


def protect(draft: DraftRelease, policy: str = DFE) -> DraftRelease:
    return disclosure.protect(draft, policy)


def sent(**changes: int) -> dict[tuple[str, str, str], int]:
    counts = {"CLA_OPEN": 400, "CLA_PLC3": 40, "SDQ_N": 200, "SDQ_SUM": 2900}
    return {count(name): number for name, number in {**counts, **changes}.items()}


def leaving(work: int, not_work: int, unknown: int) -> dict[tuple[str, str, str], int]:
    parts = {"CL_EET": work, "CL_NEET": not_work, "CL_ACT_NK": unknown}
    whole = {"CL_N": sum(parts.values())}
    return {leavers(name): number for name, number in {**whole, **parts}.items()}


def test_counts_become_indicators_by_the_same_definitions() -> None:
    draft = protect(a_draft({ONE: sent()}))
    population = places().population_of(ONE, 2024) or 0
    assert shown(draft, MOVES) == ("ok", 10, 40, 400)
    assert shown(draft, SDQ) == ("ok", 14.5, 2900, 200)
    status, value, top, bottom = shown(draft, RATE)
    assert (status, top, bottom) == ("ok", 400, population)
    assert value == int(400 / population * 10_000 + 0.5)


def test_a_figure_from_a_return_is_provisional_and_names_its_source() -> None:
    cell = the_cell(protect(a_draft({ONE: sent()})), MOVES)
    assert cell["flags"] == "provisional"
    assert cell["source"] == "submission_cla_x06000001_ry2025_v1"
    assert 0 < cell["ci_lower"] < cell["value"] < cell["ci_upper"]


@pytest.mark.parametrize("small", [1, 5])
def test_a_percentage_of_a_small_count_is_hidden_with_its_interval(small: int) -> None:
    draft = protect(a_draft({ONE: sent(CLA_PLC3=small)}))
    assert shown(draft, MOVES) == ("suppressed", -1, -1, 400)
    cell = the_cell(draft, MOVES)
    assert np.isnan(cell["ci_lower"])
    assert np.isnan(cell["ci_upper"])
    assert cell["source_symbol"] == "c"


@pytest.mark.parametrize(("top", "status"), [(0, "ok"), (6, "ok")])
def test_zero_and_six_are_shown(top: int, status: str) -> None:
    draft = protect(a_draft({ONE: sent(CLA_PLC3=top)}))
    assert shown(draft, MOVES)[:3] == (status, round(top / 4 + 0.01), top)


def test_everything_over_a_small_count_is_hidden() -> None:
    draft = protect(a_draft({ONE: sent(CLA_OPEN=5, CLA_PLC3=0)}))
    assert shown(draft, MOVES) == ("suppressed", -1, -1, -1)
    assert shown(draft, RATE)[:3] == ("suppressed", -1, -1)


def test_a_mean_of_a_few_is_hidden() -> None:
    draft = protect(a_draft({ONE: sent(SDQ_N=5, SDQ_SUM=80)}))
    assert shown(draft, SDQ) == ("suppressed", -1, -1, -1)


def test_a_percentage_is_hidden_as_the_second_of_its_row() -> None:
    draft = protect(a_draft({ONE: leaving(work=20, not_work=2, unknown=0)}))
    assert shown(draft, WORK) == ("suppressed", -1, -1, 22)
    draft = protect(a_draft({ONE: leaving(work=40, not_work=2, unknown=30)}))
    assert shown(draft, WORK) == ("ok", 56, 40, 72)


def test_those_not_known_are_no_secret_where_the_policy_says_so() -> None:
    draft = protect(a_draft({ONE: leaving(work=20, not_work=30, unknown=2)}))
    assert shown(draft, WORK) == ("ok", 38, 20, 52)


def test_a_value_that_rounds_to_zero_is_low_and_not_zero() -> None:
    draft = protect(a_draft({ONE: sent(CLA_OPEN=4000, CLA_PLC3=6)}))
    assert shown(draft, MOVES) == ("low", -1, -1, 4000)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ((None, "x"), "not_available"),
        ((None, "z"), "not_applicable"),
        ((40, "u"), "unreliable_withheld"),
    ],
)
def test_the_reason_for_a_missing_count_is_kept(told: tuple[int | None, str], status: str) -> None:
    draft = protect(a_draft({ONE: {**sent(), MOVED: told}}))
    assert shown(draft, MOVES) == (status, -1, -1, -1)
    assert the_cell(draft, MOVES)["source_symbol"] == told[1]


def test_a_count_that_was_not_sent_is_not_available() -> None:
    draft = protect(a_draft({ONE: {OPEN: 400}}))
    assert shown(draft, MOVES) == ("not_available", -1, -1, -1)


def test_a_share_of_nobody_is_not_applicable() -> None:
    draft = protect(a_draft({ONE: sent(CLA_OPEN=0, CLA_PLC3=0)}))
    assert shown(draft, MOVES) == ("not_applicable", -1, -1, -1)


def test_an_estimated_count_is_flagged() -> None:
    draft = protect(a_draft({ONE: {**sent(), MOVED: (40, "E")}}))
    assert the_cell(draft, MOVES)["flags"] == "estimated;provisional"


def test_an_authority_that_sent_nothing_has_no_cell() -> None:
    assert set(protect(a_draft({ONE: sent()})).cells["area"].unique()) >= {ONE}
    assert "X06000002" not in set(protect(a_draft({ONE: sent()})).cells["area"])


def test_a_published_cell_wins_over_a_submission() -> None:
    published = {"indicator": MOVES, "area": ONE, "value": 11.0, "numerator": 44.0}
    draft = protect(a_draft({ONE: sent()}, [published]))
    assert shown(draft, MOVES)[:3] == ("ok", 11, 44)
    assert the_cell(draft, MOVES)["flags"] == ""


def test_what_a_publisher_hides_stays_hidden_in_other_indicators() -> None:
    published = {"indicator": RATE, "area": ONE, "status": "suppressed", "source_symbol": "c"}
    draft = protect(a_draft({ONE: sent()}, [published]))
    assert shown(draft, RATE)[0] == "suppressed"
    assert shown(draft, MOVES) == ("suppressed", -1, -1, -1)


def test_a_redacted_figure_does_not_come_back_from_a_submission() -> None:
    redaction = Redaction(MOVES, "RY2025", ONE)
    draft = protect(replace(a_draft({ONE: sent()}), redactions=(redaction,)))
    assert shown(draft, MOVES) == ("suppressed", -1, -1, -1)
    verify(draft)


def test_a_release_with_unprotected_counts_is_refused() -> None:
    draft = a_draft({ONE: sent()})
    with pytest.raises(DisclosureError, match="submitted counts"):
        verify(draft)
    with pytest.raises(DisclosureError, match="not been protected"):
        verify(replace(draft, submitted=draft.submitted.iloc[0:0]))


def test_a_protected_release_is_verified_by_what_it_holds() -> None:
    draft = protect(a_draft({ONE: sent()}))
    verify(draft)
    assert draft.card.policy == DFE
    changed = draft.cells.assign(value=draft.cells["value"] + 1)
    with pytest.raises(DisclosureError, match="changed after"):
        verify(replace(draft, cells=changed))


def test_a_small_count_that_came_another_way_is_found() -> None:
    draft = protect(a_draft({ONE: sent()}))
    cells = draft.cells.assign(numerator=3.0)
    proof = Protection(DFE, cells_digest(cells))
    with pytest.raises(SmallCountsError, match=r"D08: .* small counts would be published") as found:
        verify(replace(draft, cells=cells, protection=proof))
    assert found.value.count > 0


def test_a_release_without_submissions_needs_no_protection() -> None:
    draft = a_draft({}, [{"indicator": MOVES, "area": ONE, "value": 1.0}])
    verify(draft)
    verify(protect(draft))
    assert protect(draft).cells.equals(draft.cells)


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(DisclosureError, match="use one of dfe-csc-2025, strict"):
        load_policy("lax")


COUNT = st.one_of(st.integers(0, 7), st.integers(0, 300))


@pytest.mark.unmeasured
@pytest.mark.parametrize("policy", [DFE, STRICT])
@settings(max_examples=20)
@given(drawn=st.lists(st.tuples(COUNT, COUNT, COUNT, COUNT, COUNT), min_size=1, max_size=8))
def test_no_count_of_one_to_five_leaves_a_random_table(
    policy: str,
    drawn: list[tuple[int, int, int, int, int]],
) -> None:
    codes = [area.code for area in places().authorities()][: len(drawn)]
    frame = submitted(
        {
            code: {**sent(CLA_OPEN=a + b, CLA_PLC3=a, SDQ_N=b, SDQ_SUM=b * 15), **leaving(c, d, e)}
            for code, (a, b, c, d, e) in zip(codes, drawn, strict=True)
        }
    )
    draft = protect(a_draft(frame), policy)
    verify(draft)
    own = draft.cells[draft.cells["area"].isin(codes)]
    # Under the strict policy 6 and 7 are shown as 5.
    most = 4 if policy == STRICT else 5
    assert not own["numerator"].between(1, most).any()
    counted = own[own["indicator"] != RATE]
    assert not counted["denominator"].between(1, most).any()
    hidden = own[own["status"] != "ok"]
    assert hidden[["value", "numerator", "ci_lower", "ci_upper"]].isna().all(axis=None)
