"""Reading a question from the body of a request: the same names as in a query, and `any`."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson
from starlette.requests import Request

from api.parameters import Parameter, Query, read_values, unknown_parameter
from api.problems import ProblemError, raise_all

MOST_BYTES: Final = 256_000
MOST_ALTERNATIVES: Final = 50
ANY: Final = "any"
Problems = list[ProblemError]


@dataclass(frozen=True)
class Posted:
    """A question as it was sent: what stands beside `any`, and each alternative of it."""

    query: Query
    alternatives: tuple[Query, ...]
    as_sent: Mapping[str, Any]

    def spelt(self, leaving_out: Collection[str]) -> bytes:
        """Return the question in one spelling, to tell it from others."""
        asked = (self.query.without(*leaving_out).items(), [q.items() for q in self.alternatives])
        return repr(asked).encode("utf-8", "replace")


async def read_posted(
    request: Request, known: Mapping[str, Parameter], of_rows: Mapping[str, Parameter]
) -> Posted:
    """Read a body; raises ProblemError for one too large, malformed or with unknown members.

    In: the parameters that may stand beside `any`, and those that choose rows and may stand in it.
    """
    _refuse_coded(request)
    found = _parsed(await _body(request))
    problems: list[ProblemError] = []
    query = _read({k: v for k, v in found.items() if k != ANY}, known, "", problems)
    alternatives = _alternatives(found, query, of_rows, problems)
    raise_all(problems)
    return Posted(query, alternatives, found)


def malformed(detail: str, pointer: str) -> ProblemError:
    """Return the problem of a body that cannot be read, with the place in it."""
    return ProblemError(422, "malformed", detail, pointer=pointer)


def _alternatives(
    found: Mapping[str, Any], beside: Query, of_rows: Mapping[str, Parameter], problems: Problems
) -> tuple[Query, ...]:
    any_of = found.get(ANY)
    if ANY not in found:
        return ()
    if not isinstance(any_of, list) or not 1 <= len(any_of) <= MOST_ALTERNATIVES:
        detail = f"is not a list of 1 to {MOST_ALTERNATIVES} objects, each with parameters of rows"
        problems.append(malformed(f"{ANY} {detail}", f"/{ANY}"))
        return ()
    return tuple(
        _alternative(one, beside, of_rows, f"/{ANY}/{place}", problems)
        for place, one in enumerate(any_of)
    )


def _refuse_coded(request: Request) -> None:
    coding = request.headers.get("content-encoding", "identity").strip().casefold()
    if coding not in {"", "identity"}:
        detail = (
            f"the body is encoded as {coding[:40]}; bodies are read uncompressed: send it plain"
        )
        more = {"most_bytes": MOST_BYTES}
        raise ProblemError(415, "unsupported-media-type", detail, more=more)


async def _body(request: Request) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_BYTES:
            detail = f"the body has more than {MOST_BYTES:,} bytes; ask in several requests"
            raise ProblemError(413, "body-too-large", detail, more={"most_bytes": MOST_BYTES})
        parts.append(part)
    return b"".join(parts)


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        example = '{"indicator": ["…"], "area": "authority"}'
        detail = f"the body is not JSON ({error}); send an object such as {example}"
        raise malformed(detail, "") from error
    if not isinstance(found, dict):
        raise malformed("the body is not an object of parameters", "")
    _refuse_doubled(body)
    return found


def _refuse_doubled(body: bytes) -> None:
    """Raise ProblemError for an object with a name twice: which is meant would be a guess."""

    def once(pairs: list[tuple[str, Any]]) -> None:
        names = [name for name, _ in pairs]
        for name in names:
            if names.count(name) > 1:
                detail = (
                    f"'{name[:60]}' stands more than once in one object; give it once, as a list"
                )
                raise malformed(detail, f"/{_escaped(name)}")

    try:
        json.loads(body, object_pairs_hook=once)
    except RecursionError:
        raise malformed("the body is nested too deeply", "") from None


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")[:60]


def _alternative(
    content: Any,
    beside: Query,
    of_rows: Mapping[str, Parameter],
    pointer: str,
    problems: Problems,
) -> Query:
    if not isinstance(content, dict):
        problems.append(malformed("an alternative is not an object of parameters", pointer))
        return Query({})
    query = _read(content, of_rows, pointer, problems)
    for name, _ in query.items():
        if name in beside:
            detail = f"{name}: stands beside `{ANY}` and in it; give it in one of the two places"
            place = f"{pointer}/{name}"
            problems.append(ProblemError(400, "bad-value", detail, parameter=name, pointer=place))
    return query


def _read(
    content: Mapping[str, Any], known: Mapping[str, Parameter], pointer: str, problems: Problems
) -> Query:
    """Read the members of an object; what cannot be read joins the problems."""
    given: dict[str, tuple[str, ...]] = {}
    for name, value in content.items():
        place = f"{pointer}/{_escaped(name)}"
        parameter = known.get(name)
        try:
            if parameter is None:
                raise unknown_parameter(name, known)
            given[name] = _values(parameter, value, place)
        except ProblemError as problem:
            problem.pointer = problem.pointer or place
            problems.append(problem)
    return Query(given)


def _values(parameter: Parameter, value: Any, pointer: str) -> tuple[str, ...]:
    """Return the values of a member; what stands in a list is whole, comma or not."""
    if not isinstance(value, list):
        return tuple(dict.fromkeys(read_values(parameter, _text(value, parameter, pointer))))
    if not parameter.is_list:
        raise malformed(f"{parameter.name}: takes one value, not a list", pointer)
    if not value:
        raise malformed(f"{parameter.name}: is an empty list; leave it out", pointer)
    texts = (_text(one, parameter, f"{pointer}/{place}") for place, one in enumerate(value))
    return tuple(dict.fromkeys(texts))


def _text(value: Any, parameter: Parameter, pointer: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.strip():
        return value.strip()
    if isinstance(value, int):
        return str(value)
    raise malformed(f"{parameter.name}: is neither a text nor a whole number", pointer)
