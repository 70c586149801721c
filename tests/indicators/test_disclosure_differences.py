"""What a release may not tell together with earlier ones, publishers' tables, and small areas."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from indicators.disclosure import protect
from indicators.draft import DraftRelease, EarlierRelease
from indicators.measures import Key
from tests.indicators.submitted import PERIOD, a_draft, cells_of, count, leavers, shown, submitted
from tests.prove.disclosure import small_country
from tests.prove.disclosure_reader import Counts, Reader

WORK, NOT_WORK = "care_leaver_eet_19_21_pct", "care_leaver_neet_19_21_pct"
MOVES = "cla_3plus_placements_pct"
DFE = "dfe-csc-2025"


def leaving(work: int, not_work: int) -> dict[Key, int]:
    parts = {"CL_EET": work, "CL_NEET": not_work, "CL_ACT_NK": 0}
    return {leavers(name): n for name, n in {"CL_N": work + not_work, **parts}.items()}


def in_country(
    shape: tuple[int, ...], counts: Sequence[Mapping[Key, int]]
) -> tuple[DraftRelease, list[str]]:
    country = small_country(shape)
    codes = sorted(area.code for area in country.authorities())
    frame = submitted(dict(zip(codes, counts, strict=True)))
    return replace(a_draft(frame), places=country), codes


def as_earlier(draft: DraftRelease, policy: str) -> EarlierRelease:
    return EarlierRelease(policy, protect(draft, policy).cells, draft.submitted)


def test_a_count_that_was_hidden_and_is_the_same_stays_hidden() -> None:
    before, codes = in_country((3,), [leaving(3, 12), leaving(40, 50), leaving(60, 70)])
    # A correction: the small count was wrong, its neighbour in the row was not.
    now, _ = in_country((3,), [leaving(9, 12), leaving(40, 50), leaving(60, 70)])
    assert shown(protect(now, DFE), NOT_WORK, codes[0])[0] == "ok"
    amended = protect(replace(now, earlier=(as_earlier(before, DFE),)), DFE)
    assert shown(amended, NOT_WORK, codes[0])[0] == "suppressed"
    assert amended.protection is not None
    assert "earlier" in {one.reason for one in amended.protection.decisions}


def test_an_earlier_total_and_a_new_one_do_not_tell_a_count_between_them() -> None:
    counts = [{count("CLA_OPEN"): 400, count("CLA_PLC3"): n} for n in (3, 41, 52)]
    before, codes = in_country((3,), counts)
    first = protect(before, DFE)
    hidden = {code for code in codes if shown(first, MOVES, code)[0] == "suppressed"}
    again = protect(replace(before, earlier=(as_earlier(before, DFE),)), DFE)
    assert {code for code in codes if shown(again, MOVES, code)[0] == "suppressed"} == hidden


def test_a_count_that_was_shown_before_is_no_cover() -> None:
    counts = [{count("CLA_OPEN"): 400, count("CLA_PLC3"): n} for n in (3, 41, 52)]
    now, codes = in_country((3,), counts)
    alone = protect(now, DFE)
    covers = [c for c in codes[1:] if shown(alone, MOVES, c)[0] == "suppressed"]
    # In the release before, nothing was small: the one that would be cover was shown.
    other = [{count("CLA_OPEN"): 400, count("CLA_PLC3"): n} for n in (30, 41, 52)]
    before, _ = in_country((3,), other)
    both = protect(replace(now, earlier=(as_earlier(before, DFE),)), DFE)
    area = next(a.code for a in now.places.areas if a.code == now.places.authorities()[0].region)
    assert covers
    assert shown(both, MOVES, area)[0] == "suppressed"


def test_a_publishers_table_takes_the_cover_away() -> None:
    draft, codes = in_country((3,), [leaving(3, 12), leaving(40, 50), leaving(60, 70)])
    published = {
        "indicator": NOT_WORK, "area": codes[0], "value": 80.0, "numerator": 12.0,
        "denominator": 15.0,
    }  # fmt: skip
    with_table = replace(draft, cells=cells_of(published))
    protected = protect(with_table, DFE)
    # 15 and 12 are public: the 3 is known, whatever is hidden here, and the release goes on.
    assert shown(protected, WORK, codes[0])[0] == "suppressed"
    assert shown(protected, NOT_WORK, codes[0]) == ("ok", 80.0, 12.0, 15.0)


def test_what_a_publisher_hides_is_hidden_in_the_row_as_well() -> None:
    draft, codes = in_country((3,), [leaving(30, 12), leaving(40, 50), leaving(60, 70)])
    cell = {"indicator": NOT_WORK, "area": codes[0], "status": "suppressed", "source_symbol": "c"}
    protected = protect(replace(draft, cells=cells_of(cell)), DFE)
    assert shown(protected, NOT_WORK, codes[0])[0] == "suppressed"
    assert protected.protection is not None
    assert "publisher" in {one.reason for one in protected.protection.decisions}


@pytest.mark.parametrize("policy", [DFE, "strict"])
@pytest.mark.parametrize("shape", [(1, 3), (2, 3)])
@pytest.mark.parametrize("small", [1, 3, 5])
def test_a_region_of_one_or_two_gives_nothing_away(
    policy: str, shape: tuple[int, ...], small: int
) -> None:
    counts = [leaving(small, 12), *(leaving(40 + n, 50 + n) for n in range(sum(shape) - 1))]
    draft, codes = in_country(shape, counts)
    protected = protect(draft, policy)
    held: Counts = dict(zip(codes, counts, strict=True))
    assert Reader(protected, policy, "CL", held).pinned() == []


def test_a_joint_return_is_counted_once_and_hidden_for_both() -> None:
    frame = submitted({"X06000001": leaving(3, 12), "X06000002": leaving(3, 12)})
    frame["source"] = "submission_cl_joint_v1"
    protected = protect(a_draft(frame), DFE)
    for code in ("X06000001", "X06000002"):
        cells = protected.cells
        mine = cells[(cells["area"] == code) & (cells["indicator"] == WORK)].iloc[0]
        assert (mine["status"], mine["flags"]) == ("suppressed", "joint_return;provisional")


def test_the_log_says_why_and_what_is_left_open_and_repeats_no_count() -> None:
    draft, codes = in_country((3,), [leaving(3, 12), leaving(40, 50), leaving(60, 70)])
    proof = protect(draft, DFE).protection
    assert proof is not None
    by_measure = {one.measure: one for one in proof.decisions if one.authority == codes[0]}
    small, beside = by_measure["CL_EET"], by_measure["CL_NEET"]
    assert (small.reason, small.lower, small.upper) == ("primary", 1.0, 5.0)
    assert (beside.reason, beside.lower) == ("secondary", None)
    assert small.because == "a count of 1 to 5"
    assert {one.period for one in proof.decisions} == {PERIOD}
    assert proof.suppressed == len(proof.decisions)
