"""Writing files so that they outlast a loss of power, whole, and where needed for one pair of eyes.

What a rename or an append promises is only kept once the file and its folder are on disk.
"""

import os
from pathlib import Path
from typing import BinaryIO


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file in one step: a reader sees the old one or the new one, never a part."""
    draft = path.with_name(f".{path.name}.new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def append_to_file(path: Path, content: bytes) -> None:
    """Add to the end of a file, which is made if it is not there."""
    with path.open("ab") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that its owner alone may read, from the first byte on."""
    with open_private(path) as file:
        file.write(content)


def open_private(path: Path) -> BinaryIO:
    """Open a file for writing that its owner alone may read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    path.chmod(0o600)  # it may have been there before
    return os.fdopen(handle, "wb")


def sync_folder(folder: Path) -> None:
    """Make renames inside a folder last through a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
