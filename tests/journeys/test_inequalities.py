"""The figures that ship, in parts: what the service says, and every number of the page on it."""

from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from api.contract import Paths
from indicators.differences import proportion_difference
from indicators.no_gap import WORDS, NoGap
from tests.indicators.made_up_parts import RATE, SHARE, SIMILAR, gaps, largest
from tests.indicators.test_inequalities_false_alarms import drawn
from tests.journeys.public import rows
from tests.tree import ROOT

ABSENT = "absence_persistent_pct_cino"
OCCUPIED = "care_leaver_eet_19_21_pct"
IN_CARE = "cla_31mar_rate_10k"
BARNET, KENT, RUTLAND = "E09000003", "E10000016", "E06000017"
Row = dict[str, Any]


@pytest.fixture(scope="module")
def page() -> str:
    return " ".join((ROOT / "docs" / "methods" / "inequalities.md").read_text("utf-8").split())


def parts(shipped: TestClient, by: str, **query: str) -> dict[str, Row]:
    found = rows(shipped, Paths.INEQUALITIES, by=by, **query)
    return {row["part"]: row for row in found if row["against"] in {None, "_T"}}


def barnet(shipped: TestClient) -> dict[str, Row]:
    return parts(shipped, "school_phase", indicator=ABSENT, area=BARNET, period="AY2024-25")


def signed(number: float) -> str:
    return f"{number:+.1f}".replace("-", "−")


def span(low: float, high: float) -> str:
    return f"{low:.1f} to {high:.1f}".replace("-", "−")


def test_the_table_of_the_example_is_what_the_service_says(shipped: TestClient, page: str) -> None:
    found = barnet(shipped)
    for part, title in (("PRIMARY", "primary"), ("SECONDARY", "secondary"), ("SPECIAL", "special")):
        row = found[part]
        low, high = row["difference_lower"], row["difference_upper"]
        assert (
            f"| {title} | {row['value']} % | {row['numerator']} of {row['denominator']} "
            f"| {signed(half_up(row['difference']))} | {span(half_up(low), half_up(high))} "
            f"| {row['ratio']:g} | {row['outcome_adjusted_for_many']} |"
        ) in page
    few = found["AP"]
    assert few["reason_code"] == "few"
    assert f"| {few['value']} % | {few['numerator']} of {few['denominator']} | none: few" in page


def half_up(number: float) -> float:
    return float(np.sign(number) * np.floor(abs(number) * 10 + 0.5 + 1e-9) / 10)


def test_the_steps_of_the_example_are_those_of_the_rule(shipped: TestClient, page: str) -> None:
    found = barnet(shipped)
    own, whole = found["SECONDARY"], found["_T"]
    top, bottom = whole["numerator"] - own["numerator"], whole["denominator"] - own["denominator"]
    assert f"= {top} persistent absentees of 497 − 225 = {bottom} children: " in page
    assert f"{100 * top / bottom:.1f} %." in page
    first, rest = own["numerator"] / own["denominator"], top / bottom
    lower, upper = proportion_difference((own["numerator"], own["denominator"]), (top, bottom))
    assert f"= {100 * (first - rest):.2f} points; 95 % interval {100 * lower:.2f} to" in page
    assert f"to {100 * upper:.2f} (Newcombe)" in page
    share = bottom / whole["denominator"]
    assert f"the rest is {100 * share:.1f} %" in page
    assert own["difference"] == pytest.approx(100 * share * (first - rest), abs=0.005)
    assert own["difference_lower"] == pytest.approx(100 * share * float(lower), abs=0.005)
    numbers = own["difference"], own["difference_lower"], own["difference_upper"]
    assert "{:.2f} points, {:.2f} to {:.2f}.".format(*numbers) in page


def test_the_largest_gap_of_the_page_is_the_one_of_the_service(
    shipped: TestClient, page: str
) -> None:
    last = rows(shipped, Paths.INEQUALITIES, indicator=ABSENT, area=BARNET, by="school_phase")[-1]
    assert (last["part"], last["against"]) == ("SECONDARY", "PRIMARY")
    assert last["outcome_adjusted_for_many"] == "worse"
    assert f"{last['difference']:.1f} points, " in page
    assert f"{last['difference_lower']:.1f} to {last['difference_upper']:.1f}. It remains" in page


