"""Figures that others print of England, two authorities and their neighbours: facts to agree with.

Printed by the national dashboard in April 2026 for its latest periods, where it is right. Where
the figure below differs from that dashboard it is one of its faults, and a test names the fault
(tests/journeys/test_faults_of_others.py): rates of children in need have one decimal here, so
seven medians of neighbours differ from figures rounded twice; England's share of spending is
over upper-tier authorities.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

ENGLAND, KENT, MANCHESTER = "E92000001", "E10000016", "E08000003"
AUTHORITIES: Final = (KENT, MANCHESTER)

NOTHING: Final = ("-", "c")
"""Printed where there is no figure, or where it is suppressed."""


@dataclass(frozen=True)
class Golden:
    """One indicator as printed; the neighbours' figure is their median."""

    indicator: str
    period: str
    england: str
    kent: str
    kent_neighbours: str
    manchester: str
    manchester_neighbours: str

    @property
    def own(self) -> dict[str, str]:
        """Area code to its own figure as printed."""
        return {ENGLAND: self.england, KENT: self.kent, MANCHESTER: self.manchester}

    @property
    def neighbours(self) -> dict[str, str]:
        """Area code to its neighbours' figure as printed."""
        return {KENT: self.kent_neighbours, MANCHESTER: self.manchester_neighbours}


_PRINTED: Final = """
cin_rate_10k                              RY2025     330  316  286  441  374
rereferral_12m_pct                        RY2025     22.6 21.6 21.0 18.4 21.9
cla_started_rate_10k                      RY2025     26   91   21   38   28
cla_31mar_rate_10k                        RY2025     67   53   56   97   91
cla_started_uasc_rate_10k                 RY2025     6    76   4    12   3
cla_31mar_uasc_rate_10k                   RY2025     5    13   5    13   5
cla_midyear_school_move_pct               RY2024     8    8    10   6    7
absence_overall_pct_cino                  AY2024-25  17.4 17.0 18.8 19.3 18.4
absence_overall_pct_cppo                  AY2024-25  21.8 21.9 22.6 25.0 22.4
absence_overall_pct_cla                   AY2024-25  9.0  7.2  10.3 9.8  8.7
absence_persistent_pct_cino               AY2024-25  46.0 48.2 48.1 48.2 49.4
absence_persistent_pct_cppo               AY2024-25  55.4 58.8 57.6 57.3 57.8
absence_persistent_pct_cla                AY2024-25  20.3 17.2 23.7 24.1 21.8
absence_severe_pct_cino                   AY2024-25  11.3 10.5 13.0 14.2 12.0
absence_severe_pct_cppo                   AY2024-25  15.4 14.0 17.9 19.5 17.0
absence_severe_pct_cla                    AY2024-25  6.4  4.7  7.9  7.6  7.2
ks2_rwm_expected_pct_cino                 AY2024-25  30   25   24   24   33
ks2_rwm_expected_pct_cppo                 AY2024-25  32   29   26   29   36
ks2_rwm_expected_pct_cla                  AY2024-25  35   27   33   36   39
ks4_attainment8_avg_cino                  AY2024-25  17.3 18.0 15.4 16.5 16.5
ks4_attainment8_avg_cppo                  AY2024-25  16.9 13.2 13.3 16.4 10.8
ks4_attainment8_avg_cla                   AY2024-25  17.3 17.1 15.6 16.9 19.9
cpp_repeat_pct                            RY2025     24.5 24.3 24.5 21.4 26.7
cpp_2yr_plus_pct                          RY2025     2.3  2.7  2.9  1.7  3.1
injury_admissions_0_14_rate_10k           FY2023-24  73   71   72   79   79
factor_domestic_abuse_child_rate_10k      RY2025     48   71   34.3 42   54
factor_domestic_abuse_parent_rate_10k     RY2025     134  162  103  128  139
factor_domestic_abuse_person_rate_10k     RY2025     21   55   10.4 18   20
factor_emotional_abuse_rate_10k           RY2025     80   71   62   81   113.3
factor_faith_linked_abuse_rate_10k        RY2025     2    1    1.4  4    4
factor_neglect_rate_10k                   RY2025     74   56   49.4 64   67
factor_physical_abuse_adult_on_child_rate_10k RY2025 50   71   31   63   67
factor_physical_abuse_child_on_child_rate_10k RY2025 13   10   11   15   15
factor_physical_abuse_unknown_rate_10k    RY2025     0    0    0    0    0
factor_sexual_abuse_adult_on_child_rate_10k RY2025   16   15   12.4 18   18.2
factor_sexual_abuse_child_on_child_rate_10k RY2025   10   15   7    6    11
factor_sexual_abuse_unknown_rate_10k      RY2025     0    0    0    0    0
factor_child_criminal_exploitation_rate_10k RY2025   13   6    9    19   22
factor_child_sexual_exploitation_rate_10k RY2025     10   5    7    10   14
factor_gangs_rate_10k                     RY2025     7    2    5    10   10
factor_going_missing_rate_10k             RY2025     14   9    10   25   20
factor_trafficking_rate_10k               RY2025     2    3    2    4    3
cla_ceased_sgo_pct                        RY2025     12   1    14   8    13
cla_ceased_cao_pct                        RY2025     3    1    2    c    4
cla_3plus_placements_pct                  RY2025     10   12   11   12   10
cla_over_20_miles_pct                     RY2025     22   24   32   8    16
adoption_decision_to_match_months         RY2025     10   -    -    -    -
cla_foster_pct                            RY2025     67   59   65   63   67
cla_secure_or_childrens_home_pct          RY2025     12   9    14   10   11
cla_supported_accom_pct                   RY2025     9    23   11   13   9
cla_sdq_avg_score                         RY2025     14.9 15.7 15.9 12.9 13.6
care_leaver_eet_17_18_pct                 RY2025     64   51   68   73   60
care_leaver_eet_19_21_pct                 RY2025     54   51   53   60   54
care_leaver_suitable_accom_17_18_pct      RY2025     91   87   95   89   94
care_leaver_suitable_accom_19_21_pct      RY2025     89   83   91   89   92
csc_share_of_la_spend_pct                 FY2024-25  11.9 11.7 11.8 12.5 11.8
csc_spend_per_child_gbp                   FY2024-25  1385 1067 1289 1651 1618
csc_spend_not_cla_pct                     FY2024-25  47.2 39.3 40.6 41.6 46.9
sw_turnover_fte_pct                       SEP2025    11.8 15.4 9.7  13.2 10.1
sw_agency_fte_pct                         SEP2025    13.0 13.2 6.7  5.9  11.4
sw_vacancy_fte_pct                        SEP2025    14.2 14.4 9.6  11.7 11.9
sw_caseload_fte_avg                       SEP2025    15.2 17.0 15.2 14.7 15.0
cla_3plus_social_workers_pct              RY2024     27   29   25   27   27
sw_ethnic_minority_pct                    SEP2025    27.4 19.7 15.4 37.7 25.3
"""

