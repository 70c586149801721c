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
    "neighbour_map": (f"neighbour_map/{KENT}", f"neighbour_map/{KENT}?code=E10000012"),
}
NO_CHART_PATHS: Final = {
    "groups that are counted": "groups_strip?indicator=ofsted_leadership_good_n",
    "far too many authorities": "heat?areas=all",
    "nothing across": "groups_cross?indicator=cla_31mar_rate_10k",
    "neighbours of a region": "alike/E12000008",
}
"""Addresses at which there is nothing to draw, which is said."""
