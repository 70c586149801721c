"""What can be fetched: `sources.yaml` read against the tables that the files feed."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import Field, StringConstraints, model_validator

from etl.tables import Table, has_file_name, load_tables
from indicators.checked_files import Checked, Problem, read_checked, suggestion
from indicators.parts import Id, Part, Text

SOURCES_FILE: Final = Path(__file__).parent / "sources.yaml"

_FILE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._()-]{0,150}\.csv")
_FOLDER_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,100}")

Guid = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Pin = Annotated[str, StringConstraints(pattern=r"^(\*|\d+\.\*|\d+\.\d+\.\*|\d+\.\d+(\.\d+)?)$")]


class SourceError(Exception):
    """The list of sources is faulty; the message places every fault."""


class SourceEntry(Part):
    """One file of a publication, as the list declares it."""

    name: Id = Field(description="What `outcomes fetch NAME` asks for.")
    table: Id | None = Field(default=None, description="Id of the table that the file feeds.")
    data_set_id: Guid | None = Field(default=None, description="Of a data set of the public API.")
    data_set_title: Text | None = Field(
        default=None, description="Exact title in the public API, where the id is not known."
    )
    version: Pin | None = Field(default=None, description="Which versions are taken, like 1.*")
    file: Text | None = Field(default=None, description="Name that a file of the API gets here.")
    data_set_file_id: Guid | None = Field(
        default=None, description="Of a file outside the API; it is another for every release."
    )
    note: str = ""

    @property
    def is_in_api(self) -> bool:
        """Whether the file comes from the public API, with versions."""
        return bool(self.data_set_id or self.data_set_title)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.is_in_api and not (self.version and self.file):
            msg = "a data set of the public API needs 'version' (like 1.*) and 'file'"
            raise ValueError(msg)
        if self.is_in_api and self.data_set_file_id:
            msg = "give either a data set of the public API or 'data_set_file_id'"
            raise ValueError(msg)
        if not self.is_in_api and (self.version or self.file or not self.table):
            msg = "a file outside the public API needs 'table', and has no 'version' and no 'file'"
            raise ValueError(msg)
        if self.file and not is_safe_file_name(self.file):
            msg = f"'{self.file}' is not a plain file name that ends in .csv"
            raise ValueError(msg)
        return self


class PublicationEntry(Part):
    """One publication and its files that are fetched."""

    name: Id
    title: Text
    publisher: Text
    slug: Slug = Field(description="Last part of the publication's address.")
    sources: tuple[SourceEntry, ...] = Field(min_length=1)


class SourceList(Part):
    """The whole list."""

    publications: tuple[PublicationEntry, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Source:
    """One file that can be fetched, with its publication and the table it feeds, if any."""

    publication: PublicationEntry
    entry: SourceEntry
    table: Table | None

    @property
    def name(self) -> str:
        """What it is called on the command line and in the lock file."""
        return self.entry.name


def is_safe_file_name(name: str) -> bool:
    """Return whether a name can be that of a file in one folder and of nothing else."""
    return bool(_FILE_NAME.fullmatch(name)) and ".." not in name


def is_safe_folder_name(name: str) -> bool:
    """Return whether a slug can be the name of one folder and of nothing else."""
    return bool(_FOLDER_NAME.fullmatch(name))


def load_sources(
    path: Path = SOURCES_FILE, tables: Sequence[Table] | None = None
) -> tuple[Source, ...]:
    """Return every source in the order of the list; raises SourceError with all its faults."""
    checked, problems = read_checked(path, SourceList)
    if checked is None or problems:
        raise SourceError("\n".join(map(str, problems)))
    by_id = {table.id: table for table in (load_tables() if tables is None else tables)}
    faults = [*_unknown_tables(checked, by_id), *_names_used_twice(checked)]
    if faults:
        raise SourceError("\n".join(map(str, faults)))
    return tuple(
        Source(publication, entry, by_id[entry.table] if entry.table else None)
        for publication in checked.model.publications
        for entry in publication.sources
    )


def _unknown_tables(checked: Checked[SourceList], by_id: dict[str, Table]) -> Iterable[Problem]:
    for number, publication in enumerate(checked.model.publications):
        for place, entry in enumerate(publication.sources):
            where = ("publications", number, "sources", place)
            table = by_id.get(entry.table or "")
            if entry.table and table is None:
                message = f"no table has the id '{entry.table}'{suggestion(entry.table, by_id)}"
                yield checked.problem((*where, "table"), message)
            elif table and entry.file and not has_file_name(table, entry.file):
                message = f"{table.id} knows files named {' or '.join(table.files)} only"
                yield checked.problem((*where, "file"), message)


def _names_used_twice(checked: Checked[SourceList]) -> Iterable[Problem]:
    publications = checked.model.publications
    names = [p.name for p in publications]
    names += [entry.name for p in publications for entry in p.sources]
    for name, count in Counter(names).items():
        if count > 1:
            yield checked.problem(("publications",), f"the name '{name}' is given {count} times")


def chosen(sources: Sequence[Source], names: Sequence[str]) -> tuple[tuple[Source, ...], str]:
    """Return the sources of these names (of files or publications), or what is wrong with them.

    Without names: all of them.
    """
    known = {name for source in sources for name in (source.name, source.publication.name)}
    for name in names:
        if name not in known:
            message = f"nothing that can be fetched has the name '{name}'"
            advice = "`outcomes fetch --list` shows all names"
            return (), f"{message}{suggestion(name, sorted(known))}; {advice}"
    wanted = set(names) or known
    return tuple(s for s in sources if {s.name, s.publication.name} & wanted), ""
