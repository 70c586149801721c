"""Which figures an authority is asked to say something of."""

from typing import Any

from indicators.to_comment import figures_to_comment_on


def stands_out(indicator: str, rank: int, with_: str = "neighbours", **more: Any) -> dict[str, Any]:
    plain = {"area_code": "X1", "period": "RY2025", "outcome": "worse", "short_title": indicator}
    return {"indicator": indicator, "rank": rank, "with": with_, **plain, **more}


def test_the_surest_come_first_and_better_counts_as_much_as_worse() -> None:
    rows = [
        stands_out("b", 2, outcome="better"),
        stands_out("a", 1),
        stands_out("b", 1, "own_past", outcome="higher"),
    ]
    found = figures_to_comment_on(rows)
    assert [one.indicator for one in found] == ["a", "b"]
    assert found[1].why == (
        "higher than its own past, beyond chance; better than its neighbours, beyond chance"
    )


def test_what_has_a_comment_is_not_asked_for_again() -> None:
    rows = [stands_out("a", 1), stands_out("b", 2)]
    found = figures_to_comment_on(rows, {("a", "X1", "RY2025"), ("b", "X1", "RY2024")})
    assert [(one.indicator, one.area, one.period) for one in found] == [("b", "X1", "RY2025")]


def test_nobody_is_asked_for_more_than_a_dozen() -> None:
    assert len(figures_to_comment_on([stands_out(f"i{n}", n) for n in range(40)])) == 12
