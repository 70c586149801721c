"""What a disclosure policy says of itself, for the release that was made under it.

A policy that a release was made under keeps its words; other words get another id.
"""

from pathlib import Path
from typing import Any, Final

from indicators.strict_yaml import StrictYamlError, Tree, read_document
from indicators.told_beside import Disclosure, Statement

POLICIES: Final = Path(__file__).parent / "policies"


def disclosure_of(policy: str, reason: str = "", folder: Path = POLICIES) -> Disclosure:
    """Return the words of a policy; one that no longer ships has its id for a title."""
    try:
        tree = read_document((folder / f"{policy}.yaml").read_text("utf-8")).tree
    except (FileNotFoundError, StrictYamlError):
        return Disclosure(policy, policy, (), reason)
    protects = tree.get("protects", [])
    parts = protects if isinstance(protects, list) else []
    statements = tuple(_statement(part) for part in parts if isinstance(part, dict))
    return Disclosure(policy, str(tree.get("title", policy)), statements, reason)


def _statement(part: dict[str, Tree]) -> Statement:
    words: dict[str, Any] = {name: str(value).strip() for name, value in part.items()}
    return Statement(
        id=words.get("id", ""),
        title=words.get("title", words.get("id", "")),
        is_protected=words.get("is_protected", "false") == "true",
        says=words.get("says", ""),
    )
