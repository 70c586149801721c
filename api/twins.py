"""Addresses under a release: whatever takes `release=` is also found below `/releases/{release}`.

`/v1/releases/R/areas.csv?kind=region` means `/v1/areas.csv?kind=region&release=R`, and is turned
into it before anything else happens: same bytes, same tag, one place in the cache.
"""

import re
from collections.abc import Collection, Iterable
from typing import Final
from urllib.parse import quote

from api.parameters import split_query
from api.problems import ProblemError
from api.resource import Resource

PREFIX: Final = "/v1/"
PINNED_PATH: Final = "/v1/releases/{release}/"
CHOOSING: Final = ("release", "as_of")
"""What chooses a release; an address under a release has chosen already."""

_UNDER: Final = re.compile(r"/v1/releases/([^/]+)/([^/.]+)(.*)")


def has_twin(resource: Resource) -> bool:
    """Say whether a resource is also found under each release."""
    return resource.path.startswith(PREFIX) and "release" in resource.parameters


def twin_path(resource: Resource) -> str | None:
    """Return the path of a resource under a release, None for one that is of no release."""
    if not has_twin(resource):
        return None
    return f"{PINNED_PATH}{resource.path.removeprefix(PREFIX)}"


def twinned(resources: Iterable[Resource]) -> frozenset[str]:
    """Return the first parts of the paths of all resources that are found under a release."""
    return frozenset(one.path.split("/")[2] for one in resources if has_twin(one))


def without_release(path: str, query: bytes, parts: Collection[str]) -> tuple[str, bytes] | None:
    """Return path and query that ask the same with `release=`; None where nothing is to change.

    `parts` are first parts of paths, as `twinned` gives them. Raises ProblemError where the query
    chooses a release once more.
    """
    found = _UNDER.fullmatch(path)
    if found is None or found[2] not in parts:
        return None
    release, part, rest = found.groups()
    for name, _ in split_query(query):
        if name in CHOOSING:
            detail = f"{name}: the address names release {release[:60]} already; leave {name}= out"
            raise ProblemError(400, "bad-value", detail, parameter=name)
    asked = f"release={quote(release, safe='')}".encode()
    return f"{PREFIX}{part}{rest}", b"&".join(filter(None, (query, asked)))
