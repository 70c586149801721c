"""One edition of a file: which one it is, where it is downloaded, and what is known about it."""

from dataclasses import dataclass
from datetime import datetime

from etl.findings import Finding


@dataclass(frozen=True)
class Edition:
    """What the publisher offers for a source now; `total_results` None means it is not said."""

    data_set_id: str
    data_set_title: str
    version: str
    release: str
    published: datetime | None
    file_id: str
    file_name: str
    total_results: int | None
    url: str
    findings: tuple[Finding, ...] = ()
