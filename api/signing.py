"""The key that signs cursors, shared by all workers of one home without any other secret.

A cursor names a release, a place in it and a question: all public, so a signature guards nothing
but that a page follows the one before it. The key is a file of the home, made when the first
cursor is; whoever copies the home to another machine takes it along. Where the home cannot be
written to, the key is the empty one and a signature just a checksum: every copy of the home still
reads the cursors of every other.
"""

import hmac
import os
import secrets
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

KEY_NAME: Final = "cursor.key"
KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 12
NO_KEY: Final = b""


def signing_key(home: Path) -> bytes:
    """Return the key of a home, made at first need; the empty one where there can be none."""
    try:
        return _read(home / KEY_NAME)
    except OSError:
        pass
    with suppress(OSError):
        _make(home / KEY_NAME)
        return _read(home / KEY_NAME)
    return NO_KEY


def signature_of(content: bytes, key: bytes) -> bytes:
    """Return the signature of a content."""
    return hmac.new(key, content, sha256).digest()[:SIGNATURE_BYTES]


def is_signed(content: bytes, signature: bytes, key: bytes) -> bool:
    """Say whether a signature is that of a content."""
    return hmac.compare_digest(signature_of(content, key), signature)


@lru_cache(maxsize=16)
def _read(path: Path) -> bytes:
    return path.read_bytes()


def _make(path: Path) -> None:
    """Write a new key in one step, unless another worker was first."""
    draft = path.with_name(f"{KEY_NAME}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