def test_the_table_of_the_country_is_what_the_service_says(shipped: TestClient, page: str) -> None:
    found = parts(shipped, "ethnicity", indicator=OCCUPIED)
    titles = {"WHITE": "White", "MIXED": "Mixed", "ASIAN": "Asian", "BLACK": "Black",
              "OTHER": "Other", "NK": "refused or not known"}  # fmt: skip
    for part, title in titles.items():
        row = found[part]
        low, high = row["difference_lower"], row["difference_upper"]
        assert (
            f"| {title} | {row['value']} % | {signed(row['difference'])} | {span(low, high)} "
            f"| {row['outcome_adjusted_for_many']} |"
        ) in page
    assert f"All together {found['_T']['value']} %" in page


def test_nine_in_ten_of_those_who_came_alone_are_of_three_groups(
    shipped: TestClient, page: str
) -> None:
    found = parts(shipped, "ethnicity", indicator="cla_31mar_uasc_rate_10k", period="RY2024")
    three = sum(found[part]["numerator"] for part in ("ASIAN", "BLACK", "OTHER"))
    assert three / found["_T"]["numerator"] == pytest.approx(0.9, abs=0.02)
    assert "nine in ten were Asian, Black or of another group" in page


def test_shares_of_a_rate_over_all_children_have_no_gap(shipped: TestClient, page: str) -> None:
    found = parts(shipped, "sex", indicator=IN_CARE, area="england")
    boys, girls, whole = (found[part]["value"] for part in ("M", "F", "_T"))
    assert f"boys are {boys} and girls {girls} of England's {whole} per 10,000" in page
    assert {found[part]["reason_code"] for part in ("M", "F")} == {"shares_denominator"}


def test_the_numbers_of_the_simulation_on_the_page_come_out_again(page: str) -> None:
    share, alone = gaps(drawn(SHARE, 21, 20000)), largest(drawn(SHARE, 21, 20000)).gaps
    assert f"{100 * (share.side != SIMILAR).mean():.1f} % of parts are called different" in page
    assert f"{100 * (share.remaining != SIMILAR).any(axis=1).mean():.1f} % of breakdowns" in page
    assert f"different {100 * (alone.side != SIMILAR).mean():.0f} times in 100" in page
    assert f"it is {100 * (alone.remaining != SIMILAR).mean():.0f} times in 100" in page
    rate = gaps(drawn(RATE, 21, 20000), RATE)
    leaves_out = (rate.lower > 0) | (rate.upper < 0)
    apart = leaves_out != (rate.side != SIMILAR)
    assert round(100 * apart.mean()) == 1
    assert not leaves_out[apart].any()
    assert "about 1 part in 100 was called different although" in page


def test_no_catalogue_family_holds_a_total_that_its_siblings_lie_in(shipped: TestClient) -> None:
    found = rows(shipped, Paths.INEQUALITIES, by="family", area="england")
    assert len(found) > 50
    assert {row["reason_code"] for row in found} == {NoGap.SIBLINGS.value}
    assert "no total" in WORDS[NoGap.SIBLINGS]
    assert not any(row["part"].endswith("_all") for row in found)


def test_no_gap_of_any_authority_rests_on_a_withheld_part(shipped: TestClient) -> None:
    found = rows(shipped, Paths.INEQUALITIES, area="authority")
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in found:
        if row["against"] == "_T":
            key = (row["indicator"], row["area_code"], row["period"], row["by"])
            groups.setdefault(key, []).append(row)
    hidden = [row for held in groups.values() for row in held if row["status"] != "ok"]
    assert len(hidden) > 3000
    for row in hidden:
        assert (row["value"], row["numerator"], row["difference"], row["ratio"]) == (None,) * 4
        assert row["outcome"] == "cannot_compare"
    for held in groups.values():
        shown = [row for row in held if row["status"] == "ok"]
        if len(shown) == 1 and any(row["status"] == "suppressed" for row in held):
            assert shown[0]["difference"] is None


def test_where_every_part_is_withheld_nothing_is_said(shipped: TestClient) -> None:
    found = parts(shipped, "school_phase", indicator=ABSENT, area=RUTLAND, period="AY2024-25")
    assert found["_T"]["value"] == 45.0
    assert {row["difference"] for row in found.values()} == {None}


def test_a_gap_lies_inside_its_interval_and_agrees_with_its_word(shipped: TestClient) -> None:
    found = rows(shipped, Paths.INEQUALITIES, area="england,region,authority")
    judged = [row for row in found if row["difference"] is not None]
    assert len(judged) > 2000
    for row in judged:
        assert row["difference_lower"] <= row["difference"] <= row["difference_upper"]
        assert row["reason_code"] is None
        if row["method"] == "newcombe_difference":
            low, high = row["difference_lower"], row["difference_upper"]
            assert (row["outcome"] == "similar") or not low < 0 < high
