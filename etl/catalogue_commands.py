"""What `outcomes indicators list|show|check` print and how they end."""

from pathlib import Path
from typing import Final

from etl.catalogue_check import check_catalogue
from indicators.catalogue import CatalogueError, load_catalogue
from indicators.listing import UnknownIndicatorError, list_indicators, show_indicator

_GOOD: Final = 0
_REFUSED: Final = 1
_USAGE: Final = 2

Result = tuple[str, int]
"""The report and the exit code."""


def list_command(folder: Path | None = None) -> Result:
    """Return the catalogue as a list."""
    try:
        return list_indicators(load_catalogue(folder)), _GOOD
    except CatalogueError as error:
        return str(error), _REFUSED


def show_command(indicator_id: str, folder: Path | None = None) -> Result:
    """Return all that one definition says; an unknown id is a fault of usage."""
    try:
        return show_indicator(load_catalogue(folder), indicator_id), _GOOD
    except CatalogueError as error:
        return str(error), _REFUSED
    except UnknownIndicatorError as error:
        return str(error), _USAGE


def check_command(definitions: Path | None = None, tables: Path | None = None) -> Result:
    """Return every problem of definitions and tables with its place; refused if there is one."""
    problems = check_catalogue(definitions, tables)
    if problems:
        lines = [str(problem) for problem in problems]
        return "\n".join((*lines, f"{len(problems)} to mend")), _REFUSED
    held = load_catalogue(definitions)
    free = max((one.order for one in held), default=0) + 1
    return f"{len(held)} definitions, nothing to mend; the next free order is {free}", _GOOD
