"""What the typed commands share: their options, who asks, and how they end."""

import getpass
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from etl.settings import Settings

PathList = Annotated[list[Path], typer.Argument(help="Files or folders.", metavar="PATH...")]
ReleaseOption = Annotated[str | None, typer.Option("--release", help="Id of the release.")]
DateOption = Annotated[
    datetime | None,
    typer.Option(
        "--published-on",
        formats=["%Y-%m-%d"],
        help="Day the figures came out: marks the release as history rebuilt.",
    ),
]
TokenOption = Annotated[
    bool,
    typer.Option(
        "--token-stdin",
        help="Read the token of whoever does this from standard input (one line).",
    ),
]


def read_token(*, from_input: bool) -> str:
    """Return the token given on standard input, or nothing where none was announced."""
    if not from_input:
        return ""
    if sys.stdin.isatty():
        return getpass.getpass("token: ")
    return sys.stdin.readline().strip()


def finish(answer: tuple[str, int]) -> None:
    """Print a command's report and leave with its exit code."""
    text, code = answer
    if text:
        typer.echo(text, err=code >= 2)
    raise typer.Exit(int(code))


def worker_settings() -> "Settings":
    """Read the settings of a command that works on the store."""
    from etl.settings import read_settings

    return read_settings()
