"""How practice is told from the real thing: made-up places, and a name on all that leaves."""

from typing import Final

PRACTICE_PLACES: Final = "made_up"
"""The only place set that may be practised with: no real place carries an invented figure."""

RELEASE_PREFIX: Final = "practice-"
"""How the id of every practice release begins, and of no other: every table has it in each row."""

SOURCE_PREFIX: Final = "practice_"
"""How the source of every practice return begins: each row made of one says it again."""

NOTICE: Final = "Practice: every place and every figure here is made up."


def is_practice_release(release_id: str) -> bool:
    """Say whether a release is for practice: its id says so, and a store keeps ids to that."""
    return release_id.startswith(RELEASE_PREFIX)
