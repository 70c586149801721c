"""What cannot be answered, as SDMX says it: a status of HTTP and a code of the standard."""

from collections.abc import Iterable
from typing import Final

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api.problems import ProblemError, answer_http_error, closest
from api.sdmx.addresses import is_sdmx
from api.sdmx.xml import DECLARATION, element, namespaces, text_element

XML_TYPE: Final = "application/xml"

NO_RESULTS: Final = 100
TOO_LARGE: Final = 130
SYNTAX: Final = 140
INTERNAL: Final = 500
NOT_IMPLEMENTED: Final = 501
UNAVAILABLE: Final = 503
_STATUSES: Final = {NO_RESULTS: 404, TOO_LARGE: 413, SYNTAX: 400}
_CODES: Final = {
    **{status: code for code, status in _STATUSES.items()},
    405: NOT_IMPLEMENTED,
    406: SYNTAX,
    410: NO_RESULTS,
    414: SYNTAX,
    429: UNAVAILABLE,
    503: UNAVAILABLE,
}


class SdmxError(Exception):
    """A request that cannot be answered; its code decides the status unless one is given."""

    def __init__(
        self, code: int, text: str, status: int | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(text)
        self.retry_after = retry_after
        self.code = code
        self.text = text
        self.status = status or _STATUSES.get(code, code)

    def response(self) -> Response:
        """Return the error as an answer."""
        content = element(
            "mes:Error",
            namespaces("mes", "com"),
            element(
                "mes:ErrorMessage", {"code": str(self.code)}, text_element("com:Text", self.text)
            ),
        )
        headers = {"Cache-Control": "no-store"}
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        return Response(DECLARATION + content, self.status, headers, XML_TYPE)


def from_problem(problem: ProblemError) -> SdmxError:
    """Return a problem of the service as an error of SDMX."""
    code = _CODES.get(problem.status, INTERNAL)
    waits = int(problem.more.get("retry_after", 1)) if code == UNAVAILABLE else None
    return SdmxError(code, problem.detail, problem.status, waits)


def error_response(path: str, problem: ProblemError) -> Response:
    """Return a problem as an answer, in the words of SDMX where the path is of SDMX."""
    return (from_problem(problem) if is_sdmx(path) else problem).response()


async def answer_routing_error(request: Request, error: Exception) -> Response:
    """Answer an error of the routing in the words of whoever was asked."""
    answer = await answer_http_error(request, error)
    if not is_sdmx(request.scope["path"].removeprefix(request.scope.get("root_path", ""))):
        return answer
    status = answer.status_code
    told = SdmxError(_CODES.get(status, INTERNAL), orjson.loads(answer.body)["detail"], status)
    response = told.response()
    if allowed := answer.headers.get("allow"):
        response.headers["Allow"] = allowed
    return response


def syntax(text: str) -> SdmxError:
    """Return the error of what cannot be read."""
    return SdmxError(SYNTAX, text)


def nothing(text: str) -> SdmxError:
    """Return the error of a question without an answer."""
    return SdmxError(NO_RESULTS, text)


def unknown(what: str, found: str, known: Iterable[str]) -> SdmxError:
    """Return the error of a name that stands for nothing here, with the closest known ones."""
    close = closest(found, known)
    meant = f"; did you mean {' or '.join(close)}?" if close else ""
    return nothing(f"{what}: '{found[:60]}' is not here{meant}")
