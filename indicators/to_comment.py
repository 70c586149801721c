"""Which figures an authority is asked to say something of: those that stand out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

MOST: Final = 12
"""Nobody explains forty figures; the surest and largest come first."""

_AGAINST: Final = {"neighbours": "its neighbours", "own_past": "its own past"}


@dataclass(frozen=True)
class ToComment:
    """A figure that stands out of an authority, and why it is worth some words."""

    indicator: str
    title: str
    area: str
    period: str
    why: str


def figures_to_comment_on(
    exceptions: Iterable[Mapping[str, Any]],
    commented: Collection[tuple[str, str, str]] = (),
    most: int = MOST,
) -> tuple[ToComment, ...]:
    """Return the figures to comment on: what is better as much as what is worse.

    `exceptions` are rows of the API's /exceptions of the latest release, in their order;
    `commented` are (indicator, area, period) of comments that await a decision or were accepted.
    """
    reasons: dict[tuple[str, str, str], list[str]] = {}
    titles: dict[str, str] = {}
    for row in sorted(exceptions, key=lambda row: row["rank"]):
        key = (row["indicator"], row["area_code"], row["period"])
        titles[row["indicator"]] = row["short_title"]
        if key not in commented:
            reasons.setdefault(key, []).append(_why(row))
    return tuple(
        ToComment(indicator, titles[indicator], area, period, "; ".join(why))
        for (indicator, area, period), why in list(reasons.items())[:most]
    )


def _why(row: Mapping[str, Any]) -> str:
    word, _, _ = str(row["with"]).partition(":")
    return f"{row['outcome']} than {_AGAINST.get(word, row['with'])}, beyond chance"
