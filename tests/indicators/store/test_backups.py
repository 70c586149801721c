"""A backup holds everything; restoring an old one brings back nothing that was taken back since."""

import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indicators.permissions import Actor, NotPermittedError, Role
from indicators.store import Store, StoreError, open_store, redact_cells, withdraw_release
from indicators.store.auditing import HEADS_NAME, BrokenAuditError, check_audit, read_audit
from indicators.store.backing_up import back_up
from indicators.store.occasions import Occasion
from indicators.store.restoring import restore
from indicators.store.taken_back import LEDGER_NAME, read_taken_back
from indicators.store.tokens import TokenError, actor_of, issue_token
from reference.places import PlaceSet
from tests.indicators.store.conftest import Opener
from tests.indicators.store.published import ALVERBY, NOW, listed, on, publish
from tests.indicators.store.test_redaction import (
    CANARIES,
    NOW_SUPPRESSED,
    REDACTION,
    THEN,
    holding,
)
from tests.postgres import new_database

AT = Occasion(NOW)
Emptied = Callable[[], Store]


@pytest.fixture
def emptied(
    request: pytest.FixtureRequest, store: Store, places: PlaceSet
) -> Iterator[Callable[[], Store]]:
    """Gives the store as after the loss of its database: the home folder's papers remain."""
    opened: list[Store] = []

    @contextmanager
    def address() -> Iterator[str]:
        if store.is_sqlite:
            yield ""
            return
        with new_database(request.getfixturevalue("postgres_server")) as url:
            yield url

    with address() as url:

        def lose() -> Store:
            store.close()
            for path in store.home.iterdir():
                if path.name not in {HEADS_NAME, LEDGER_NAME}:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
            heads = store.home / HEADS_NAME
            kept = heads.read_bytes()
            heads.unlink()
            opened.append(open_store(url, store.home, places))
            heads.write_bytes(kept)
            return opened[-1]

        yield lose
        for one in opened:
            one.close()


def test_a_restored_store_publishes_the_same_bytes(
    store: Store, emptied: Emptied, tmp_path: Path
) -> None:
    publish(store, THEN, release_id="then")
    before = listed(store)
    outcome = back_up(store, tmp_path / "backup.zip", AT)
    again = emptied()
    assert restore(again, outcome.path, AT).rows == outcome.rows
    assert listed(again) == before
    assert len(holding(store.home, CANARIES[0])) > 0


def test_a_cell_withheld_after_the_backup_is_withheld_again(
    store: Store, emptied: Emptied, tmp_path: Path
) -> None:
    publish(store, THEN, release_id="then")
    path = back_up(store, tmp_path / "backup.zip", AT).path
    redact_cells(store, [REDACTION], "sent by mistake")
    withheld = listed(store)
    again = emptied()
    assert restore(again, path, AT).cells_withheld == 1
    again.close()
    for number in CANARIES:
        files = [name for name in holding(store.home, number) if not name.startswith("outcomes.")]
        assert files == []
    assert [entry.digest for entry in listed(again).releases] == [
        entry.digest for entry in withheld.releases
    ]


def test_what_a_publisher_suppressed_after_the_backup_stays_out_of_history(
    store: Store, emptied: Emptied, tmp_path: Path
) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    path = back_up(store, tmp_path / "backup.zip", AT).path
    publish(store, NOW_SUPPRESSED, release_id="now")
    again = emptied()
    assert restore(again, path, AT).cells_withheld == 1
    again.close()
    assert not [n for n in holding(store.home, CANARIES[0]) if not n.startswith("outcomes.")]


def test_a_release_withdrawn_after_the_backup_is_withdrawn_again(
    store: Store, emptied: Emptied, tmp_path: Path
) -> None:
    publish(store, THEN, release_id="then")
    path = back_up(store, tmp_path / "backup.zip", AT).path
    withdraw_release(store, "then", "wrong file", now=NOW)
    again = emptied()
    assert restore(again, path, AT).releases_withdrawn == 1
    [entry] = listed(again).releases
    assert entry.withdrawn is not None
    assert entry.withdrawn["reason"] == "wrong file"


