"""Disclosure control: the only way from submitted counts into a release, and the proof of it.

The policies are data in `indicators/policies`. Published figures keep their publisher's symbols;
what a publisher hides is hidden here too, and what it shows is known to everyone.
"""

from indicators.disclosure.errors import DisclosureError, RecoverableError, SmallCountsError
from indicators.disclosure.policy import STRICT, Equation, Policy, known_policies, load_policy
from indicators.disclosure.protecting import protect
from indicators.disclosure.verifying import provisional_cells, verify

__all__ = [
    "STRICT",
    "DisclosureError",
    "Equation",
    "Policy",
    "RecoverableError",
    "SmallCountsError",
    "known_policies",
    "load_policy",
    "protect",
    "provisional_cells",
    "verify",
]
