"""Finished answers in memory: as they are and compressed, within a bound of bytes."""

from collections import OrderedDict
from dataclasses import dataclass, field

from starlette.types import Message

from api.conditions import Headers

Key = tuple[str, str]
"""The token of the releases, and the tag of an answer."""


@dataclass
class Stored:
    """One finished answer, as it is and compressed."""

    headers: Headers
    bodies: dict[str, bytes]
    starts: dict[str, Message] = field(default_factory=dict)
    """The first message of each form, made once."""

    @property
    def size(self) -> int:
        """The bytes it takes."""
        return sum(map(len, self.bodies.values()))


@dataclass
class Shelf:
    """Finished answers, the longest unused going first when there is no more room."""

    most_bytes: int
    token: str = ""
    used_bytes: int = 0
    held: OrderedDict[Key, tuple[Stored, int]] = field(default_factory=OrderedDict)
    """By key, each with its size when it was put."""

    def get(self, key: Key) -> Stored | None:
        """Return an answer."""
        found = self.held.get(key)
        if found is None:
            return None
        self.held.move_to_end(key)
        return found[0]

    def put(self, key: Key, answer: Stored) -> None:
        """Keep an answer (again, when a compressed form was added to it)."""
        if answer.size > self.most_bytes // 8:
            return
        _, old_size = self.held.pop(key, (answer, 0))
        self.held[key] = (answer, answer.size)
        self.used_bytes += answer.size - old_size
        while self.used_bytes > self.most_bytes:
            _, (_, size) = self.held.popitem(last=False)
            self.used_bytes -= size

    def follow(self, token: str) -> None:
        """Empty the shelf when the releases have changed: nothing withheld may be served on."""
        if token != self.token:
            self.token = token
            self.held.clear()
            self.used_bytes = 0
