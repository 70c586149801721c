"""Times as queries write them; our statuses and flags as the codes of the standard."""

from datetime import date

import pytest

from api.sdmx.errors import SdmxError
from api.sdmx.status import OBS_STATUS_TEXTS, PRECEDENCE, conf_status, obs_status
from api.sdmx.times import frequency, span_of, time_of
from indicators.cells import FLAGS, STATUSES, Flag, Status
from reference.periods import PeriodKind, parse_period

YEAR_2025 = (date(2025, 1, 1), date(2025, 12, 31))
MARCH = (date(2025, 3, 1), date(2025, 3, 31))
LAST_DAY = (date(2025, 3, 31), date(2025, 3, 31))


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2025", YEAR_2025),
        ("2025-A1", YEAR_2025),
        ("2024/25", YEAR_2025),
        ("2024-25", YEAR_2025),
        ("2025-03", MARCH),
        ("2025-M03", MARCH),
        ("2025-Q1", (date(2025, 1, 1), date(2025, 3, 31))),
        ("2025-Q4", (date(2025, 10, 1), date(2025, 12, 31))),
        ("2025-S2", (date(2025, 7, 1), date(2025, 12, 31))),
        ("2025-T1", (date(2025, 1, 1), date(2025, 4, 30))),
        ("2025-W01", (date(2024, 12, 30), date(2025, 1, 5))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2025-03-31", LAST_DAY),
        ("2025-03-31T10:00:00", LAST_DAY),
        ("2025-03-31T10:00:00Z", LAST_DAY),
        ("RY2025", LAST_DAY),
        ("FY2024-25", LAST_DAY),
        ("AY2024-25", (date(2025, 8, 31), date(2025, 8, 31))),
        ("SEP2025", (date(2025, 9, 30), date(2025, 9, 30))),
        ("RY2025Q3", (date(2024, 12, 31), date(2024, 12, 31))),
    ],
)
def test_a_time_is_read_as_its_first_and_its_last_day(text: str, span: tuple[date, date]) -> None:
    assert span_of("startPeriod", text) == span


@pytest.mark.parametrize(
    "text",
    ["", "25", "2025-13", "2025-00", "0000", "2025-Q5", "2025-02-30", "2023-25", "RY25", "x"],
)
def test_what_is_no_time_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(SdmxError, match=r"startPeriod.*write a year") as refused:
        span_of("startPeriod", text)
    assert (refused.value.status, refused.value.code) == (400, 140)


PERIODS = (
    "RY2025", "FY2024-25", "AY2024-25", "CY2025", "SEP2025", "RY2025Q1", "RY2025Q2", "RY2025Q3",
    "RY2025Q4",
)  # fmt: skip


def test_kind_and_time_together_name_one_period_of_any_year() -> None:
    ids = [
        id.replace("2025", str(year))
        for year in range(2001, 2031)
        for id in PERIODS
        if "-" not in id
    ]
    ids += [
        f"{kind}{year}-{(year + 1) % 100:02}" for kind in ("FY", "AY") for year in range(1998, 2030)
    ]
    periods = [parse_period(id) for id in ids]
    assert len({(one.kind, time_of(one)) for one in periods}) == len(periods)
    assert {one.kind for one in periods} == set(PeriodKind)


def test_only_quarters_are_quarterly() -> None:
    assert [kind for kind in PeriodKind if frequency(kind) == "Q"] == [PeriodKind.QUARTER]


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("ok", "A"), ("low", "N"), ("suppressed", "Q"), ("not_available", "O"),
        ("not_applicable", "M"), ("not_collected", "L"), ("unreliable_withheld", "O"),
        ("withdrawn", "O"),
    ],
)  # fmt: skip
def test_each_status_has_its_code(status: str, code: str) -> None:
    assert obs_status(Status(status), ()) == code
    assert conf_status(Status(status)) == ("C" if status == "suppressed" else "F")


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (("break",), "B"),
        (("definition_differs",), "D"),
        (("estimated",), "E"),
        (("imputed",), "I"),
        (("provisional",), "P"),
        (("low_reliability",), "U"),
        (("revised",), "A"),
        (("joint_return", "reconstructed"), "A"),
        (("break", "estimated", "provisional"), "B"),
        (("estimated", "imputed"), "I"),
        (("estimated", "provisional"), "E"),
        (("low_reliability", "provisional"), "P"),
        (("definition_differs", "imputed"), "D"),
    ],
)
def test_of_several_flags_the_weightiest_code_stands(flags: tuple[str, ...], code: str) -> None:
    assert obs_status(Status.OK, flags) == code


def test_why_there_is_no_value_outweighs_every_flag() -> None:
    assert obs_status(Status.SUPPRESSED, ("break",)) == "Q"


def test_every_code_that_can_be_given_is_explained_and_has_its_place() -> None:
    given = {obs_status(status, ()) for status in STATUSES}
    given |= {obs_status(Status.OK, (str(flag),)) for flag in FLAGS}
    assert given == set(OBS_STATUS_TEXTS)
    assert given <= set(PRECEDENCE)
    assert Flag.REVISED in FLAGS
