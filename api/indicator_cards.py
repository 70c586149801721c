"""Indicators as the API tells of them: the card of a list, and the full card."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.opened import OpenRelease
from api.pair_figures import whole_pairs
from api.source_cards import read_from, source_cards, sources_of, submission_of
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL
from indicators.model import Indicator
from indicators.parts import Part
from reference.periods import parse_period


def indicator_card(release: OpenRelease, code: int) -> dict[str, Any]:
    """Return the card of an indicator in a list."""
    snapshot = release.snapshot
    indicator = snapshot.indicators[code]
    return {
        "id": indicator.id,
        "title": indicator.title,
        "short_title": indicator.short_title,
        "kind": indicator.kind.value,
        "stage": indicator.stage.value,
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "direction": indicator.direction.good.value,
        "period_kind": indicator.period_kind,
        "measured": indicator.measured,
        "interval": indicator.interval.method.value,
        "is_core": indicator.is_core,
        "family": indicator.family,
        "framework_area": indicator.framework.area,
        "framework_domain": indicator.framework.domain,
        "designation": indicator.designation,
        "publisher": indicator.publisher,
        "version": indicator.version,
        "latest": snapshot.index.latest.get(indicator.id),
        "periods": [snapshot.index.periods[period] for period in sorted(release.held(code))],
        "breakdowns": _breakdowns(release, code),
    }


def indicator_detail(release: OpenRelease, code: int) -> dict[str, Any]:
    """Return the full card of an indicator."""
    indicator = release.snapshot.indicators[code]
    card = indicator_card(release, code)
    sources = source_cards(release, sources_of(release, code))
    latest = parse_period(card["latest"]) if card["latest"] else None
    return {
        **card,
        "definition": indicator.definition,
        "why_it_matters": indicator.why_it_matters,
        "numerator": indicator.numerator,
        "denominator": indicator.denominator,
        "arithmetic": indicator.arithmetic.value,
        "direction_reason": indicator.direction.reason,
        "direction_source": indicator.direction.source,
        "interval_reason": indicator.interval.reason,
        "caveats": list(indicator.caveats),
        "breaks": [_plain(part) for part in indicator.breaks],
        "read_with": _read_with(release, indicator),
        "pairs": _pairs(release, indicator),
        "reviewed_on": indicator.review.reviewed_on,
        "due_on": indicator.review.due_on,
        "sources": sources,
        "latest_label": latest.label_for(indicator.measured) if latest else None,
        "published_on": max((source["published_on"] for source in sources), default=None),
        "read_from": read_from(indicator),
        "submission": submission_of(indicator),
        "breakdown_titles": {
            name: _titles(codes, indicator.breakdown_titles.get(name, {}))
            for name, codes in card["breakdowns"].items()
        },
    }


def _breakdowns(release: OpenRelease, code: int) -> Mapping[str, list[str]]:
    """Return the codes of each breakdown that an indicator is really broken down by."""
    known = release.snapshot.index.breakdowns
    held = sorted(set().union(*release.held(code).values()))
    codes = {
        name: list(dict.fromkeys(getattr(known[place], name) for place in held))
        for name in BREAKDOWN_COLUMNS
    }
    return {name: found for name, found in codes.items() if found not in ([], [TOTAL])}


def _titles(codes: Sequence[str], titles: Mapping[str, str]) -> dict[str, str]:
    """Return codes with their titles in the order of reading; one without a title is its own."""
    known = {code: title for code, title in titles.items() if code in codes}
    return known | {code: code for code in codes if code not in known}


def _read_with(release: OpenRelease, indicator: Indicator) -> list[dict[str, str]]:
    """Return what to read beside it; a title only where the release has that indicator."""
    known = release.snapshot.by_id
    return [
        {
            "indicator": other.indicator,
            "title": known[other.indicator].title if other.indicator in known else "",
            "reason": other.reason,
        }
        for other in indicator.read_with
    ]


def _pairs(release: OpenRelease, indicator: Indicator) -> list[dict[str, str]]:
    """Return the pairs that an indicator is in, as x or as y, with the other half."""
    known = release.snapshot.by_id
    found = []
    for pair in whole_pairs(release).values():
        if indicator.id in {pair.x, pair.y}:
            other = known[pair.y if pair.x == indicator.id else pair.x]
            found.append(
                {
                    "id": pair.id,
                    "title": pair.title,
                    "with": other.id,
                    "with_title": other.title,
                    "reason": pair.reason,
                }
            )
    return found


def _plain(part: Part) -> dict[str, Any]:
    return part.model_dump(mode="json")
