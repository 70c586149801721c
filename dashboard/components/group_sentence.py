"""The sentence that the page of groups opens with."""

from dashboard.views.group_choice import NEIGHBOURS
from dashboard.views.group_view import GroupView
from dashboard.words import periods
from dashboard.words.groups import lead_sentence


def opening_sentence(view: GroupView) -> str:
    """Return the sentence of the page: whether groups differ, or why nothing is shown."""
    what = view.indicator["short_title"]
    if view.period is None:
        return f"{what}: no figures are held."
    if view.needs_choice:
        return _what_to_choose(view)
    when = periods.label(view.period, view.measure.measured)
    what = f"{view.heading}, {when}"
    if not view.rows:
        return f"{what}: no authority is left that all filters let through."
    if not view.shown:
        return f"{what}: no authority in these groups has a figure."
    return lead_sentence(what, view.rows)


def _what_to_choose(view: GroupView) -> str:
    if view.state.compare == NEIGHBOURS:
        return "Choose an authority to hold its statistical neighbours against all others."
    return "Your own list has no authorities yet: put some on it to hold them against all others."
