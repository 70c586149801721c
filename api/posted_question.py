"""A question that was sent as a body: its address, its alternatives, and where a fault stands."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import TypeVar

from starlette.requests import Request

from api.asking import FIGURE_FORMATS, Asked, asked_of, query_text
from api.cursors import Page, read_page
from api.opened import OpenRelease
from api.ordering import read_order
from api.parameters import Parameter, Query, read_query, split_query
from api.posted import ANY, Posted, read_posted
from api.problems import ProblemError, bad_value, raise_all
from api.question import Question
from api.rows import Selection, selection_of
from api.shaping import PLAIN, read_shape

T = TypeVar("T")
Known = Mapping[str, Parameter]


async def ask_posted(
    request: Request, known: Known, of_rows: Known, in_address: Known
) -> tuple[Asked, Question, Page | None]:
    """Read address and body of a request; raises ProblemError with a pointer into the body.

    In: the parameters that a body may have, those of them that choose rows, and those that may
    stand in the address instead (format, release and paging).
    """
    posted = await read_posted(request, known, of_rows)
    address = _address(request, posted.query, known, in_address)
    try:
        asked = await asked_of(request, address, FIGURE_FORMATS, query_text(address)[1:])
        page, asked = await read_page(request, asked, posted.spelt(in_address))
        question = _question(asked, posted, of_rows)
    except ProblemError as problem:
        name = problem.parameter or ""
        if problem.pointer is None and name not in read_query(_text(request), in_address):
            problem.pointer = f"/{name}" if name in posted.query else ""
        raise
    return asked, question, page


def _text(request: Request) -> bytes:
    text: bytes = request.scope["query_string"]
    return text


def _refuse_misplaced(request: Request, known: Known, in_address: Known) -> None:
    """Raise ProblemError for what stands in the address and belongs into the body."""
    for name, _ in split_query(_text(request)):
        if name in known and name not in in_address:
            allowed = ", ".join(in_address)
            detail = f"put it in the body; beside a body the address may have {allowed}"
            raise ProblemError(400, "unknown-parameter", f"{name}: {detail}", parameter=name)


def _address(request: Request, body: Query, known: Known, in_address: Known) -> Query:
    """Return format, release and paging, wherever they stand."""
    _refuse_misplaced(request, known, in_address)
    address = read_query(_text(request), in_address)
    for name, values in address.items():
        if name in body and body.all(name) != values:
            detail = "the address and the body say different things; give it in one of them"
            raise bad_value(name, detail)
    return address.with_all(body.only(in_address))


def _question(asked: Asked, posted: Posted, of_rows: Known) -> Question:
    beside = posted.query.only(of_rows)
    choices = [
        (beside.with_all(one), f"/{ANY}/{place}", one)
        for place, one in enumerate(posted.alternatives)
    ] or [(beside, "", beside)]
    problems: list[ProblemError] = []
    selections = [_selection(asked.release, *choice, problems) for choice in choices]
    whole = posted.query.with_all(asked.query)
    order = _tried(lambda: read_order(whole), "", posted.query, problems)
    shape = _tried(lambda: read_shape(whole, asked.format), "", posted.query, problems)
    raise_all(problems)
    read = tuple(one for one in selections if one is not None)
    return Question(read, order or (), shape or PLAIN, posted.as_sent)


def _selection(
    release: OpenRelease, query: Query, pointer: str, own: Query, problems: list[ProblemError]
) -> Selection | None:
    """Return what an alternative means; what is wrong joins the problems, each with its place."""
    before = len(problems)
    found = _tried(
        lambda: selection_of(release, query, repr(query.items())), pointer, own, problems
    )
    if found is None:
        told = {problem.pointer for problem in problems}
        for name, values in query.items():
            alone = Query({name: values})
            more: list[ProblemError] = []
            _tried(partial(selection_of, release, alone, repr(alone.items())), pointer, own, more)
            problems += [one for one in more if one.parameter == name and one.pointer not in told]
    # What stands beside `any` is wrong once, not once for each alternative.
    problems[before:] = _once(problems[before:], {one.pointer for one in problems[:before]})
    return found


def _tried(
    read: Callable[[], T], pointer: str, own: Query, problems: list[ProblemError]
) -> T | None:
    """Return what is read; None where that raises a problem, which joins the others."""
    try:
        return read()
    except ProblemError as problem:
        place = pointer if problem.parameter and problem.parameter in own else ""
        problem.pointer = problem.pointer or f"{place}/{problem.parameter}"
        problems.append(problem)
        return None


def _once(problems: Sequence[ProblemError], told: Collection[str | None]) -> list[ProblemError]:
    return [one for one in problems if one.pointer not in told]
