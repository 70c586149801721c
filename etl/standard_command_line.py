"""Commands that help to make a return, as they are typed; heavy parts are imported when run.

They read what is published and what is given to them; nothing is stored.
"""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from etl.command_parts import finish, worker_settings

standard_app = typer.Typer()


ExportDay = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of the extract counted from.")
]


class WhySent(StrEnum):
    """Why a return is sent, as a manifest says it."""

    FIRST = "first"
    CORRECTION = "correction"
    RESTATEMENT = "restatement"
    STEWARD_REQUEST = "steward_request"


@standard_app.command()
def template(
    collection: Annotated[str, typer.Option(help="CLA, CL or CIN.")],
    period: Annotated[str, typer.Option(help="Such as RY2025.")],
    authority: Annotated[str, typer.Option(help="Code of the authority.")] = "",
    everyone: Annotated[
        bool, typer.Option("--all", help="A template for every authority of the place set.")
    ] = False,
    fmt: Annotated[str, typer.Option("--format", help="csv, xlsx or json.")] = "csv",
    folder: Annotated[Path, typer.Option(help="Where to write it.")] = Path(),
) -> None:
    """Write the template of a return, with its keys filled in."""
    from etl.submissions.template_commands import Wanted, write_templates
    from reference.placesets import load_place_set

    if bool(authority) == everyone:
        finish(("name one authority with --authority CODE, or give --all", 2))
    settings = worker_settings()
    places = load_place_set(settings.place_set)
    wanted = Wanted(collection, period, fmt)
    finish(write_templates(authority, wanted, folder, places, settings.home))


@standard_app.command()
def manifest(
    path: Annotated[Path, typer.Argument(help="The data file.", metavar="FILE")],
    no_child_level_data: Annotated[
        bool,
        typer.Option(
            "--no-child-level-data", help="State that nothing in the file is about one child."
        ),
    ] = False,
    rows: Annotated[
        int | None, typer.Option(min=0, help="Number of rows, from the source system.")
    ] = None,
    total: Annotated[
        int | None, typer.Option("--sum", min=0, help="Sum of all values, from the source system.")
    ] = None,
    zipped: Annotated[
        bool, typer.Option("--zip", help="Write data and manifest as one ZIP.")
    ] = False,
    reason: Annotated[WhySent, typer.Option(help="Why it is sent.")] = WhySent.FIRST,
    replaces: Annotated[
        str | None, typer.Option(help="Id of the accepted version that this one replaces.")
    ] = None,
    system: Annotated[str, typer.Option(help="The system that the counts come from.")] = "",
    validator: Annotated[
        str, typer.Option(help="The checking tool used before, and version.")
    ] = "",
    ssda903_export: ExportDay = None,
    cin_export: ExportDay = None,
    unresolved_errors: Annotated[
        int, typer.Option(min=0, help="Errors of the source return that are still open.")
    ] = 0,
    records_excluded: Annotated[
        int, typer.Option(min=0, help="Records left out of the counts.")
    ] = 0,
) -> None:
    """Write the manifest of a data file beside it; stores nothing."""
    from etl.submissions.manifest import ManifestSource, Stated
    from etl.submissions.manifest_commands import Typed, manifest_command

    source = ManifestSource(
        system=system,
        validator=validator,
        ssda903_export_date=ssda903_export.date() if ssda903_export else None,
        cin_export_date=cin_export.date() if cin_export else None,
        unresolved_errors=unresolved_errors,
        records_excluded=records_excluded,
    )
    stated = Stated(str(reason), replaces, source)
    typed = Typed(rows, total, no_child_level_data)
    finish(manifest_command(path, stated, typed, zipped=zipped))
