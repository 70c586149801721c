"""Addresses of pages over the figures that ship: normal, chosen, empty, suppressed and refused.

What must hold of every page (accessibility, width, no failure) is tested over all of them.
"""

from typing import Final

KENT: Final = "E10000016"
LONDON_CITY: Final = "E09000001"

REAL_PATHS: Final = {
    "overview": "/",
    "authorities": "/areas",
    "authority": f"/areas/{KENT}",
    "authority unlike others": f"/areas/{LONDON_CITY}",
    "indicator": "/indicators/cla_31mar_rate_10k",
    "nowhere": "/nowhere",
}
