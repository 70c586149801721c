"""What a made-up authority says of its figures, what it sent, and how the release protects it."""

from typing import Any

from api.contract import BREAKDOWN_COLUMNS, TOTAL
from tests.dashboard.fake_cards import RATE, RELEASE, SHARE

AUTHORITY, NAME = "X06000002", "Brennowcombe"


def comment(indicator: str, kind: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "release": RELEASE,
        "indicator": indicator,
        "area_code": AUTHORITY,
        "area_name": NAME,
        "period": "RY2025",
        **dict.fromkeys(BREAKDOWN_COLUMNS, TOTAL),
        "comment_id": f"c-{indicator}",
        "comment_version": 1,
        "comment_kind": kind,
        "comment_reason": "practice_change",
        "text": text,
        "link": "",
        "author_role": "approver",
        "written_on": "2025-12-02",
        "checked_on": "2025-12-05",
        **more,
    }


GOOD = comment(
    RATE, "going_well", "Teams visit <families> earlier.", link="https://www.example.org/plan"
)
CONCERN = comment(SHARE, "concern", "Too few foster carers came forward.", period="RY2024")
RETURN: dict[str, Any] = {
    "release": RELEASE,
    "area_code": AUTHORITY,
    "area_name": NAME,
    "collection": "CLA",
    "period": "RY2025",
    "version": 3,
    "source": "submission_cla_x06000002_ry2025_v3",
    "received_on": "2025-10-01",
    "signed_off_on": "2025-10-03",
    "signed_off_by_role": "approver",
    "accepted_on": "",
    "accepted_by_role": "",
    "rows_received": 190,
    "figures_shown": 6,
    "figures_hidden": 1,
    "figures_other": 0,
    "title": "Children looked after, year ending 31 March 2025",
    "indicators": [RATE, SHARE],
}
DISCLOSURE: dict[str, Any] = {
    "policy": "strict",
    "title": "Counts of authorities are rounded to 5",
    "reason": "",
    "statements": [
        {"id": "small", "title": "Small counts", "is_protected": True, "says": "1 to 5 is hidden."},
        {"id": "rest", "title": "What remains", "is_protected": False, "says": "It may be small."},
    ],
    "hidden": 12,
    "hidden_by_publishers": 3456,
}


def no_boundaries(given: dict[str, str]) -> Any:
    """Answer for boundaries as where none are loaded."""
    msg = f"/boundaries: no {given['kind']} of level 'authority' were loaded here"
    raise LookupError(msg)
