"""One round of practice, step by step through the real pipeline: from open slots to a release."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from etl.practice.catalogue import practice_catalogue
from etl.practice.made_up_country import MadeUpCountry
from etl.practice.packages import Practice
from etl.practice.people import People, issue_tokens
from etl.practice.sending import CHILD_FILE, Sending, corrected, sendings
from etl.practice.stories import MISSING, Story, of_kind
from etl.progress import Progress
from etl.submissions.aids import Aids, aids_for
from etl.submissions.intake import COMMAND_LINE, Entrance, Taken, take_in
from etl.submissions.pipeline import process
from indicators.draft import Decision
from indicators.permissions import Actor
from indicators.store import Store, publish_draft
from indicators.store.approving import approve_release, protect_release
from indicators.store.drafting import draft_release
from indicators.store.explaining import QUERY, Reason, explain, read_findings
from indicators.store.freezing import freeze_release
from indicators.store.occasions import Occasion
from indicators.store.returns import ReturnState, find_return
from indicators.store.reviewing import accept, sign_off
from indicators.store.slots import decide, open_round
from reference.periods import Period

_SENT, _DUE, _LATE, _REVIEWED, _RELEASED, _CLOSED = 60, 90, 100, 130, 160, 180
"""Days after the end of the period; the clock of practice runs by them, not by today."""

_MISSING_REASON: Final = "Practice: the authority sent nothing, its case system had been replaced"


@dataclass(frozen=True)
class RoundReport:
    """What a round did: the release, and how much of what went through."""

    release: str
    accepted: int
    explained: int
    refused: int
    decided: int


@dataclass
class _Round:
    """One round under way."""

    store: Store
    country: MadeUpCountry
    period: Period
    stories: tuple[Story, ...]
    people: People
    aids: Aids
    explained: int = 0
    accepted: int = 0
    refused: int = 0

    def on(self, days: int, actor: Actor) -> Occasion:
        """Return the occasion of somebody so many days after the end of the period."""
        return Occasion(_moment(self.period.end + timedelta(days=days)), actor)


def run_round(
    store: Store,
    country: MadeUpCountry,
    period: Period,
    stories: tuple[Story, ...],
    progress: Progress,
) -> RoundReport:
    """Collect, check, explain, sign off, accept, decide, freeze, protect, approve and publish."""
    authorities = tuple(area.code for area in country.places.authorities(period.end))
    begun = _moment(period.end + timedelta(days=1))
    people = issue_tokens(store, authorities, period.id, begun)
    with aids_for(store) as aids:
        under_way = _Round(store, country, period, stories, people, aids)
        _open(under_way)
        _collect_all(under_way, progress)
    decided = _decide(under_way)
    return RoundReport(
        release=_publish(under_way),
        accepted=under_way.accepted,
        explained=under_way.explained,
        refused=under_way.refused,
        decided=decided,
    )


def _collect_all(under_way: _Round, progress: Progress) -> None:
    period = under_way.period
    sent = tuple(sendings(under_way.country, period, under_way.stories))
    for number, one in enumerate(sorted(sent, key=lambda one: one.is_late)):
        progress(number, len(sent), f"{period.id} {one.authority} {one.collection}")
        _collect(under_way, one)
    progress(len(sent), len(sent), "")


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), UTC)


def _open(under_way: _Round) -> None:
    end = under_way.period.end
    opens, due, closes = (end + timedelta(days=days) for days in (1, _DUE, _CLOSED))
    for collection in under_way.country.measures.collections:
        open_round(
            under_way.store,
            collection,
            under_way.period.id,
            under_way.on(1, under_way.people.steward),
            opens_on=opens,
            due_on=due,
            closes_on=closes,
        )


def _collect(under_way: _Round, one: Sending) -> None:
    """Take one return from the sender to acceptance, with whatever comes before it."""
    if one.records is not None:
        taken = _send(under_way, one, CHILD_FILE, one.records)
        under_way.refused += taken.refused is not None
    package = one.package
    if one.first is not None:
        first = _accepted(under_way, one, one.first)
        package = corrected(under_way.country, one.authority, under_way.period, first)
    _accepted(under_way, one, package)


def _send(under_way: _Round, one: Sending, name: str, body: bytes) -> Taken:
    at = under_way.on(_LATE if one.is_late else _SENT, under_way.people.submitters[one.authority])
    return take_in(under_way.store, body, name, Entrance(COMMAND_LINE, one.authority), at)


def _accepted(under_way: _Round, one: Sending, package: Practice) -> str:
    """Return the source id of a package that was sent, explained, signed off and accepted."""
    store, people = under_way.store, under_way.people
    taken = _send(under_way, one, f"{package.name}.zip", zipped(package))
    if taken.receipt is None:
        msg = f"{package.name}: a made-up return was refused"
        raise RuntimeError(msg)
    sender = under_way.on(_LATE, people.submitters[one.authority])
    source = process(store, taken.receipt, sender, under_way.aids).receipt.source
    for place in _queries(store, source, sender):
        explain(store, source, place, sender, reason=Reason.GENUINE)
        under_way.explained += 1
    sign_off(store, source, under_way.on(_LATE, people.approvers[one.authority]))
    accept(store, source, under_way.on(_REVIEWED, people.steward))
    under_way.accepted += 1
    return source


def _queries(store: Store, source: str, at: Occasion) -> Iterator[int]:
    entry = find_return(store, source, at.actor)
    if entry.state == ReturnState.NEEDS_EXPLANATION:
        found = read_findings(store, entry.receipt, at)
        yield from (finding.place for finding in found if finding.severity == QUERY)


def zipped(package: Practice) -> bytes:
    """Return a package as the one file that is sent."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.csv", package.table)
        archive.writestr("manifest.json", package.manifest)
    return out.getvalue()


def _decide(under_way: _Round) -> int:
    told = [s for s in of_kind(under_way.stories, MISSING) if s.period == under_way.period.id]
    at = under_way.on(_REVIEWED, under_way.people.steward)
    for story in told:
        scope = (story.authority, story.collection, story.period)
        decide(under_way.store, *scope, Decision.EXCLUDED, _MISSING_REASON, at)
    return len(told)


def _publish(under_way: _Round) -> str:
    """Draft, freeze and protect as the steward; approve and publish as the publisher."""
    store, people = under_way.store, under_way.people
    prepared = under_way.on(_RELEASED, people.steward)
    agreed = under_way.on(_RELEASED, people.publisher)
    draft_release(
        store,
        practice_catalogue(),
        release_id=under_way.period.id,
        note="Practice: every place and figure is made up",
        now=prepared.now,
        actor=prepared.actor,
    )
    freeze_release(store, prepared)
    protect_release(store, prepared)
    approve_release(store, agreed)
    return publish_draft(store, now=agreed.now, actor=agreed.actor).release_id
