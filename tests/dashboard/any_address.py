"""Addresses as readers, links and mistakes make them: every page, with choices of every kind."""

from typing import Final

from hypothesis import strategies as st

from dashboard.state import CHOICES
from tests.dashboard.real_paths import KENT, LONDON_CITY

ENDED: Final = "E10000006"
REGION: Final = "E12000008"
COUNTRY: Final = "E92000001"
INDICATORS: Final = (
    "cla_31mar_rate_10k",
    "absence_persistent_pct_cino",
    "ks2_rwm_expected_pct_cla",
    "cla_sdq_avg_score",
    "ofsted_leadership_good_n",
    "adoption_decision_to_match_months",
    "csc_spend_per_child_gbp",
    "not_an_indicator",
)
AREAS: Final = (KENT, LONDON_CITY, ENDED, REGION, COUNTRY, "E06000053", "886", "X99", "none")
PATHS: Final = (
    "/",
    "/search",
    "/indicators",
    *(f"/indicators/{id}" for id in INDICATORS),
    "/compare",
    "/heat",
    "/trends",
    "/gaps",
    "/scatter",
    "/pairs",
    "/pairs/in_need_and_in_care",
    "/pairs/nothing",
    "/proportionality",
    "/areas",
    *(f"/areas/{code}" for code in AREAS),
    *(f"/areas/{code}/neighbours" for code in AREAS),
    f"/areas/{KENT}/returns",
    "/own",
    "/data",
    "/releases",
    "/releases/latest",
    "/releases/shipped-2026-04-02",
    "/methods",
    "/methods/trend",
    "/methods/nothing",
    "/definitions",
    "/missing",
    "/sources",
    "/sources/computed",
    "/accessibility",
    "/about",
    "/nowhere",
)
GROUPINGS: Final = ("region", "area_type", "ofsted:leadership", "rural_urban", "deprivation", "own")
_LISTS: Final = (*AREAS, f"neighbours:{KENT}", f"within:{REGION}", "region", "authority", "england")
VALUES: Final[dict[str, tuple[str, ...]]] = {
    "area": AREAS,
    "code": AREAS,
    "compare": (*GROUPINGS, f"areas:{KENT},E10000030", "population_band", "nonsense"),
    "across": (*GROUPINGS, "nonsense"),
    "period": ("RY2025", "RY2024", "AY2024-25", "RY1900", "latest", "2024"),
    "periods": ("RY2025", "RY2022..RY2024", "all", "latest", "RY1900"),
    "release": ("shipped-2026-04-02", "1999-01-01", "latest"),
    "model": ("2021", "2025", "own", "1066"),
    "sort": ("name", "-name", "value", "-value", "change", "cla_31mar_rate_10k", "-nothing"),
    "indicator": INDICATORS,
    "indicators": (*INDICATORS, f"{INDICATORS[0]},{INDICATORS[1]}"),
    "areas": _LISTS,
    "own": (KENT, f"{KENT},{LONDON_CITY}", "X99", REGION),
    "named": ("South", "<b>x</b>", "=1+1"),
    "view": (
        "map",
        "ranked",
        "distribution",
        "funnel",
        "trend",
        "groups",
        "parts",
        "table",
        "all",
        "who",
        "comparators",
        "better",
        "tick",
        "rules",
        "neighbours",
    ),
    "against": ("england", "neighbours", "neighbours:2021", "region", f"areas:{KENT}", "moon"),
    "region": (REGION, "E12000007", "nowhere"),
    "area_type": ("county", "unitary", "nothing"),
    "ofsted": ("leadership:good", "leadership:inadequate", "leadership", "x:y"),
    "rural_urban": ("predominantly_rural", "seaside"),
    "deprivation": ("1", "5", "9"),
    "population_band": ("1", "5", "0"),
    "children_min": ("50000", "900000", "many"),
    "children_max": ("80000", "0", "-1"),
    "by": ("age", "sex", "ethnicity", "need", "family", "density:2,deprivation:1", "nothing"),
    "x": (*INDICATORS, "context:deprivation", "context:nothing"),
    "y": (*INDICATORS, "context:density"),
    "only": ("beyond_chance", "chosen", "missing", "nothing"),
    "find": ("kent", "zzz", "<script>"),
    "q": ("LAC", "Mancester", "%", "<script>alert(1)</script>", "é" * 90),
    "kind": ("outcome", "performance", "context", "nothing"),
    "stage": ("in_care", "leaving_care", "nothing"),
    "map": ("boundaries", "tiles", "globe"),
    "axis": ("zero", "data", "log"),
    "from_year": ("2021", "1900", "later"),
    "to_year": ("2024", "2100", "sooner"),
    "labels": ("both", "nothing"),
    "wide": ("period", "nothing"),
    "format": ("csv", "xlsx", "parquet", "docx"),
}

addresses = st.builds(
    lambda path, choices: (path, tuple(choices.items())),
    st.sampled_from(PATHS),
    st.dictionaries(st.sampled_from(sorted(VALUES)), st.just(""), max_size=5).flatmap(
        lambda names: st.fixed_dictionaries(
            {name: st.sampled_from(VALUES[name]) | st.text(max_size=12) for name in names}
        )
    ),
)
"""A path and choices: mostly sensible, some without meaning, some hostile."""

assert set(VALUES) == set(CHOICES), "a choice without values here is never tried"
