"""Files that only their owner may read: they hold figures that are not protected."""

import os
from pathlib import Path


def write_private(path: Path, content: bytes) -> None:
    """Write a file, readable by its owner alone from the first byte on."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        path.chmod(0o600)  # it may have been there before
        file.write(content)
