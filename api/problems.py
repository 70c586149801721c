"""Errors as RFC 9457 problem details: what is wrong, which parameter, what was likely meant."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.close_paths import close_paths, other_suffixes

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
    "method-not-allowed": "The address answers other methods; `Allow` names them.",
    "not-acceptable": "There is no answer in a form or an encoding that the request takes.",
    "body-too-large": "The body of the request is longer than is read.",
    "address-too-long": "The address is longer than is read; post the query, or ask for less.",
    "unsupported-media-type": "The body of the request is not in a form that is read here.",
    "range-not-satisfiable": "The file has no bytes in the range that was asked for.",
    "malformed": "The body of the request cannot be read.",
    "too-many-requests": "The address has made more requests than it may; wait and try again.",
    "no-release": "No release has been published yet.",
    "unavailable": "The release is being replaced at this moment; try again.",
    "busy": "Many large questions are being worked on; wait a little and try again.",
    "error": "Something went wrong on our side; our log has it under the id that is given.",
}
"""The kinds of problems, by the last part of their `type`; /api/docs lists them."""

MOST_PATH: Final = 2_000
MOST_QUERY: Final = 16_000
"""Characters of an address that are read."""
MOST_ALLOWED: Final = 40
"""Allowed values up to which a problem lists them all."""

BEYOND_A_LIMIT: Final = {"too-large", "too-many-requests", "address-too-long", "body-too-large"}
SERVICE_PATH: Final = "/api/v1/"
SUFFIX: Final = "outcomes.suffix"
"""Where the request has the suffix that was taken from its path."""
LIMITS_PATH: Final = "/api/v1/limits"
"""Where these problems lead: all limits are published there."""

_BY_STATUS: Final = {
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    413: "body-too-large",
    415: "unsupported-media-type",
    416: "range-not-satisfiable",
    422: "malformed",
}


class ProblemError(Exception):
    """A request that cannot be answered as asked."""

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        parameter: str | None = None,
        pointer: str | None = None,
        suggestions: Iterable[str] = (),
        allowed: Iterable[str] = (),
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.parameter = parameter
        self.pointer = pointer
        self.suggestions = list(suggestions)
        self.allowed = list(allowed)
        self.more = dict(more or {})
        self.others: list[ProblemError] = []
        """What else is wrong with the same request."""

    def body(self) -> dict[str, Any]:
        """Return the problem details."""
        return {
            "type": f"/api/docs#{self.kind}",
            "title": KINDS[self.kind],
            "status": self.status,
            "detail": self.detail,
            "parameter": self.parameter,
            "suggestions": self.suggestions,
            "errors": self.parts(),
            **({"limits": LIMITS_PATH} if self.kind in BEYOND_A_LIMIT else {}),
            **self.more,
        }

    def parts(self) -> list[dict[str, Any]]:
        """Return what is wrong by its place: a parameter, or a pointer into the body."""
        place = {"parameter": self.parameter, "pointer": self.pointer}
        given = {name: value for name, value in place.items() if value is not None}
        if not given:
            return [part for one in self.others for part in one.parts()]
        told = {"code": self.kind, "message": self.detail, "suggestions": self.suggestions}
        allowed = {"allowed": self.allowed} if 0 < len(self.allowed) <= MOST_ALLOWED else {}
        return [
            {**given, **told, **allowed},
            *(part for one in self.others for part in one.parts()),
        ]

    def response(self) -> Response:
        """Return the problem as an answer."""
        headers = {"Cache-Control": "no-store"}
        if self.status in {429, 503}:
            headers["Retry-After"] = str(self.more.get("retry_after", 1))
        return Response(orjson.dumps(self.body()), self.status, headers, PROBLEM_TYPE)


def unknown_value(
    parameter: str,
    found: str,
    known: Iterable[str],
    what: str,
    advice: str = "",
    close: Sequence[str] = (),
) -> ProblemError:
    """Return the problem of a value that names nothing, with the closest known ones.

    `close` are those, where the caller knows better which are.
    """
    allowed = list(known)
    close = close or closest(found, allowed)
    meant = f"; did you mean {' or '.join(close)}?" if close else advice and f"; {advice}"
    return ProblemError(
        400,
        "unknown-value",
        f"{parameter}: '{found[:60]}' is not {what}{meant}",
        parameter=parameter,
        suggestions=close,
        allowed=allowed,
    )


def bad_value(parameter: str, detail: str, suggestions: Iterable[str] = ()) -> ProblemError:
    """Return the problem of a value that cannot be read."""
    return ProblemError(
        400, "bad-value", f"{parameter}: {detail}", parameter=parameter, suggestions=suggestions
    )


def not_found(found: str, known: Iterable[str], what: str, part: str) -> ProblemError:
    """Return the problem of an address that names nothing, with the closest known ones.

    `part` is the parameter, or the part of the path, that is wrong.
    """
    close = closest(found, known)
    meant = f"; did you mean {' or '.join(close)}?" if close else ""
    detail = f"'{found[:60]}' is not {what}{meant}"
    return ProblemError(404, "not-found", detail, parameter=part, suggestions=close)


def closest(found: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """Return the known words closest to one that was written, closest first.

    A word that differs by capitals alone is the only one meant.
    """
    spelt = {word.casefold(): word for word in known}
    if found.casefold() in spelt:
        return [spelt[found.casefold()]]
    near = difflib.get_close_matches(found.casefold()[:80], spelt, n=limit, cutoff=0.5)
    begun = [key for key in spelt if len(found) > 2 and key.startswith(found.casefold())]
    return [spelt[key] for key in dict.fromkeys((*near, *begun))][:limit]


def refuse_long(path: str, query: bytes) -> None:
    """Raise ProblemError for an address that is longer than is read."""
    if len(path) > MOST_PATH or len(query) > MOST_QUERY:
        raise ProblemError(
            414,
            "address-too-long",
            f"the path has {len(path)} characters and the query {len(query)}; at most {MOST_PATH} "
            f"and {MOST_QUERY} are read. Ask for less, use a selector such as area=authority, or "
            "take a whole file of the release",
        )


def raise_all(found: Sequence[ProblemError]) -> None:
    """Raise the first of some problems, if there is any, and with it say what the others are."""
    if found:
        first, *others = found
        first.others += others
        raise first


def being_replaced(detail: str) -> ProblemError:
    """Return the problem of a release that cannot be read at this moment."""
    return ProblemError(503, "unavailable", detail, more={"retry_after": 2})


def too_busy() -> ProblemError:
    """Return the problem of a large question while as many wait as may."""
    detail = (
        "as many large questions wait as are taken; try again in a few seconds, or ask for less: "
        "small questions are answered meanwhile, and so are whole files of the release"
    )
    return ProblemError(503, "busy", detail, more={"retry_after": 5})


def fault_of_ours(id: str) -> ProblemError:
    """Return the problem of a request that failed on our side, under its id in our log."""
    detail = f"this request failed on our side; our log has it under the id {id}: tell us that id"
    return ProblemError(500, "error", detail, more={"instance": f"urn:uuid:{id}"})


async def answer_problem(_: Request, error: Exception) -> Response:
    """Answer with the problem that was raised."""
    assert isinstance(error, ProblemError)  # noqa: S101 - registered for this class alone
    return error.response()


async def answer_http_error(request: Request, error: Exception) -> Response:
    """Answer an error of the routing: no such address, another method."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class alone
    kind = _BY_STATUS.get(error.status_code, "bad-value" if error.status_code < 500 else "error")
    path = request.scope["path"]
    headers = dict(error.headers or {})
    if "Allow" in headers:
        headers["Allow"] = ", ".join(sorted({*headers["Allow"].split(", "), "OPTIONS"}))
    close: list[str] = []
    detail = str(error.detail)
    if kind == "not-found":
        detail, close = _nothing_at(request, path)
    elif kind == "method-not-allowed":
        allowed = headers.get("Allow", "GET")
        detail = f"{path[:100]} does not answer {request.method[:20]}; use {allowed}"
    answer = ProblemError(error.status_code, kind, detail, suggestions=close).response()
    answer.headers.update(headers)
    return answer


def _nothing_at(request: Request, path: str) -> tuple[str, list[str]]:
    """Return what to say of an address at which there is nothing, and those that are close."""
    root: str = request.scope.get("root_path", "")
    formats = {one.path: one.formats for one in request.app.state.resources}
    asked = path.removeprefix(root)
    suffix, others = other_suffixes(asked, formats)
    if suffix:
        known = ", ".join(f".{one.rpartition('.')[2]}" for one in others[1:]) or "none (JSON alone)"
        detail = f"'.{suffix[:20]}' is not a suffix of {root}{others[0][:100]}; it has {known}"
        return detail, [f"{root}{one}" for one in others]
    given = request.scope.get(SUFFIX, "")
    close = [f"{root}{one}" for one in close_paths(asked, formats, given)]
    listed = f"the service document {SERVICE_PATH} lists what there is"
    meant = f"did you mean {' or '.join(close)}? {listed}" if close else listed
    return f"there is nothing at {path[:100]}; {meant}", close
