"""A question that was sent as a body: its address, its alternatives, and where a fault stands."""

from collections.abc import Mapping

from starlette.requests import Request

from api.asking import FIGURE_FORMATS, Asked, asked_of, query_text
from api.cursors import Page, read_page
from api.opened import OpenRelease
from api.ordering import read_order
from api.parameters import Parameter, Query, read_query
from api.posted import ANY, Posted, read_posted
from api.problems import ProblemError, bad_value
from api.question import Question
from api.rows import Selection, selection_of
from api.shaping import read_shape

Known = Mapping[str, Parameter]


async def ask_posted(
    request: Request, known: Known, of_rows: Known, in_address: Known
) -> tuple[Asked, Question, Page | None]:
    """Read address and body of a request; raises ProblemError with a pointer into the body.

    In: the parameters that a body may have, those of them that choose rows, and those that may
    stand in the address instead (format, release and paging).
    """
    posted = await read_posted(request, known, of_rows)
    address = _address(request, posted.query, in_address)
    try:
        asked = await asked_of(request, address, FIGURE_FORMATS, query_text(address)[1:])
        page, asked = await read_page(request, asked, posted.spelt(in_address))
        question = _question(asked, posted, of_rows)
    except ProblemError as problem:
        if problem.parameter and problem.parameter in posted.query:
            problem.pointer = problem.pointer or f"/{problem.parameter}"
        raise
    return asked, question, page


def _address(request: Request, body: Query, in_address: Known) -> Query:
    """Return format, release and paging, wherever they stand."""
    address = read_query(request.scope["query_string"], in_address)
    for name, values in address.items():
        if name in body and body.all(name) != values:
            detail = "the address and the body say different things; give it in one of them"
            raise bad_value(name, detail)
    return address.with_all(body.only(in_address))


def _question(asked: Asked, posted: Posted, of_rows: Known) -> Question:
    beside = posted.query.only(of_rows)
    if posted.alternatives:
        selections = tuple(
            _selection(asked.release, beside.with_all(one), f"/{ANY}/{place}", one)
            for place, one in enumerate(posted.alternatives)
        )
    else:
        selections = (_selection(asked.release, beside, "", beside),)
    whole = posted.query.with_all(asked.query)
    shape = read_shape(whole, asked.format)
    return Question(selections, read_order(whole), shape, posted.as_sent)


def _selection(release: OpenRelease, query: Query, pointer: str, own: Query) -> Selection:
    """Return what an alternative means; a fault points to where its parameter stands."""
    try:
        return selection_of(release, query, repr(query.items()))
    except ProblemError as problem:
        place = pointer if problem.parameter and problem.parameter in own else ""
        problem.pointer = f"{place}/{problem.parameter}"
        raise
