"""What the Local Authority Interactive Tool shows for two authorities, as a table of facts.

Its release of April 2026, neighbours of the model of 2025. Each row: value, change, rank (None
without polarity), how many have a value, how many share it, band, mean of the neighbours, how
many of the ten have a value, the region's and England's published value.
"""

from dataclasses import dataclass
from typing import Final

from indicators.as_lait import NOTHING, Polarity

HIGH, LOW, NONE = Polarity.HIGH, Polarity.LOW, Polarity.NONE


@dataclass(frozen=True)
class Measure:
    """A measure of the tool, the indicator that holds the same figures, and its cut points."""

    key: str
    indicator: str
    period: str
    polarity: Polarity
    cuts: tuple[float, ...]


@dataclass(frozen=True)
class Shown:
    """What the tool shows of a measure for one authority, in 2025."""

    authority: str
    value: float
    change: float
    rank: int | None
    of: int
    tied: int
    band: str
    mean: float
    members: int
    region: float
    england: float


FIGURES: Final[dict[Measure, tuple[Shown, ...]]] = {
    Measure("LACStable_2016on", "cla_3plus_placements_pct", "RY2025", LOW, (0, 8, 10, 12, 18)): (
        Shown("Barnet", 10, 1, 58, 151, 20, "B", 9.5, 10, 10, 10),
        Shown("Leeds", 13, -3, 123, 151, 10, "D", 10.3, 10, 11, 10),
    ),
    Measure(
        "LAC_LongStable%", "cla_same_placement_2yr_pct", "RY2025", HIGH, (52, 63, 68, 72, 100)
    ): (
        Shown("Barnet", 63, -11, 112, 150, 13, "D", 70.2, 10, 68, 69),
        Shown("Leeds", 73, 2, 30, 150, 8, "A", 70.3, 10, 69, 69),
    ),
    Measure("CareLeaverEET", "care_leaver_eet_19_21_pct", "RY2025", HIGH, (28, 49, 54.5, 60, 79)): (
        Shown("Barnet", 64, -5, 19, 152, 7, "A", 58.1, 10, 55, 54),
        Shown("Leeds", 46, -5, 129, 152, 7, "D", 54.6, 10, 50, 54),
    ),
    Measure(
        "CareLeaverAcc",
        "care_leaver_suitable_accom_19_21_pct",
        "RY2025",
        HIGH,
        (45, 87, 91, 93, 99),
    ): (
        Shown("Barnet", 92, -4, 52, 149, 16, "B", 88.2, 10, 88, 89),
        Shown("Leeds", 81, -5, 137, 149, 4, "D", 87.5, 10, 90, 89),
    ),
    Measure("PrevRegCPR", "cpp_repeat_pct", "RY2025", LOW, (0, 20, 24.3, 27.6, 44.1)): (
        Shown("Barnet", 11.8, -8.9, 6, 152, 1, "A", 21.32, 10, 19.3, 24.5),
        Shown("Leeds", 23.0, -2.0, 65, 152, 3, "B", 21.98, 10, 24.7, 24.5),
    ),
    Measure("ReReferral", "rereferral_12m_pct", "RY2025", LOW, (0, 16.9, 20, 23, 46.7)): (
        Shown("Barnet", 14.8, 1.6, 13, 153, 2, "A", 20.25, 10, 19.6, 22.6),
        Shown("Leeds", 24.2, 0.0, 128, 153, 1, "D", 21.37, 10, 21.7, 22.6),
    ),
    Measure("LAC", "cla_31mar_rate_10k", "RY2025", NONE, (27, 53, 67, 90, 184)): (
        Shown("Barnet", 37, 2, None, 151, 2, NOTHING, 47.9, 10, 43, 67),
        Shown("Leeds", 85, -4, None, 151, 1, NOTHING, 75.1, 10, 77, 67),
    ),
    Measure("CPP_rate", "", "RY2025", NONE, (13.8, 32.05, 40.5, 53.15, 99.1)): (
        Shown("Leeds", 36.0, -2.7, None, 151, 2, NOTHING, 49.24, 10, 48.5, 40.6),
    ),
    Measure("Emotional_LAC", "cla_sdq_avg_score", "RY2025", LOW, (10.9, 14.25, 15, 15.85, 18.3)): (
        Shown("Barnet", 11.2, 1.5, 4, 151, 1, "A", 14.15, 10, 13.7, 14.9),
    ),
    Measure(
        "Work_Force_AvgNumCase_SW",
        "sw_caseload_fte_avg",
        "SEP2025",
        LOW,
        (6, 14, 15.2, 16.75, 20.9),
    ): (Shown("Leeds", 14.8, 0.3, 56, 151, 8, "B", 15.57, 10, 15.9, 15.2),),
}

LACKS: Final = {"cpp_repeat_pct": "E06000053"}
"""An authority whose figure the tool lacks and we hold (a share of no children, printed 0)."""

MEAN_AND_MEDIAN: Final = {"Barnet": (47.9, 44.0), "Leeds": (75.1, 77.5), "Kent": (55.0, 56.0)}
"""Of the same neighbours' rates of children looked after, 2025: this tool and the dashboard."""
