"""The commands about releases, as they are typed; heavy parts are imported when run."""

from pathlib import Path
from typing import Annotated

import typer

from etl.command_parts import DateOption, ReleaseOption, finish, worker_settings

release_app = typer.Typer(help="Draft, publish and look after releases.", no_args_is_help=True)


@release_app.command("list")
def list_releases() -> None:
    """List the releases, oldest first."""
    from etl.release_commands import list_command

    finish(list_command(worker_settings()))


@release_app.command("draft")
def draft(release: ReleaseOption = None) -> None:
    """Draft a release with all accepted submissions, protected; publishes nothing."""
    from etl.release_commands import draft_command

    finish(draft_command(release, worker_settings()))


@release_app.command("publish")
def publish(release: ReleaseOption = None, published_on: DateOption = None) -> None:
    """Publish the draft as it was kept."""
    from etl.release_commands import publish_command

    day = published_on.date() if published_on else None
    finish(publish_command(release, day, worker_settings()))


@release_app.command("diff")
def diff(
    first: Annotated[
        str | None,
        typer.Argument(help="A release or `draft`, against the one before. Default: the latest."),
    ] = None,
    second: Annotated[
        str | None, typer.Argument(help="A later release, to compare with the first.")
    ] = None,
) -> None:
    """Say what changed in a release against the one before, or against any other."""
    from etl.release_commands import diff_command

    finish(diff_command(first, second, worker_settings()))


@release_app.command("withdraw")
def withdraw(
    release: Annotated[str, typer.Argument(help="Id of the release.", metavar="ID")],
    reason: Annotated[str, typer.Option(help="Why; readers are told.")],
    replacement: Annotated[str | None, typer.Option(help="The release to use instead.")] = None,
) -> None:
    """Withdraw a release: readers get the reason instead."""
    from etl.release_commands import withdraw_command

    finish(withdraw_command(release, reason, replacement, worker_settings()))


@release_app.command("redact")
def redact(
    indicator: Annotated[str, typer.Option(help="Id of the indicator.")],
    area: Annotated[str, typer.Option(help="Code of the area.")],
    period: Annotated[str, typer.Option(help="Such as RY2025.")],
    reason: Annotated[str, typer.Option(help="Why; kept in the audit.")],
    breakdown: Annotated[
        list[str] | None, typer.Option(help="COLUMN=CODE; may be given more than once.")
    ] = None,
) -> None:
    """Withhold a cell from every release, at once and for good."""
    from etl.release_commands import redact_command

    finish(redact_command(indicator, area, period, reason, breakdown or [], worker_settings()))


@release_app.command("ship")
def ship(
    path: Annotated[Path | None, typer.Argument(help="Default: the file of the project.")] = None,
) -> None:
    """Write the latest release as the compact table that ships with the project."""
    from etl.release_commands import ship_command

    finish(ship_command(path, worker_settings()))
