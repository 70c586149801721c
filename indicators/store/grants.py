"""What each process may do inside a PostgreSQL database: three roles, each with the least it needs.

The owner makes and upgrades the tables and restores backups. Public pages and the API need no
database at all; the reader is for those who query published figures directly. Nobody but the owner
may change or remove what was written down once: files received, findings, the audit log.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from indicators.store.connect import RESTRICTED, Store
from indicators.store.errors import StoreError
from indicators.store.return_tables import RESTRICTED_TABLES
from indicators.store.tables import metadata


class Process(StrEnum):
    """What connects to the database."""

    READER = "reader"
    DESK = "desk"
    WORKER = "worker"


_READ: Final = "SELECT"
_ADD: Final = "SELECT, INSERT"
_CHANGE: Final = "SELECT, INSERT, UPDATE"
_ALL: Final = "SELECT, INSERT, UPDATE, DELETE"

_ONCE: Final = ("received_file", "incident", "finding", "explanation", "submission_value", "audit")
"""What is written once and never changed: nobody but the owner may."""

_PUBLISHED: Final[Mapping[str, str]] = {"cell": _READ, "release": _READ, "breakdown": _READ}

_DESK: Final[Mapping[str, str]] = {
    **dict.fromkeys(("received_file", "incident", "explanation", "audit"), _ADD),
    **dict.fromkeys(("receipt", "submission", "commentary", "return_slot"), _CHANGE),
    **dict.fromkeys(
        ("finding", "submission_value", "token", "collection_round", "release_member"), _READ
    ),
    **dict.fromkeys(("store_meta", "store_version", "source", "document"), _READ),
    **_PUBLISHED,
}


def privileges(process: Process) -> Mapping[str, str]:
    """Return what a process may do with each table; a table that is not named, nothing."""
    if process is Process.READER:
        return _PUBLISHED
    if process is Process.DESK:
        return _DESK
    every = {str(table.name): _ALL for table in metadata.sorted_tables}
    return {**every, **dict.fromkeys(_ONCE, _ADD), "store_version": _READ}


def grant_statements(process: Process, role: str) -> tuple[str, ...]:
    """Return the SQL that gives a role what a process needs, and takes all else away."""
    name = _quoted(role)
    schemas = "public" if process is Process.READER else f"public, {RESTRICTED}"
    restricted = {str(table.name) for table in RESTRICTED_TABLES}
    every = ", ".join(("public", RESTRICTED))
    return (
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {every} FROM {name}",
        f"REVOKE ALL ON SCHEMA {RESTRICTED} FROM {name}",
        f"GRANT USAGE ON SCHEMA {schemas} TO {name}",
        *(
            f'GRANT {what} ON {RESTRICTED if table in restricted else "public"}."{table}" TO {name}'
            for table, what in sorted(privileges(process).items())
        ),
    )


def apply_grants(store: Store, process: Process, role: str) -> int:
    """Give a role of the database what a process needs; return how many statements that took."""
    if store.is_sqlite:
        msg = (
            "the embedded database has no roles: whoever may read its file may read all of it; "
            "use PostgreSQL (OUTCOMES_DATABASE_URL) where several people or programs connect"
        )
        raise StoreError(msg)
    statements = grant_statements(process, role)
    try:
        with store.writing() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
    except sa.exc.ProgrammingError as error:
        msg = f"the role '{role}' was not given anything: {str(error.orig).strip()}"
        raise StoreError(msg) from None
    return len(statements)


def _quoted(role: str) -> str:
    doubled = role.replace('"', '""')
    return f'"{doubled}"'
