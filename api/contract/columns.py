"""What each column of every type of the contract means, in one plain sentence.

A column of one name means the same wherever it stands; `IN_TYPE` has the few that do not.
"""

from collections.abc import Mapping
from typing import Final

from api.contract.card_columns import CARD_COLUMNS
from api.contract.discovery_columns import DISCOVERY_COLUMNS
from api.contract.figure_columns import FIGURE_COLUMNS, SIDE_COLUMNS
from indicators.row_words import ROW_TEXTS

SIDES: Final = {"x": "first", "y": "second"}
_FIRST_HELD: Final = "The id of its first period; null where it has no figures."
_PART_REASON: Final = ROW_TEXTS["reason"]

_OF_META: Final = {
    "variables": "The context variables that distances are measured by, with the area's own.",
    "distances": "How distances are measured and over whom, in words.",
    "distance": "How far two authorities are apart.",
    "names": "The models in which the first names the other as its neighbour.",
    "named_by": "The models in which the other names the first.",
    "reason": "Why there is no distance.",
    "pair": "The card of the pair that the rows are of.",
    "release": "The release.",
}

COLUMNS: Final[Mapping[str, str]] = {
    **CARD_COLUMNS,
    **DISCOVERY_COLUMNS,
    **FIGURE_COLUMNS,
    **{
        f"{side}_{name}".rstrip("_"): text.format(side=word)
        for side, word in SIDES.items()
        for name, text in SIDE_COLUMNS.items()
    },
}
"""By name, wherever it stands."""

