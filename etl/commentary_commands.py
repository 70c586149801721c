"""The commands about comments on figures: each gives a text and an exit code."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar

from etl.settings import Settings
from etl.store_commands import Answer, on_store
from indicators.commentary import CommentKind, CommentReason, Figure, Words, read_breakdown
from indicators.store import Store, StoreError
from indicators.store.commentary import (
    OPEN,
    CommentEntry,
    add_comment,
    list_comments,
    moderate_comment,
    withdraw_comment,
)
from indicators.store.occasions import Occasion
from indicators.to_comment import ToComment, figures_to_comment_on

FindExceptions = Callable[[Path, str], Sequence[Mapping[str, Any]]]
"""What stands out of an authority in the latest release of a home folder, as /exceptions has it.

The API works that out; whoever puts the parts together hands it to these commands.
"""

Word = TypeVar("Word", bound=StrEnum)
_NO_AUTHORITY: Final = "give the code of the authority with --authority"


@dataclass(frozen=True)
class Draft:
    """A comment as it was typed."""

    indicator: str
    area: str
    period: str
    breakdown: tuple[str, ...]
    kind: str
    reason: str
    text: str
    link: str
    new_version_of: str


def add_command(draft: Draft, settings: Settings, token: str) -> Answer:
    """Keep a comment until a steward has read it."""

    def added(store: Store, at: Occasion) -> str:
        figure = Figure(draft.indicator, _area(draft.area, at), draft.period, _part(draft))
        words = Words(
            _word(CommentKind, draft.kind, "kind"),
            _word(CommentReason, draft.reason, "reason"),
            draft.text,
            draft.link,
        )
        entry = add_comment(store, figure, words, at, new_version_of=draft.new_version_of)
        return (
            f"kept: comment {entry.id} version {entry.version} on {entry.figure}; "
            "it is shown once a steward has accepted it"
        )

    return on_store(settings, added, token=token)


def list_command(authority: str, settings: Settings, token: str) -> Answer:
    """List comments with their states."""

    def listed(store: Store, at: Occasion) -> str:
        entries = list_comments(store, at, authority)
        return (
            "\n".join(map(_line, entries)) or "no comment yet; `outcomes commentary add` adds one"
        )

    return on_store(settings, listed, token=token)


def to_write_command(
    authority: str, settings: Settings, token: str, find: FindExceptions | None
) -> Answer:
    """List the figures that stand out of an authority and have no comment yet."""

    def listed(store: Store, at: Occasion) -> str:
        if find is None:
            msg = "what stands out can only be told by the whole program; run `outcomes`"
            raise StoreError(msg)
        area = store.places.resolve(_area(authority, at)).code
        entries = list_comments(store, at, area)
        return to_write_lines(figures_to_comment_on(find(store.home, area), _commented(entries)))

    return on_store(settings, listed, token=token)


def moderate_command(
    id: str, settings: Settings, token: str, *, accepted: bool, reason: str
) -> Answer:
    """Accept or decline a comment."""

    def moderated(store: Store, at: Occasion) -> str:
        entry = moderate_comment(store, id, at, accepted=accepted, reason=reason)
        return f"{entry.state}: comment {entry.id} version {entry.version} on {entry.figure}"

    return on_store(settings, moderated, token=token)


def withdraw_command(id: str, settings: Settings, token: str) -> Answer:
    """Take a comment back."""

    def withdrawn(store: Store, at: Occasion) -> str:
        withdraw_comment(store, id, at)
        return f"taken back: comment {id}"

    return on_store(settings, withdrawn, token=token)


def to_write_lines(figures: Sequence[ToComment]) -> str:
    """Return figures to comment on as lines."""
    if not figures:
        return "nothing stands out that has no comment yet"
    lines = ["worth some words beside the number, going well as much as not:"]
    lines += [f"  {one.indicator}, {one.period} ({one.title}): {one.why}" for one in figures]
    lines.append("say them with `outcomes commentary add`")
    return "\n".join(lines)


def _commented(entries: Sequence[CommentEntry]) -> set[tuple[str, str, str]]:
    return {
        (entry.figure.indicator, entry.figure.area, entry.figure.period)
        for entry in entries
        if entry.state in OPEN
    }


def _area(authority: str, at: Occasion) -> str:
    area = authority or at.actor.authority
    if not area:
        raise StoreError(_NO_AUTHORITY)
    return area


def _part(draft: Draft) -> Any:
    try:
        return read_breakdown(";".join(draft.breakdown))
    except ValueError as error:
        raise StoreError(str(error)) from error


def _word(words: type[Word], text: str, option: str) -> Word:
    try:
        return words(text)
    except ValueError:
        msg = f"--{option}: '{text[:40]}' is not a {option}; use one of {', '.join(words)}"
        raise StoreError(msg) from None


def _line(entry: CommentEntry) -> str:
    words = entry.words
    decided = f" on {entry.moderated_at[:10]}" if entry.moderated_at else ""
    why = f" because: {entry.moderation_reason}" if entry.moderation_reason else ""
    return (
        f"{entry.id} v{entry.version}  {entry.state}{decided}{why}\n"
        f"  {entry.figure}; {words.kind}, {words.reason}; "
        f"by the {entry.author_role} on {entry.made_at[:10]}\n"
        f"  {words.text}{f' ({words.link})' if words.link else ''}"
    )