GOLDEN: Final = tuple(Golden(*line.split()) for line in _PRINTED.strip().splitlines())

COUNTED: Final = {
    "ofsted_leadership_outstanding_n": (45, 3, 2),
    "ofsted_leadership_good_n": (60, 5, 5),
    "ofsted_leadership_ri_n": (33, 2, 2),
    "ofsted_leadership_inadequate_n": (15, 0, 1),
}
"""Judgements of leadership in force on 31 March 2025: England, and the number among the ten
neighbours of Kent and of Manchester. Kent was outstanding and Manchester good."""

BESIDE: Final = {
    # England, Kent, Manchester in the latest year: figures that the same files hold and the
    # national dashboard does not show.
    "cla_health_assessment_pct": ("90", "94", "88"),
    "cla_immunisations_pct": ("84", "89", "97"),
    "cla_dental_check_pct": ("81", "89", "88"),
    "cla_development_check_0_4_pct": ("88", "100", "97"),
    "cla_sdq_concern_pct": ("42", "46", "31"),
    "cla_sdq_received_pct": ("78", "90", "71"),
    "cla_convicted_10_17_pct": ("2", "2", "c"),
    "cla_substance_misuse_pct": ("3", "6", "c"),
    "cla_same_placement_2yr_pct": ("69", "69", "69"),
    "cla_3plus_placements_2yr_pct": ("23", "23", "23"),
    "cla_any_school_move_pct": ("11", "10", "9"),
    "care_leaver_neet_19_21_pct": ("40", "40", "35"),
    "care_leaver_unsuitable_accom_19_21_pct": ("5", "7", "6"),
    "referral_nfa_pct": ("6.5", "0.5", "6.3"),
    "assessed_not_in_need_pct": ("30.8", "27.2", "10.2"),
    "sw_absence_pct": ("3.5", "2.1", "4.5"),
    "ks4_english_maths_5plus_pct_cla": ("7.9", "7.8", "7.5"),
    "cla_ceased_rate_10k": ("28", "93", "40"),
    "adoption_entry_to_order_months": ("27", "-", "-"),
}


def agrees(found: object, printed: str) -> bool:
    """Say whether a value is within half a unit of the last digit printed, the half included."""
    if printed in NOTHING:
        return found is None
    expected = Decimal(printed)
    unit = Decimal(1).scaleb(int(expected.as_tuple().exponent))
    return found is not None and abs(Decimal(str(found)) - expected) <= unit / 2
