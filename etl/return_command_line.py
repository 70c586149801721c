"""The commands about returns, collections and the watched folder, as they are typed."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from etl.command_parts import TokenOption, finish, read_token, worker_settings

submission_app = typer.Typer(
    help="Explain, sign off, review and withdraw returns.", no_args_is_help=True
)
collection_app = typer.Typer(help="Open collections and see what is missing.", no_args_is_help=True)

Source = Annotated[
    str, typer.Argument(help="Id, such as submission_cla_…_ry2025_v1.", metavar="ID")
]
OptionalSource = Annotated[
    str, typer.Argument(help="Id, such as submission_cla_…_ry2025_v1.", metavar="[ID]")
]
CollectionOption = Annotated[str, typer.Option(help="CLA, CL or CIN.")]
PeriodOption = Annotated[str, typer.Option(help="Such as RY2025.")]
AuthorityOption = Annotated[str, typer.Option(help="Code of the authority.")]
ReasonOption = Annotated[str, typer.Option(help="Why; the other side reads it.")]
AllOption = Annotated[bool, typer.Option("--all", help="All that stand so, of the choice.")]
DAYS = ["%Y-%m-%d"]


@submission_app.command("list")
def list_submissions(
    collection: CollectionOption = "",
    period: PeriodOption = "",
    authority: AuthorityOption = "",
    state: Annotated[str, typer.Option(help="Such as ready or signed_off.")] = "",
    token: TokenOption = False,
) -> None:
    """List returns and how they stand, and what was sent and is none; no figures."""
    from etl.submissions.return_commands import Chosen, list_command

    chosen = Chosen(collection, period, authority, state)
    finish(list_command(chosen, worker_settings(), read_token(from_input=token)))


@submission_app.command("show")
def show(source: Source, token: TokenOption = False) -> None:
    """Show how a return stands and, to those who may see it, what the rules found."""
    from etl.submissions.return_commands import show_command

    finish(show_command(source, worker_settings(), read_token(from_input=token)))


@submission_app.command("report")
def report(
    source: Source,
    fmt: Annotated[str, typer.Option("--format", help="text, json, html, csv or xlsx.")] = "text",
    to: Annotated[Path | None, typer.Option("--to", help="The file to write.")] = None,
    token: TokenOption = False,
) -> None:
    """Give the report of a return, or of something received, with its figures."""
    from etl.submissions.return_commands import report_command

    finish(report_command(source, fmt, to, worker_settings(), read_token(from_input=token)))


@submission_app.command("explain")
def explain(
    source: Source,
    finding: Annotated[int, typer.Option(help="Number of the query, as `show` gives it.")],
    reason: Annotated[
        str,
        typer.Option(help="system_change, practice_change, genuine, definition or other."),
    ] = "",
    text: Annotated[str, typer.Option(help="In your words; nothing about a child.")] = "",
    token: TokenOption = False,
) -> None:
    """Say why a figure is right although a rule asks about it."""
    from etl.submissions.return_commands import explain_command

    secret = read_token(from_input=token)
    finish(explain_command(source, finding, reason, text, worker_settings(), secret))


@submission_app.command("sign-off")
def sign_off(
    source: OptionalSource = "",
    every: AllOption = False,
    collection: CollectionOption = "",
    period: PeriodOption = "",
    confirm: Annotated[
        bool, typer.Option("--confirm", help="I confirm the statement that is shown.")
    ] = False,
    token: TokenOption = False,
) -> None:
    """Sign a return off for its authority: not by whoever sent it."""
    from etl.submissions.return_commands import Chosen
    from etl.submissions.review_commands import sign_off_command

    chosen = Chosen(collection, period, source=source, every=every)
    secret = read_token(from_input=token)
    finish(sign_off_command(chosen, confirm, worker_settings(), secret))


@submission_app.command("accept")
def accept(
    source: OptionalSource = "",
    every: AllOption = False,
    collection: CollectionOption = "",
    period: PeriodOption = "",
    token: TokenOption = False,
) -> None:
    """Accept what was signed off, for the next release; older versions are superseded."""
    from etl.submissions.return_commands import Chosen
    from etl.submissions.review_commands import accept_command

    chosen = Chosen(collection, period, source=source, every=every)
    finish(accept_command(chosen, worker_settings(), read_token(from_input=token)))


@submission_app.command("return")
def send_back(source: Source, reason: ReasonOption, token: TokenOption = False) -> None:
    """Send back what was signed off, with the reason."""
    from etl.submissions.review_commands import send_back_command

    finish(send_back_command(source, reason, worker_settings(), read_token(from_input=token)))


@submission_app.command("withdraw")
def withdraw(source: Source, reason: ReasonOption, token: TokenOption = False) -> None:
    """Take a return back that is in no release."""
    from etl.submissions.review_commands import withdraw_command

    finish(withdraw_command(source, reason, worker_settings(), read_token(from_input=token)))


@collection_app.command("open")
def open_collection(
    collection: CollectionOption,
    period: PeriodOption,
    opens: Annotated[datetime | None, typer.Option(formats=DAYS, help="First day.")] = None,
    due: Annotated[datetime | None, typer.Option(formats=DAYS, help="Late after it.")] = None,
    closes: Annotated[datetime | None, typer.Option(formats=DAYS, help="Last day.")] = None,
    token: TokenOption = False,
) -> None:
    """Open a collection for a period: every authority then has a return that is expected."""
    from etl.submissions.collection_commands import open_command

    days = [day.date() if day else None for day in (opens, due, closes)]
    secret = read_token(from_input=token)
    finish(open_command(collection, period, days, worker_settings(), secret))


@collection_app.command("list")
def list_collections(
    collection: CollectionOption = "",
    period: PeriodOption = "",
    authority: AuthorityOption = "",
    token: TokenOption = False,
) -> None:
    """Count how expected returns stand; with a period or an authority, name each."""
    from etl.submissions.collection_commands import list_command

    secret = read_token(from_input=token)
    finish(list_command(collection, period, authority, worker_settings(), secret))


@collection_app.command("extend")
def extend(
    authority: AuthorityOption,
    collection: CollectionOption,
    period: PeriodOption,
    until: Annotated[datetime, typer.Option(formats=DAYS, help="The later day.")],
    token: TokenOption = False,
) -> None:
    """Give one authority until a later day."""
    from etl.submissions.collection_commands import extend_command

    scope = (authority, collection, period)
    secret = read_token(from_input=token)
    finish(extend_command(scope, until.date(), worker_settings(), secret))


@collection_app.command("decide")
def decide(
    collection: CollectionOption,
    period: PeriodOption,
    decision: Annotated[
        str, typer.Option(help="excluded, unreliable, imputed, exempt; none takes it back.")
    ],
    reason: ReasonOption,
    authority: Annotated[str, typer.Option(help="Code of the authority.")] = "",
    all_missing: Annotated[
        bool, typer.Option("--all-missing", help="Every return of the round that never came.")
    ] = False,
    token: TokenOption = False,
) -> None:
    """Decide about a return that is missing or cannot be relied on."""
    from etl.submissions.collection_commands import decide_command, decide_missing_command

    if bool(authority) == all_missing:
        finish(("name one authority with --authority, or use --all-missing", 2))
    secret = read_token(from_input=token)
    what = (decision, reason, worker_settings(), secret)
    if all_missing:
        finish(decide_missing_command(collection, period, *what))
    finish(decide_command((authority, collection, period), *what))


def watch(
    folder: Annotated[Path, typer.Argument(help="Holds inbox/AUTHORITY/COLLECTION/.")],
    once: Annotated[bool, typer.Option("--once", help="Do what is there and stop.")] = False,
) -> None:
    """Take in what authorities put into a folder, deal with all that waits, publish what is due."""
    from etl.watch_commands import watch_command

    finish(watch_command(folder, once, worker_settings(), typer.echo))
