"""Definitions with one fault in them, for tests of how faults are answered."""

from collections.abc import Callable
from pathlib import Path

from indicators.catalogue import DEFINITIONS, check_definitions

SIBLING = "rereferral_12m_pct"
TEXT = (DEFINITIONS / f"{SIBLING}.yaml").read_text(encoding="utf-8")
BROKEN_DOWN = "injury_admissions_0_14_rate_10k"

Change = Callable[[str], str]


def written(folder: Path, name: str, text: str) -> Path:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def replaced(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def alone(text: str) -> str:
    """The text of a definition without its mentions of others."""
    before, _, rest = text.partition("read_with:\n")
    return before + rest[rest.index("synonyms:") :]


def line_with(text: str, words: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if words in line)


def problems_of(folder: Path, text: str, name: str = SIBLING) -> list[str]:
    return [str(problem) for problem in check_definitions(written(folder, name, text))]
