"""Rules about a release with returns in it (D07, D08), over counts that protection gives."""

from collections.abc import Iterator, Mapping

from etl.findings import Finding, Place
from etl.submissions.rules import finding


def check_release(release: str, *, recoverable: int, small: Mapping[str, int]) -> Iterator[Finding]:
    """Yield D07 for hidden counts that can be worked out, D08 for small ones in each data set.

    `recoverable` is what the audit found relative to the policy; `small` counts by data set the
    figures of 1 to 5 that would leave, those of the list of exemptions left out.
    """
    place = Place(f"release {release}")
    if recoverable:
        yield finding("D07", place, count=f"{recoverable:,}", release=release)
    for dataset, count in small.items():
        if count:
            yield finding("D08", place, count=f"{count:,}", dataset=dataset)
