"""The commands about returns that were sent: each gives a text and an exit code."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from etl.file_kinds import RefusedFileError
from etl.findings import Finding, Place, Severity
from etl.settings import Settings
from etl.store_commands import Answer, on_store
from etl.submissions.check import CheckedReturn
from etl.submissions.pipeline import recalled
from etl.submissions.privacy import screen_text
from etl.submissions.report import FORMATS, report_file
from indicators.lasting_files import write_private
from indicators.permissions import Action, require
from indicators.store import Store, StoreError
from indicators.store.explaining import (
    Explanation,
    FindingEntry,
    explain,
    read_explanations,
    read_findings,
)
from indicators.store.occasions import Occasion
from indicators.store.receiving import (
    ReceiptEntry,
    ReceiptState,
    find_receipt,
    list_receipts,
)
from indicators.store.returns import (
    ReturnEntry,
    ReturnError,
    find_return,
    list_returns,
)

_RECEIPT: Final = "receipt_"


@dataclass(frozen=True)
class Chosen:
    """Which returns a command is about: one by its id, or `every` one of a choice."""

    collection: str = ""
    period: str = ""
    authority: str = ""
    state: str = ""
    source: str = ""
    every: bool = False


def list_command(chosen: Chosen, settings: Settings, token: str) -> Answer:
    """List returns, then what was sent and is no version."""

    def listed(store: Store, at: Occasion) -> str:
        held = chosen_returns(store, at, chosen)
        others = _others(store, at, chosen) if not chosen.state else ()
        lines = [*map(line_of, held), *map(_receipt_line, others)]
        return "\n".join(lines) or "no return yet; `outcomes load submission` takes them in"

    return on_store(settings, listed, token=token)


def chosen_returns(store: Store, at: Occasion, chosen: Chosen) -> tuple[ReturnEntry, ...]:
    """Return the versions that a choice is of."""
    return list_returns(
        store,
        at.actor,
        authority=_canonical(store, chosen.authority),
        collection=chosen.collection.upper(),
        period=chosen.period,
        state=chosen.state,
    )


def _canonical(store: Store, authority: str) -> str:
    return store.places.resolve(authority).code if authority else ""


def _others(store: Store, at: Occasion, chosen: Chosen) -> tuple[ReceiptEntry, ...]:
    """Return what waits or failed; a failed one may not say of which collection it was."""
    authority = _canonical(store, chosen.authority)
    return tuple(
        entry
        for entry in list_receipts(store, at.actor, authority=authority)
        if entry.state in (ReceiptState.RECEIVED, ReceiptState.FAILED)
        and chosen.collection.upper() in ("", entry.collection)
        and chosen.period in ("", entry.period)
    )


def line_of(entry: ReturnEntry) -> str:
    """Return one version in a line, without any figure."""
    parts = [
        entry.source,
        entry.state.replace("_", " "),
        f"received {entry.received_at} from {entry.submitted_by or 'before senders were noted'}",
        f"signed off by {entry.signed_off_by}" if entry.signed_off_by else "",
        f"reviewed by {entry.reviewed_by}" if entry.reviewed_by else "",
        "published" if entry.release is not None else "",
    ]
    return "  ".join(part for part in parts if part)


def _receipt_line(entry: ReceiptEntry) -> str:
    about = " ".join(filter(None, (entry.whose, entry.collection, entry.period)))
    known = f" for {about}" if about else ""
    why = f" ({entry.detail})" if entry.detail else ""
    return f"{entry.id}  {entry.state}{why}{known}  received {entry.received_at}"


def show_command(source: str, settings: Settings, token: str) -> Answer:
    """Show one return; findings only to those who may see its figures."""

    def shown(store: Store, at: Occasion) -> str:
        if source.startswith(_RECEIPT):
            entry = find_receipt(store, source, at.actor)
            return "\n".join((_receipt_line(entry), *_receipt_findings(store, entry, at)))
        held = find_return(store, source, at.actor)
        lines = [line_of(held), f"digest {held.digest}"]
        if held.review_reason:
            lines.append(f"reason given: {held.review_reason}")
        return "\n".join((*lines, *_findings(store, held, at)))

    return on_store(settings, shown, token=token)


def _receipt_findings(store: Store, entry: ReceiptEntry, at: Occasion) -> Iterator[str]:
    if at.actor.may(Action.READ_RETURN, entry.whose):
        for one in read_findings(store, entry.id, at):
            yield f"{one.place}  {_as_finding(one)}"


def _findings(store: Store, entry: ReturnEntry, at: Occasion) -> Iterator[str]:
    if not at.actor.may(Action.READ_RETURN, entry.authority):
        yield "what the rules found is shown to the authority and to stewards (--token-stdin)"
        return
    said = read_explanations(store, entry, at.actor)
    for one in read_findings(store, entry.receipt, at):
        yield f"{one.place}  {one.severity.upper()}: {_as_finding(one)}"
        if one.key in said:
            yield f"   explained: {_words(said[one.key])}"


def _words(said: Explanation) -> str:
    reason = said.reason.replace("_", " ")
    carried = f", carried over from {said.carried_from}" if said.carried_from else ""
    text = ": ".join(part for part in (reason, said.text) if part)
    return f"{text} ({said.made_by}, {said.made_at[:10]}{carried})"


def _as_finding(one: FindingEntry) -> Finding:
    return Finding(
        one.rule,
        Severity(one.severity),
        Place(one.file, one.row, one.column, one.sheet),
        one.found,
        one.expected,
        one.advice,
        measure=one.measure,
        breakdown_type=one.breakdown_type,
        breakdown=one.breakdown,
        key=one.key,
    )


def report_command(
    source: str, form: str, to: Path | None, settings: Settings, token: str
) -> Answer:
    """Give the report of a return with figures, to those who may see them; see FORMATS."""

    def reported(store: Store, at: Occasion) -> str:
        if form not in FORMATS:
            msg = f"'{form}' is not a format of reports; use {', '.join(FORMATS)}"
            raise StoreError(msg)
        if form == "xlsx" and to is None:
            msg = "a workbook goes into a file; name it with --to"
            raise StoreError(msg)
        body = report_file(stored_report(store, source, at), form, with_figures=True)
        if to is None:
            return body.decode("utf-8-sig").rstrip()
        write_private(to, body)
        return f"written: {to}"

    return on_store(settings, reported, token=token)


def stored_report(store: Store, source: str, at: Occasion) -> CheckedReturn:
    """Return a return, or something received, with what was found when it was checked.

    Raises NotPermittedError or StoreError.
    """
    if source.startswith(_RECEIPT):
        receipt = find_receipt(store, source, at.actor)
    else:
        receipt = find_receipt(store, find_return(store, source, at.actor).receipt, at.actor)
    require(at.actor, Action.READ_RETURN, receipt.whose)
    found = read_findings(store, receipt.id, at)
    return replace(recalled(store, receipt, at), findings=tuple(map(_as_finding, found)))


def explain_command(
    source: str, place: int, reason: str, text: str, settings: Settings, token: str
) -> Answer:
    """Explain one query."""

    def explained(store: Store, at: Occasion) -> str:
        _refuse_records(text)
        state = explain(store, source, place, at, reason=reason, text=text)
        return f"explained: finding {place} of {source}, which is now {state.replace('_', ' ')}"

    return on_store(settings, explained, token=token)


def _refuse_records(text: str) -> None:
    try:
        screen_text(Place("the text"), text.encode())
    except RefusedFileError:
        msg = "the text seems to describe a child; say it without names, numbers and dates of one"
        raise ReturnError(msg) from None
