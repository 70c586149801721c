"""Made-up indicators, in the shape of the full card of an indicator."""

from typing import Any

RELEASE = "2025-11-20"
PERIODS = ("RY2023", "RY2024", "RY2025")
RATE = "in_care_rate"
SHARE = "moved_often_pct"
SCORE = "wellbeing_score"
EMPTY = "voice_pct"
STATISTICS = ("mean", "median", "q25", "q75", "pooled", "pooled_ci_lower", "pooled_ci_upper")


def card(id: str, **changes: Any) -> dict[str, Any]:
    """Return the full card of an indicator."""
    return {
        "id": id,
        "title": "Rate of children in care on 31 March, per 10,000 children",
        "short_title": "Children in care",
        "kind": "context",
        "stage": "in_care",
        "unit": "per 10,000",
        "decimals": 0,
        "direction": "none",
        "period_kind": "RY",
        "measured": "snapshot",
        "interval": "poisson",
        "is_core": True,
        "family": "",
        "framework_area": "Outcome 1: Children stay together",
        "framework_domain": "Family stability",
        "designation": "Accredited official statistics",
        "publisher": "Made-up statistics office",
        "version": 1,
        "latest": PERIODS[-1],
        "periods": list(PERIODS),
        "breakdowns": {},
        "definition": "Children in care on 31 March over all children, <in> tens of thousands.",
        "why_it_matters": "It says how many children a public body is the parent of.",
        "numerator": "Children in care on 31 March",
        "denominator": "Children aged 0 to 17 at the middle of the year before",
        "arithmetic": "rate_per_10000",
        "direction_reason": "A low rate may be early help or unmet need.",
        "direction_source": "National framework",
        "interval_reason": "",
        "caveats": ["Rates follow the population estimate of the year before."],
        "breaks": [],
        "read_with": [{"indicator": SHARE, "title": "Moved often", "reason": "how stable it is"}],
        "reviewed_on": "2025-11-01",
        "due_on": "2026-11-01",
        "sources": [SOURCE],
        "latest_label": "31 March 2025",
        "published_on": "2025-11-20",
    } | changes


SOURCE = {
    "id": "office_children_2025",
    "table": "office_children",
    "vintage": "2025",
    "publisher": "Made-up statistics office",
    "title": "Children in care 2025",
    "published_on": "2025-11-20",
    "designation": "Accredited official statistics",
    "licence": "OGL v3.0",
    "url": "https://statistics.invalid/children",
}

CARDS = (
    card(RATE),
    card(
        SHARE,
        title="Children in care with three or more placements in the year",
        short_title="Moved often",
        kind="performance",
        unit="%",
        decimals=1,
        direction="lower_is_better",
        interval="wilson",
        measured="during",
        arithmetic="percentage",
        breaks=[{"period": "RY2025", "note": "placements of one night are counted from here on."}],
        read_with=[],
    ),
    card(
        SCORE,
        title="Average wellbeing score",
        short_title="Wellbeing score",
        kind="outcome",
        unit="score",
        decimals=1,
        direction="lower_is_better",
        interval="none",
        interval_reason="the spread of scores is not published",
        measured="during",
        framework_area="Outcome 4: Stable, loving homes",
        framework_domain="Child wellbeing",
        read_with=[],
        caveats=[],
    ),
    card(
        EMPTY,
        title="Children who say that they were heard",
        short_title="Heard",
        kind="outcome",
        stage="help_and_protection",
        unit="%",
        latest=None,
        periods=[],
        latest_label=None,
        sources=[],
        framework_area="",
        framework_domain="",
        read_with=[],
    ),
)
CARD_KEYS = tuple(CARDS[0])[:21]
