"""Five groups of nearly equal size from a ranking."""

from collections.abc import Mapping

_GROUPS = 5


def fifths(
    scores: Mapping[str, float], *, is_highest_first: bool
) -> tuple[dict[str, str], tuple[float, ...]]:
    """Rank areas by score and return their group `1` to `5` and the four cut points between.

    A cut point is the score of the last area of its group. Areas with the same score share the
    group of the first of them, so that a tie never separates equals.
    """
    sign = -1 if is_highest_first else 1
    ranked = sorted(scores, key=lambda area: (sign * scores[area], area))
    groups: dict[str, str] = {}
    for position, area in enumerate(ranked):
        before = ranked[position - 1] if position else area
        tied = position > 0 and scores[before] == scores[area]
        groups[area] = groups[before] if tied else str(position * _GROUPS // len(ranked) + 1)
    last = {group: scores[area] for area, group in groups.items()}
    return groups, tuple(last[group] for group in sorted(last)[:-1])
