"""A stand-in for the publisher's two interfaces, with faults to order; nothing in it is real."""

import hashlib
import re
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.etl.fetch.made_up_data import DataSet, Json, Reply, WebFile, as_json, paged, said


@dataclass
class Publisher:
    """All that is published, what goes wrong next, and what was asked."""

    slug: str = "made-up-referrals"
    publication_id: str = "10000000-0000-4000-8000-000000000001"
    others: int = 0
    data_sets: list[DataSet] = field(default_factory=list)
    files: list[WebFile] = field(default_factory=list)
    gives_etags: bool = True
    takes_ranges: bool = True
    faults: list[tuple[str, Reply]] = field(default_factory=list)
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    address: str = ""

    def next(self, part: str, *replies: Reply) -> None:
        """Order what the next requests for an address with this in it will get."""
        self.faults += [(part, reply) for reply in replies]

    def paths(self, part: str = "") -> list[str]:
        """Return what was asked for so far, as far as this is in it."""
        return [path for path, _ in self.asked if part in path]

    def reply(self, target: str, headers: Mapping[str, str]) -> Reply:
        """Answer one request."""
        self.asked.append((target, dict(headers)))
        for number, (part, fault) in enumerate(self.faults):
            if part in target:
                del self.faults[number]
                if fault.cut_after is None and not fault.delay:
                    return fault
                honest = self._route(target, headers)
                return Reply(
                    honest.status, honest.body, honest.headers, fault.cut_after, fault.delay
                )
        return self._route(target, headers)

    def _route(self, target: str, headers: Mapping[str, str]) -> Reply:
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query))
        for pattern, known, answer in self._routes():
            found = re.fullmatch(pattern, parts.path)
            if found:
                if not set(query) <= set(known):
                    return said(400, "Invalid query parameters")
                given = answer(found.groupdict(), query, headers)
                return given if isinstance(given, Reply) else as_json(given)
        return said(404, "Not Found")

    def _routes(self) -> list[tuple[str, tuple[str, ...], Any]]:
        api, one, pages = "/statistics/v1", "/statistics/v1/data-sets/(?P<id>[^/]+)", _PAGES
        return [
            (f"{api}/publications", ("search", *pages), self._publications),
            (f"{api}/publications/{self.publication_id}/data-sets", pages, self._data_sets),
            (one, (), lambda p, q, h: self._with(p, lambda d: d.summary())),
            (f"{one}/versions", pages, self._versions),
            (f"{one}/versions/(?P<pin>[^/]+)", (), self._version),
            (f"{one}/versions/(?P<pin>[^/]+)/changes", (), self._changes),
            (f"{one}/csv", ("dataSetVersion",), self._csv),
            (f"/api/publications/{self.slug}", (), lambda p, q, h: self._publication()),
            ("/api/data-set-files", ("publicationId", "latestOnly", *pages), self._files),
            ("/api/data-set-files/(?P<id>[^/]+)", (), self._file),
            ("/api/data-set-files/(?P<id>[^/]+)/download", (), self._download),
        ]

    def _publication(self) -> Json:
        return {"id": self.publication_id, "title": "Made-up referrals", "slug": self.slug}

    def _publications(self, _: Json, query: Json, __: object) -> Json | Reply:
        if len(query.get("search", "abc")) < 3:
            return said(400, "search is too short")
        others = [
            {"id": f"20000000-0000-4000-8000-{n:012d}", "title": "Another", "slug": f"another-{n}"}
            for n in range(self.others)
        ]
        return paged([*others, self._publication()], query, 40)

    def _data_sets(self, _: Json, query: Json, __: object) -> Json | Reply:
        return paged([data_set.summary() for data_set in self.data_sets], query, 20)

    def _with(self, path: Json, answer: Any) -> Json | Reply:
        found = [d for d in self.data_sets if d.id == path["id"]]
        given: Json | Reply = answer(found[0]) if found else said(404, "Not Found")
        return given

    def _versions(self, path: Json, query: Json, _: object) -> Json | Reply:
        return self._with(path, lambda d: paged([e.summary() for e in d.public()], query, 20))

    def _version(self, path: Json, _: object, __: object) -> Json | Reply:
        def answer(data_set: DataSet) -> Json | Reply:
            found = data_set.matching(path["pin"])
            return said(found, "Forbidden") if isinstance(found, int) else found.summary()

        return self._with(path, answer)

    def _changes(self, path: Json, _: object, __: object) -> Json | Reply:
        return self._with(path, lambda d: {"majorChanges": d.major_changes, "minorChanges": {}})

    def _csv(self, path: Json, query: Json, headers: Mapping[str, str]) -> Json | Reply:
        def answer(data_set: DataSet) -> Reply:
            found = data_set.matching(query.get("dataSetVersion", "*"))
            if isinstance(found, int):
                return said(found, "Forbidden")
            return self._sent(found.sent, {"Content-Encoding": "gzip"}, headers)

        return self._with(path, answer)

    def _files(self, _: Json, query: Json, __: object) -> Json | Reply:
        if query.get("publicationId") != self.publication_id:
            return paged([], query, 40)
        return paged([self._listed(file) for file in self.files], query, 40)

    def _listed(self, file: WebFile) -> Json:
        more = {"api": file.api} if file.api else {}
        return {
            "id": file.id,
            "fileId": file.id.replace("3", "4", 1),
            "filename": file.filename,
            "title": f"The title of {file.filename}",
            "publication": self._publication(),
            "release": {"id": "5", "title": file.release, "slug": file.release},
            "latestData": file.is_latest,
            "published": file.last_updated,
            "lastUpdated": file.last_updated,
            "meta": file.meta(),
            **more,
        }

    def _file(self, path: Json, _: object, __: object) -> Json | Reply:
        found = [file for file in self.files if file.id == path["id"] and file.is_latest]
        if not found:
            return said(404, "Not Found")
        listed = self._listed(found[0])
        release = {**listed["release"], "publication": self._publication()}
        release["lastUpdated"] = listed["lastUpdated"]
        file = {"id": listed["fileId"], "name": listed["filename"], "meta": listed["meta"]}
        return {"id": listed["id"], "title": listed["title"], "release": release, "file": file}

    def _download(self, path: Json, _: object, headers: Mapping[str, str]) -> Json | Reply:
        found = [file for file in self.files if file.id == path["id"]]
        return self._sent(found[0].csv, {}, headers) if found else said(404, "Not Found")

    def _sent(self, body: bytes, more: Mapping[str, str], headers: Mapping[str, str]) -> Reply:
        """Send a file, or the rest of it that is asked for."""
        etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        out = {"Content-Type": "text/csv", "X-Robots-Tag": "noindex", **more}
        out |= {"ETag": etag} if self.gives_etags else {}
        asked = re.fullmatch(r"bytes=(\d+)-", headers.get("Range", ""))
        if not (asked and self.takes_ranges and headers.get("If-Range") == etag):
            return Reply(200, body, out)
        start = int(asked[1])
        if start >= len(body):
            return Reply(416, b"", {"Content-Range": f"bytes */{len(body)}"})
        out["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        return Reply(206, body[start:], out)


_PAGES = ("page", "pageSize")


@contextmanager
def serving(publisher: Publisher, certificate: Path | None = None) -> Iterator[Publisher]:
    """Answer on a port of this machine, encrypted if there is a certificate."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_GET(self) -> None:
            reply = publisher.reply(self.path, self.headers)  # type: ignore[arg-type]
            self.send_response(reply.status)
            length = {"Content-Length": str(len(reply.body))} if reply.has_length else {}
            for name, value in {**length, **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            first = len(reply.body) // 2 if reply.delay else len(reply.body)
            end = first if reply.cut_after is None else reply.cut_after
            self.wfile.write(reply.body[:end])
            self.wfile.flush()
            if reply.cut_after is not None or publisher.stop.wait(reply.delay):
                self.close_connection = True
                return
            self.wfile.write(reply.body[end:])

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Clients that hang up are part of the tests."""

    with Server(("127.0.0.1", 0), Handler) as server:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        protocol = "https" if certificate else "http"
        publisher.address = f"{protocol}://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield publisher
        finally:
            publisher.stop.set()
            server.shutdown()
            thread.join()
