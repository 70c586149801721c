"""The audit log: chained, its head kept outside, tampering noticed at the next start."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from indicators.permissions import Actor, NotPermittedError, Role
from indicators.store import Store
from indicators.store.auditing import (
    HEADS_NAME,
    BrokenAuditError,
    check_audit,
    keep_head,
    note,
    read_audit,
)
from indicators.store.occasions import Occasion
from indicators.store.tables import audit
from tests.indicators.store.conftest import Opener

AT = Occasion(datetime(2026, 6, 1, 12, tzinfo=UTC), Actor("A steward", Role.STEWARD))
AUDITOR = Actor("An auditor", Role.AUDITOR)


def write(store: Store, lines: int = 4) -> None:
    with store.writing() as connection:
        for number in range(lines):
            note(connection, AT, "accept", f"return {number}", "")
        keep_head(store, connection)


def change(store: Store, statement: sa.Executable) -> None:
    with store.writing() as connection:
        connection.execute(statement)


def test_a_line_says_who_did_what_when_and_in_which_role(store: Store) -> None:
    write(store, 1)
    line = read_audit(store, AUDITOR)[-1]
    assert (line.actor, line.role, line.action) == ("A steward", "steward", "accept")
    assert line.happened_at == "2026-06-01T12:00:00Z"


def test_only_an_auditor_reads_the_log(store: Store) -> None:
    for role in Role:
        if role is not Role.AUDITOR:
            with pytest.raises(NotPermittedError):
                read_audit(store, Actor("Somebody", role, "X1"))


def test_an_untouched_log_is_whole_also_after_the_next_start(store: Store, reopen: Opener) -> None:
    write(store)
    check_audit(store)
    check_audit(reopen())


@pytest.mark.parametrize("column", ["actor", "role", "action", "subject", "detail", "happened_at"])
def test_a_changed_line_is_noticed(store: Store, column: str) -> None:
    write(store)
    change(store, sa.update(audit).where(audit.c.id == 2).values({column: "somebody else"}))
    with pytest.raises(BrokenAuditError, match="line 2"):
        check_audit(store)


@pytest.mark.parametrize("number", [1, 2])
def test_a_removed_line_is_noticed(store: Store, number: int) -> None:
    write(store)
    change(store, sa.delete(audit).where(audit.c.id == number))
    with pytest.raises(BrokenAuditError, match=f"line {number}"):
        check_audit(store)


def test_lines_cut_off_at_the_end_are_noticed_by_the_head_outside(store: Store) -> None:
    write(store)
    change(store, sa.delete(audit).where(audit.c.id == 4))
    with pytest.raises(BrokenAuditError, match=HEADS_NAME):
        check_audit(store)


def test_a_log_made_anew_from_the_start_is_noticed_by_the_head_outside(store: Store) -> None:
    write(store)
    change(store, sa.delete(audit))
    with store.writing() as connection:
        for _ in range(4):
            note(connection, AT, "accept", "another return", "")
    with pytest.raises(BrokenAuditError, match=HEADS_NAME):
        check_audit(store)


def test_a_broken_log_keeps_the_store_from_being_opened(store: Store, reopen: Opener) -> None:
    write(store)
    change(store, sa.update(audit).where(audit.c.id == 3).values(detail="changed"))
    with pytest.raises(BrokenAuditError, match="line 3"):
        reopen()


def test_a_head_that_broke_off_half_way_says_nothing(store: Store) -> None:
    write(store)
    with (store.home / HEADS_NAME).open("a", encoding="ascii") as file:
        file.write("5 0badc0")
    check_audit(store)
