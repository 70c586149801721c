"""Which counts are hidden: the small ones, and what would give them away."""

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.hidden_counts import UNKNOWN, Rows, hidden_counts
from indicators.measures import Identity, Key, load_measures


def key(name: str) -> Key:
    return (name, "TOTAL", "ALL")


def a_row(*parts: int, names: str = "abcdefgh") -> Rows:
    """A whole and its parts, named a, b, c …"""
    keys = [key(name) for name in names[: len(parts)]]
    counts = dict(zip(keys, parts, strict=True))
    whole = key("whole")
    return Rows({**counts, whole: sum(parts)}, [Identity("A00", whole, tuple(keys))])


def hidden_names(rows: Rows) -> set[str]:
    return {found[0] for found in hidden_counts(rows, 6)}


def test_counts_of_one_to_five_are_hidden() -> None:
    assert hidden_names(Rows({key(str(n)): n for n in range(8)}, [])) == {"1", "2", "3", "4", "5"}


def test_zero_is_shown() -> None:
    assert hidden_names(a_row(0, 10, 20)) == set()


def test_one_hidden_part_takes_the_smallest_other_part_that_is_not_zero() -> None:
    assert hidden_names(a_row(3, 0, 20, 10)) == {"a", "d"}


def test_two_hidden_parts_are_enough_when_they_are_together_no_small_count() -> None:
    assert hidden_names(a_row(3, 4, 20, 10)) == {"a", "b"}


def test_hidden_parts_that_are_together_a_small_count_take_another() -> None:
    assert hidden_names(a_row(1, 1, 20, 10)) == {"a", "b", "d"}


def test_the_whole_is_hidden_only_if_no_part_is_left() -> None:
    assert hidden_names(a_row(2, 2, 0)) == {"a", "b", "whole"}


def test_a_small_whole_is_hidden_with_its_parts() -> None:
    assert hidden_names(a_row(2, 0, 0)) == {"a", "whole"}


def test_a_count_known_from_elsewhere_is_no_cover() -> None:
    rows = a_row(3, 20, 10)
    public = Rows(rows.counts, rows.identities, public=frozenset({key("c")}))
    assert hidden_names(public) == {"a", "b"}


def test_what_a_publisher_hides_is_hidden_with_a_second_count() -> None:
    rows = a_row(30, 20, 10)
    withheld = Rows(rows.counts, rows.identities, withheld=frozenset({key("b")}))
    assert hidden_names(withheld) == {"b", "c"}


def test_a_score_total_is_hidden_with_the_count_of_scores() -> None:
    rows = Rows({key("n"): 4, key("sum"): 60}, [], tied={key("sum"): key("n")})
    assert hidden_names(rows) == {"n", "sum"}


def test_a_sum_with_a_count_that_was_not_sent_gives_nothing_away() -> None:
    identity = Identity("A00", key("whole"), (key("a"), key("b"), key("c")))
    rows = Rows({key("whole"): 30, key("a"): 3, key("b"): 10}, [identity])
    assert hidden_names(rows) == {"a"}


def test_a_count_in_two_sums_is_safe_in_both() -> None:
    first = Identity("A00", key("whole"), (key("a"), key("b"), key("c")))
    second = Identity("A00", key("top"), (key("a"),))
    counts = {key("whole"): 33, key("a"): 3, key("b"): 10, key("c"): 20, key("top"): 3}
    assert hidden_names(Rows(counts, [first, second])) == {"a", "b", "top"}


def test_the_span_of_a_second_count_is_what_the_first_leaves_open() -> None:
    spans = hidden_counts(a_row(3, 10, 20), 6)
    assert spans[key("a")] == (1, 5)
    assert spans[key("b")] == (8, 12)


def solved_exactly(rows: Rows, hidden: Sequence[Key]) -> set[Key]:
    """Work out with fractions which hidden counts the sums fix: an independent second way."""
    lines = []
    for identity in rows.identities:
        signs = {identity.whole: 1, **dict.fromkeys(identity.parts, -1)}
        if all(key in rows.counts for key in identity.keys):
            lines.append([Fraction(signs.get(name, 0)) for name in hidden])
    reduced = reduce(lines)
    return {
        hidden[place]
        for line in reduced
        for place, share in enumerate(line)
        if share and sum(bool(other) for other in line) == 1
    }


def reduce(lines: list[list[Fraction]]) -> list[list[Fraction]]:
    """Bring equations to reduced row echelon form."""
    done: list[list[Fraction]] = []
    width = len(lines[0]) if lines else 0
    for column in range(width):
        pivot = next((line for line in lines if line[column]), None)
        if pivot is None:
            continue
        lines.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        lines = [without(line, pivot, column) for line in lines]
        done = [without(line, pivot, column) for line in done]
        done.append(pivot)
    return done


def without(line: list[Fraction], pivot: list[Fraction], column: int) -> list[Fraction]:
    return [value - line[column] * base for value, base in zip(line, pivot, strict=True)]


COUNT = st.one_of(st.integers(0, 8), st.integers(0, 60))


@settings(max_examples=300)
@given(st.lists(COUNT, min_size=1, max_size=8))
def test_no_small_count_of_a_random_row_can_be_worked_out(parts: list[int]) -> None:
    rows = a_row(*parts)
    hidden = hidden_counts(rows, 6)
    assert all(name in hidden for name, count in rows.counts.items() if 1 <= count <= 5)
    assert solved_exactly(rows, sorted(hidden)) == set()
    whole = key("whole")
    inside = [rows.counts[name] for name in hidden]
    if inside and whole not in hidden:
        assert sum(inside) >= 6


@settings(max_examples=150)
@given(st.data())
def test_no_small_count_of_a_random_return_can_be_worked_out(data: st.DataObject) -> None:
    collection = load_measures().collection(data.draw(st.sampled_from(["CLA", "CL", "CIN"])))
    counts: dict[Key, int] = {}
    for identity in collection.identities:
        for part in identity.parts:
            counts.setdefault(part, data.draw(COUNT))
    for identity in reversed(collection.identities):
        counts[identity.whole] = sum(counts[part] for part in identity.parts)
    sound = [i for i in collection.identities if counts[i.whole] == sum(map(counts.get, i.parts))]  # type: ignore[arg-type]
    rows = Rows(counts, sound)
    hidden = hidden_counts(rows, 6)
    assert all(name in hidden for name, count in counts.items() if 1 <= count <= 5)
    assert solved_exactly(rows, sorted(hidden)) == set()
    for name, (least, most) in hidden.items():
        assert least <= counts[name] <= most
        assert most - least >= 4 or (least, most) == UNKNOWN
