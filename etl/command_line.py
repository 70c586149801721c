"""The commands of the worker: load, check, release, look up; heavy parts are imported when run."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from etl.access_command_line import audit_app, token_app
from etl.command_parts import (
    DateOption,
    PathList,
    ReleaseOption,
    TokenOption,
    finish,
    read_token,
    worker_settings,
)
from etl.commentary_command_line import commentary_app
from etl.release_command_line import release_app
from etl.return_command_line import collection_app, submission_app, watch
from etl.standard_command_line import standard_app
from etl.story_command_line import add_story

app = typer.Typer(no_args_is_help=True, add_completion=False)
load_app = typer.Typer(help="Read figures into the store.", no_args_is_help=True)
indicators_app = typer.Typer(help="Look at the definitions.", no_args_is_help=True)
db_app = typer.Typer(help="Look after the database.", no_args_is_help=True)
app.add_typer(load_app, name="load")
app.add_typer(release_app, name="release")
app.add_typer(indicators_app, name="indicators")
app.add_typer(db_app, name="db")
app.add_typer(token_app, name="token")
app.add_typer(audit_app, name="audit")
app.add_typer(submission_app, name="submission")
app.add_typer(collection_app, name="collection")
app.command()(watch)
app.add_typer(commentary_app, name="commentary")
add_story(submission_app)
app.add_typer(standard_app)


@app.command()
def prepare() -> None:
    """Bring the store up to date and, if it is empty, load the figures that ship."""
    from indicators.prepared import latest_if_prepared

    settings = worker_settings()
    # Most starts find everything in order; what looks closely takes a second to load.
    embedded = not settings.database_url
    latest = latest_if_prepared(settings.home, settings.place_set) if embedded else None
    if latest is not None:
        finish((f"latest release: {latest}", 0))

    from etl.release_commands import prepare_command

    finish(prepare_command(settings))


@app.command()
def check(
    paths: PathList,
    fmt: Annotated[
        str, typer.Option("--format", help="text or json; of returns also html, csv or xlsx.")
    ] = "text",
    to: Annotated[
        Path | None, typer.Option(help="Folder for the reports of returns, a file for each.")
    ] = None,
) -> None:
    """Validate published files or authorities' returns; nothing is stored."""
    from etl.commands import check_paths

    finish(check_paths(paths, fmt, to=to))


@app.command()
def fetch(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME...]")] = None,
    to: Annotated[
        Path | None,
        typer.Option(help="Folder; default OUTCOMES_PUBLISHED_DIR, else OUTCOMES_HOME/published."),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the names and stop.")] = False,
    accept_major: Annotated[
        bool, typer.Option("--accept-major", help="Take a version that may break what is read.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Download what is up to date too, and compare.")
    ] = False,
) -> None:
    """Download published statistics from their publishers (default: all that are known).

    Tested against a stand-in for the documented interface only; live access
    to the publishers could not be tried from where this was built.
    """
    from etl.fetch.commands import fetch_command, list_command
    from etl.fetch.fetching import HowToFetch

    how = HowToFetch(accept_major, again)
    finish(list_command() if listed else fetch_command(names or [], worker_settings(), to, how))


@load_app.command("published")
def load_published_figures(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATH...]")] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Stop before publishing.")] = False,
    release: ReleaseOption = None,
    published_on: DateOption = None,
    by_publication: Annotated[
        bool,
        typer.Option(
            "--by-publication",
            help="Into a new store: one release for each day on which something came out.",
        ),
    ] = False,
) -> None:
    """Load published statistics and publish a release; default: OUTCOMES_PUBLISHED_DIR."""
    from etl.commands import HowToPublish, load_published

    day = published_on.date() if published_on else None
    how = HowToPublish(draft, release, day, by_publication)
    finish(load_published(paths or [], worker_settings(), how))


@load_app.command("submission")
def load_submissions(
    paths: PathList,
    without_manifest: Annotated[
        bool, typer.Option("--without-manifest", help="Take a data file that came alone.")
    ] = False,
    replaces: Annotated[
        str, typer.Option(help="The accepted version that this one takes the place of.")
    ] = "",
    reason: Annotated[
        str, typer.Option(help="Why it comes again: correction, restatement or steward_request.")
    ] = "",
    token: TokenOption = False,
) -> None:
    """Take in authorities' returns; publishes nothing. With a token, for its authority alone."""
    from etl.submissions.load_commands import load_submission
    from etl.submissions.process import Replacing

    finish(
        load_submission(
            paths,
            worker_settings(),
            without_manifest=without_manifest,
            replacing=Replacing(reason, replaces),
            token=read_token(from_input=token),
        )
    )


