"""Notes about figures pass, notes about a person do not (D02)."""

import pytest

from etl.submissions.notes import personal

FINE = [
    "",
    "Estimated since the new case system began on 1 April 2024",
    "Figures as at 31 March 2025; the extract was taken on 4 July 2025",
    "Children aged 10 to 17 only",
    "Girls aged 10 to 15 and boys aged 16 or 17 are counted together",
    "Not recorded before September; LCS moved to Mosaic",
    "2 children were counted twice in last year's return",
    "Child Protection plans from St Thomas Hospital are included",
    "Mother and baby placements are counted once for each child",
    "Parent and child placements: 4",
    "Recording by the team in George Street changed in May 2024",
    "Will be final in June. We may restate it.",
    "See the guidance, e.g. section 2; U.K. residents only",
    "Includes 12 UASC placed under the NTS, LA of origin unknown",
    "Low because 45% of reviews moved online in 2020/21",
    "CIN census validation 8670Q outstanding",
    "Rose by a third: new early help hub",
    "Father figures: data on fathers is not held",
    "No child was missing for more than 3 days",
]
BAD = [
    "Includes a boy aged 14 who went missing often",
    "One 15 year old girl was moved five times",
    "A 3-month-old baby was taken into care in May",
    "Child JS returned home",
    "J.S. moved to another authority",
    "The child was born on 12/03/2012",
    "He turned 18 on 4 July",
    "The child died on 3 May 2024",
    "Sibling group of Emily placed together",
    "Mother called Sandra refused",
    "Ask Mr Brown about this one",
    "Questions to jo.bloggs@example.org",
    "Ring 01632 960123",
    "Placed near AB1 2CD",
    "Pupil A123456789012 is missing",
    "boy, 14, in secure accommodation",
    "a female aged 16 in custody",
    "Oliver's placement ended early",
]


@pytest.mark.parametrize("note", FINE)
def test_a_note_about_a_figure_is_taken(note: str) -> None:
    assert personal(note) == ""


@pytest.mark.parametrize("note", BAD)
def test_a_note_about_a_person_is_sent_back(note: str) -> None:
    assert personal(note)
    capitals = [word for word in note.split() if word[0].isupper() and len(word) > 1]
    assert not any(word in personal(note) for word in capitals)
