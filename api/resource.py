"""What a resource of the API is: its path, handler, parameters, answer and an example."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from api.asking import JSON_ONLY
from api.parameters import Parameter

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Resource:
    """One resource; `answer` is the type of an item of `data`, None outside the contract."""

    path: str
    handler: Handler
    part: str
    summary: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    answer: Any = None
    is_list: bool = True
    formats: tuple[str, ...] = JSON_ONLY
    in_path: Mapping[str, str] = field(default_factory=dict)
    media_type: str = ""
    """Of an answer that is no envelope but a document of its own, such as a feed."""
    example: str = ""
    """A query that the documents show and a test asks."""


FIGURES: Final = "Figures"
DEFINITIONS: Final = "Definitions"
PLACES: Final = "Places"
RELEASES: Final = "Releases"
SERVICE: Final = "Service"
"""The parts under which the documents list the resources."""
