"""When authorities are put into groups at random, about one test in twenty finds a difference."""

import numpy as np
import pytest

from indicators.group_spread import judge_groups
from indicators.model import Arithmetic
from reference.inspections import NO_JUDGEMENT, areas_by_grade
from reference.periods import parse_period
from tests.indicators.shipped_columns import authorities, catalogue, england, field, periods_of
from tests.indicators.shipped_columns import totals as held

pytestmark = pytest.mark.unmeasured

YEAR = parse_period("RY2025")
INDICATORS, REPEATS, SEED, NOISE = 12, 12, 5, 3
LEVEL = 0.05


def groupings(areas: tuple[str, ...]) -> list[np.ndarray]:
    """The real groupings, as a number for each authority, -1 for those in no group."""
    places = england()
    labels: list[list[str | None]] = [
        [places.area(code).region for code in areas],
        [places.area(code).type for code in areas],
        *(
            [places.class_of(name, code) for code in areas]
            for name in ("rural_urban", "deprivation", "population_band")
        ),
    ]
    for judgement in places.judgements:
        grades = areas_by_grade(places, judgement, YEAR.end)
        grade_of = {a: g for g, codes in grades.items() if g != NO_JUDGEMENT for a in codes}
        labels.append([grade_of.get(code) for code in areas])
    named = [sorted({label for label in one if label}) for one in labels]
    return [
        np.asarray([names.index(label) if label else -1 for label in one])
        for one, names in zip(labels, named, strict=True)
    ]


def test_about_one_test_in_twenty_finds_a_difference_between_random_groups() -> None:
    drawn = np.random.default_rng(SEED)
    areas = authorities(YEAR)
    chosen = [
        indicator
        for name, indicator in catalogue().items()
        if name in held()
        and YEAR in periods_of(name)
        and indicator.arithmetic is not Arithmetic.COUNT
    ][::6][:INDICATORS]
    found = []
    for indicator in chosen:
        column = field(indicator.id, YEAR, areas)
        for codes in groupings(areas):
            for _ in range(REPEATS):
                test = judge_groups(
                    indicator, column.value, drawn.permutation(codes), int(codes.max()) + 1
                )
                if test.reason is None:
                    found.append(bool(test.differ))
    assert len(found) > 1000
    noise = NOISE * np.sqrt(LEVEL * (1 - LEVEL) / len(found))
    assert np.mean(found) == pytest.approx(LEVEL, abs=noise)
