"""The story of an authority's returns as one page that needs nothing beside it."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Final

from indicators.store.stories import SlotStory, VersionStory
from reference.periods import parse_period

_STYLE: Final = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;"
    "color:#14202b}h2{border-top:2px solid #14202b;padding-top:.75rem;margin-top:2rem}"
    "dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.25rem 1rem}"
    "dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}.state{font-weight:700}"
    ".private{border:2px solid #14202b;padding:.5rem 1rem}"
)
_NEXT: Final = {
    "needs_explanation": "Explain what the rules found; then it can be signed off.",
    "ready": "An approver who did not send it can sign it off.",
    "signed_off": "A steward of the service reads it.",
    "returned": "Send a corrected version; the reason stands above.",
    "accepted": "It goes into the next release.",
    "superseded": "A newer version took its place.",
    "withdrawn": "The authority took it back.",
}


def story_page(name: str, stories: Sequence[SlotStory], today: date) -> str:
    """Return the page about all returns of an authority."""
    body = "".join(_slot(story, today) for story in stories)
    nothing = "" if stories else "<p>No return is expected of it yet, and none was sent.</p>"
    title = f"{escape(name)}: what happened to what you sent"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><main><h1>{title}</h1>"
        '<p class="private">For the authority and the stewards of the service: it tells of returns '
        f"that no release holds yet. As it stood on {_day(today.isoformat())}.</p>"
        f"{nothing}{body}</main></body></html>\n"
    )


def _slot(story: SlotStory, today: date) -> str:
    days = [
        ("Due", _day(story.due_on)),
        ("Extended to", _day(story.extended_to)),
        ("Decision of a steward", _words(story.decision)),
        ("Its reason", escape(story.decision_reason)),
    ]
    standing = _standing(story, today)
    versions = "".join(_version(version) for version in reversed(story.versions))
    label = escape(parse_period(story.period).label)
    return (
        f"<section><h2>{escape(story.collection)}, {label}</h2>"
        f'<p class="state">{standing}</p>{_list(days)}{versions}</section>'
    )


def _standing(story: SlotStory, today: date) -> str:
    if story.is_late(today.isoformat()):
        return "Late: nothing has been signed off."
    if not story.versions:
        return "Nothing has been received yet."
    return f"The newest version is {_words(story.versions[-1].state)}."


def _version(version: VersionStory) -> str:
    counts = ", ".join(f"{count} {_words(name)}" for name, count in version.findings.items())
    is_out = bool(version.releases)
    facts = [
        ("State", _words(version.state)),
        ("Received", f"{_day(version.received_on)} {_by(version.channel)}".strip()),
        ("Rows", str(version.rows or "")),
        ("What the rules found", counts or "nothing"),
        ("Explained", str(version.explained or "")),
        ("Signed off", _day(version.signed_off_on)),
        ("Reviewed", _day(version.reviewed_on)),
        ("What the steward said", escape(version.review_reason)),
        ("In releases", escape(", ".join(version.releases)) or "none yet"),
        ("Pages that show it", _pages(version.indicators)),
        ("What comes next", "" if is_out else _NEXT.get(version.state, "")),
    ]
    return f"<h3>Version {version.version} ({escape(version.source)})</h3>{_list(facts)}"


def _pages(indicators: Iterable[str]) -> str:
    return ", ".join(f"/indicators/{escape(id)}" for id in indicators)


def _by(channel: str) -> str:
    return f"by {_words(channel)}" if channel else ""


def _list(rows: Iterable[tuple[str, str]]) -> str:
    items = "".join(f"<dt>{what}</dt><dd>{told}</dd>" for what, told in rows if told)
    return f"<dl>{items}</dl>" if items else ""


def _words(token: str) -> str:
    return escape(token.replace("_", " "))


def _day(text: str) -> str:
    if not text:
        return ""
    found = date.fromisoformat(text[:10])
    return f"{found.day} {found:%B %Y}"
