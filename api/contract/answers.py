"""The envelope of every answer, and of every problem."""

from typing import Any, NotRequired

from typing_extensions import TypedDict  # pydantic reads the standard one only from 3.12 on

from api.contract.pairs import PairCard
from api.contract.places import ContextCard


class Citation(TypedDict):
    """How a release is cited; the day of access is for the reader to add.

    `doi` is null: nobody registers one for this service. `licence_url` is that of the first licence
    that has an address, blank where none has.
    """

    title: str
    author: str
    release: str
    published_on: str
    digest: str
    licence: str
    licence_url: str
    attribution: str
    url: str
    doi: None
    how_to_cite: str
    bibtex: str


class Meta(TypedDict):
    """Every answer says which release it is from and what a reader must know."""

    release: str
    published_at: str
    digest: str
    count: int
    warnings: list[str]
    licence: str
    attribution: str
    not_official: str
    is_practice: bool
    citation: Citation | None  # none where no release has been published
    judged_on: NotRequired[str]  # the day on which inspection judgements were read
    crossed: NotRequired[list[str]]  # breakdowns held together, such as `sex,age`, not given here
    question: NotRequired[dict[str, Any]]  # the body, of a question that was sent as one
    total: NotRequired[int]  # with `count=true`: the rows of all pages together
    next_cursor: NotRequired[str]  # of a page of a question that was sent as a body
    suggestions: NotRequired[list[str]]  # of a search that found nothing: words that are close
    about: NotRequired[str]  # of /dimensions/{dimension}: what the dimension means
    pair: NotRequired[PairCard]  # of /pairs/{pair}: what its rows are of
    variables: NotRequired[list[ContextCard]]  # of neighbours: what distances are measured by
    distance: NotRequired[float | None]  # of two authorities, and the four that follow
    distance_percentile: NotRequired[float | None]
    reason: NotRequired[str | None]
    names: NotRequired[list[str]]
    named_by: NotRequired[list[str]]
    distances: NotRequired[str]  # of neighbours: how distances are measured, in words


class Answer(TypedDict):
    """The envelope of every JSON answer."""

    meta: Meta
    data: Any
    links: dict[str, str]


class ProblemPart(TypedDict):
    """One thing that is wrong with a request, by its place."""

    parameter: NotRequired[str]  # a parameter of the address, or
    pointer: NotRequired[str]  # a place in the body (RFC 6901)
    code: str
    message: str
    suggestions: list[str]
    allowed: NotRequired[list[str]]  # where they are few


class Problem(TypedDict):
    """RFC 9457 problem details (application/problem+json)."""

    type: str
    title: str
    status: int
    detail: str
    parameter: str | None
    suggestions: list[str]
    errors: list[ProblemPart]
    instance: NotRequired[str]  # of a fault of ours: its id in our log
    retry_after: NotRequired[int]  # seconds, as the header says
    limits: NotRequired[str]  # of a request beyond a limit: where all limits are published
    rows: NotRequired[int]  # of an answer that is too large
    most_rows: NotRequired[int]
    cells: NotRequired[int]  # of a cube or a wide table that is too large
    most_cells: NotRequired[int]
    most_bytes: NotRequired[int]  # of a body that is too large
    rankings: NotRequired[int]
    most_rankings: NotRequired[int]
    withdrawn: NotRequired[dict[str, str]]  # of a release that was withdrawn
