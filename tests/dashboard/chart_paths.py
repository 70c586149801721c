"""Addresses of charts by themselves, by kind: of each kind a few subjects and states.

What must hold of every chart (its picture, its frame, its words) is tested over all of them; a kind
of CHARTS without a line here fails.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from tests.dashboard.real_paths import KENT, LONDON_CITY

CHART_PATHS: Final[Mapping[str, Sequence[str]]] = {
    "groups_strip": (
        "groups_strip?indicator=cla_31mar_rate_10k",
        f"groups_strip?indicator=cla_31mar_rate_10k&compare=ofsted:leadership&area={KENT}",
    ),
    "groups_cross": (
        "groups_cross?indicator=cla_31mar_rate_10k&compare=region&across=ofsted:leadership",
    ),
    "heat": (
        f"heat?area={KENT}",
        "heat?kind=outcome&region=E12000007&sort=-differ",
        f"heat?area={KENT}&only=beyond_chance&against=region",
    ),
    "map": ("map/cla_31mar_rate_10k", f"map/ofsted_leadership_good_n?area={KENT}"),
    "ranked": (
        "ranked/cla_31mar_rate_10k",
        f"ranked/cla_sdq_avg_score?area={KENT}&areas=E06000063,E12000008",
    ),
    "distribution": (f"distribution/absence_persistent_pct_cino?area={KENT}&areas=E06000063",),
    "funnel": (f"funnel/cla_31mar_rate_10k?area={KENT}", "funnel/ks2_rwm_expected_pct_cla"),
    "trend": (
        f"trend/cla_31mar_rate_10k?area={KENT}&axis=data",
        "trend/adoption_decision_to_match_months",
    ),
    "parts": (f"parts/cla_31mar_rate_10k?area={KENT}&by=age",),
    "alike": (f"alike/{KENT}", f"alike/{KENT}?by=density:2,deprivation:1"),
    "neighbour_map": (f"neighbour_map/{KENT}", f"neighbour_map/{KENT}?code=E10000012"),
    "comparators": (f"comparators/{KENT}?indicator=cla_31mar_rate_10k",),
    "pair": (f"pair/moves_and_long_term_stability?area={KENT}",),
    "scatter": ("scatter", f"scatter?x=cin_rate_10k&y=cla_31mar_rate_10k&area={KENT}"),
    "proportionality": ("proportionality", f"proportionality?area={KENT}"),
    "inspections": (f"inspections/{KENT}", f"inspections/{LONDON_CITY}"),
    "spines": (f"spines/{KENT}?stage=in_care&view=all", f"spines/{LONDON_CITY}"),
    "multiples": (
        "multiples?indicator=absence_persistent_pct_cla&by=school_phase",
        f"multiples?indicator=cla_31mar_rate_10k&area={KENT}&axis=zero",
        "multiples?areas=authority&sort=-change",
    ),
    "gaps": ("gaps", "gaps?indicator=absence_persistent_pct_cino&area=E09000003"),
}
NO_CHART_PATHS: Final = {
    "groups that are counted": "groups_strip?indicator=ofsted_leadership_good_n",
    "far too many authorities": "heat?areas=all",
    "nothing across": "groups_cross?indicator=cla_31mar_rate_10k",
    "map of a country's figure": "map/adoption_decision_to_match_months",
    "ranking of what is counted": "ranked/ofsted_leadership_good_n",
    "funnel without counts": "funnel/cla_sdq_avg_score",
    "parts of what has none": "parts/csc_spend_per_child_gbp",
    "neighbours of a region": "alike/E12000008",
    "inspections of a region": "inspections/E12000008",
    "panels of no parts": "multiples?indicator=cin_rate_10k&view=parts",
    "gaps of no parts": "gaps?indicator=cin_rate_10k",
    "neighbours without figures to be alike in": "alike/E10000006",
    "spines of an authority that has ended": "spines/E10000006",
}
"""Addresses at which there is nothing to draw, which is said."""
