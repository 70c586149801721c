"""Every number of the page on neighbours follows from the tables that ship."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from indicators.likeness import Likeness, on_scale, standardised
from reference.places import Area, Neighbour
from tests.indicators.shipped_columns import england
from tests.tree import ROOT

KENT, ESSEX, BEXLEY = "E10000016", "E10000012", "E09000004"
NEWEST, BEFORE = "2025", "2021"
DEFAULT = ("children", "density", "deprivation")


@pytest.fixture(scope="module")
def page() -> str:
    return " ".join((ROOT / "docs" / "methods" / "neighbours.md").read_text("utf-8").split())


@cache
def current() -> tuple[Area, ...]:
    return tuple(area for area in england().authorities() if area.last_day is None)


def row(code: str) -> int:
    return [area.code for area in current()].index(code)


@cache
def likeness(*counted: str) -> Likeness:
    counts = np.array([area.is_rankable for area in current()])
    columns = []
    for variable in england().context_variables:
        held = [england().context_of(variable.id, area.code) for area in current()]
        values = [np.nan if value is None else value for value in held]
        columns.append(standardised(on_scale(values, variable.scale), counts))
    weights = [float(v.id in counted) for v in england().context_variables]
    return Likeness(np.transpose(columns), np.array(weights), counts)


def named(model: str) -> list[Neighbour]:
    return [n for n in england().neighbours if n.model == model]


def counted(model: str) -> Iterator[Neighbour]:
    for n in named(model):
        if england().area(n.area).is_rankable:
            yield n


def distances(found: Likeness, model: str = NEWEST) -> list[float]:
    return [float(found.distances_from(row(n.area))[row(n.neighbour)]) for n in counted(model)]


def column(name: str) -> int:
    return [variable.id for variable in england().context_variables].index(name)


def said(number: float, decimals: int = 2) -> str:
    return f"{number:,.{decimals}f}".replace("-", "−")


def test_the_default_counts_what_the_page_says(page: str) -> None:
    assert tuple(v.id for v in england().context_variables if v.weight) == DEFAULT
    for variable in england().context_variables:
        weight = f" {variable.weight:g} " if variable.weight else " "
        assert f"| `{variable.id}` | " in page
        line = page.partition(f"| `{variable.id}` | ")[2].split(" |")
        assert line[1] == f" {variable.scale}"
        assert f"{line[2]} ".replace("  ", " ") == weight


def test_the_table_of_the_example(page: str) -> None:
    found = likeness(*DEFAULT)
    trio = (KENT, ESSEX, BEXLEY)
    for name, title, decimals in (
        ("children", "children aged 0 to 17, mid-2024", 0),
        ("density", "people per square kilometre, mid-2023", 0),
        ("deprivation", "deprivation score, 2025", 1),
    ):
        values = [said(england().context_of(name, code) or 0, decimals) for code in trio]
        assert f"| {title} | {' | '.join(values)} |" in page
        apart = [
            said(found.places[row(code), column(name)] - found.places[row(KENT), column(name)])
            for code in trio[1:]
        ]
        assert f"| difference in {name}, in standard deviations | | {' | '.join(apart)} |" in page
    far = [float(found.distances_from(row(KENT))[row(code)]) for code in trio[1:]]
    assert f"| **distance** | | **{far[0]:.3f}** | **{far[1]:.3f}** |" in page
    nearer = [f"{found.percentile(one):.1f} %" for one in far]
    assert f"| pairs of authorities that are nearer | | {' | '.join(nearer)} |" in page
    shares = [found.contributions(row(KENT), row(code)) for code in trio[1:]]
    words = [", ".join(f"{one[column(name)]:.0f}" for name in DEFAULT) + " %" for one in shares]
    assert f"| share of it due to children, density, deprivation | | {' | '.join(words)} |" in page


def test_the_distance_step_by_step(page: str) -> None:
    places = likeness(*DEFAULT).places
    parts = [
        f"{abs(places[row(ESSEX), column(n)] - places[row(KENT), column(n)]):.4f}" for n in DEFAULT
    ]
    root = np.sqrt(sum(float(part) ** 2 for part in parts) / 3)
    assert f"√(({parts[0]}² + {parts[1]}² + {parts[2]}²) / 3) = {root:.3f}" in page
    held = [england().context_of("children", a.code) or 0 for a in current() if a.is_rankable]
    times = (england().context_of("children", KENT) or 0) / np.exp(np.mean(np.log(held)))
    assert f"Kent has {times:.1f} times the children of the typical authority" in page


def test_kent_kept_four_and_eight_name_it_in_turn(page: str) -> None:
    now = {n.neighbour for n in england().neighbours_of(KENT, NEWEST)}
    then = {n.neighbour for n in england().neighbours_of(KENT, BEFORE)}
    back = sum(KENT in {n.neighbour for n in england().neighbours_of(code, NEWEST)} for code in now)
    assert f"Kent has {len(now & then)} of its ten neighbours of 2025" in page
    assert f"{back} of the ten name Kent in turn" in page


def test_official_neighbours_are_far_nearer_than_any_two(page: str) -> None:
    found = likeness(*DEFAULT)
    far = distances(found)
    assert len(found.pairs) == 11_325
    assert "all 11,325 pairs of 151 authorities" in page
    assert np.mean(far) < 0.65 * found.pairs.mean()
    assert f"| mean distance | {np.mean(far):.2f} | {found.pairs.mean():.2f} |" in page
    assert f"| median distance | {np.median(far):.2f} | {np.median(found.pairs):.2f} |" in page
    for name in DEFAULT:
        alone = likeness(name)
        numbers = f"{np.mean(distances(alone)):.2f} | {alone.pairs.mean():.2f}"
        assert f"| mean difference in {name} alone | {numbers} |" in page
    percentiles = np.array([found.percentile(one) for one in far])
    assert f"{100 * np.mean(percentiles < 50):.0f} % of official neighbours are nearer" in page
    assert f"nearer than {100 - np.median(percentiles):.0f} % of all pairs" in page


def test_the_words_of_closeness_do_not_follow_our_distance(page: str) -> None:
    found = likeness(*DEFAULT)
    by_word: dict[str, list[float]] = {}
    for n, far in zip(counted(NEWEST), distances(found), strict=True):
        by_word.setdefault(n.closeness, []).append(far)
    very, somewhat = by_word["Very close"], by_word["Somewhat close"]
    assert f"the {len(very)} “very close” ones are {np.mean(very):.2f} apart" in page
    assert f"the {len(somewhat)} “somewhat close” ones {np.mean(somewhat):.2f}" in page
    shared = [
        len({current()[n].code for n in found.nearest(row(a.code))[:10]}
            & {n.neighbour for n in england().neighbours_of(a.code, NEWEST)})
        for a in current() if a.is_rankable
    ]  # fmt: skip
    assert f"by our default, {np.mean(shared):.1f} are official neighbours" in page


def test_how_many_pairs_are_mutual(page: str) -> None:
    for model, words in ((NEWEST, "of the model of 2025"), (BEFORE, "of 2021")):
        pairs = {(n.area, n.neighbour) for n in named(model)}
        mutual = sum((other, one) in pairs for one, other in pairs)
        share = f"{100 * mutual / len(pairs):.0f} %"
        assert f"the {len(pairs):,} {'pairs ' if model == NEWEST else ''}{words}" in page
        assert f"{mutual} are mutual ({share})" in page or f"{mutual} ({share})" in page
    named_at_all = {n.neighbour for n in named(NEWEST)}
    nobodys = {area.name for area in current() if area.code not in named_at_all}
    assert nobodys == {"Calderdale", "Rutland", "City of London", "Isles of Scilly"}


def test_how_far_the_two_models_agree(page: str) -> None:
    both: dict[str, int] = {}
    for area in current():
        now, then = (
            {n.neighbour for n in england().neighbours_of(area.code, model)}
            for model in (NEWEST, BEFORE)
        )
        if now and then:
            both[area.name] = len(now & then)
    assert f"{len(both)} authorities have neighbours in both" in page
    assert f"on average {np.mean(list(both.values())):.1f} of the ten are the same" in page
    assert [name for name, count in both.items() if count == 10] == ["Buckinghamshire"]
    few = Counter({name: count for name, count in both.items() if count <= 2})
    assert few == {"Calderdale": 1, "Leeds": 2, "Northumberland": 2, "Wigan": 2}
    new = {area.name for area in current()} - set(both)
    assert new == {"Cumberland", "Westmorland and Furness"}
