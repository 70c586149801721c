"""Addresses of pages over the figures that ship: normal, chosen, empty, suppressed and refused.

What must hold of every page (accessibility, width, no failure) is tested over all of them.
"""

from typing import Final

KENT: Final = "E10000016"
LONDON_CITY: Final = "E09000001"

REAL_PATHS: Final = {
    "overview": "/",
    "indicators": "/indicators",
    "indicators, core outcomes": "/indicators?kind=outcome&only=core",
    "indicators, none found": "/indicators?q=care+leavr",
    "authorities": "/areas",
    "authority": f"/areas/{KENT}",
    "authority unlike others": f"/areas/{LONDON_CITY}",
    "authority, all indicators": f"/areas/{KENT}?view=all&stage=in_care&kind=outcome",
    "authority, what differs": f"/areas/{KENT}?only=beyond_chance&model=2021",
    "authority as a table": f"/areas/{LONDON_CITY}?view=table",
    "authority with nothing left": f"/areas/{LONDON_CITY}?stage=leaving_care&only=beyond_chance",
    "authority refused": f"/areas/{KENT}?model=1999",
    "authority that ended": "/areas/E06000028",
    "region as an area": "/areas/E12000008",
    "country as an area": "/areas/E92000001",
    "no report": "/areas/E06000028/report.pdf",
    "indicator": "/indicators/cla_31mar_rate_10k",
    "indicator, chosen": f"/indicators/cla_31mar_rate_10k?area={KENT}&areas=E06000063,E12000003",
    "indicator, map": f"/indicators/absence_persistent_pct_cino?view=map&area={KENT}",
    "indicator, ranked": f"/indicators/cla_31mar_rate_10k?view=ranked&area={KENT}&areas=E06000063",
    "indicator, ranked without intervals": "/indicators/cla_sdq_avg_score?view=ranked",
    "indicator, distribution": f"/indicators/cla_31mar_rate_10k?view=distribution&area={KENT}",
    "indicator, funnel": f"/indicators/cla_31mar_rate_10k?view=funnel&area={KENT}",
    "indicator, no funnel": "/indicators/cla_sdq_avg_score?view=funnel",
    "indicator, trend": f"/indicators/cla_31mar_rate_10k?view=trend&area={KENT}&axis=data",
    "indicator, trend of a new authority": (
        "/indicators/cla_31mar_rate_10k?view=trend&area=E06000063"
    ),
    "indicator, groups": (
        f"/indicators/cla_31mar_rate_10k?view=groups&compare=ofsted:leadership&area={KENT}"
    ),
    "indicator, breakdowns": f"/indicators/cla_31mar_rate_10k?view=parts&by=age&area={KENT}",
    "indicator, table with hidden figures": (
        "/indicators/ks2_rwm_expected_pct_cla?view=table&only=missing&sort=-name"
    ),
    "indicator, table of nobody": "/indicators/cla_31mar_rate_10k?view=table&find=nowhere",
    "indicator, about": "/indicators/cin_rate_10k?view=about",
    "indicator, hidden figure": f"/indicators/cla_31mar_rate_10k?area={LONDON_CITY}",
    "indicator of an abolished authority": "/indicators/cla_31mar_rate_10k?area=E10000006",
    "indicator that is counted": f"/indicators/ofsted_leadership_good_n?area={KENT}",
    "indicator that is counted, no order": "/indicators/ofsted_leadership_good_n?view=ranked",
    "indicator of the country": f"/indicators/adoption_decision_to_match_months?area={KENT}",
    "indicator in pounds": f"/indicators/csc_spend_per_child_gbp?view=trend&area={KENT}",
    "indicator refused": "/indicators/cla_31mar_rate_10k?period=RY1900",
    "neighbours": f"/areas/{KENT}/neighbours",
    "neighbours nearest by ours, beside another": (
        f"/areas/{KENT}/neighbours?model=own&by=density:2,deprivation:1&code=E10000012"
    ),
    "neighbours of nobody's neighbour": f"/areas/{LONDON_CITY}/neighbours",
    "neighbours of an abolished authority": "/areas/E10000006/neighbours",
    "neighbours by core indicator": f"/areas/{KENT}/neighbours?view=comparators",
    "neighbours under other comparators": (
        f"/areas/{KENT}/neighbours?indicator=care_leaver_eet_19_21_pct"
        "&own=E10000012,E10000011&named=Two%20coasts"
    ),
    "neighbours of a hidden figure": (
        "/areas/E06000017/neighbours?indicator=ks2_rwm_expected_pct_cla"
    ),
    "neighbours who do well": (
        f"/areas/{KENT}/neighbours?view=better&indicator=cla_3plus_placements_pct"
    ),
    "neighbours where no way is good": (
        f"/areas/{KENT}/neighbours?view=better&indicator=cla_31mar_rate_10k"
    ),
    "own list, empty": "/own",
    "own list, named": "/own?own=E10000012,E10000016,X1&named=Two%20coasts",
    "own list by rules": "/own?view=rules&own=E10000012&area_type=county&deprivation=3",
    "own list from neighbours": f"/own?view=neighbours&area={KENT}",
    "own list with a rule that cannot be read": "/own?view=rules&children_min=many",
    "neighbours of a region": "/areas/E12000008/neighbours",
    "pairs": "/pairs",
    "pair": f"/pairs/moves_and_long_term_stability?area={KENT}",
    "pair sorted": "/pairs/long_plans_and_repeat_plans?sort=-y",
    "scatter": "/scatter",
    "scatter of two indicators": f"/scatter?x=cin_rate_10k&y=cla_31mar_rate_10k&area={KENT}",
    "scatter without a figure": f"/scatter?y=ks2_rwm_expected_pct_cla&area={LONDON_CITY}",
    "scatter of a country's figure": "/scatter?y=adoption_decision_to_match_months",
    "scatter of an abolished authority": "/scatter?area=E10000021",
    "scatter refused": "/scatter?x=cin_rate_10k&y=cin_rate_10k",
    "proportionality": "/proportionality",
    "proportionality chosen": f"/proportionality?area={KENT}",
    "proportionality without a figure": f"/proportionality?area={LONDON_CITY}",
    "proportionality of an abolished authority": "/proportionality?area=E10000021",
    "trends": "/trends",
    "trends of an authority": f"/trends?area={KENT}",
    "trends beside neighbours": f"/trends?indicator=cla_31mar_rate_10k&area={KENT}&axis=zero",
    "trends with hidden figures": "/trends?indicator=ks2_rwm_expected_pct_cla&areas=E09000021",
    "trends of parts": "/trends?indicator=cla_31mar_rate_10k&by=age",
    "trends without parts": "/trends?indicator=cin_rate_10k&view=parts",
    "trends of a country's figure": "/trends?indicator=adoption_decision_to_match_months",
    "trends of an abolished authority": "/trends?area=E10000021&view=areas",
    "trends of many": "/trends?areas=authority&sort=-change",
    "trends refused": "/trends?indicator=nothing",
    "search": "/search",
    "search, an authority": "/search?q=kent",
    "search, a typing error": "/search?q=looked+aftr",
    "search, nothing found": "/search?q=zzzqq",
    "methods": "/methods",
    "method": "/methods/comparison",
    "method, not there": "/methods/astrology",
    "definitions": "/definitions",
    "definitions of indicators": "/definitions?view=indicators&q=placements",
    "missing": "/missing",
    "sources": "/sources",
    "accessibility": "/accessibility",
    "about": "/about",
    "gaps": "/gaps",
    "gaps of an authority": "/gaps?indicator=absence_persistent_pct_cino&area=E09000003",
    "gaps an authority lacks": f"/gaps?by=ethnicity&area={KENT}",
    "gaps of other groups": f"/gaps?indicator=ks2_rwm_expected_pct_cla&area={LONDON_CITY}",
    "gaps that are shares": "/gaps?indicator=cla_31mar_rate_10k&by=age",
    "gaps without parts": "/gaps?indicator=cin_rate_10k",
    "gaps of an abolished authority": "/gaps?area=E10000021",
    "gaps of a country's figure": "/gaps?indicator=adoption_decision_to_match_months",
    "gaps refused": "/gaps?indicator=nothing",
    "nowhere": "/nowhere",
    "groups": "/compare",
    "groups by grade": f"/compare?compare=ofsted:leadership&area={KENT}",
    "groups with hidden figures": "/compare?indicator=ks2_rwm_expected_pct_cla&compare=area_type",
    "groups filtered to nothing": "/compare?region=E12000007&area_type=county",
    "groups of a list": f"/compare?compare=own&own={KENT},E10000030,E10000014&named=South",
    "groups of no list": "/compare?compare=own",
    "groups that are counted": "/compare?indicator=ofsted_leadership_good_n",
    "groups of a country's figure": "/compare?indicator=adoption_entry_to_order_months",
    "groups crossed": f"/compare?compare=ofsted&across=area_type&area={KENT}",
    "groups crossed, few": (
        "/compare?indicator=ks2_rwm_expected_pct_cla&compare=region&across=deprivation"
    ),
    "heat table": "/heat",
    "heat table of neighbours": f"/heat?area={KENT}",
    "heat table of differences": "/heat?areas=all&only=beyond_chance&against=region",
    "heat table of a stage": "/heat?stage=leaving_care&area_type=london_borough&sort=-differ",
    "heat table with hidden figures": "/heat?kind=outcome&region=E12000007",
    "heat table filtered to nothing": "/heat?region=E12000007&area_type=county",
    "heat table of a list": f"/heat?own={KENT},E10000030&named=Two&against=own_past",
    "heat table refused": "/heat?against=seaside",
    "groups refused": "/compare?rural_urban=seaside",
    "releases": "/releases",
    "releases followed": f"/releases?area={KENT}&indicator=cla_31mar_rate_10k",
    "release": "/releases/shipped-2026-04-02",
    "release of one figure": (
        f"/releases/latest?area={KENT}&indicator=cla_31mar_rate_10k&period=RY2025"
    ),
    "release refused": "/releases/2031-01-01",
    "data": "/data",
    "data chosen": "/data?indicators=cla_31mar_rate_10k&areas=authority&by=sex&wide=period",
    "data refused": "/data?indicators=cla_31mar_rate_10kk&areas=nowhere",
    "data empty": "/data?indicators=cla_31mar_rate_10k&areas=england&ofsted=leadership:good",
    "data suppressed": "/data?indicators=ks2_rwm_expected_pct_cla&areas=E06000017&periods=all",
}
