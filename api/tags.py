"""What is known of a question before it is answered: its tag, its age, its lasting address."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from api.asking import SERVICE_PATHS
from api.conditions import http_date
from api.encodings import Choice
from api.parameters import MOST_REMEMBERED, split_query
from api.problems import ProblemError
from api.registry import LATEST, Registry, State

DATA_PATH: Final = "/v1/"
RELEASES_PATH: Final = "/v1/releases"
COMMENTS_PATH: Final = "/v1/commentary"
"""Changes without a new release."""
WITHOUT_RELEASE: Final = (
    COMMENTS_PATH,
    "/v1/boundaries",
    "/v1/catalogue",
    "/v1/feeds",
)
"""What lies under these may change while no release does: comments, shapes, lists of releases."""
VERSIONS: Final = "/versions"
"""Ends the path of a history, which is of several releases."""
FILES: Final = "/files/"
MOST_TAGS: Final = 5_000
_OF_RELEASE: Final = re.compile(rf"{RELEASES_PATH}/([^/]+)")


@dataclass(frozen=True)
class Tag:
    """What one answer of the releases as they stand is known by."""

    etag: str | None = None
    is_pinned: bool = False
    """Whether it names its release."""
    modified: str = ""
    """The time of its Last-Modified."""
    unchanged: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """By encoding, the answer that nothing has changed, once it was made."""
    sent: dict[Choice, str] = field(default_factory=dict, compare=False, repr=False)
    """By what a reader takes, the encoding of the answer it had: so there is one, and no error."""


UNTAGGED: Final = Tag()


class Tags:
    """The questions asked lately, for as long as the releases are the same."""

    def __init__(self, registry: Registry, made_by: str) -> None:
        self.registry = registry
        self.made_by = made_by
        self.token = ""
        self.held: dict[tuple[str, str, bytes], Tag] = {}

    def of(self, state: State, path: str, suffix: str, query: bytes) -> Tag:
        """Return what is known of a question."""
        if state.token != self.token or len(self.held) >= MOST_TAGS:
            self.token = state.token
            self.held = {}
        key = (path, suffix, query)
        found = self.held.get(key)
        if found is None:
            found = self._read(state, path, suffix, query)
            if len(path) + len(query) <= MOST_REMEMBERED:
                self.held[key] = found
        return found

    def _read(self, state: State, path: str, suffix: str, query: bytes) -> Tag:
        """Return the tag of an answer from what it is made of, so that it need not be made.

        Without a tag where the query cannot be answered from one known release, and for files,
        which have tags of their own. The query counts as it is spelt: what is given twice has an
        order that means something, and answers name their own address.
        """
        given = dict(split_query(query))
        if FILES in path:
            return UNTAGGED
        try:
            release = state.find(given.get("release"), given.get("as_of"))
        except ProblemError:
            return UNTAGGED
        is_of_state = changes_without_release(path) or "cursor" in given
        is_pinned = _names_release(path, given) and not path.startswith(WITHOUT_RELEASE)
        is_pinned = is_pinned and not path.endswith(VERSIONS)
        made_from = f"{release.id} {release.digest} {release.published_at}"
        if is_of_state:
            made_from += state.token
        content = repr((self.made_by, self.registry.public_url, made_from, path, suffix, query))
        # What was withheld after publication was rewritten then, and what `latest` means may
        # change without a new release: by withdrawing one.
        moment = self.registry.written_at(release)
        if is_of_state or not is_pinned:
            moment = max(moment, state.changed_at)
        return Tag(
            etag=blake2b(content.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest(),
            is_pinned=is_pinned,
            modified=http_date(moment),
        )


def changes_without_release(path: str) -> bool:
    """Say whether an answer may change though its release stays the same."""
    is_listed = path in SERVICE_PATHS or path.endswith(VERSIONS)
    return is_listed or path.startswith((RELEASES_PATH, *WITHOUT_RELEASE))


def _names_release(path: str, given: Mapping[str, str]) -> bool:
    """Say whether a question names its release, by parameter or by address."""
    found = _OF_RELEASE.match(path)
    return (found[1] if found else given.get("release", LATEST)) != LATEST


def fingerprint_of(folders: Mapping[str, Path], libraries: Iterable[str] = ()) -> str:
    """Return a digest of the code that makes answers: other code may give other bytes."""
    digest = blake2b(digest_size=12)
    for name in libraries:
        digest.update(f"{name} {version(name)}\0".encode())
    for name, folder in sorted(folders.items()):
        for path in sorted(folder.rglob("*.py")):
            digest.update(f"{name}/{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
