"""Where figures come from, as the API tells of it: publications, their files, and what is read."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from api.contract import SourceKind
from api.opened import OpenRelease
from indicators.hidden_figures import RETURN_TABLE
from indicators.model import Indicator
from indicators.snapshot import Source, SourceFile


def source_cards(release: OpenRelease, codes: Iterable[int] | None = None) -> list[dict[str, Any]]:
    """Return the cards of some sources by their code in the cells, all unless some are named."""
    sources = release.snapshot.sources
    wanted = range(len(sources)) if codes is None else codes
    read = _indicators_by_source(release)
    return [_card(sources[code], read.get(code, ())) for code in wanted]


def sources_of(release: OpenRelease, indicator: int) -> list[int]:
    """Return the codes of the sources that an indicator's figures come from, newest first."""
    snapshot = release.snapshot
    held = np.unique(snapshot.columns["source"][snapshot.rows_of(indicator)]).tolist()
    dates = {code: snapshot.sources[code].published_on for code in held if code >= 0}
    return sorted(dates, key=lambda code: dates[code], reverse=True)


def read_from(indicator: Indicator) -> list[dict[str, Any]]:
    """Return the rows and columns that an indicator is read from, one item for each entry."""
    return [entry.model_dump(mode="json") for entry in indicator.sources]


def submission_of(indicator: Indicator) -> dict[str, Any] | None:
    """Return the measures of a return that feed an indicator, None where none does."""
    fed = indicator.submission
    return None if fed is None else fed.model_dump(mode="json")


def _card(source: Source, indicators: Iterable[str]) -> dict[str, Any]:
    return {
        "id": source.id,
        "kind": kind_of(source).value,
        "table": source.table,
        "vintage": source.vintage,
        "publisher": source.publisher,
        "title": source.title,
        "published_on": source.published_on,
        "published_on_basis": source.published_on_basis,
        "designation": source.designation,
        "licence": source.licence,
        "url": source.url,
        "files": [_file(file) for file in source.files],
        "totals": _plain(asdict(source.totals)),
        "indicators": list(indicators),
    }


def kind_of(source: Source) -> SourceKind:
    """Return what a source is: only what this service computes is of no table."""
    if not source.table:
        return SourceKind.COMPUTED
    is_return = source.table.startswith(RETURN_TABLE)
    return SourceKind.SUBMISSION if is_return else SourceKind.PUBLICATION


def _file(file: SourceFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "sha256": file.sha256,
        "rows": file.rows,
        "columns": dict(file.columns),
        "spellings": {name: dict(held) for name, held in file.spellings.items()},
    }


def _plain(value: Any) -> Any:
    """Return tuples as lists, as JSON has them."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, tuple) else value


def _indicators_by_source(release: OpenRelease) -> Mapping[int, list[str]]:
    """Return the ids of the indicators that have a figure of each source, in catalogue order."""
    return release.recall("indicators by source", lambda: _read_indicators(release))


def _read_indicators(release: OpenRelease) -> Mapping[int, list[str]]:
    read: dict[int, list[str]] = {}
    for code, indicator in enumerate(release.snapshot.indicators):
        for source in sources_of(release, code):
            read.setdefault(source, []).append(indicator.id)
    return read
