"""Judging answers of the API: documented, in the shape described, never a fault of ours."""

import http.client
import json
import socket
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jsonschema_rs
from pydantic import TypeAdapter, ValidationError

from api import contract
from api.problems import KINDS
from tests.api.describing import faults, validator_of
from tests.prove.api_questions import Described, Question

STATUSES = {200, 204, 206, 304, 307, 400, 404, 405, 406, 410, 413, 414, 415, 416, 422, 429, 501}
"""Everything that the service may ever say; 5xx but for 501 of SDMX are faults."""
SLOWEST_SECONDS = 30.0
TELLING = ("Traceback (most", 'File "/', "sqlalchemy", "site-packages", "SQLite format", "root:")
"""What no answer may say of the machine."""
NOT_HTTP = b"Invalid HTTP request received."
"""What the server itself says to what is no request of HTTP: it never reaches the service."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Tally:
    """How many answers of each status, and what was wrong."""

    statuses: dict[str, Counter[int]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def count(self, kind: str, status: int) -> None:
        """Count an answer."""
        self.statuses.setdefault(kind, Counter())[status] += 1

    @property
    def cases(self) -> int:
        """How many questions were asked."""
        return sum(sum(found.values()) for found in self.statuses.values())

    def lines(self) -> list[str]:
        """Return counts by kind of question and status."""
        return [
            f"{kind}: {sum(found.values())} cases: "
            + ", ".join(f"{status} × {count}" for status, count in sorted(found.items()))
            for kind, found in self.statuses.items()
        ]


def send(host: str, port: int, asked: Question) -> Answer:
    """Send a request byte for byte, as no client library would; read the whole answer."""
    lines = [f"{asked.method} {asked.target} HTTP/1.1", f"Host: {host}:{port}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in asked.headers]
    if asked.body or asked.method not in {"GET", "HEAD"}:
        lines.append(f"Content-Length: {len(asked.body)}")
    head = "\r\n".join(lines) + "\r\n\r\n"
    with socket.create_connection((host, port), timeout=SLOWEST_SECONDS) as connection:
        connection.sendall(head.encode("utf-8", "surrogateescape") + asked.body)
        response = http.client.HTTPResponse(connection, method=asked.method)
        response.begin()
        body = response.read()
    told = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, told, body)


class Judge:
    """Holds answers to the description."""

    def __init__(self, described: Described) -> None:
        self.described = described
        self.problem = TypeAdapter(contract.Problem)
        self.validators: dict[str, jsonschema_rs.Validator] = {}

    def faults(self, asked: Question, answer: Answer) -> list[str]:
        """Say what is wrong with an answer; nothing where all is well."""
        found = []
        if answer.status not in STATUSES and answer.body != NOT_HTTP:
            found.append(f"status {answer.status}: {answer.body[:200]!r}")
        text = answer.body[:5_000].decode("utf-8", "replace")
        found += [f"tells of the machine: {word}" for word in TELLING if word in text]
        if answer.status >= 400 and asked.method != "HEAD":
            found += self._of_refusal(asked, answer)
        elif answer.status in {200, 206} and asked.path:
            found += self._of_answer(asked, answer)
        return found

    def _of_refusal(self, asked: Question, answer: Answer) -> list[str]:
        kind = answer.headers.get("content-type", "")
        is_xml = kind.startswith("application/xml") and "/sdmx" in asked.target
        if answer.body == NOT_HTTP or is_xml or not asked.target.startswith("/api"):
            return []  # what is not of the API is a page
        if kind != "application/problem+json":
            return [f"a refusal of {answer.status} as {kind or 'nothing'}"]
        told = json.loads(answer.body)
        try:
            self.problem.validate_python(told, strict=True)
        except ValidationError as error:
            return [f"no problem of the contract: {error}"]
        is_known = told["type"].rpartition("#")[2] in KINDS
        return [] if is_known and told["detail"] else [f"an unknown problem: {told['type']}"]

    def _of_answer(self, asked: Question, answer: Answer) -> list[str]:
        operation = self.described["paths"][asked.path][asked.method.lower()]
        told = operation["responses"].get(str(answer.status))
        if told is None:
            return [f"status {answer.status} is not described of {asked.path}"]
        media_type = answer.headers.get("content-type", "")
        if media_type not in told["content"] and "*/*" not in told["content"]:
            return [f"{media_type} is not described of {asked.path}"]
        if media_type == "application/json" and not answer.headers.get("content-encoding"):
            return faults(self._validator(asked.path, operation), json.loads(answer.body))[:3]
        return []

    def _validator(self, path: str, operation: Any) -> jsonschema_rs.Validator:
        if path not in self.validators:
            self.validators[path] = validator_of(self.described, operation)
        return self.validators[path]
