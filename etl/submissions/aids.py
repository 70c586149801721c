"""What checking many returns shares: what the store knows, and one reader of workbooks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from etl.sandbox import Sandbox
from etl.submissions.code_lists import Scope
from etl.submissions.history import StoreHistory
from etl.submissions.past import History, Past, Published
from etl.submissions.table import workbook_reader
from indicators.store import Store


@dataclass(frozen=True)
class Aids:
    """Facts from the store, and what opens workbooks."""

    history: History
    reader: Sandbox


@contextmanager
def aids_for(store: Store) -> Iterator[Aids]:
    """Give what a run of checks shares; the reader of workbooks ends with it."""
    with workbook_reader() as reader:
        yield Aids(StoreHistory(store), reader)


@dataclass(frozen=True)
class Before:
    """What was known before one version of a return came: that version and later ones left out."""

    history: History
    source: str

    def past(self, scope: Scope) -> Past:
        """Return what is held of the authority of a return, apart from that version."""
        known = self.history.past(scope)
        places = [held.source for held in known.versions]
        end = places.index(self.source) if self.source in places else len(places)
        return replace(known, versions=known.versions[:end])

    def published(self, scope: Scope) -> tuple[Published, ...]:
        """Return what is published of the indicators that a return feeds."""
        return self.history.published(scope)
