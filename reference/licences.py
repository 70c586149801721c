"""Licences by the name that publishers give them: their address and their SPDX identifier."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Licence:
    """One licence; `spdx` is its identifier in the SPDX list, blank where it has none."""

    name: str
    url: str = ""
    spdx: str = ""


_KNOWN: Final[Mapping[str, Licence]] = {
    licence.name: licence
    for licence in (
        Licence(
            # https://spdx.org/licenses/OGL-UK-3.0.html
            "Open Government Licence v3.0",
            "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
            "OGL-UK-3.0",
        ),
    )
}


def licence_named(name: str) -> Licence:
    """Return a licence by its name; one that is not known has its name alone."""
    return _KNOWN.get(name, Licence(name))
