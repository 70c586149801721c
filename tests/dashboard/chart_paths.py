"""Addresses of charts by themselves, by kind: of each kind a few subjects and states.

What must hold of every chart (its picture, its frame, its words) is tested over all of them; a kind
of CHARTS without a line here fails.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from tests.dashboard.real_paths import KENT

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
    "alike": (f"alike/{KENT}", f"alike/{KENT}?by=density:2,deprivation:1"),
    "pair": (f"pair/moves_and_long_term_stability?area={KENT}",),
    "scatter": ("scatter", f"scatter?x=cin_rate_10k&y=cla_31mar_rate_10k&area={KENT}"),
    "proportionality": ("proportionality", f"proportionality?area={KENT}"),
    "multiples": (
        "multiples",
        f"multiples?area={KENT}",
        "multiples?indicator=absence_persistent_pct_cla&by=school_phase",
    ),
    "gaps": ("gaps", "gaps?indicator=absence_persistent_pct_cino&area=E09000003"),
    "neighbour_map": (f"neighbour_map/{KENT}", f"neighbour_map/{KENT}?code=E10000012"),
}
NO_CHART_PATHS: Final = {
    "groups that are counted": "groups_strip?indicator=ofsted_leadership_good_n",
    "far too many authorities": "heat?areas=all",
    "nothing across": "groups_cross?indicator=cla_31mar_rate_10k",
    "neighbours of a region": "alike/E12000008",
    "panels of no parts": "multiples?indicator=cin_rate_10k&view=parts",
    "gaps of no parts": "gaps?indicator=cin_rate_10k",
}
"""Addresses at which there is nothing to draw, which is said."""
