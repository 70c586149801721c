"""Every code of a breakdown has a title, in one list and in the order of reading."""

from pathlib import Path

import pytest

from indicators.breakdown_titles import BREAKDOWNS_FILE, read_titles
from indicators.catalogue import DEFINITIONS, load_catalogue
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL
from indicators.measures import load_measures
from indicators.snapshot import CATALOGUE
from tests.indicators.faulty import BROKEN_DOWN, alone, line_with, problems_of, replaced

BOTH_SEXES = alone((DEFINITIONS / f"{BROKEN_DOWN}.yaml").read_text(encoding="utf-8"))


def sent() -> dict[tuple[str, str], str]:
    """The titles of codes that authorities send, of lists that are breakdowns of figures too."""
    return {
        (name, code): title
        for collection in load_measures().collections.values()
        for name, codes in collection.code_lists.items()
        if name in BREAKDOWN_COLUMNS
        for code, title in codes.codes.items()
    }


def read() -> set[tuple[str, str]]:
    """The codes that definitions read."""
    return {
        (name, code)
        for one in load_catalogue()
        for source in one.sources
        for name, breakdown in source.breakdowns.items()
        for code in breakdown.codes.values()
    }


def test_each_breakdown_has_a_list_that_begins_with_the_whole() -> None:
    titles, problems = read_titles()
    assert problems == ()
    assert tuple(titles) == BREAKDOWN_COLUMNS
    assert {next(iter(codes)) for codes in titles.values()} == {TOTAL}


def test_no_title_stands_for_a_code_that_nobody_uses() -> None:
    listed = {(name, code) for name, codes in read_titles()[0].items() for code in codes}
    assert {pair for pair in listed - read() - sent().keys() if pair[1] != TOTAL} == set()


def test_a_code_has_the_title_under_which_authorities_send_it() -> None:
    titles = read_titles()[0]
    assert len(sent()) > 25
    assert {pair: titles[pair[0]].get(pair[1]) for pair in sent()} == sent()


def test_two_codes_of_a_breakdown_have_different_titles() -> None:
    for codes in read_titles()[0].values():
        assert len(set(codes.values())) == len(codes)


def test_a_code_without_a_title_is_refused_with_the_nearest_one(tmp_path: Path) -> None:
    text = (DEFINITIONS / "cla_31mar_rate_10k.yaml").read_text(encoding="utf-8")
    text = replaced("ABUSE_NEGLECT", "ABUSE_NEGLEKT")(alone(text))
    line = line_with(text, "ABUSE_NEGLEKT")
    assert problems_of(tmp_path, text, "cla_31mar_rate_10k") == [
        f"cla_31mar_rate_10k.yaml:{line}: sources[5].breakdowns.need.codes.N1. Abuse or neglect: "
        "'ABUSE_NEGLEKT' has no title in breakdowns.yaml; did you mean 'ABUSE_NEGLECT'?"
    ]


def test_a_definition_does_not_write_titles_itself(tmp_path: Path) -> None:
    text = f"{BOTH_SEXES.rstrip()}\nbreakdown_titles: {{sex: {{F: Girls}}}}\n"
    (found,) = problems_of(tmp_path, text, BROKEN_DOWN)
    assert found.endswith("titles of codes stand in indicators/breakdowns.yaml; remove this block")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("sex:\n  _T: All\n", "sex:\n", "sex: the whole, _T, comes first"),
        ("sex:\n", "sexe:\n", "sex: is missing; add it to this block"),
        ("  F: Female\n", "  F:\n", "sex.F: is empty; write a value or remove the line"),
    ],
)
def test_a_faulty_list_is_placed_by_line_and_field(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    path = tmp_path / BREAKDOWNS_FILE.name
    path.write_text(replaced(old, new)(BREAKDOWNS_FILE.read_text("utf-8")), encoding="utf-8")
    assert said in [str(problem).split(": ", 1)[1] for problem in read_titles(path)[1]]


def test_an_indicator_carries_the_titles_of_its_own_codes_in_order() -> None:
    by_id = {one.id: one for one in load_catalogue()}
    assert by_id["rereferral_12m_pct"].breakdown_titles == {}
    titles = by_id["cla_same_placement_2yr_pct"].breakdown_titles
    assert list(titles) == ["sex", "age", "ethnicity", "placement"]
    assert list(titles["age"].items()) == [
        ("_T", "All ages"),
        ("1_4", "1 to 4"),
        ("5_9", "5 to 9"),
        ("10_15", "10 to 15"),
    ]


def test_a_release_keeps_the_titles_that_it_was_published_with() -> None:
    every = load_catalogue()
    kept = CATALOGUE.validate_json(CATALOGUE.dump_json(every))
    assert [list(one.breakdown_titles.items()) for one in kept] == [
        list(one.breakdown_titles.items()) for one in every
    ]
