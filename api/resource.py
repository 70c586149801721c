"""What a resource of the API is: its path, handler, parameters, answer and an example."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from api.asking import JSON_ONLY
from api.deprecation import Deprecated
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
    example: str = ""
    """A query that the documents show and a test asks."""
    deprecated: Deprecated | None = None
    """Set when it is to go, at least twelve months before it does."""

    body: Mapping[str, Parameter] = field(default_factory=dict)
    """The members of the body of a resource that is asked by POST; none of any other."""
    media_types: tuple[str, ...] = ()
    """What it answers with, if that is none of the formats of the service."""
    error_type: str = ""
    """What it says its errors in, if not as problems."""
    path_examples: Mapping[str, str] = field(default_factory=dict)
    """Examples of parts of the path that are the same in every release."""

    @property
    def method(self) -> str:
        """How it is asked."""
        return "POST" if self.body else "GET"


FIGURES: Final = "Figures"
DEFINITIONS: Final = "Definitions"
PLACES: Final = "Places"
RELEASES: Final = "Releases"
SERVICE: Final = "Service"
SDMX: Final = "SDMX"
"""The parts under which the documents list the resources."""
