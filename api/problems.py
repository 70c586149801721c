"""Errors as RFC 9457 problem details: what is wrong, which parameter, what was likely meant."""

import difflib
from collections.abc import Iterable, Mapping
from typing import Any, Final

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

PROBLEM_TYPE: Final = "application/problem+json"

KINDS: Final[Mapping[str, str]] = {
    "unknown-parameter": "The resource has no parameter of that name.",
    "unknown-value": "A parameter names something that the release does not hold.",
    "bad-value": "A parameter cannot be read: it is empty, repeated or of another form.",
    "too-large": "The answer would have too many rows; take a file, or ask for less.",
    "cursor-mismatch": "A cursor was used with another query, or its release has changed.",
    "not-yet": "This is planned and not there yet.",
    "not-found": "There is nothing at this address.",
    "withdrawn": "The release was withdrawn; the answer says why and what replaces it.",
    "not-acceptable": "The `Accept` header names no format that there is; the answer lists them.",
    "body-too-large": "The body of the request has more bytes than are read.",
    "method-not-allowed": "The address answers other methods.",
    "malformed": "The body of the request cannot be read.",
    "too-many-requests": "The address has made more requests than it may; wait and try again.",
    "no-release": "No release has been published yet.",
    "unavailable": "The release is being replaced at this moment; try again.",
    "error": "Something went wrong on our side.",
}
"""The kinds of problems, by the last part of their `type`; /api/docs lists them."""

_BY_STATUS: Final = {404: "not-found", 405: "method-not-allowed", 422: "malformed"}


class ProblemError(Exception):
    """A request that cannot be answered as asked."""

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        parameter: str | None = None,
        suggestions: Iterable[str] = (),
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.parameter = parameter
        self.suggestions = list(suggestions)
        self.more = dict(more or {})

    def body(self) -> dict[str, Any]:
        """Return the problem details."""
        return {
            "type": f"/api/docs#{self.kind}",
            "title": KINDS[self.kind],
            "status": self.status,
            "detail": self.detail,
            "parameter": self.parameter,
            "suggestions": self.suggestions,
            **self.more,
        }

    def response(self) -> Response:
        """Return the problem as an answer."""
        headers = {"Cache-Control": "no-store"}
        if self.status in {429, 503}:
            headers["Retry-After"] = str(self.more.get("retry_after", 1))
        return Response(orjson.dumps(self.body()), self.status, headers, PROBLEM_TYPE)


def unknown_value(
    parameter: str, found: str, known: Iterable[str], what: str, advice: str = ""
) -> ProblemError:
    """Return the problem of a value that names nothing, with the closest known ones."""
    close = closest(found, known)
    meant = f"; did you mean {' or '.join(close)}?" if close else advice and f"; {advice}"
    return ProblemError(
        400,
        "unknown-value",
        f"{parameter}: '{found[:60]}' is not {what}{meant}",
        parameter=parameter,
        suggestions=close,
    )


def bad_value(parameter: str, detail: str, suggestions: Iterable[str] = ()) -> ProblemError:
    """Return the problem of a value that cannot be read."""
    return ProblemError(
        400, "bad-value", f"{parameter}: {detail}", parameter=parameter, suggestions=suggestions
    )


def not_found(found: str, known: Iterable[str], what: str) -> ProblemError:
    """Return the problem of an address that names nothing, with the closest known ones."""
    close = closest(found, known)
    meant = f"; did you mean {' or '.join(close)}?" if close else ""
    return ProblemError(404, "not-found", f"'{found[:60]}' is not {what}{meant}", suggestions=close)


def closest(found: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """Return the known words closest to one that was written, closest first."""
    spelt = {word.casefold(): word for word in known}
    near = difflib.get_close_matches(found.casefold()[:80], spelt, n=limit, cutoff=0.5)
    begun = [key for key in spelt if len(found) > 2 and key.startswith(found.casefold())]
    return [spelt[key] for key in dict.fromkeys((*near, *begun))][:limit]


async def answer_problem(_: Request, error: Exception) -> Response:
    """Answer with the problem that was raised."""
    assert isinstance(error, ProblemError)  # noqa: S101 - registered for this class alone
    return error.response()


async def answer_http_error(request: Request, error: Exception) -> Response:
    """Answer an error of the routing: no such address, another method."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class alone
    kind = _BY_STATUS.get(error.status_code, "bad-value" if error.status_code < 500 else "error")
    path = request.scope["path"][:100]
    detail = {
        404: f"there is nothing at {path}; the service document lists what there is",
        405: f"{path} answers {(error.headers or {}).get('Allow', 'other methods')}",
    }.get(error.status_code, str(error.detail))
    answer = ProblemError(error.status_code, kind, detail).response()
    answer.headers.update(error.headers or {})
    return answer
