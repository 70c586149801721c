"""The table of roles and actions, as docs/roles.md shows it."""

from typing import Final

from indicators.permissions import GRANTS, Action, Role

_START: Final = "<!-- matrix -->"
_END: Final = "<!-- end of matrix -->"


def with_matrix(page: str) -> str:
    """Return a page with the table between its marks written anew from what roles are granted."""
    before, _, rest = page.partition(_START)
    _, _, after = rest.partition(_END)
    return f"{before}{_START}\n{_matrix()}\n{_END}{after}"


def _matrix() -> str:
    names = " | ".join(role.replace("_", " ") for role in Role)
    lines = [f"| action | {names} |", "|---" * (len(Role) + 1) + "|"]
    return "\n".join([*lines, *map(_line, Action)])


def _line(action: Action) -> str:
    crosses = " | ".join("×" if action in GRANTS[role] else "" for role in Role)
    return f"| {action} | {crosses} |"
