"""The figures of an area by stage: the core set as cards, the others folded as lines."""

from collections.abc import Sequence
from typing import Final

from api.contract import ProfileRow
from dashboard.components.authority_cards import card, line
from dashboard.components.authority_figures import Profile, differing
from dashboard.components.text import section, stage_words
from dashboard.page import Node, bootstrap, link, node
from dashboard.words.numbers import plural

STAGES: Final = ("help_and_protection", "in_care", "leaving_care", "system")
_SIDES: Final = (("outcome", "Outcomes"), ("performance", "Performance"))
_ABOUT: Final = {
    "help_and_protection": "on help and protection",
    "in_care": "on children in care",
    "leaving_care": "on leaving care",
    "system": "on the system",
}


def stages_held(profile: Profile) -> list[str]:
    """Return the stages that have an indicator, in the order of a child's way."""
    held = {row["stage"] for row in profile.rows}
    return [stage for stage in STAGES if stage in held]


def about_stage(stage: str) -> str:
    """Return what stands after a number of indicators: `on leaving care`."""
    return _ABOUT.get(stage, f"on {stage_words(stage).lower()}")


def stage_section(stage: str, profile: Profile) -> Node:
    """Return one stage: outcomes beside performance, then context, then what is folded."""
    rows = [row for row in profile.rows if row["stage"] == stage]
    core = [row for row in rows if profile.is_core(row)]
    others = [row for row in rows if not profile.is_core(row)]
    context = [row for row in core if row["kind"] == "context"]
    sides = [_side(stage, side, core, others, profile) for side in _SIDES]
    return section(
        f"stage-{stage}",
        stage_words(stage),
        bootstrap("Row", *sides, class_name="g-4") if core else None,
        _context(stage, context, profile) if context else None,
        _others(stage, others, profile, is_open=not core) if others else None,
    )


def _of(kind: str, rows: Sequence[ProfileRow]) -> list[ProfileRow]:
    return [row for row in rows if row["kind"] == kind]


def _side(
    stage: str,
    side: tuple[str, str],
    core: Sequence[ProfileRow],
    others: Sequence[ProfileRow],
    profile: Profile,
) -> Node:
    kind, title = side
    cards = [card(row, profile) for row in _of(kind, core)]
    folded = len(_of(kind, others))
    return bootstrap(
        "Col",
        node("H3", title, id=f"{stage}-{kind}"),
        cards or _empty(stage, title.lower(), folded),
        xs=12,
        lg=6,
    )


def _empty(stage: str, title: str, folded: int) -> Node:
    """Return why a side is empty: none is in the core set, or none is in the catalogue."""
    if not folded:
        words = f"No indicator of {title} is in the catalogue for this stage yet."
        return node("P", words, className="empty")
    way = link(f"{folded} further down", f"#{_more(stage)}")
    return node("P", f"No indicator of {title} is in the core set; ", way, ".", className="empty")


def _more(stage: str) -> str:
    return f"more-{stage}"


def _context(stage: str, rows: Sequence[ProfileRow], profile: Profile) -> Node:
    cards = [bootstrap("Col", card(row, profile), xs=12, lg=6) for row in rows]
    return [
        node("H3", "Context", id=f"{stage}-context"),
        bootstrap("Row", *cards, class_name="g-4"),
    ]


def _others(stage: str, rows: Sequence[ProfileRow], profile: Profile, *, is_open: bool) -> Node:
    """Return the indicators beyond the core set, folded unless there is no core set."""
    more = "" if is_open else "more "
    summary = f"{len(rows)} {more}{about_stage(stage)}"
    sides = [
        bootstrap("Col", _lines(title, _of(kind, rows), profile), xs=12, lg=6)
        for kind, title in _SIDES
        if _of(kind, rows)
    ]
    return node(
        "Details",
        node(
            "Summary",
            node("Span", summary, className="fold-title"),
            node("Span", f" – {_counted(rows)}", className="fold-counts"),
        ),
        bootstrap("Row", *sides, class_name="g-4"),
        _lines("Context", _of("context", rows), profile, look="lines two-columns"),
        id=_more(stage),
        className="fold",
        open=True if is_open else None,
    )


def _counted(rows: Sequence[ProfileRow]) -> str:
    """Return how many outcomes and others there are, and how many of them differ."""
    outcomes, unlike = len(_of("outcome", rows)), sum(bool(differing(row)) for row in rows)
    counts = [
        plural(outcomes, "outcome") if outcomes else "",
        *(
            f"{len(_of(kind, rows))} of {kind}"
            for kind in ("performance", "context")
            if _of(kind, rows)
        ),
    ]
    differ = f"; {plural(unlike, 'differs', 'differ')}" if unlike else ""
    return f"{', '.join(filter(None, counts))}{differ}"


def _lines(
    title: str, rows: Sequence[ProfileRow], profile: Profile, *, look: str = "lines"
) -> Node:
    if not rows:
        return None
    return [
        node("H3", title),
        node("Ul", *[line(row, profile) for row in rows], className=look),
    ]
