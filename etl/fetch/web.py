"""Asking a publisher over the network: slowly, encrypted, never led to another host."""

import importlib.metadata
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import httpx

from etl.fetch.addresses import is_loopback, same_host
from etl.fetch.faults import (
    UNREACHABLE,
    FetchError,
    RefusedStatusError,
    TryAgainError,
    refused,
    unreadable,
)
from etl.fetch.limits import Clock, FetchLimits
from etl.fetch.retries import seconds_asked_for
from etl.findings import printable, quoted

_REDIRECTS: Final = 3
_SAID_BYTES: Final = 2_000


@dataclass
class Pace:
    """Remembers when each host was last asked, so that it is not asked too often."""

    seconds: float
    clock: Clock
    asked: dict[str, float] = field(default_factory=dict)

    def wait(self, host: str) -> None:
        """Wait until a host may be asked; this machine may be asked at once."""
        if is_loopback(host):
            return
        now = self.clock.stopwatch()
        due = self.asked.get(host, now - self.seconds) + self.seconds
        if due > now:
            self.clock.sleep(due - now)
        self.asked[host] = max(due, now)


def open_client(limits: FetchLimits) -> httpx.Client:
    """Return a client that verifies certificates and follows nothing by itself.

    The certificates are those that httpx trusts, or those that SSL_CERT_FILE names.
    """
    version = importlib.metadata.version("csc-outcomes")
    return httpx.Client(
        verify=True,
        follow_redirects=False,
        timeout=httpx.Timeout(limits.silent_seconds, connect=limits.connect_seconds),
        headers={"User-Agent": f"csc-outcomes/{version} (children's social care indicators)"},
        # A proxy of the environment is not asked for what is on this machine.
        mounts={f"all://{host}": None for host in ("localhost", "127.0.0.1", "[::1]")},
    )


@dataclass(frozen=True)
class Web:
    """A client with its pace and its limits."""

    client: httpx.Client
    limits: FetchLimits
    clock: Clock
    pace: Pace

    @contextmanager
    def opened(
        self,
        url: str,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Iterator[httpx.Response]:
        """Ask once and give the answer, its body unread.

        Raises TryAgainError for what may pass, RefusedStatusError for other answers than 2xx,
        and FetchError for what must not be followed or trusted; also while the body is read.
        """
        here = str(httpx.URL(url, params=params)) if params else url
        try:
            for _ in range(_REDIRECTS + 1):
                self.pace.wait(httpx.URL(here).host)
                with self.client.stream("GET", here, headers=headers) as response:
                    if response.has_redirect_location:
                        here = _followed(here, response)
                        continue
                    self._look_at_status(response)
                    yield response
                    return
        except httpx.RequestError as error:
            raise _explained(here, error) from error
        raise unreadable(
            "redirects", here, "one redirect after the other", "a file", "tell the publisher"
        )

    def _look_at_status(self, response: httpx.Response) -> None:
        status = response.status_code
        if status == httpx.codes.TOO_MANY_REQUESTS or status >= 500:
            asked = seconds_asked_for(response.headers.get("Retry-After", ""), self.clock.now())
            raise TryAgainError(_status_said(status), asked, "publisher_busy")
        if not response.is_success:
            raise RefusedStatusError(status, str(response.url), _said(response))


def _status_said(status: int) -> str:
    too_often = status == httpx.codes.TOO_MANY_REQUESTS
    meaning = "the publisher says: too many requests" if too_often else "a fault of the publisher"
    return f"status {status}, {meaning}"


def _said(response: httpx.Response) -> str:
    """Return the beginning of what an answer says, fit for a terminal."""
    said = b""
    for piece in response.iter_bytes():
        said += piece
        if len(said) >= _SAID_BYTES:
            break
    return printable(said[:_SAID_BYTES].decode("utf-8", "replace").strip())


def _followed(here: str, response: httpx.Response) -> str:
    location = response.headers["Location"]
    there = same_host(here, location)
    if there is None:
        raise refused(
            "redirect_off_host",
            here,
            f"a redirect to {quoted(location)}",
            "the file from the same host, encrypted as before",
            "if the publisher has moved, change its address in OUTCOMES_FETCH_API_URL or "
            "OUTCOMES_FETCH_CONTENT_URL",
        )
    return there


def _explained(here: str, error: httpx.RequestError) -> FetchError | TryAgainError:
    """Say what a failed request means for a person."""
    host = httpx.URL(here).host
    if _is_untrusted(error):
        return unreadable(
            "untrusted_certificate",
            host,
            "a certificate that nobody we trust has signed",
            "a certificate that proves who answers",
            "if a proxy of yours opens encrypted traffic, name its certificate in SSL_CERT_FILE; "
            "checking cannot be switched off",
        )
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError):
        return TryAgainError(f"no connection to {host}", rule=UNREACHABLE)
    if isinstance(error, httpx.TimeoutException):
        return TryAgainError(f"an answer of {host} that stopped coming", rule="too_slow")
    return TryAgainError(f"an answer of {host} that broke off")


def _is_untrusted(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
