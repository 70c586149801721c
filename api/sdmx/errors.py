"""What cannot be answered, as SDMX says it: a status of HTTP and a code of the standard."""

from collections.abc import Iterable
from typing import Final

from starlette.responses import Response

from api.problems import ProblemError, closest
from api.sdmx.xml import DECLARATION, element, namespaces, text_element

XML_TYPE: Final = "application/xml"

NO_RESULTS: Final = 100
TOO_LARGE: Final = 130
SYNTAX: Final = 140
INTERNAL: Final = 500
NOT_IMPLEMENTED: Final = 501
UNAVAILABLE: Final = 503
_STATUSES: Final = {NO_RESULTS: 404, TOO_LARGE: 413, SYNTAX: 400}
_CODES: Final = {400: SYNTAX, 404: NO_RESULTS, 410: NO_RESULTS, 413: TOO_LARGE, 503: UNAVAILABLE}


class SdmxError(Exception):
    """A request that cannot be answered; its code decides the status unless one is given."""

    def __init__(self, code: int, text: str, status: int | None = None) -> None:
        super().__init__(text)
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
        if self.status == UNAVAILABLE:
            headers["Retry-After"] = "1"
        return Response(DECLARATION + content, self.status, headers, XML_TYPE)


def from_problem(problem: ProblemError) -> SdmxError:
    """Return a problem of the service as an error of SDMX."""
    code = _CODES.get(problem.status, INTERNAL)
    return SdmxError(code, problem.detail, problem.status)


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
