"""Known problems of figures, as the API tells of them."""

from typing import Any

from reference.places import PlaceSet


def known_problem_rows(places: PlaceSet) -> list[dict[str, Any]]:
    """Return what the place set holds of figures that are missing or not what they seem."""
    return [
        {
            "areas": [{"code": code, "name": places.area(code).name} for code in problem.areas],
            "first_period": problem.first_period,
            "last_period": problem.last_period,
            "publication": problem.publication,
            "what_happened": problem.what_happened,
            "what_totals_hold": problem.what_totals_hold,
            "source": problem.source,
        }
        for problem in places.known_problems
    ]