IN_TYPE: Final[Mapping[str, Mapping[str, str]]] = {
    "ObservationRow": {"reason": _PART_REASON},
    "ChangeRow": {
        "reason": _PART_REASON,
        "kind": "What kind of change: `new`, `revised`, `newly_suppressed`, "
        "`no_longer_suppressed` or `withdrawn`.",
    },
    "ComparisonRow": {
        "difference": "The value less the statistic shown, on the scale of the indicator.",
        "reason": "In words, why it cannot be compared.",
    },
    "StandingRow": {
        "areas": "How many areas are compared; each has one of the six words.",
        "without_value": "How many of the areas have no figure.",
        "similar": "How many areas do not differ beyond chance when all is seen together.",
        "reason": "In words, why most of those with a figure cannot be compared; null with none.",
    },
    "ProfileRow": {"change": "The value less that of the period before; null across a break."},
    "ExceptionRow": {
        "rank": "The place in the list of what stands out; 1 is the first to look at.",
        "median": "The middle one of the comparator's members, shown beside what was tested.",
        "difference": "The value less `tested_against`, on the scale of the indicator.",
    },
    "TrendRow": {
        "period": "The last period that the trend goes up to.",
        "reason": "The reason code in words.",
        "reason_code": "In one token, why there is no marker, or why it is `no_change`.",
        "periods": "The periods of the figures used, in order.",
        "breaks": "The breaks within the seven years, each as `PERIOD KIND`.",
        "predecessors": "The codes of the areas that it was made from; their figures are not used.",
    },
    "RankingRow": {
        "change": "The value less that of the period before, with `as=lait` only.",
        "reason": "In words, why there is no position.",
        "reason_code": "In one token, why there is no position.",
    },
    "InequalityRow": {
        "outcome": "The word of the part against the rest of its total, by itself.",
        "outcome_adjusted_for_many": "The word that remains when all parts are tested together.",
        "reason": "In words, why there is no gap.",
        "reason_code": "In one token, why there is no gap.",
        "difference": "The gap: the part less what it is set against, from the counts.",
    },
    "PairCard": {"reason": "Why the two are read together.", "title": "The pair in words."},
    "PairRow": {
        "reason": "In words, why there is no quadrant.",
        "reason_code": "In one token, why there is no quadrant.",
    },
    "GroupRow": {
        "group": "The token of the group: a code, class or grade.",
        "as_at": "The day on which judgements are read; null for other groupings.",
        "areas": "The members, each with its figure where an indicator was named.",
        "pooled": "The figure of the members taken together.",
    },
    "GroupingCard": {"grouping": "The token for `grouping=`.", "title": "The grouping in words."},
    "ReadFrom": {
        "rows": "Which rows: by column, the spellings that pick them.",
        "value": "The column of the value; blank where it is worked out from the parts.",
        "numerator": "The column of the numerator.",
        "denominator": "The column of the denominator, several joined by ` + `, or `POPULATION`.",
        "ci_lower": "The column of the lower end of the published interval; blank for none.",
        "ci_upper": "The column of the upper end of the published interval; blank for none.",
        "breakdowns": "By breakdown, the column and the codes of its published spellings.",
        "first_period": "The first period that is read so; blank for all.",
        "last_period": "The last period that is read so; blank for all.",
        "flags": "The flags that every cell read so gets.",
        "levels": "The kinds of areas that are read.",
    },
    "AvailabilityRow": {"reason": _PART_REASON},
    "VersionRow": {
        "release": "The release that first had it so; of a break, the newest.",
        "period": "Of a break: the first period after it; else null.",
        "note": "Of a break: what changed then; else null.",
        "numerator": "What is counted above the line, in words.",
        "denominator": "What is counted below the line, in words.",
    },
    "DimensionCard": {
        "id": "The id of the dimension: the name of its column.",
        "role": "`dimension` (it makes a row one row) or `attribute` (it is told of a row).",
    },
    "DimensionCodeRow": {
        "code": "The code, as rows and queries have it.",
        "label": "The code in words.",
        "cells": "How many cells of the release have the code.",
    },
    "NeighbourModelRow": {
        "model": "The id of the model, as `model=` takes it.",
        "authorities": "How many authorities it names neighbours of.",
        "is_default": "Whether it is meant where no model is named.",
    },
    "ServiceResource": {"method": "How it is asked: `GET`, or `POST` with a body."},
    "ServicePart": {"part": "The part of the API."},
    "ServiceCard": {"title": "The name of the service."},
    "LimitRow": {
        "id": "The name of the limit.",
        "value": "How much is allowed; null where there is no limit.",
    },
    "UnitCard": {
        "code": "The token of the unit, such as `per_10000`.",
        "label": "The unit in words.",
        "decimals": "How many decimals values are shown with.",
    },
    "SuppressionRule": {"policy": "The disclosure policy of the release; blank for publishers'."},
    "IndicatorCard": {"first_period": _FIRST_HELD},
    "IndicatorDetail": {
        "first_period": _FIRST_HELD,
        "numerator": "What is counted above the line, in words.",
        "denominator": "What is counted below the line, in words.",
        "published_on": "The day of the newest publication among its sources.",
    },
    "SourceCard": {
        "kind": "What the source is: `publication`, `submission` or `computed`.",
        "indicators": "The indicators that have a figure of this source.",
    },
    "SourceFileRow": {"name": "The name of the file."},
    "TotalsMismatch": {"areas": "The codes of the totals that do not agree."},
    "FrameworkPlace": {
        "kind": "What the place is: `outcome`, `enabler`, `across` or `beside`.",
        "id": "The id of the place, such as `outcome_1`.",
    },
    "FrameworkDomain": {"indicators": "The ids of its indicators."},
    "AreaCard": {"kind": "What the area is: `country`, `region`, `subregion` or `authority`."},
    "AreaDetail": {
        "kind": "What the area is: `country`, `region`, `subregion` or `authority`.",
        "changes": "The dated changes of its boundary or code.",
    },
    "AreaChangeRow": {"kind": "What kind of change of boundary or code it is."},
    "ContextCard": {
        "value": "The value of the variable for the area; null where it has none.",
        "unit": "The unit of the variable.",
        "decimals": "How many decimals the value is shown with.",
        "source": "Where the value is from.",
    },
    "NeighbourRow": {
        "model": "The model that names the neighbour; `own` is the nearest by our distance.",
        "rank": "The place by nearness, 1 the nearest; null for one that stands in no ranking.",
        "code": "The code of the neighbour.",
        "name": "The name of the neighbour.",
        "reason": "In words, why there is no distance.",
    },
    "LikenessRow": {
        "value": "The value of the first authority.",
        "difference": "The value of the other authority less that of the first.",
        "percentile": "The per cent of all pairs of authorities that differ less.",
        "reason": "In words, why there is no difference.",
        "unit": "The unit of the variable.",
        "source": "Where the values are from.",
    },
    "CommentRow": {"reason": _PART_REASON},
    "ReturnRow": {
        "version": "The version of the return that the release holds.",
        "source": "The id of the return among the sources of the release.",
        "indicators": "The ids of the indicators that have a figure from it.",
    },
    "ReleaseRow": {"kind": "What kind of release it is."},
    "ReleaseDetail": {
        "place_set": "The country that it is about.",
        "method_version": "The version of the method by which figures are compared.",
        "has_submissions": "Whether it holds figures that authorities sent.",
        "rows": "How many rows it has.",
        "indicators": "How many indicators it has.",
        "periods": "The ids of the periods that it has figures of.",
        "kind": "What kind of release it is.",
        "sources": "The cards of the sources that the release was made from.",
        "changes": "What changed since the release before; null where it was not counted.",
    },
    "ChangesSummary": {"indicators": "How many figures of each indicator differ, and by how much."},
    "KnownProblemRow": {
        "first_period": "The first period concerned.",
        "last_period": "The last period concerned.",
        "source": "Where this is said.",
    },
    "RevisionRow": {"withdrawn": "How many figures were taken back."},
    "BoundaryProperties": {
        "type": "The type of an authority, or the kind of any other area.",
        "region": "The code of the region that an authority lies in; null for other areas.",
    },
    "FigureProperties": {
        "type": "The type of an authority, or the kind of any other area.",
        "region": "The code of the region that an authority lies in; null for other areas.",
        "flags": "Things to know about the figure, joined by `;`.",
        "status_reason": "Why an area without a row of figures has none: it did not exist in the "
        "period, or no figure is published for it; null where it has a row.",
    },
    "BoundaryFeature": {
        "type": "Always `Feature`.",
        "id": "The code of the area.",
    },
    "BoundaryNote": {
        "kind": "What the shapes are: `boundaries` or `tiles`.",
        "as_at": "The day on which areas were like this; blank for tiles.",
        "detail": "How finely they are drawn: `web` or `full`; blank for tiles.",
        "source": "Whose shapes these are.",
        "licence": "The licence of the shapes.",
    },
    "BoundaryCollection": {
        "type": "Always `FeatureCollection`.",
        "links": "Addresses of this answer, of the same of one release, and of the release.",
    },
    "FileRow": {
        "name": "The name of the file.",
        "about": "What the file is for.",
        "sha256": "The SHA-256 of the file; null for what is unpacked as it is sent.",
        "rows": "How many rows a table has; null for what is no table.",
        "url": "The address of the file.",
    },
    "Citation": {
        "title": "The title of the release.",
        "release": "The release.",
        "published_on": "The day on which the release was published.",
        "digest": "The digest of the release's content, a SHA-256.",
        "url": "The lasting address of the release.",
    },
    "Meta": _OF_META,
    "BoundaryMeta": _OF_META,
    "Problem": {
        "type": "The address that explains this type of problem.",
        "title": "The type of problem in words.",
        "status": "The HTTP status.",
        "errors": "What is wrong, each by its parameter or its place in the body.",
        "instance": "Of a fault on our side: the id under which our log has it.",
        "retry_after": "The seconds to wait, as the header `Retry-After` says too.",
        "rows": "How many rows the answer would have.",
        "most_rows": "How many rows it may have.",
        "limits": "Where all limits are published.",
        "cells": "How many cells the cube or wide table would have.",
        "most_cells": "How many cells it may have.",
        "most_bytes": "How many bytes a body may have.",
        "rankings": "How many rankings the answer would have.",
        "most_rankings": "How many rankings it may have.",
        "withdrawn": "When the release was withdrawn, why, and what replaces it.",
    },
    "ProblemPart": {
        "parameter": "The name of the parameter of the address.",
        "pointer": "The place in the body, as a JSON pointer.",
        "code": "What is wrong in one token, the same as the last part of `type`.",
        "message": "What was found, what was expected and what to do.",
        "suggestions": "What was likely meant, the likeliest first.",
        "allowed": "Everything that may stand there, where that is a short list.",
    },
}
"""By type, what differs there from the meaning of the name elsewhere."""


FURTHER: Final[Mapping[str, str]] = {
    "NeighbourRow": "Three for each context variable V of the release: `V`, the value of the "
    "neighbour; `V_difference`, by how much it is above that of the area; `V_standardised`, the "
    "same in standard deviations. Null where a value is not held.",
}
"""By type, what its further columns are, whose names the release decides; all are numbers."""


def column_text(shape: str, name: str) -> str | None:
    """Return what a column of a type means; None for a name that nobody has described."""
    return IN_TYPE.get(shape, {}).get(name) or COLUMNS.get(name)
