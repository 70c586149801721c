"""The balance view: by stage, outcomes beside performance; context apart from both."""

from collections.abc import Sequence
from typing import Final

from dashboard.components.authority_rows import rows_table
from dashboard.components.authority_ways import page_address
from dashboard.components.text import section, stage_words
from dashboard.page import Node, link, node
from dashboard.report.line import Line
from dashboard.report.profile import ALL, STAGES, Profile
from dashboard.words.numbers import plural

_SIDES: Final = (("outcome", "Outcomes"), ("performance", "Performance"))
_ABOUT: Final = {
    "help_and_protection": "on help and protection",
    "in_care": "on children in care",
    "leaving_care": "on leaving care",
    "system": "on the system",
}
CONTEXT: Final = "context"


def about_stage(stage: str) -> str:
    """Return what stands after a number of indicators: `on leaving care`."""
    return _ABOUT.get(stage, f"on {stage_words(stage).lower()}")


def balance(profile: Profile) -> Node:
    """Return the stages, then context; or that the choices leave nothing."""
    shown = profile.shown
    if not shown:
        every = link(
            "Show all indicators", page_address(profile, view=ALL, stage="", kind="", only="")
        )
        return node("P", "No indicator is left by these choices. ", every, ".", className="empty")
    judged = [line for line in shown if line.kind != CONTEXT]
    stages = [stage for stage in STAGES if any(line.stage == stage for line in judged)]
    return [
        *(
            _stage(stage, [line for line in judged if line.stage == stage], profile)
            for stage in stages
        ),
        _context([line for line in shown if line.kind == CONTEXT], profile),
    ]


def _stage(stage: str, lines: Sequence[Line], profile: Profile) -> Node:
    sides = [_side(stage, side, lines, profile) for side in _SIDES]
    return section(
        f"stage-{stage}",
        stage_words(stage),
        node("Div", *sides, className="sides" if all(sides) else "sides one-side"),
    )


def _side(stage: str, side: tuple[str, str], lines: Sequence[Line], profile: Profile) -> Node:
    kind, title = side
    if profile.state.kind not in ("", kind):
        return None
    held = [line for line in lines if line.kind == kind]
    words = f"{stage_words(stage)}: {title.lower()}"
    head = node("H3", words, id=f"{stage}-{kind}")
    made = rows_table(words, held, profile) if held else _empty(stage, side, profile)
    return node("Div", head, made, className="side")


def _empty(stage: str, side: tuple[str, str], profile: Profile) -> Node:
    """Return why a side is empty: none is in the core set, or none is in the catalogue."""
    kind, title = side
    held = sum(line.stage == stage and line.kind == kind for line in profile.lines)
    if not held:
        words = f"No indicator of {title.lower()} is in the catalogue for this stage yet."
        return node("P", words, className="empty")
    if profile.is_whole:
        return node("P", f"No indicator of {title.lower()} differs or changed.", className="empty")
    more = link(f"{held} among all indicators", page_address(profile, view=ALL, stage=stage))
    return node(
        "P", f"No indicator of {title.lower()} is in the core set; ", more, ".", className="empty"
    )


def _context(lines: Sequence[Line], profile: Profile) -> Node:
    """Return the indicators of context: how much need and demand there is, neither good nor bad."""
    if not lines:
        return None
    half = (len(lines) + 1) // 2
    halves = [part for part in (lines[:half], lines[half:]) if part]
    return section(
        CONTEXT,
        "Context",
        node(
            "P",
            f"{plural(len(lines), 'indicator')} of need and demand, to read the others by. Neither "
            "high nor low is good in itself.",
        ),
        node(
            "Div",
            *(
                node("Div", rows_table("Context", part, profile), className="side")
                for part in halves
            ),
            className="sides",
        ),
    )
