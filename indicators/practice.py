"""How practice is told from the real thing: made-up places, and a name on all that leaves."""

from typing import Final

PRACTICE_PLACES: Final = "made_up"
"""The only place set that may be practised with: no real place carries an invented figure."""

RELEASE_PREFIX: Final = "practice-"
"""How the id of every practice release begins: the first column of every table says it."""

SOURCE_PREFIX: Final = "practice_"
"""How the source of every practice figure begins: each row of a table says it again."""
