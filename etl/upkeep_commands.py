"""The commands that look after the database: tables, roles, backups; each gives text and code."""

from pathlib import Path

from etl.findings import ExitCode
from etl.settings import Settings
from etl.store_commands import Answer, answered, on_store
from indicators.store import Store, make_engine, status, upgrade
from indicators.store.backing_up import back_up
from indicators.store.grants import Process, apply_grants, grant_statements
from indicators.store.occasions import Occasion
from indicators.store.restoring import restore


def backup_command(path: Path, settings: Settings) -> Answer:
    """Write a backup."""

    def written(store: Store, at: Occasion) -> str:
        made = back_up(store, path, at)
        return f"written: {made.path}, {made.rows:,} rows, sha256 {made.sha256}"

    return on_store(settings, written)


def restore_command(path: Path, settings: Settings) -> Answer:
    """Restore a backup into an empty store."""

    def restored(store: Store, at: Occasion) -> str:
        found = restore(store, path, at)
        return (
            f"restored {found.rows:,} rows; withheld again {found.cells_withheld:,} cells, "
            f"withdrawn again {found.releases_withdrawn:,} releases; every token was revoked"
        )

    return on_store(settings, restored)


def upgrade_command(settings: Settings) -> Answer:
    """Bring the tables of the database up to date."""
    return _on_engine(settings, do_upgrade=True)


def status_command(settings: Settings) -> Answer:
    """Say which step the tables of the database are at."""
    return _on_engine(settings, do_upgrade=False)


def grant_command(process: str, role: str, settings: Settings, *, only_show: bool) -> Answer:
    """Give a role of the database what a process needs, or print how that would be done."""
    if process not in list(Process):
        return f"'{process}' is not a process; use {', '.join(Process)}", ExitCode.USAGE
    if only_show:
        statements = grant_statements(Process(process), role)
        return "\n".join(f"{statement};" for statement in statements), ExitCode.OK

    def granted(store: Store, _at: Occasion) -> str:
        count = apply_grants(store, Process(process), role)
        return f"{role} may now do what the {process} needs ({count} statements)"

    return on_store(settings, granted)


def _on_engine(settings: Settings, *, do_upgrade: bool) -> Answer:
    def told() -> str:
        settings.home.mkdir(parents=True, exist_ok=True)
        engine = make_engine(settings.database_url, settings.home)
        try:
            at = upgrade(engine) if do_upgrade else status(engine)
        finally:
            engine.dispose()
        state = "up to date" if at.is_current else f"run `outcomes db upgrade` for {at.newest}"
        return f"{engine.dialect.name}: step {at.current or 'none'}, {state}"

    return answered(told)
