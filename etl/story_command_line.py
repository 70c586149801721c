"""The command about the story of returns, as it is typed."""

from pathlib import Path
from typing import Annotated

import typer

from etl.command_parts import TokenOption, finish, read_token, worker_settings


def add_story(app: typer.Typer) -> None:
    """Add `story` to the commands about returns."""
    app.command("story")(story)


def story(
    authority: Annotated[str, typer.Option(help="Code of the authority.")],
    to: Annotated[Path, typer.Option("--to", help="The page to write.", metavar="FILE.html")],
    token_stdin: TokenOption = False,
) -> None:
    """Tell an authority what happened to what it sent, as one page; needs its own token."""
    from etl.story_commands import story_command

    finish(story_command(authority, to, worker_settings(), read_token(from_input=token_stdin)))
