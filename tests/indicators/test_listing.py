"""The catalogue on a terminal."""

import pytest

from indicators.catalogue import load_catalogue
from indicators.documents import indicator_schema
from indicators.listing import UnknownIndicatorError, list_indicators, show_indicator
from tests.indicators.definitions import an_indicator

CATALOGUE = load_catalogue()


def test_the_list_has_one_line_an_indicator_in_catalogue_order() -> None:
    lines = list_indicators(CATALOGUE).splitlines()
    assert lines[0].split() == ["ID", "KIND", "STAGE", "UNIT", "TITLE"]
    assert [line.split()[0] for line in lines[1:]] == [one.id for one in CATALOGUE]


@pytest.mark.parametrize("one", CATALOGUE, ids=lambda one: one.id)
def test_a_definition_is_shown_with_all_that_a_reader_needs(one: object) -> None:
    indicator = next(known for known in CATALOGUE if known is one)
    shown = " ".join(show_indicator(CATALOGUE, indicator.id).split())
    for text in (
        indicator.definition,
        indicator.direction.reason,
        indicator.direction.source,
        indicator.numerator,
        indicator.publisher,
        *indicator.caveats,
    ):
        assert " ".join(text.split()) in shown


def test_an_unknown_id_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownIndicatorError, match="did you mean 'an_indicator_pct'"):
        show_indicator([an_indicator()], "an_indicater_pct")
    with pytest.raises(UnknownIndicatorError, match="indicators list"):
        show_indicator([an_indicator()], "xyz")


def test_the_schema_explains_the_fields_to_an_editor() -> None:
    schema = indicator_schema()
    assert schema["additionalProperties"] is False
    assert schema["properties"]["decimals"]["description"]
    assert set(schema["required"]) >= {"id", "title", "direction", "interval", "review"}
