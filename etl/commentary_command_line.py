"""The commands about comments on figures, as they are typed."""

from typing import Annotated

import typer

from etl.command_parts import TokenOption, finish, read_token, worker_settings

commentary_app = typer.Typer(
    help="Say what lies behind a figure; check what authorities say.", no_args_is_help=True
)
Id = Annotated[str, typer.Argument(help="Id of the comment.", metavar="ID")]


@commentary_app.command("add")
def add(
    indicator: Annotated[str, typer.Option(help="Id of the indicator.")],
    period: Annotated[str, typer.Option(help="Such as RY2025.")],
    kind: Annotated[str, typer.Option(help="going_well, concern or context.")],
    reason: Annotated[
        str,
        typer.Option(
            help="system_change, practice_change, demand, definition, data_quality, improvement "
            "or other."
        ),
    ],
    text: Annotated[str, typer.Option(help="What to say: 20 to 500 characters, plain text.")],
    link: Annotated[str, typer.Option(help="Address of a public page that says more.")] = "",
    authority: Annotated[str, typer.Option(help="Its code; default: that of the token.")] = "",
    breakdown: Annotated[
        list[str] | None, typer.Option(help="COLUMN=CODE; may be given more than once.")
    ] = None,
    new_version_of: Annotated[
        str, typer.Option("--new-version-of", help="Id of the comment that this one replaces.")
    ] = "",
    token_stdin: TokenOption = False,
) -> None:
    """Comment on a figure of the token's authority; a steward reads it before it is shown."""
    from etl.commentary_commands import Draft, add_command

    draft = Draft(
        indicator=indicator,
        area=authority,
        period=period,
        breakdown=tuple(breakdown or ()),
        kind=kind,
        reason=reason,
        text=text,
        link=link,
        new_version_of=new_version_of,
    )
    finish(add_command(draft, worker_settings(), read_token(from_input=token_stdin)))


@commentary_app.command("list")
def list_all(
    context: typer.Context,
    authority: Annotated[str, typer.Option(help="Its code; default: that of the token.")] = "",
    to_write: Annotated[
        bool,
        typer.Option("--to-write", help="The figures that stand out and have no comment yet."),
    ] = False,
    token_stdin: TokenOption = False,
) -> None:
    """List comments with their states: an authority its own, a steward all."""
    from etl.commentary_commands import list_command, to_write_command

    settings, token = worker_settings(), read_token(from_input=token_stdin)
    if to_write:
        finish(to_write_command(authority, settings, token, context.obj))
    finish(list_command(authority, settings, token))


@commentary_app.command("moderate")
def moderate(
    comment: Id,
    accept: Annotated[bool, typer.Option("--accept/--decline", help="The decision.")],
    reason: Annotated[str, typer.Option(help="Why it is declined; the authority reads it.")] = "",
    token_stdin: TokenOption = False,
) -> None:
    """Accept or decline the comment as a steward."""
    from etl.commentary_commands import moderate_command

    token = read_token(from_input=token_stdin)
    finish(moderate_command(comment, worker_settings(), token, accepted=accept, reason=reason))


@commentary_app.command("withdraw")
def withdraw(comment: Id, token_stdin: TokenOption = False) -> None:
    """Take a comment back, in all its versions."""
    from etl.commentary_commands import withdraw_command

    finish(withdraw_command(comment, worker_settings(), read_token(from_input=token_stdin)))
