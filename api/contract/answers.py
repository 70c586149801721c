"""The envelope of every answer, and of every problem."""

from typing import Any, NotRequired

from typing_extensions import TypedDict  # pydantic reads the standard one only from 3.12 on

from api.contract.pairs import PairCard


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
    judged_on: NotRequired[str]  # the day on which inspection judgements were read
    crossed: NotRequired[list[str]]  # breakdowns held together, such as `sex,age`, not given here
    total: NotRequired[int]  # with `count=true`: the rows of all pages together
    pair: NotRequired[PairCard]  # of /pairs/{pair}: what its rows are of


class Answer(TypedDict):
    """The envelope of every JSON answer."""

    meta: Meta
    data: Any
    links: dict[str, str]


class Problem(TypedDict):
    """RFC 9457 problem details (application/problem+json)."""

    type: str
    title: str
    status: int
    detail: str
    parameter: str | None
    suggestions: list[str]
