"""What a made-up release says beside its figures: framework, changes, known problems."""

from typing import Any

from tests.dashboard.fake_cards import COUNT, EMPTY, RATE, SCORE, SHARE, SOURCE

KINDS = ("new", "revised", "newly_suppressed", "no_longer_suppressed", "withdrawn")


def domain(name: str, *indicators: str, gap: str = "", why_empty: str = "") -> dict[str, Any]:
    """Return a domain of the framework."""
    return {
        "domain": name,
        "description": f"What {name.lower()} is.",
        "gap": gap,
        "why_empty": why_empty,
        "indicators": list(indicators),
    }


def place(area: str, kind: str, *domains: dict[str, Any], **why: str) -> dict[str, Any]:
    """Return a place of the framework."""
    first = area.partition(":")[0].casefold().replace(" ", "_")
    return {
        "id": first.replace("enabler", "enabler_1").replace("beside_the_framework", "beside"),
        "area": area,
        "kind": kind,
        "description": f"What {area.lower()} is about.",
        "gap": why.get("gap", ""),
        "why_empty": why.get("why_empty", ""),
        "domains": list(domains),
    }


FRAMEWORK = [
    place(
        "Outcome 1: Children stay together",
        "outcome",
        domain("Family stability", RATE, SHARE),
        domain("Feeling helped", gap="nobody", why_empty="Nobody asks families."),
        domain("Fostered by kin", gap="not_by_authority", why_empty="Only the whole is told."),
    ),
    place(
        "Outcome 4: Stable, loving homes",
        "outcome",
        domain("Child wellbeing", SCORE),
        domain("Missing", gap="not_here", why_empty="It is not an indicator here yet."),
    ),
    place("Enabler: Working together", "enabler", gap="nobody", why_empty="Nobody counts it."),
    place("Beside the framework", "beside", domain("", COUNT, EMPTY)),
]


NO_SIZES = {"with_size": 0, "median_size": None, "largest_size": None, "figures": 0}


def counts(indicator: str, **more: float) -> dict[str, Any]:
    """Return the counts of changes of an indicator, and the sizes of its revisions."""
    return {"indicator": indicator, **dict.fromkeys(KINDS, 0), **NO_SIZES, **more}


CHANGES: dict[str, Any] = {
    "since": "2025-01-10",
    "kinds": {**dict.fromkeys(KINDS, 0), "new": 1, "revised": 1234, "newly_suppressed": 2},
    "indicators": [
        counts(RATE, new=1, revised=1234, with_size=1200, median_size=2, largest_size=31,
               figures=4000),
        counts("an_indicator_of_old", newly_suppressed=2),
    ],
    "new_indicators": [SCORE],
    "new_sources": [SOURCE["id"]],
}  # fmt: skip
FIRST: dict[str, Any] = {
    "since": None,
    "kinds": dict.fromkeys(KINDS, 0),
    "indicators": [],
    "new_indicators": [],
    "new_sources": [],
}

KNOWN_PROBLEMS = [
    {
        "areas": [{"code": "X06000002", "name": "Brennowcombe"}],
        "first_period": "RY2024",
        "last_period": "RY2024",
        "publication": "Children in care",
        "what_happened": "No return was sent.",
        "what_totals_hold": "The year before.",
        "source": "Made-up statistics office, notes",
    },
    {
        "areas": [],
        "first_period": "AY2019-20",
        "last_period": "AY2020-21",
        "publication": "Schools",
        "what_happened": "Nothing was measured.",
        "what_totals_hold": "",
        "source": "Made-up statistics office, notes",
    },
]

VERSIONS = [
    {
        "event": "first_held",
        "definition_version": 1,
        "release": "2025-11-20",
        "changed": [],
        "note": None,
    },
    {
        "event": "changed",
        "definition_version": 2,
        "release": "2025-12-01",
        "changed": ["denominator"],
        "note": "Residents are counted in the middle of the year",
    },
]
