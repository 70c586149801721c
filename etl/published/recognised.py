"""Which files there are, and which published table each one is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.files import FileContent
from etl.published.left_out import reason_to_leave_out
from etl.table_model import EES_AREAS
from etl.tables import Table, TableError, canonical_columns, has_file_name

_ENDINGS = (".csv", ".csv.gz", ".ods", ".xlsx", ".gz", ".txt", ".tsv")


@dataclass(frozen=True)
class FoundFile:
    """A file to look at; `is_named` says that the user gave this very file, not its folder."""

    path: Path
    is_named: bool
    table: Table | None = None
    not_used: str = ""


def found_files(paths: Iterable[Path], tables: Sequence[Table]) -> Iterator[FoundFile]:
    """Yield every file once, folders walked in order of names, with the table its name says."""
    seen: set[Path] = set()
    for path in paths:
        is_named = not path.is_dir()
        inside = [path] if is_named else sorted(path.rglob("*"))
        for file in inside:
            if not (is_named or _is_visible_file(file, path)):
                continue
            real = file.resolve()
            if real not in seen:
                seen.add(real)
                yield _by_name(file, is_named, tables)


def _is_visible_file(file: Path, folder: Path) -> bool:
    is_hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return file.is_file() and not is_hidden


def _by_name(file: Path, is_named: bool, tables: Sequence[Table]) -> FoundFile:
    fitting = [table for table in tables if has_file_name(table, file.name)]
    if fitting:
        return FoundFile(file, is_named, fitting[0])
    if not is_named:
        return FoundFile(file, is_named, not_used=_why_not(file))
    return FoundFile(file, is_named)


def _why_not(file: Path) -> str:
    """Return why a file that no table has the name of is not read."""
    known = reason_to_leave_out(file.name)
    if known:
        return known
    is_other = not file.name.lower().endswith(_ENDINGS)
    return "not a kind of file that holds tables" if is_other else "no table has this name"


def by_columns(
    file: Path, content: FileContent, tables: Sequence[Table]
) -> tuple[Table | None, str]:
    """Return the one table that has the columns of a file, or why none is taken."""
    fitting = [table for table in tables if _has_columns(table, content)]
    fitting = [table for table in fitting if not _is_excluded(table, file.name)]
    if len(fitting) == 1:
        return fitting[0], ""
    known = reason_to_leave_out(file.name)
    if known:
        return None, known
    if not fitting:
        return None, f"neither its name nor its columns are those of a table that is read; {_NEW}"
    names = " or ".join(table.id for table in fitting[:_NAMED])
    more = f" and {len(fitting) - _NAMED} more" if len(fitting) > _NAMED else ""
    return None, (
        f"its columns could be those of {names}{more}; give it the publisher's file name, or {_NEW}"
    )


_NAMED = 3
_NEW = "for a new kind of file write etl/tables/<id>.yaml (CONTRIBUTING, Add a source)"


def _has_columns(table: Table, content: FileContent) -> bool:
    if table.sheet is not None or content.kind != "csv":
        return False
    try:
        found = canonical_columns(table, content.tables[0].names)
    except TableError:
        return False
    codes = set(table.areas.code.values())
    # A file with codes of further levels is not of a table that has the country alone.
    has_no_others = set(found) & set(EES_AREAS.code.values()) <= codes
    return has_no_others and {table.areas.level, *codes} <= set(found)


def _is_excluded(table: Table, name: str) -> bool:
    """Say whether a table knows files of this name and says that they are something else."""
    others = table.model_copy(update={"files": table.not_files, "not_files": ()})
    return has_file_name(others, name)
