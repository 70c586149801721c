"""Questions for the fuzzing of the API: nearly sensible ones, and hostile ones."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

Described = Mapping[str, Any]
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Question:
    """One request; `path` is the resource of the description that it means, if any."""

    method: str
    target: str
    headers: Headers = ()
    body: bytes = b""
    path: str = ""


JUNK = (
    "", " ", "nowhere", "-1", "0", "1e309", "9" * 400, "NaN", "null", "undefined", "true",
    "' OR 1=1 --", "'; DROP TABLE cells; --", "1 UNION SELECT name FROM sqlite_master",
    "../../releases.json", "..\\..\\releases.json", "/etc/passwd", "file:///etc/passwd",
    "{{7*7}}", "${7*7}", "%s%s%n", "<script>alert(1)</script>", "=1+1", "@SUM(A1)",
    "Zażółć gęślą jaźń", "北京市", "🇬🇧", "e\u0301", "\u202egnirts", "\ufeff",
    "a\u0000b", "\r\nX-Evil: 1",
    "RY2025..", "..RY2025", "RY2025..RY1999", "RY99999", "latest,latest", "within:",
    "within:within:",
    "neighbours:", "neighbours:::", "areas:", "target:", "target:nan", "target:1e999", "ofsted:",
    "_T", "all", "all,_T", ",,,", "a" * 3_000, ",".join(["x"] * 500), ":" * 200, "2025-02-30",
    "0000-00-00", "9999-12-31", "2025-01-01T00:00:00Z", "2025-13-01", "[]", "{}", "[object Object]",
)  # fmt: skip
BYTES = (
    "%00", "%ff", "%c0%ae%c0%ae", "%u0041", "%", "%zz", "%2e%2e%2f", "%252e%252e%252f", "%0d%0a",
    "%ed%a0%80", "+", "%2b", "%26", "%23", "%3f", "%5c", "%7f", "%e2%80%ae",
)  # fmt: skip
METHODS = (
    "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "BREW",
    "get", "X" * 50,
)  # fmt: skip
SUFFIXES = (
    ".csv",
    ".json",
    ".jsonl",
    ".parquet",
    ".arrow",
    ".xlsx",
    ".jsonstat",
    ".xml",
    ".exe",
    ".",
)
HEADERS: Mapping[str, Sequence[str]] = {
    "Accept": (
        "*/*", "text/csv", "application/json", "text/html", "application/*;q=0.1, text/csv;q=0.9",
        "image/png", "application/xml", ";;;", "*/*;q=0", "text/csv;q=banana", "a/b," * 300,
    ),
    "Accept-Encoding": (
        "gzip", "br", "zstd", "identity", "*;q=0", "identity;q=0", "gzip;q=0, identity;q=0",
        "deflate", "gzip;q=1.0.0", "br, gzip;q=0.5, *;q=0", "," * 500, "q=1",
    ),
    "If-None-Match": ("*", '"abc"', "W/", '"', "abc", '"a", ' * 200, "W/*", '""'),
    "If-Modified-Since": (
        "Fri, 01 Jan 2100 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", "0", "-1",
        "Fri, 31 Feb 2026 99:99:99 GMT",
    ),
    "Range": (
        "bytes=0-9", "bytes=-5", "bytes=5-", "bytes=9-0", "bytes=0-0,5-9", "bytes=99999999999999-",
        "bytes=", "bytes=a-b", "items=0-5", "bytes=" + "0-1," * 200,
    ),
    "If-Range": ('"abc"', "Fri, 01 Jan 2100 00:00:00 GMT"),
    "Origin": ("https://example.org", "null"),
    "X-Forwarded-For": ("127.0.0.1", "a, b, c"),
    "X-HTTP-Method-Override": ("DELETE",),
    "Content-Type": (
        "application/json", "text/plain", "application/xml", "application/json; charset=x",
    ),
    "Authorization": ("Bearer none", "Basic AAAA"),
    "Cookie": ("session=1",),
    "Forwarded": ("for=127.0.0.1",),
    "X-Junk": ("x" * 8_000,),
}  # fmt: skip
BODIES = (
    b"", b"{}", b"[]", b"null", b"{", b'{"indicator":1}', b'{"any":[]}',
    b'{"any":[{}]}', b"\xff\xfe",
    b'{"area":"' + b"a" * 5_000 + b'"}', b'{"a":' * 2_000, b'{"limit":1e400}', b'{"area":[null]}',
    b'{"area":["authority"],"period":"latest","limit":5}', b'{"any":[{"area":"england"}],"last":1}',
    b'{"area":"england","area":"region"}', b'{"fields":["value","value"]}', b"indicator=a&area=b",
)  # fmt: skip


def sensible(
    chance: random.Random, described: Described, known: Mapping[str, list[str]]
) -> Question:
    """Return a question that mostly makes sense: known ids, listed words, a little junk."""
    path = chance.choice(sorted(described["paths"]))
    method, operation = next(iter(described["paths"][path].items()))
    target, given = path, []
    for one in operation["parameters"]:
        if one["in"] == "path":
            value = quote(_value(chance, one, known), safe="")
            target = target.replace(f"{{{one['name']}}}", value or "x")
        elif one["in"] == "query" and chance.random() < 2.5 / len(operation["parameters"]):
            values = [_value(chance, one, known) for _ in range(_how_many(chance, one))]
            given.append(f"{one['name']}={quote(','.join(values), safe=',:.')}")
    if chance.random() < 0.2:
        target += chance.choice(SUFFIXES)
    query = f"?{'&'.join(given)}" if given else ""
    body = chance.choice(BODIES) if method == "post" else b""
    return Question(method.upper(), f"/api{target}{query}", _headers(chance, 0.25), body, path)


def hostile(
    chance: random.Random, described: Described, known: Mapping[str, list[str]]
) -> Question:
    """Return a question that nobody should ask."""
    asked = sensible(chance, described, known)
    target = chance.choice(_SPOILT)(chance, asked.target)
    method = chance.choice(METHODS) if chance.random() < 0.15 else asked.method
    body = chance.choice(BODIES) if method not in {"GET", "HEAD", "TRACE"} else b""
    return Question(method, target, _headers(chance, 0.7), body)


def _how_many(chance: random.Random, parameter: Described) -> int:
    is_list = parameter["schema"].get("type") == "array"
    return chance.choice((1, 1, 2, 3)) if is_list else 1


def _value(chance: random.Random, parameter: Described, known: Mapping[str, list[str]]) -> str:
    if chance.random() < 0.08:
        return chance.choice(JUNK)
    form = parameter["schema"].get("items", parameter["schema"])
    choices: list[Any] = [*form.get("enum", ()), *known.get(parameter["name"], ())]
    choices += form.get("examples", ())
    if form.get("type") == "integer":
        choices += [form.get("minimum", 0), form.get("maximum", 9), 2, 5]
    if "example" in parameter:
        choices += [parameter["example"]] * 3
    return str(chance.choice(choices)) if choices else chance.choice(JUNK)


def _headers(chance: random.Random, share: float) -> Headers:
    if chance.random() > share:
        return ()
    names = chance.sample(sorted(HEADERS), k=chance.choice((1, 1, 2, 3)))
    return tuple((name, chance.choice(HEADERS[name])) for name in names)


def _junk_parameter(chance: random.Random, target: str) -> str:
    sign = "&" if "?" in target else "?"
    name = chance.choice(("area", "indicator", "period", "release", "x", "format", "", "a[b]"))
    return f"{target}{sign}{quote(name)}={quote(chance.choice(JUNK))}"


def _bad_bytes(chance: random.Random, target: str) -> str:
    place = chance.randrange(5, len(target) + 1)
    return target[:place] + chance.choice(BYTES) + target[place:]


def _repeated(chance: random.Random, target: str) -> str:
    path, _, query = target.partition("?")
    return f"{path}?{'&'.join([query or 'area=england'] * chance.choice((2, 50, 400)))}"


def _climbing(chance: random.Random, target: str) -> str:
    up = chance.choice(("../", "..%2f", "%2e%2e/", "....//", "..\\", "..;/", "//", "./"))
    path, _, query = target.partition("?")
    parts = path.split("/")
    place = chance.randrange(2, len(parts) + 1)
    climbed = "/".join(parts[:place]) + "/" + up * chance.choice((1, 3, 8))
    end = "/".join(parts[place:]) + chance.choice(("", "releases.json", "outcomes.sqlite"))
    return f"{climbed}{end}?{query}"


def _long(chance: random.Random, target: str) -> str:
    return target + chance.choice(("a" * 3_000, "/a" * 900, f"?area={'E,' * 9_000}", "&" * 9_000))


def _two_formats(chance: random.Random, target: str) -> str:
    path, _, query = target.partition("?")
    suffix, form = (
        chance.choice(SUFFIXES),
        chance.choice(("csv", "json", "CSV", "xml", "", "csv,json")),
    )
    return f"{path}{suffix}?{query}&format={form}"


def _other_case(chance: random.Random, target: str) -> str:
    return target.swapcase() if chance.random() < 0.5 else target.replace("/v1/", "/V1/")


_SPOILT = (
    _junk_parameter, _junk_parameter, _bad_bytes, _bad_bytes, _repeated, _climbing, _climbing,
    _long, _two_formats, _other_case,
)  # fmt: skip
