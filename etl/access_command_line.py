"""The commands about tokens and the audit log, as they are typed."""

from typing import Annotated

import typer

from etl.command_parts import TokenOption, finish, read_token, worker_settings

token_app = typer.Typer(help="Issue and revoke tokens.", no_args_is_help=True)
audit_app = typer.Typer(help="Read and check who did what.", no_args_is_help=True)


@token_app.command("create")
def create(
    name: Annotated[str, typer.Option(help="Whose it is: one name for one person or machine.")],
    role: Annotated[
        str,
        typer.Option(
            help="submitter, approver, steward, publisher, pre_release_viewer or auditor."
        ),
    ],
    authority: Annotated[str, typer.Option(help="For submitters and approvers: its code.")] = "",
    days: Annotated[int, typer.Option(help="How long it is valid.")] = 90,
) -> None:
    """Issue a token; it is shown this once and kept nowhere."""
    from etl.access_commands import create_token_command

    finish(create_token_command(name, role, authority, days, worker_settings()))


@token_app.command("list")
def list_all() -> None:
    """List the tokens without their secrets."""
    from etl.access_commands import list_tokens_command

    finish(list_tokens_command(worker_settings()))


@token_app.command("revoke")
def revoke(identifier: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Make a token useless from now on."""
    from etl.access_commands import revoke_token_command

    finish(revoke_token_command(identifier, worker_settings()))


@audit_app.command("show")
def show(token_stdin: TokenOption = False) -> None:
    """Print who did what, for an auditor."""
    from etl.access_commands import show_audit_command

    finish(show_audit_command(worker_settings(), read_token(from_input=token_stdin)))


@audit_app.command("incidents")
def incidents(token_stdin: TokenOption = False) -> None:
    """List files that were dropped on the way in, for an auditor."""
    from etl.access_commands import show_incidents_command

    finish(show_incidents_command(worker_settings(), read_token(from_input=token_stdin)))


@audit_app.command("check")
def check_log() -> None:
    """Check that no line of the audit log was changed or removed."""
    from etl.access_commands import check_audit_command

    finish(check_audit_command(worker_settings()))
