"""Disclosure policies: data in `indicators/policies`, each with the words that readers see."""

from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from indicators.arithmetic import rounded
from indicators.checked_files import read_checked
from indicators.disclosure.errors import DisclosureError
from indicators.measures import Collection, Key
from indicators.parts import Part, Text

POLICY_FOLDER: Final = Path(__file__).parent.parent / "policies"
STRICT: Final = "strict"
"""The policy of figures from submissions unless a publisher chooses another with a reason."""

PolicyId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Window = tuple[int, int]
"""Least and most that a count can be."""


class Equation(Part):
    """One way to work a hidden count out, whether it is closed, and what readers are told of it."""

    id: PolicyId
    title: Text
    is_protected: bool
    says: Text


class Policy(Part):
    """Which counts are hidden, how those shown are rounded, and what is closed against a reader.

    `exempt` names counts that tell of missing data and not of people: a measure, or
    LIST.CODE of a breakdown.
    """

    id: PolicyId
    title: Text
    statement: Text
    smallest_shown: int = Field(ge=2)
    authorities_rounded_to: int = Field(ge=1)
    totals_rounded_to: int = Field(ge=2)
    protects_complements: bool
    percentage_min_base: int = Field(ge=0)
    mean_min_base: int = Field(ge=0)
    low_reliability_below: int = Field(ge=0)
    all_in_one_below: int = Field(ge=0)
    exempt: tuple[Text, ...] = ()
    full_coverage_pct: float = Field(gt=0, le=100)
    least_coverage_pct: float = Field(gt=0, le=100)
    protects: tuple[Equation, ...] = Field(min_length=1)

    @property
    def largest_hidden(self) -> int:
        """The largest of the small counts."""
        return self.smallest_shown - 1

    def is_small(self, count: float) -> bool:
        """Say whether a count is hidden for its own sake."""
        return 0 < count < self.smallest_shown

    def is_exempt(self, key: Key) -> bool:
        """Say whether a count is of missing data, so that it may be small."""
        measure, list_id, code = key
        return measure in self.exempt or f"{list_id}.{code}" in self.exempt

    def window(self, shown: float) -> Window:
        """Return what a count of an authority can be that is shown, rounded, as `shown`."""
        if shown == 0:
            return (0, 0)
        low, high = rounding_window(int(shown), self.authorities_rounded_to)
        return (max(low, self.smallest_shown), high)

    def rounds(self, count: float) -> float:
        """Round a count of an authority as it is shown."""
        step = self.authorities_rounded_to
        return float(rounded([count / step], 0)[0] * step)


def rounding_window(shown: int, step: int) -> Window:
    """Return the whole numbers that are rounded half up to `shown`: 120 to 10 is 115 to 124."""
    return (max(shown - step // 2, 0), shown + (step - 1) // 2)


def known_policies() -> tuple[str, ...]:
    """Return the ids of the policies that ship."""
    return tuple(sorted(path.stem for path in POLICY_FOLDER.glob("*.yaml")))


def load_policy(policy_id: str) -> Policy:
    """Read a policy that ships; raises DisclosureError for another or for a faulty file."""
    known = known_policies()
    if policy_id not in known:
        msg = f"'{policy_id}' is not a disclosure policy; use one of {', '.join(known)}"
        raise DisclosureError(msg)
    checked, problems = read_checked(POLICY_FOLDER / f"{policy_id}.yaml", Policy)
    if checked is None:
        raise DisclosureError("\n".join(map(str, problems)))
    return checked.model


def is_score_sum(collection: Collection, key: Key) -> bool:
    """Say whether a count is a sum of scores: it goes with the count of those scored."""
    measure = collection.measures.get(key[0])
    return measure is not None and bool(measure.hidden_with)


def is_unprotected(collection: Collection, key: Key, policy: Policy) -> bool:
    """Say whether a count is not of people, or of people of whom something is not known."""
    return policy.is_exempt(key) or is_score_sum(collection, key)
