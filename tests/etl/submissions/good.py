"""Counts of a made-up authority about which no rule has anything to say."""

from collections.abc import Mapping

from indicators.measures import Collection, Key

_CLA: Mapping[str, int] = {
    "CLA_OPEN": 400,
    "CLA_OPEN_PRIOR": 410,
    "CLA_START": 150,
    "CLA_CEASE": 158,
    "CLA_ANY": 555,
    "CLA_12M": 290,
    "CLA_PLC3": 40,
    "CLA_GT20": 80,
    "CLA_GT20_OUT": 70,
    "CLA_DIST_NK": 30,
    "CLA_UASC": 32,
    "CLA_START_UASC": 30,
    "MIS_CH": 60,
    "MIS_INC": 300,
    "AWAY_CH": 12,
    "AWAY_INC": 40,
    "OC2_HEALTH": 260,
    "OC2_IMM": 240,
    "OC2_DENT": 235,
    "OC2_DEV": 40,
    "OC2_DEV_DEN": 50,
    "SDQ_ELIG": 210,
    "SDQ_N": 170,
    "SDQ_SUM": 2500,
    "SDQ_HIGH": 70,
    "SDQ_BORDER": 22,
    "CONV": 8,
    "CONV_DEN": 160,
    "CLAREV_DUE": 390,
    "CLAREV_OK": 350,
}
_CIN: Mapping[str, int] = {
    "REF": 3000,
    "REF_RE12": 650,
    "REF_NFA": 200,
    "CIN_OPEN": 2000,
    "CIN_START": 1900,
    "CIN_END": 1850,
    "CIN_ANY": 3850,
    "CIN_AWAIT": 90,
    "ASS": 2700,
    "ASS_45": 2300,
    "S47": 1100,
    "ICPC": 420,
    "ICPC_15": 340,
    "ICPC_XFER": 20,
    "CPP_OPEN": 260,
    "CPP_OPEN_PRIOR": 255,
    "CPP_START": 350,
    "CPP_END": 345,
    "CPP_REPEAT": 85,
    "CPP_REPEAT24": 40,
    "CPP_OPEN_2Y": 8,
    "CPP_END_2Y": 15,
    "CPREV_DUE": 180,
    "CPREV_OK": 160,
    "FAC_EP": 2200,
}
_LISTED: Mapping[tuple[str, str], tuple[int, ...]] = {
    ("CLA_PL", "placement"): (268, 48, 36, 24, 8, 0, 6, 10),
    ("CEASE_REASON", "reason"): (20, 8, 14, 32, 24, 26, 13, 0, 21),
    ("CPP_DUR", "duration"): (66, 58, 78, 50, 8),
}
_CL_19_21 = (200, 110, 80, 10, 198, 175, 13, 10, 186, 8, 6, 0)
_CL_17_18 = (78, 50, 22, 6, 77, 65, 6, 6, 72, 6, 0, 0)


def good_counts(collection: Collection) -> dict[Key, int]:
    """The counts of one collection, without the breakdowns that need not be sent."""
    totals = {"CLA": _CLA, "CIN": _CIN, "CL": {}}[collection.collection]
    counts: dict[Key, int] = {(name, "TOTAL", "ALL"): count for name, count in totals.items()}
    for (measure, list_id), listed in _LISTED.items():
        if measure in collection.measures:
            codes = collection.code_lists[list_id].codes
            counts |= {(measure, list_id, c): n for c, n in zip(codes, listed, strict=True)}
    if collection.collection == "CIN":
        codes = collection.code_lists["factor"].codes
        counts |= {("FAC", "factor", code): 700 - 15 * at for at, code in enumerate(codes)}
    if collection.collection == "CL":
        for age, listed in (("19_21", _CL_19_21), ("17_18", _CL_17_18)):
            counts |= {
                (m, "clage", age): n for m, n in zip(collection.measures, listed, strict=True)
            }
    return counts
