from etl.findings import (
    ExitCode,
    Finding,
    Place,
    Severity,
    as_json,
    as_text,
    capped,
    exit_code,
    quoted,
)


def finding(rule: str = "r", file: str = "f.csv", row: int = 1, more: int = 0) -> Finding:
    return Finding(rule, Severity.ERROR, Place(file, row), "x", "y", "do z", more)


def test_a_finding_says_place_found_expected_advice_and_rule() -> None:
    text = str(
        Finding("r", Severity.ERROR, Place("f.csv", 12, "value"), "'abc'", "a number", "mend it")
    )
    assert text == "f.csv, row 12, column value: found 'abc'; expected a number; mend it [r]"


def test_five_findings_of_a_rule_and_file_are_kept_and_the_others_counted() -> None:
    many = [finding(row=row) for row in range(1, 9)]
    kept = capped([*many, finding("other"), finding(file="g.csv")])
    assert [f.place.row for f in kept if f.rule == "r" and f.place.file == "f.csv"] == [
        1,
        2,
        3,
        4,
        5,
    ]
    assert [f.more for f in kept] == [0, 0, 0, 0, 3, 0, 0]


def test_what_was_counted_before_is_not_lost_when_capped_again() -> None:
    assert capped(capped([finding(row=row) for row in range(9)]))[-1].more == 4
    assert capped([finding(more=7), finding()], limit=1)[0].more == 8


def test_the_exit_code_follows_from_the_worst_finding() -> None:
    warning = Finding("w", Severity.WARNING, Place("f"), "x")
    unreadable = Finding("u", Severity.UNREADABLE, Place("f"), "x")
    assert exit_code([]) is ExitCode.OK
    assert exit_code([warning]) is ExitCode.OK
    assert exit_code([warning, finding()]) is ExitCode.REFUSED
    assert exit_code([unreadable, finding()]) is ExitCode.UNREADABLE


def test_the_most_serious_findings_come_first_in_text() -> None:
    warning = Finding("w", Severity.WARNING, Place("f"), "x")
    assert as_text([warning, finding()]).splitlines()[0].startswith("ERROR: f.csv, row 1")


def test_a_finding_is_plain_data_in_json() -> None:
    told = as_json(finding())
    assert told["severity"] == "error"
    assert told["place"]["row"] == 1


def test_quoted_text_is_short_and_cannot_steer_a_terminal() -> None:
    assert quoted("a\x1b[31m" + "b" * 100) == "'a�[31m" + "b" * 54 + "…'"


def test_names_from_a_file_cannot_steer_a_terminal_either() -> None:
    place = Place("f.csv", 1, "value\x1b[2J" + "x" * 300)
    assert "\x1b" not in str(place)
    assert len(str(place)) < 250