def test_restoring_revokes_every_token(store: Store, emptied: Emptied, tmp_path: Path) -> None:
    publish(store, THEN, release_id="then")
    text = issue_token(store, "A steward", Role.STEWARD, days=9, at=AT)
    path = back_up(store, tmp_path / "backup.zip", AT).path
    again = emptied()
    restore(again, path, AT)
    with pytest.raises(TokenError, match="revoked"):
        actor_of(again, text, NOW)


def test_the_restored_audit_log_is_whole_and_goes_on(
    store: Store, emptied: Emptied, tmp_path: Path
) -> None:
    publish(store, THEN, release_id="then")
    path = back_up(store, tmp_path / "backup.zip", AT).path
    redact_cells(store, [REDACTION], "sent by mistake")
    again = emptied()
    restore(again, path, AT)
    check_audit(again)
    lines = read_audit(again, Actor("An auditor", Role.AUDITOR))
    assert [line.action for line in lines][-2:] == ["back up", "restore"]


def test_a_backup_with_another_log_than_the_heads_is_refused(
    store: Store, emptied: Emptied, tmp_path: Path
) -> None:
    publish(store, THEN, release_id="then")
    path = back_up(store, tmp_path / "backup.zip", AT).path
    again = emptied()
    (store.home / HEADS_NAME).write_text(f"1 {'0' * 64}\n", encoding="ascii")
    with pytest.raises(BrokenAuditError, match="line 1"):
        restore(again, path, AT)
    assert listed(again).releases == ()


def test_only_into_an_empty_store_is_anything_restored(store: Store, tmp_path: Path) -> None:
    publish(store, THEN, release_id="then")
    path = back_up(store, tmp_path / "backup.zip", AT).path
    with pytest.raises(StoreError, match="empty database"):
        restore(store, path, AT)


def test_a_backup_is_never_written_over_and_only_its_owner_reads_it(
    store: Store, tmp_path: Path
) -> None:
    path = back_up(store, tmp_path / "backup.zip", AT).path
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(StoreError, match="there already"):
        back_up(store, path, AT)


def test_a_damaged_backup_restores_nothing(store: Store, emptied: Emptied, tmp_path: Path) -> None:
    publish(store, THEN, release_id="then")
    path = back_up(store, tmp_path / "backup.zip", AT).path
    short = tmp_path / "short.zip"
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(short, "w") as archive:
        for name in whole.namelist():
            if name != "tables/cell.arrow":
                archive.writestr(name, whole.read(name))
    again = emptied()
    for broken in (short, Path(__file__)):
        with pytest.raises(StoreError, match="not a whole backup"):
            restore(again, broken, AT)
    assert listed(again).releases == ()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
def test_only_the_operator_backs_up_and_restores(store: Store, tmp_path: Path, role: Role) -> None:
    at = Occasion(NOW, Actor("Somebody", role, ALVERBY))
    with pytest.raises(NotPermittedError):
        back_up(store, tmp_path / "backup.zip", at)
    with pytest.raises(NotPermittedError):
        restore(store, tmp_path / "backup.zip", at)


def test_the_ledger_keeps_keys_and_no_number(store: Store) -> None:
    publish(store, THEN, release_id="then")
    redact_cells(store, [REDACTION], "sent by mistake")
    text = (store.home / LEDGER_NAME).read_text(encoding="utf-8")
    [entry] = read_taken_back(store.home / LEDGER_NAME)
    assert (entry.area, entry.made_by) == (ALVERBY, "steward")
    assert not any(str(number).removesuffix(".0") in text for number in CANARIES)


def test_a_damaged_ledger_is_not_passed_over(store: Store) -> None:
    (store.home / LEDGER_NAME).write_text("{}\n", encoding="utf-8")
    with pytest.raises(StoreError, match="damaged"):
        read_taken_back(store.home / LEDGER_NAME)


def test_opening_anew_after_all_this_finds_everything_in_order(
    store: Store, reopen: Opener
) -> None:
    publish(store, THEN, release_id="then")
    redact_cells(store, [REDACTION], "sent by mistake")
    check_audit(reopen())
