"""The sentence with which an indicator's page opens."""

from api.contract import AreaCard, Status
from dashboard.components.area_history import kin_of
from dashboard.components.indicator_tables import comparator_words
from dashboard.views.indicator_view import IndicatorView
from dashboard.words import periods
from dashboard.words.counts import counted_sentence, figure_words
from dashboard.words.endings import ended_sentence
from dashboard.words.history import not_yet_begun
from dashboard.words.outcomes import compared_sentence, missing_sentence, spread_sentence


def opening_sentence(view: IndicatorView) -> str:
    """Return the sentence of the page: the chosen authority, or the country and its spread."""
    chosen, measure = view.chosen, view.measure
    if chosen is None:
        return _of_country(view)
    own = view.row_of(chosen["code"])
    if view.ended_on:
        return _ended(view, chosen)
    if view.begins_on:
        kin = kin_of(chosen, view.library)
        figures = [(area["name"], view.value_of(area["code"])) for area in kin]
        return not_yet_begun(chosen, figures, view.period, measure)
    if own is None and view.is_country_only:
        missing = missing_sentence(chosen["name"], Status.NOT_COLLECTED, view.period, measure)
        return f"{missing} {_of_country(view)}"
    if own is None or own["status"] != Status.OK:
        status = own["status"] if own else Status.NOT_AVAILABLE
        return missing_sentence(chosen["name"], status, view.period, measure)
    sentence = counted_sentence if view.is_count else compared_sentence
    compared = [(comparator_words(view, row), row) for row in view.compared]
    return sentence(chosen["name"], own["value"], view.period, measure, compared)


def _of_country(view: IndicatorView) -> str:
    country, measure = view.library.country, view.measure
    row = view.row_of(country["code"])
    is_held = row is not None and row["status"] == Status.OK
    if row and is_held and (view.is_count or view.is_country_only):
        counted = figure_words(row, measure, is_authority=False)
        said = counted if view.is_count else measure.amount(row["value"])
        return f"{country['name']}: {said} {periods.when(view.period, measure.measured)}."
    rows = view.of_level("authority")
    held = [row for row in rows if row["status"] == Status.OK]
    ranked = [r["value"] for r in held if view.library.areas[r["area_code"]]["is_rankable"]]
    return spread_sentence(
        country["name"],
        row["value"] if row else None,
        row["status"] if row else Status.NOT_AVAILABLE,
        view.period,
        measure,
        [value for value in ranked if value is not None],
        len(held),
        len(rows),
    )


def _ended(view: IndicatorView, chosen: AreaCard) -> str:
    last = view.last_held
    held = (last["value"], last["period"]) if last else None
    return ended_sentence(chosen["name"], view.ended_on, view.period, view.measure, held)
