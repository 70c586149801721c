"""Groups within each group of a second grouping, so that two groupings can be told apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from api.group_tests import CAUTION
from api.groupings import Grouping, NamedGroup, read_grouping
from api.opened import OpenRelease
from api.parameters import Parameter, Query
from api.problems import bad_value

ACROSS: Final = Parameter(
    "across",
    "A second grouping, a token of the list: gives the groups of `grouping` within each of its "
    "groups, with statistics and a test for each, in `across`, `across_group` and `across_label`.",
    "area_type",
    is_list=False,
)


@dataclass(frozen=True)
class Part:
    """The authorities among whom groups are made: all, or those of one group of `across`."""

    members: tuple[int, ...]
    across: Grouping | None = None
    group: NamedGroup | None = None

    def groups(self, groups: Sequence[NamedGroup]) -> list[NamedGroup]:
        """Return those parts of groups that lie in this one, without empty ones.

        What is published of a whole is not of a part.
        """
        if self.group is None:
            return list(groups)
        inside = set(self.members)
        found = [
            replace(one, members=tuple(code for code in one.members if code in inside), whole=None)
            for one in groups
        ]
        return [one for one in found if one.members]

    def fields(self) -> dict[str, str | None]:
        """Return the columns of a row that say within which group it is."""
        if self.across is None or self.group is None:
            return {"across": None, "across_group": None, "across_label": None}
        return {
            "across": self.across.token,
            "across_group": self.group.id,
            "across_label": self.group.label,
            **({"caution": CAUTION} if self.across.judgement else {}),
        }


def read_across(
    release: OpenRelease, query: Query, groupings: Sequence[Grouping]
) -> tuple[Grouping | None, list[Grouping]]:
    """Return the second grouping, None where none is asked for, and the first ones beside it.

    Raises ProblemError; where no first one is named, it is all others.
    """
    token = query.one(ACROSS.name)
    if token is None:
        return None, list(groupings)
    across = read_grouping(release, token, ACROSS.name)
    others = [one for one in groupings if one.token != across.token]
    if "grouping" in query and len(others) < len(groupings):
        raise bad_value(ACROSS.name, f"{across.token} is the first grouping already; name another")
    return across, others


def parts_of(
    across: Grouping | None, groups: Sequence[NamedGroup], there: tuple[int, ...]
) -> list[Part]:
    """Return the parts in the order of the second grouping; without one, all there are."""
    if across is None:
        return [Part(there)]
    return [Part(group.members, across, group) for group in groups if group.members]
