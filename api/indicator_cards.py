"""Indicators as the API tells of them: the card of a list, and the full card."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from api.contract import API_PREFIX
from api.framework import place_id
from api.opened import KINDS, OpenRelease
from api.pair_figures import whole_pairs
from api.source_cards import read_from, source_cards, sources_of, submission_of
from api.unit_cards import formula, frequency, interval_level, rounding, suppression, unit_card
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL
from indicators.model import Indicator
from indicators.parts import Part
from reference.periods import parse_period


def indicator_card(release: OpenRelease, code: int) -> dict[str, Any]:
    """Return the card of an indicator in a list; made once, as every page asks for all of them."""
    return release.recall(("card", code), lambda: _card(release, code))


def _card(release: OpenRelease, code: int) -> dict[str, Any]:
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
        "periods": (periods := [snapshot.index.periods[p] for p in sorted(release.held(code))]),
        "breakdowns": _breakdowns(release, code),
        "framework_id": place_id(release, indicator.framework.area),
        "indicator_status": status_of(release, code),
        "first_period": periods[0] if periods else None,
        "levels": levels_of(release, code),
        "last_updated": _last_of(updates_of(release)[code]),
        "superseded_by": indicator.retired.superseded_by if indicator.retired else "",
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
        "formula": formula(indicator),
        "rounding": rounding(indicator),
        "unit_card": unit_card(indicator),
        "interval_level": interval_level(indicator),
        "frequency": frequency(indicator),
        "suppression": suppression(release, indicator),
        "licence": "; ".join(dict.fromkeys(s["licence"] for s in sources if s["licence"])),
        "supersedes": list(indicator.supersedes),
        "deprecated_on": indicator.retired.deprecated_on if indicator.retired else "",
        "sunset_on": indicator.retired.sunset_on if indicator.retired else "",
        "deprecation_reason": indicator.retired.reason if indicator.retired else "",
        "synonyms": list(indicator.synonyms),
    }


def indicator_links(id: str) -> dict[str, str]:
    """Return where everything about an indicator is found, its card apart."""
    own = f"{API_PREFIX}/indicators/{id}"
    figures = f"{API_PREFIX}/observations"
    return {
        "observations": f"{figures}?indicator={id}",
        "availability": f"{own}/availability",
        "versions": f"{own}/versions",
        "csv": f"{figures}.csv?indicator={id}&period=all",
        "comparisons": f"{API_PREFIX}/comparisons?indicator={id}",
        "trends": f"{API_PREFIX}/trends?indicator={id}",
        "rankings": f"{API_PREFIX}/rankings?indicator={id}",
        "commentary": f"{API_PREFIX}/commentary?indicator={id}",
    }


def status_of(release: OpenRelease, code: int) -> str:
    """Return whether an indicator is active, without figures, deprecated or superseded."""
    retired = release.snapshot.indicators[code].retired
    if retired is not None:
        return "superseded" if retired.superseded_by else "deprecated"
    return "active" if release.held(code) else "without_figures"


def levels_of(release: OpenRelease, code: int) -> list[str]:
    """Return the levels that an indicator has any cell at, from the whole to its parts."""
    held = np.zeros(len(KINDS), dtype=np.bool_)
    for breakdown in set().union(*release.held(code).values()):
        held |= release.level_held(code, breakdown)
    return [kind.value for kind, is_held in zip(KINDS, held, strict=True) if is_held]


def updates_of(release: OpenRelease) -> Sequence[frozenset[str]]:
    """Return by indicator code the ids of the releases that gave it new or changed figures."""
    return release.recall("updates", lambda: _updates(release))


def _updates(release: OpenRelease) -> list[frozenset[str]]:
    snapshot = release.snapshot
    updated, known = snapshot.columns["updated_release"], snapshot.index.releases
    found = (np.unique(updated[snapshot.rows_of(c)]) for c in range(len(snapshot.indicators)))
    return [frozenset(known[code] for code in codes.tolist()) for codes in found]


def _last_of(releases: Iterable[str]) -> str | None:
    """Return the last of some releases by the day that their ids name."""
    days = {id: (found[0] if (found := _DAY.search(id)) else "", id) for id in releases}
    return max(days, key=lambda id: days[id], default=None)


_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


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
