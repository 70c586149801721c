"""A question about figures, read whole: which rows, in which order, in what shape."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from api.asking import Asked
from api.blocks import Block
from api.cost import MOST_SORTED_ROWS, refuse_beyond
from api.opened import OpenRelease
from api.ordering import ordered, read_order
from api.row_choice import LAST_WITH_DATA
from api.row_filters import areas_without, concatenated, joined_rows, rows_kept
from api.rows import Selection, selection_of
from api.shaping import PLAIN, Shape, read_shape

MOST_NAMED: Final = 10
"""Areas without a row that are named one by one."""


@dataclass(frozen=True)
class Question:
    """What is asked of one release; several selections mean the rows of any of them."""

    selections: tuple[Selection, ...]
    order: tuple[str, ...] = ()
    shape: Shape = PLAIN
    as_sent: Mapping[str, Any] | None = None
    """The body of the request, where it had one: the address does not say what was asked."""

    @property
    def most_rows(self) -> int:
        """The number of rows if every area had its place in every pair."""
        return sum(selection.most_rows for selection in self.selections)

    @property
    def is_in_parts(self) -> bool:
        """Whether rows come part by part, however many there are."""
        return len(self.selections) == 1 and not self.order and not self.shape.wide

    @property
    def is_usual(self) -> bool:
        """Whether rows stand by key with their usual columns, which is written fastest."""
        return not self.order and self.shape.is_plain

    @property
    def judged_on(self) -> str | None:
        """The last day on which inspections are read, where any are."""
        return max((s.judged_on.isoformat() for s in self.selections if s.judged_on), default=None)


def question_of(asked: Asked) -> Question:
    """Return the question of a query string."""
    selection = selection_of(asked.release, asked.query, asked.asked_as)
    return Question((selection,), read_order(asked.query), read_shape(asked.query, asked.format))


def rows_of(asked: Asked, question: Question) -> Iterator[Block]:
    """Give the rows in their order; part by part where they stand by key in one selection.

    Raises ProblemError where more would have to be held at once than is wise.
    """
    release = asked.release
    each = (rows_kept(release, selection) for selection in question.selections)
    found: Iterator[Block] = chain.from_iterable(each)
    if len(question.selections) > 1:
        found = joined_rows(release, _within_reason(asked, question, found))
    if question.order:
        found = _sorted(release, _within_reason(asked, question, found), question.order)
    return found


def warnings_of(
    release: OpenRelease, question: Question, found: Sequence[Block], *, is_page: bool
) -> list[str]:
    """Return what a reader must know of the rows, all of them or those of one page."""
    count = sum(map(len, found))
    told = (warning for one in question.selections for warning in one.warnings_of(count))
    lacking = () if is_page else _without_figures(release, question, found)
    return [*dict.fromkeys(told), *lacking]


def known_warnings(question: Question, *, has_rows: bool) -> list[str]:
    """Return what of these is known before the rows are read, but for whether there are any."""
    each = (one.warnings_of(int(has_rows)) for one in question.selections)
    return [*dict.fromkeys(chain.from_iterable(each))]


def _within_reason(asked: Asked, question: Question, found: Iterable[Block]) -> Iterator[Block]:
    count = 0
    for block in found:
        count += len(block)
        if count > MOST_SORTED_ROWS:
            held_by = "rows in an order of yours, or joined by `any`,"
            refuse_beyond(asked, question.most_rows, MOST_SORTED_ROWS, held_by=held_by)
        yield block


def _sorted(
    release: OpenRelease, found: Iterable[Block], order: tuple[str, ...]
) -> Iterator[Block]:
    whole = concatenated(found)
    if whole is not None:
        yield ordered(release, whole, order)


def _without_figures(
    release: OpenRelease, question: Question, found: Sequence[Block]
) -> Iterator[str]:
    """Say which areas have no figure at all, where only figures are given."""
    if len(question.selections) > 1:
        return
    (selection,) = question.selections
    if selection.keeps.last_with_data is None or not found:
        return
    areas = [release.areas[code].name for code in areas_without(found, selection).tolist()]
    if areas:
        more = f" and {len(areas) - MOST_NAMED} more" if len(areas) > MOST_NAMED else ""
        names = ", ".join(areas[:MOST_NAMED])
        yield f"{LAST_WITH_DATA}: no figure is held for {names}{more}"
