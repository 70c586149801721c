"""The commands on the way of a release from a draft to its moment: a text and an exit code each."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from etl.findings import ExitCode, Finding, as_text
from etl.settings import Settings
from etl.store_commands import Answer, on_store
from etl.submissions.release_rules import check_release
from indicators.catalogue import load_catalogue
from indicators.store import (
    Store,
    UnprotectedError,
    amend_release,
    approve_release,
    freeze_release,
    preview_release,
    protect_release,
    publish_due,
    reopen_release,
    schedule_release,
    wait_and_publish,
)
from indicators.store.occasions import Occasion

_IN_THE_MAKING: Final = "in the making"
_SATURDAY: Final = 5
_USUAL: Final = (9, 30)


def freeze_command(settings: Settings, token: str) -> Answer:
    """Pin what the release is made of."""
    return on_store(settings, lambda store, at: freeze_release(store, at).message, token=token)


def protect_command(policy: str, reason: str, settings: Settings, token: str) -> Answer:
    """Run disclosure control on what is pinned."""

    def protected(store: Store, at: Occasion) -> str:
        try:
            return protect_release(store, at, policy=policy, reason=reason)
        except UnprotectedError as error:
            found = as_text(tuple(_by_rule(error.__cause__)))
            raise UnprotectedError(f"{error}\n{found}".strip()) from error

    return on_store(settings, protected, token=token)


def _by_rule(cause: BaseException | None) -> Iterator[Finding]:
    """Yield D07 or D08 where that is why a release cannot be protected."""
    # Imported here: the other steps need no solver.
    from indicators.disclosure import RecoverableError, SmallCountsError

    if isinstance(cause, RecoverableError):
        yield from check_release(_IN_THE_MAKING, recoverable=cause.count, small={})
    if isinstance(cause, SmallCountsError):
        yield from check_release(_IN_THE_MAKING, recoverable=0, small={"figures": cause.count})


def approve_command(settings: Settings, token: str) -> Answer:
    """Approve what was protected."""
    return on_store(settings, approve_release, token=token)


def reopen_command(settings: Settings, token: str) -> Answer:
    """Take the release in the making back to a draft."""
    return on_store(settings, reopen_release, token=token)


def schedule_command(at: str, settings: Settings, token: str) -> Answer:
    """Set the moment of the approved release."""
    try:
        moment = read_moment(at, settings.time_zone)
    except ValueError as error:
        return str(error), ExitCode.USAGE
    advice = advice_on(moment)
    return on_store(
        settings,
        lambda store, occasion: schedule_release(store, moment, occasion) + advice,
        token=token,
    )


def read_moment(text: str, zone: str) -> datetime:
    """Return a moment in its zone, or in `zone` where it names none; raises ValueError."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        msg = f"'{text}' is not a moment; write it like 2026-12-01T09:30"
        raise ValueError(msg) from None
    if moment.second or moment.microsecond or len(text) <= len("2026-12-01"):
        msg = f"'{text}' is not a whole minute; write it like 2026-12-01T09:30"
        raise ValueError(msg)
    if moment.tzinfo is not None:
        return moment
    try:
        there = moment.replace(tzinfo=ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        msg = f"'{zone}' is not a time zone; set OUTCOMES_TIME_ZONE to a name like Europe/London"
        raise ValueError(msg) from None
    if there.astimezone(UTC).astimezone(there.tzinfo).replace(tzinfo=None) != moment:
        msg = f"there is no {text} in {zone}: the clocks go forward then"
        raise ValueError(msg)
    return there


def advice_on(moment: datetime) -> str:
    """Return what to think about where a moment is not the usual one of statistics."""
    is_usual = (moment.hour, moment.minute) == _USUAL and moment.weekday() < _SATURDAY
    return "" if is_usual else "; statistics usually come out at 9:30 on a weekday"


def publish_scheduled_command(settings: Settings, *, is_waiting: bool) -> Answer:
    """Publish the scheduled release: wait for its moment, or publish only if it is time."""

    def published(store: Store, _at: Occasion) -> str:
        if is_waiting:
            return wait_and_publish(store, clock, time.sleep).message
        outcome = publish_due(store, clock, is_early=False)
        return outcome.message if outcome is not None else "nothing is due"

    return on_store(settings, published)


def clock() -> datetime:
    """Return what time it is: the one clock of publication."""
    return datetime.now(UTC)


def preview_command(folder: Path, settings: Settings, token: str) -> Answer:
    """Write the files of the release in the making into a folder."""

    def previewed(store: Store, at: Occasion) -> str:
        return "\n".join(f"written: {path}" for path in preview_release(store, folder, at))

    return on_store(settings, previewed, token=token)


def amend_command(release: str, note: str, settings: Settings, token: str) -> Answer:
    """Draft the release that corrects one."""
    return on_store(
        settings,
        lambda store, at: amend_release(store, release, note, load_catalogue(), at).message,
        token=token,
    )
