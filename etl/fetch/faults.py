"""What can go wrong while fetching: as a finding for a person, or as a reason to try again."""

from typing import Final

from etl.findings import Finding, Place, Severity

UNREACHABLE: Final = "unreachable"
"""The rule of findings that say that a host gave no answer at all."""


class FetchError(Exception):
    """A source that was not fetched; the finding says why and what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


class TryAgainError(Exception):
    """Something that may pass; `wait` is how many seconds the publisher asked for, if it did."""

    def __init__(
        self, found: str, wait: float | None = None, rule: str = "broken_download"
    ) -> None:
        super().__init__(found)
        self.found = found
        self.wait = wait
        self.rule = rule


class RefusedStatusError(Exception):
    """An answer that says no (4xx), for the caller to explain."""

    def __init__(self, status: int, url: str, said: str) -> None:
        super().__init__(f"{status} from {url}")
        self.status = status
        self.url = url
        self.said = said


def refused(rule: str, place: str, found: str, expected: str, advice: str) -> FetchError:
    """Make the error for something that was there and is not taken (exit code 1)."""
    return FetchError(Finding(rule, Severity.ERROR, Place(place), found, expected, advice))


def unreadable(rule: str, place: str, found: str, expected: str, advice: str) -> FetchError:
    """Make the error for something that could not be reached or read (exit code 3)."""
    return FetchError(Finding(rule, Severity.UNREADABLE, Place(place), found, expected, advice))


def warning(rule: str, place: str, found: str, expected: str, advice: str) -> Finding:
    """Make a finding that does not keep a file from being taken."""
    return Finding(rule, Severity.WARNING, Place(place), found, expected, advice)
