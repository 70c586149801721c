"""What a disclosure policy says of itself to readers."""

from pathlib import Path

from indicators.policy_words import disclosure_of
from indicators.told_beside import disclosure_lines

POLICY = """\
id: strict
title: Counts are rounded to 5
protects:
  - id: small_counts
    title: Small counts
    is_protected: true
    says: Counts of 1 to 5 are hidden.
  - id: complements
    title: What remains of a total
    is_protected: false
    says: Less a count, a total may leave a small one.
"""


def test_a_policy_says_what_it_protects_and_what_it_does_not(tmp_path: Path) -> None:
    (tmp_path / "strict.yaml").write_text(POLICY, "utf-8")
    told = disclosure_of("strict", "Asked for", tmp_path)
    assert (told.title, told.reason) == ("Counts are rounded to 5", "Asked for")
    assert [(one.id, one.is_protected) for one in told.statements] == [
        ("small_counts", True),
        ("complements", False),
    ]
    lines = disclosure_lines(told, 7)
    assert lines[:3] == [
        "Disclosure policy strict: Counts are rounded to 5.",
        "Why this policy was chosen: Asked for",
        "Figures worked out from authorities' returns and hidden: 7.",
    ]
    assert lines[3:5] == ["It protects:", "- Small counts: Counts of 1 to 5 are hidden."]


def test_every_policy_that_ships_has_a_title() -> None:
    folder = Path(__file__).parents[2] / "indicators" / "policies"
    for path in folder.glob("*.yaml"):
        assert disclosure_of(path.stem).title != path.stem


def test_a_policy_that_no_longer_ships_is_named_by_its_id(tmp_path: Path) -> None:
    told = disclosure_of("gone", folder=tmp_path)
    assert (told.title, told.statements) == ("gone", ())
    assert disclosure_lines(told, 0)[0] == "Disclosure policy gone: gone."
