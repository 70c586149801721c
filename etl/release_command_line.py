"""The commands about releases, as they are typed; heavy parts are imported when run."""

from pathlib import Path
from typing import Annotated

import typer

from etl.command_parts import (
    DateOption,
    ReleaseOption,
    TokenOption,
    finish,
    read_token,
    worker_settings,
)

release_app = typer.Typer(help="Draft, publish and look after releases.", no_args_is_help=True)


@release_app.command("list")
def list_releases() -> None:
    """List the releases, oldest first."""
    from etl.release_commands import list_command

    finish(list_command(worker_settings()))


@release_app.command("draft")
def draft(release: ReleaseOption = None, token_stdin: TokenOption = False) -> None:
    """Draft a release of what is published; accepted returns come in when it is frozen."""
    from etl.release_commands import draft_command

    finish(draft_command(release, worker_settings(), read_token(from_input=token_stdin)))


@release_app.command("freeze")
def freeze(token_stdin: TokenOption = False) -> None:
    """Pin one accepted return or one decision for everything that is expected (steward)."""
    from etl.release_steps import freeze_command

    finish(freeze_command(worker_settings(), read_token(from_input=token_stdin)))


@release_app.command("protect")
def protect(
    policy: Annotated[
        str, typer.Option(help="Another disclosure policy; takes a publisher and a reason.")
    ] = "",
    reason: Annotated[str, typer.Option(help="Why; readers are told.")] = "",
    token_stdin: TokenOption = False,
) -> None:
    """Let the pinned counts through disclosure control (steward)."""
    from etl.release_steps import protect_command

    token = read_token(from_input=token_stdin)
    finish(protect_command(policy, reason, worker_settings(), token))


@release_app.command("approve")
def approve(token_stdin: TokenOption = False) -> None:
    """Approve exactly what was protected (publisher, not who prepared it)."""
    from etl.release_steps import approve_command

    finish(approve_command(worker_settings(), read_token(from_input=token_stdin)))


@release_app.command("reopen")
def reopen(token_stdin: TokenOption = False) -> None:
    """Take the release in the making back to a draft (steward or publisher)."""
    from etl.release_steps import reopen_command

    finish(reopen_command(worker_settings(), read_token(from_input=token_stdin)))


@release_app.command("schedule")
def schedule(
    at: Annotated[
        str,
        typer.Option(help="The moment, such as 2026-12-01T09:30; OUTCOMES_TIME_ZONE unless given."),
    ],
    token_stdin: TokenOption = False,
) -> None:
    """Set the moment at which the approved release comes out, and rehearse it (publisher)."""
    from etl.release_steps import schedule_command

    finish(schedule_command(at, worker_settings(), read_token(from_input=token_stdin)))


@release_app.command("preview")
def preview(
    folder: Annotated[Path, typer.Argument(help="Where to write the files.", metavar="DIR")],
    token_stdin: TokenOption = False,
) -> None:
    """Write the files of a release that is not published yet; noted in the audit."""
    from etl.release_steps import preview_command

    finish(preview_command(folder, worker_settings(), read_token(from_input=token_stdin)))


@release_app.command("amend")
def amend(
    release: Annotated[str, typer.Argument(help="Id of the newest release.", metavar="ID")],
    note: Annotated[str, typer.Option(help="What was wrong and is put right; readers are told.")],
    token_stdin: TokenOption = False,
) -> None:
    """Draft the release that corrects one; the older one stays (steward)."""
    from etl.release_steps import amend_command

    finish(amend_command(release, note, worker_settings(), read_token(from_input=token_stdin)))


@release_app.command("publish")
def publish(
    release: ReleaseOption = None,
    published_on: DateOption = None,
    scheduled: Annotated[
        bool, typer.Option("--scheduled", help="Wait for the moment of the scheduled release.")
    ] = False,
    now_if_due: Annotated[
        bool, typer.Option("--now-if-due", help="Publish the scheduled release if it is time.")
    ] = False,
    token_stdin: TokenOption = False,
) -> None:
    """Publish the draft as it was kept; one with returns of authorities once it is approved."""
    if scheduled or now_if_due:
        from etl.release_steps import publish_scheduled_command

        if release or published_on or token_stdin:
            finish(("the scheduled release has its name, date and publisher already", 2))
        finish(publish_scheduled_command(worker_settings(), is_waiting=not now_if_due))
    from etl.release_commands import publish_command

    day = published_on.date() if published_on else None
    token = read_token(from_input=token_stdin)
    finish(publish_command(release, day, worker_settings(), token))


@release_app.command("diff")
def diff(
    first: Annotated[
        str | None,
        typer.Argument(help="A release or `draft`, against the one before. Default: the latest."),
    ] = None,
    second: Annotated[
        str | None, typer.Argument(help="A later release, to compare with the first.")
    ] = None,
    token_stdin: TokenOption = False,
) -> None:
    """Say what changed in a release against the one before, or against any other."""
    from etl.release_commands import diff_command

    token = read_token(from_input=token_stdin)
    finish(diff_command(first, second, worker_settings(), token))


@release_app.command("withdraw")
def withdraw(
    release: Annotated[str, typer.Argument(help="Id of the release.", metavar="ID")],
    reason: Annotated[str, typer.Option(help="Why; readers are told.")],
    replacement: Annotated[str | None, typer.Option(help="The release to use instead.")] = None,
    token_stdin: TokenOption = False,
) -> None:
    """Withdraw a release: readers get the reason instead."""
    from etl.release_commands import withdraw_command

    token = read_token(from_input=token_stdin)
    finish(withdraw_command(release, reason, replacement, worker_settings(), token))


@release_app.command("redact")
def redact(
    indicator: Annotated[str, typer.Option(help="Id of the indicator.")],
    area: Annotated[str, typer.Option(help="Code of the area.")],
    period: Annotated[str, typer.Option(help="Such as RY2025.")],
    reason: Annotated[str, typer.Option(help="Why; kept in the audit.")],
    breakdown: Annotated[
        list[str] | None, typer.Option(help="COLUMN=CODE; may be given more than once.")
    ] = None,
    token_stdin: TokenOption = False,
) -> None:
    """Withhold a cell from every release, at once and for good."""
    from etl.release_commands import redact_command

    token = read_token(from_input=token_stdin)
    cell = (indicator, area, period, reason, breakdown or [])
    finish(redact_command(*cell, worker_settings(), token))


@release_app.command("ship")
def ship(
    path: Annotated[Path | None, typer.Argument(help="Default: the file of the project.")] = None,
) -> None:
    """Write the latest release as the compact table that ships with the project."""
    from etl.release_commands import ship_command

    finish(ship_command(path, worker_settings()))
