from pathlib import Path

import pytest

from etl.findings import ExitCode, Finding, Severity
from etl.published import reading
from etl.published.loaded import PublishedReading
from tests.etl.files import gzip_bomb, workbook
from tests.etl.in_process import InProcess
from tests.etl.made_up_files import (
    AUTHORITIES,
    COUNTRY,
    ENDED,
    REGION,
    Row,
    as_csv,
    cell_count,
    changed,
    good_referrals,
    is_of,
    read,
    referrals,
    saved,
)

FIRST = AUTHORITIES[0]


@pytest.fixture(autouse=True)
def _without_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parse here: what the child process adds has tests of its own."""
    monkeypatch.setattr(reading, "Sandbox", InProcess)


def only_finding(result: PublishedReading) -> Finding:
    stopping = [finding for finding in result.findings if finding.stops]
    assert len(stopping) == 1, [str(finding) for finding in result.findings]
    assert result.cells.empty
    assert result.is_refused
    return stopping[0]


def renamed(old: str, new: str) -> list[Row]:
    return [
        {new if name == old else name: cell for name, cell in row.items()}
        for row in good_referrals()
    ]


def scaled(factor: float) -> list[Row]:
    rows = good_referrals()
    for row in rows:
        row["rereferral_percent"] = f"{float(row['rereferral_percent']) * factor:g}"
    return rows


def test_a_good_file_gives_no_finding(tmp_path: Path) -> None:
    result = read(saved(tmp_path, good_referrals()))
    assert result.findings == ()
    assert result.exit_code is ExitCode.OK
    assert len(result.cells) == cell_count()


@pytest.mark.parametrize(
    ("rows", "rule", "said"),
    [
        (renamed("rereferral_percent", "re_referral_percent"), "missing_column",
         "is it 're_referral_percent' now?"),
        (renamed("new_la_code", "code"), "missing_column", "no column new_la_code"),
        (changed(is_of(FIRST), new_la_code="X06000099"), "unknown_area", "row 5"),
        (changed(is_of(FIRST), new_la_code="X0600001"), "unknown_area",
         "names Alverby, whose code is X06000001"),
        ([*good_referrals(), referrals(ENDED)], "abolished_authority", "Galdenshire"),
        (changed(is_of(FIRST), geographic_level="Regional", region_code=FIRST),
         "level_and_code_disagree", "the authority Alverby"),
        (changed(is_of(REGION), geographic_level="Local authority", new_la_code=REGION),
         "level_and_code_disagree", "the region High Fells"),
        (changed(is_of(FIRST), geographic_level="Local authorty"), "unknown_level",
         "'Local authorty'"),
        (changed(is_of(FIRST), old_la_code="199"), "code_and_number_disagree", "101"),
        (changed(is_of(FIRST), time_period="20252"), "impossible_period", "'20252'"),
        (changed(is_of(FIRST), time_period="2205"), "impossible_period", "'2205'"),
        (changed(is_of(FIRST), time_period="March"), "impossible_period", "a year like 2025"),
        (changed(is_of(FIRST), rereferral_count="twenty"), "text_for_a_number", "'twenty'"),
        (changed(is_of(FIRST), rereferral_percent="1e3"), "text_for_a_number", "'1e3'"),
        (changed(is_of(FIRST), rereferral_percent="~"), "text_for_a_number", "one of c, k"),
        (changed(is_of(FIRST), rereferral_percent="120"), "percentage_out_of_range", "120"),
        (changed(is_of(FIRST), rereferral_percent="-1"), "percentage_out_of_range", "-1"),
        (scaled(0.01), "wrong_scale", "from 0 to 100"),
        (scaled(100), "wrong_scale", "100 times"),
        (changed(is_of(FIRST), rereferral_count="900"), "numerator_above_denominator",
         "900 of 100"),
        (changed(is_of(FIRST), rereferral_count="-20"), "negative_count", "-20"),
        ([*good_referrals(), referrals(FIRST, again=30)], "conflicting_duplicates", "row 5"),
        (changed(is_of(FIRST), la_name="=cmd|'/c calc'!A1"), "formula_or_markup", "=cmd"),
        (changed(is_of(FIRST), la_name="<script>alert(1)</script>"), "formula_or_markup",
         "<script>"),
        ([referrals(FIRST, "2026")], "undeclared_vintage", "RY2026"),
        ([referrals(FIRST, "2023")], "undeclared_vintage", "RY2023"),
    ],
)  # fmt: skip
def test_one_fault_gives_one_message_with_place_found_expected_and_advice(
    tmp_path: Path, rows: list[Row], rule: str, said: str
) -> None:
    result = read(saved(tmp_path, rows))
    finding = only_finding(result)
    assert finding.rule == rule
    assert said in str(finding)
    assert finding.place.file.startswith("c1_")
    assert finding.found
    assert finding.expected
    assert finding.advice
    assert result.exit_code is ExitCode.REFUSED


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty_file"),
        (as_csv(good_referrals()).replace(b",", b";"), "wrong_delimiter"),
        (as_csv(good_referrals()).replace(b"Alverby", b"Alv\xe9rby"), "wrong_encoding"),
        (as_csv(good_referrals())[:-30], "truncated_file"),
        (workbook(("a", "b")), "workbook_named_csv"),
        (b"<html><body>moved</body></html>", "not_a_table"),
        (gzip_bomb(600_000_000), "too_large_unpacked"),
    ],
    ids=["empty", "semicolons", "Latin 1", "cut off", "workbook", "HTML", "gzip bomb"],
)
def test_a_file_that_cannot_be_read_gives_one_message(
    tmp_path: Path, content: bytes, rule: str
) -> None:
    result = read(saved(tmp_path, content))
    assert only_finding(result).rule == rule
    assert result.exit_code is ExitCode.UNREADABLE


def test_a_duplicate_column_is_refused(tmp_path: Path) -> None:
    content = as_csv(good_referrals()).replace(b"country_name", b"region_name", 1)
    assert only_finding(read(saved(tmp_path, content))).rule == "duplicate_column"


def test_a_header_without_rows_is_refused(tmp_path: Path) -> None:
    content = as_csv(good_referrals()).split(b"\n")[0] + b"\n"
    assert only_finding(read(saved(tmp_path, content))).rule == "no_rows"


def test_many_faults_of_one_kind_do_not_flood(tmp_path: Path) -> None:
    rows = good_referrals()
    for row in rows:
        row["rereferral_count"] = "many"
    findings = read(saved(tmp_path, rows)).findings
    assert len(findings) == 5
    assert findings[-1].more == cell_count() - 5


def test_one_bad_file_keeps_its_own_cells_out_and_refuses_the_whole_load(tmp_path: Path) -> None:
    good = saved(tmp_path, good_referrals())
    bad = saved(tmp_path, changed(is_of(FIRST), time_period="x"), good.name.replace("2013", "2012"))
    result = read(good, bad)
    assert result.is_refused
    assert [record.not_used for record in result.report.files] == ["", "refused"]


def test_rows_that_repeat_each_other_exactly_count_once(tmp_path: Path) -> None:
    result = read(saved(tmp_path, [*good_referrals(), referrals(FIRST, again=20)]))
    assert result.findings == ()
    assert len(result.cells) == cell_count()


def test_two_files_of_one_publication_that_contradict_each_other_are_refused(
    tmp_path: Path,
) -> None:
    one = saved(tmp_path, good_referrals())
    other = saved(tmp_path, changed(is_of(FIRST), rereferral_count="19", rereferral_percent="19"),
                  one.name.replace("2013", "2012"))  # fmt: skip
    result = read(one, other)
    assert [finding.rule for finding in result.findings] == ["conflicting_duplicates"]
    assert "earlier file" in str(result.findings[0])


def test_a_category_that_was_reworded_is_a_warning_with_the_nearest_text(tmp_path: Path) -> None:
    from tests.etl.made_up_files import RATES, placed

    rows = [
        placed(code, population_type="Children looked after on 31st March each year",
               population_estimate=1000, children_count=5, rate_per_10000=50)
        for code in (COUNTRY, FIRST)
    ]  # fmt: skip
    findings = read(saved(tmp_path, rows, RATES)).findings
    warnings = [f for f in findings if "cla_31mar" in f.found]
    assert [(f.rule, f.severity) for f in warnings] == [("no_such_rows", Severity.WARNING)]
    assert "31st March" in warnings[0].advice


def test_a_file_that_lacks_many_authorities_is_taken_with_a_warning(tmp_path: Path) -> None:
    result = read(saved(tmp_path, good_referrals(12)))
    assert [(f.rule, f.severity) for f in result.findings] == [
        ("few_authorities", Severity.WARNING)
    ]
    assert "rows of 12 authorities in RY2025" in str(result.findings[0])
    assert not result.is_refused
