"""The commands by which a return is signed off, accepted, sent back or withdrawn."""

from collections.abc import Callable
from dataclasses import replace

from etl.findings import Place, as_text
from etl.settings import Settings
from etl.store_commands import Answer, on_store
from etl.submissions.process import check_signatory, check_signed_digest
from etl.submissions.return_commands import Chosen, chosen_returns, line_of
from indicators.permissions import Action, NotPermittedError
from indicators.store import Store
from indicators.store.occasions import Occasion
from indicators.store.returns import ReturnEntry, ReturnError, ReturnState, find_return
from indicators.store.reviewing import (
    StaleSignOffError,
    accept,
    send_back,
    sign_off,
    statement_for,
    withdraw,
)


def sign_off_command(chosen: Chosen, confirm: bool, settings: Settings, token: str) -> Answer:
    """Sign returns off, once the statement is confirmed."""

    def signed(store: Store, at: Occasion) -> str:
        entries = _entries(store, at, replace(chosen, state=ReturnState.READY))
        if not confirm:
            statement = statement_for(store, entries[0])
            msg = f"{statement}\nTo confirm this and sign off, add --confirm."
            raise ReturnError(msg)
        return _each(entries, "signed off", lambda one: _signed(store, one, at))

    return on_store(settings, signed, token=token)


def accept_command(chosen: Chosen, settings: Settings, token: str) -> Answer:
    """Accept returns that were signed off."""

    def accepted(store: Store, at: Occasion) -> str:
        entries = _entries(store, at, replace(chosen, state=ReturnState.SIGNED_OFF))
        return _each(entries, "accepted", lambda one: _accepted(store, one, at))

    return on_store(settings, accepted, token=token)


def send_back_command(source: str, reason: str, settings: Settings, token: str) -> Answer:
    """Send a return back to its authority."""

    def sent(store: Store, at: Occasion) -> str:
        return line_of(send_back(store, source, reason, at))

    return on_store(settings, sent, token=token)


def withdraw_command(source: str, reason: str, settings: Settings, token: str) -> Answer:
    """Take a return back."""

    def withdrawn(store: Store, at: Occasion) -> str:
        return line_of(withdraw(store, source, reason, at))

    return on_store(settings, withdrawn, token=token)


def _entries(store: Store, at: Occasion, chosen: Chosen) -> tuple[ReturnEntry, ...]:
    """Return the one that is named, or all that stand so; raises ReturnError for none."""
    if bool(chosen.source) == chosen.every:
        msg = "give the id of one return, or --all with --collection and --period"
        raise ReturnError(msg)
    if chosen.source:
        return (find_return(store, chosen.source, at.actor),)
    found = chosen_returns(store, at, chosen)
    if not found:
        msg = f"no return of that choice is {chosen.state.replace('_', ' ')}"
        raise ReturnError(msg)
    return found


def _each(
    entries: tuple[ReturnEntry, ...], word: str, act: Callable[[ReturnEntry], ReturnEntry]
) -> str:
    """Do something to each; what is refused does not keep the others from being done."""
    if len(entries) == 1:
        return line_of(act(entries[0]))
    faults = []
    for entry in entries:
        try:
            act(entry)
        except (ReturnError, NotPermittedError) as error:
            faults.append(str(error))
    said = f"{word}: {len(entries) - len(faults):,}; refused: {len(faults):,}"
    if faults:
        msg = "\n".join((*faults, said))
        raise ReturnError(msg)
    return said


def _signed(store: Store, entry: ReturnEntry, at: Occasion) -> ReturnEntry:
    """Sign a version off; a refusal by rule P03 or P04 is told as that rule."""
    try:
        return sign_off(store, entry.source, at, digest=entry.digest)
    except NotPermittedError as error:
        found = check_signatory(
            Place(entry.source),
            submitted_by=entry.submitted_by,
            signed_by=at.actor.name,
            may_sign=at.actor.may(Action.SIGN_OFF, entry.authority),
        )
        raise NotPermittedError(f"{error}\n{as_text(tuple(found))}".strip()) from None
    except StaleSignOffError as error:
        raise _told_stale(entry, error) from None


def _accepted(store: Store, entry: ReturnEntry, at: Occasion) -> ReturnEntry:
    """Accept a version; one that is not what was signed is told as rule P04."""
    try:
        return accept(store, entry.source, at)
    except StaleSignOffError as error:
        raise _told_stale(entry, error) from None


def _told_stale(entry: ReturnEntry, error: StaleSignOffError) -> StaleSignOffError:
    found = check_signed_digest(Place(entry.source), signed=entry.signed_digest, current="")
    return StaleSignOffError(f"{error}\n{as_text(tuple(found))}".strip())
