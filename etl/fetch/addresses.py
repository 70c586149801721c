"""Which addresses may be asked: https anywhere, plain http on this machine only."""

import ipaddress
from urllib.parse import urljoin, urlsplit

from etl.findings import quoted


class AddressError(ValueError):
    """An address that is not asked; the message says why and what to do."""


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def checked_address(setting: str, address: str) -> str:
    """Return a publisher's base address without its last slash; raises AddressError."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if not host or parts.query or parts.fragment:
        msg = f"{setting}: {quoted(address)} is not an address like https://host/path"
        raise AddressError(msg)
    if parts.username or parts.password:
        msg = f"{setting}: the address holds a user name or a password; leave them out"
        raise AddressError(msg)
    if parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)):
        return address.rstrip("/")
    msg = (
        f"{setting}: {quoted(address)} is not encrypted; begin it with https:// "
        "(http:// is for tests on this machine only)"
    )
    raise AddressError(msg)


def same_host(here: str, location: str) -> str | None:
    """Return where a redirect leads, or None if that is another host, port or protocol."""
    try:
        there = urljoin(here, location)
        old, new = urlsplit(here), urlsplit(there)
        stays = (old.scheme, old.hostname, old.port) == (new.scheme, new.hostname, new.port)
    except ValueError:
        return None
    return there if stays and not new.username else None
