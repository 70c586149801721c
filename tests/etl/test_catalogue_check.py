"""Definitions may only name what the tables have."""

from pathlib import Path

import pytest

from etl.catalogue_check import check_catalogue
from etl.catalogue_commands import check_command, list_command, show_command
from indicators.catalogue import DEFINITIONS

ID = "sw_agency_fte_pct"
OTHER = "cla_3plus_placements_pct"


def text_of(indicator_id: str) -> str:
    text = (DEFINITIONS / f"{indicator_id}.yaml").read_text(encoding="utf-8")
    before, _, rest = text.partition("read_with:\n")
    return before + rest[rest.index("synonyms:") :]


def problems(folder: Path, indicator_id: str, old: str, new: str) -> list[str]:
    text = text_of(indicator_id)
    assert old in text
    (folder / f"{indicator_id}.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return [str(problem) for problem in check_catalogue(folder)]


def test_our_definitions_fit_our_tables() -> None:
    assert check_catalogue() == ()


@pytest.mark.parametrize(
    ("indicator_id", "old", "new", "said"),
    [
        (
            ID,
            "table: dfe_csww_indicators",
            "table: dfe_csww_indicator",
            "sources[1].table: no table 'dfe_csww_indicator'; did you mean 'dfe_csww_indicators'?",
        ),
        (
            ID,
            "value: agency_rate_fte",
            "value: agency_rate_ft",
            "sources[1].value: dfe_csww_indicators has no column 'agency_rate_ft'; did you mean "
            "'agency_rate_fte'?",
        ),
        (
            ID,
            "agency_fte + inpost_fte",
            "agency_fte + in_post_fte",
            "sources[1].denominator: dfe_csww_indicators has no column 'in_post_fte'; did you "
            "mean 'inpost_fte'?",
        ),
        (
            OTHER,
            "[CLA on 31 March]",
            "[Children looked after at 31 March]",
            "sources[1].rows.cla_group: 'Children looked after at 31 March' is an older spelling "
            "of dfe_cla_placement_stability; write 'CLA on 31 March'",
        ),
        (
            OTHER,
            "      cla_group: [CLA on 31 March]\n",
            "",
            "sources[1].rows: rows of dfe_cla_placement_stability differ in 'cla_group'; pick its "
            "spellings under 'rows', or read a breakdown from it",
        ),
        (
            "csc_spend_per_child_gbp",
            "[country, authority]",
            "[region]",
            "sources[1].levels: mhclg_outturn_rsx has no rows of level 'region'; give 'levels'",
        ),
        (
            ID,
            "  - table: dfe_csww_indicators\n",
            '  - table: dfe_csww_indicators\n    absent_from: ["2035"]\n',
            "sources[1].absent_from: dfe_csww_indicators has no vintage '2035'; did you mean "
            "'2025'?",
        ),
        (
            ID,
            "period_kind: SEP",
            "period_kind: RY",
            "period_kind: dfe_csww_indicators is published by SEP",
        ),
    ],
)
def test_what_a_table_cannot_give_is_refused(
    tmp_path: Path, indicator_id: str, old: str, new: str, said: str
) -> None:
    found = problems(tmp_path, indicator_id, old, new)
    assert [problem.split(": ", 1)[1] for problem in found] == [said]


def test_the_check_command_ends_with_1_and_counts_what_is_to_mend(tmp_path: Path) -> None:
    problems(tmp_path, ID, "decimals: 1", "decimals: one")
    report, code = check_command(tmp_path)
    assert code == 1
    assert report.splitlines()[-1] == "1 to mend"
    assert list_command(tmp_path) == (report.rpartition("\n")[0], 1)
    assert show_command(ID, tmp_path)[1] == 1


def test_the_commands_end_with_0_where_nothing_is_wrong() -> None:
    assert check_command()[1] == 0
    assert list_command()[1] == 0
    assert show_command(ID)[1] == 0
    assert show_command("nothing")[1] == 2