@load_app.command("boundaries")
def load_boundaries_of_areas(
    path: Annotated[Path, typer.Argument(help="GeoJSON, GeoPackage or Shapefile (.zip).")],
    as_at: Annotated[
        datetime,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Day on which areas were like this."),
    ],
    source: Annotated[str, typer.Option(help="Whose boundaries these are, in words.")],
    level: Annotated[
        str, typer.Option(help="authority, region or country; default: found by the codes.")
    ] = "",
    column: Annotated[
        str, typer.Option("--code", help="Column of the codes; default: found.")
    ] = "",
    licence: Annotated[
        str, typer.Option(help="Licence of the boundaries.")
    ] = "Open Government Licence v3.0",
    attribution: Annotated[
        str, typer.Option(help="Words of attribution that the licence asks for.")
    ] = "",
) -> None:
    """Load boundaries of areas for maps; they are held to the areas that existed on the day."""
    from etl.boundaries.commands import Origin, load_boundaries

    origin = Origin(as_at.date(), source, licence, attribution)
    finish(load_boundaries(path, worker_settings(), origin, level, column))


@app.command()
def practice(
    home: Annotated[
        Path | None, typer.Option(help="Its own folder; default OUTCOMES_HOME/practice.")
    ] = None,
    years: Annotated[int, typer.Option(help="How many years send returns.")] = 2,
) -> None:
    """Have a made-up country send its returns, and publish what comes of them, for training."""
    from etl.practice.commands import practice_command

    finish(practice_command(worker_settings(), home, years))


@app.command("export")
def export(
    folder: Annotated[Path, typer.Argument(help="Where to write the files.", metavar="DIR")],
    release: ReleaseOption = None,
) -> None:
    """Write a release as files."""
    from etl.release_commands import export_command

    finish(export_command(folder, release, worker_settings()))


@indicators_app.command("list")
def list_indicators() -> None:
    """List the catalogue."""
    from etl.catalogue_commands import list_command

    finish(list_command())


@indicators_app.command("show")
def show_indicator(
    indicator: Annotated[str, typer.Argument(help="Id of an indicator.", metavar="ID")],
) -> None:
    """Show all that one definition says."""
    from etl.catalogue_commands import show_command

    finish(show_command(indicator))


@indicators_app.command("check")
def check_indicators() -> None:
    """Check every definition and source table."""
    from etl.catalogue_commands import check_command

    finish(check_command())


@app.command()
def backup(
    path: Annotated[Path, typer.Argument(help="The file to write.", metavar="FILE")],
) -> None:
    """Write the whole store into one file; keep it as safe as the database."""
    from etl.upkeep_commands import backup_command

    finish(backup_command(path, worker_settings()))


@app.command()
def restore(
    path: Annotated[Path, typer.Argument(help="A file of `outcomes backup`.", metavar="FILE")],
) -> None:
    """Fill an empty store from a backup, and take back again what was taken back since."""
    from etl.upkeep_commands import restore_command

    finish(restore_command(path, worker_settings()))


@db_app.command("upgrade")
def upgrade_database() -> None:
    """Bring the tables of the database up to date."""
    from etl.upkeep_commands import upgrade_command

    finish(upgrade_command(worker_settings()))


@db_app.command("status")
def database_status() -> None:
    """Say which version the tables of the database have."""
    from etl.upkeep_commands import status_command

    finish(status_command(worker_settings()))


@db_app.command("grant")
def grant(
    process: Annotated[str, typer.Argument(help="reader, desk or worker.", metavar="PROCESS")],
    role: Annotated[str, typer.Argument(help="A role of the database.", metavar="ROLE")],
    show: Annotated[bool, typer.Option("--show", help="Print the SQL and change nothing.")] = False,
) -> None:
    """Give a PostgreSQL role what a process needs, and nothing else (as the owner)."""
    from etl.upkeep_commands import grant_command

    finish(grant_command(process, role, worker_settings(), only_show=show))
