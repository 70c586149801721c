"""Bringing a database to the tables that this version of the code expects."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_OPTIONS: Final[Mapping[str, str]] = {"version_table": "store_version"}


@dataclass(frozen=True)
class SchemaStatus:
    """The step a database is at ('' = no tables of ours) and the newest there is."""

    current: str
    newest: str

    @property
    def is_current(self) -> bool:
        """Whether nothing needs doing."""
        return self.current == self.newest


def upgrade(engine: sa.Engine) -> SchemaStatus:
    """Apply the migrations that are missing, in one transaction; return where it stands now."""
    with engine.begin() as connection:
        command.upgrade(_config(connection), "head")
    return status(engine)


def status(engine: sa.Engine) -> SchemaStatus:
    """Say which migration a database is at."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection, opts=dict(_OPTIONS)).get_current_revision()
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    return SchemaStatus(current=found or "", newest=newest or "")


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
