"""The worked example of docs/disclosure.md is what rounding says."""

from indicators.arithmetic import round_half_up

COUNTS = (41, 52, 3)


def window(shown: int, step: int) -> tuple[int, int]:
    """Return the counts that are shown as a number when rounded half up to a step."""
    found = [n for n in range(500) if int(round_half_up(n / step, 0)) * step == shown]
    return found[0], found[-1]


def test_the_total_of_the_example_leaves_two_to_eleven_beside_the_exact_counts() -> None:
    low, high = window(100, 10)
    assert int(round_half_up(sum(COUNTS) / 10, 0)) * 10 == 100
    assert (low, high) == (95, 104)
    assert (low - 41 - 52, high - 41 - 52) == (2, 11)
    assert (low - 52, high - 52) == (43, 52)


def test_rounded_counts_of_the_example_leave_one_to_eighteen() -> None:
    first, second, total = window(40, 5), window(50, 5), window(100, 10)
    assert (first, second) == ((38, 42), (48, 52))
    assert (total[0] - first[1] - second[1], total[1] - first[0] - second[0]) == (1, 18)
