"""Numbers of versions: which one a pin asks for, and what counts as a break."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, order=True)
class Version:
    """A version such as 1.1 or 1.1.1; a part that is missing is 0."""

    major: int
    minor: int = 0
    patch: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `1.1`, `1.1.1` or `v2.0`; raises ValueError for anything else."""
        parts = text.removeprefix("v").split(".")
        if not 1 <= len(parts) <= 3 or not all(p.isascii() and p.isdigit() for p in parts):
            msg = f"'{text}' is not a version like 1.1"
            raise ValueError(msg)
        return cls(*map(int, parts))


def is_exact(pin: str) -> bool:
    """Return whether a pin names one version and no other."""
    return "*" not in pin


def allowed_major(pin: str, held: Version | None) -> int | None:
    """Return the newest major number that needs nobody's consent; None if any will do.

    A major version that was accepted before (it is the one held) needs no consent again.
    """
    pinned = None if pin == "*" else int(pin.split(".")[0])
    numbers = [number for number in (pinned, held.major if held else None) if number is not None]
    return max(numbers, default=None)


def pin_to_ask(pin: str, held: Version | None, accepted: int | None) -> str:
    """Return the pin to send: that of the list, or of a major version accepted since."""
    if is_exact(pin):
        return pin
    major = allowed_major(pin, held) if accepted is None else accepted
    is_moved = pin == "*" or major != int(pin.split(".")[0])
    return f"{major}.*" if major is not None and is_moved else pin
