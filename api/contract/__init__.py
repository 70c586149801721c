"""What other programs may rely on: paths, tokens, columns and the shape of every answer.

The dashboard imports this package and nothing else of ours. Types are documentation that mypy
checks; answers are built as plain dicts for speed and held to these shapes by a test.
"""

from api.contract.answers import (
    Answer,
    Citation,
    Meta,
    Problem,
    ProblemPart,
)
from api.contract.boundaries import (
    BoundaryCollection,
    BoundaryFeature,
    BoundaryMeta,
    BoundaryNote,
    BoundaryProperties,
    FigureProperties,
)
from api.contract.commentary import (
    CommentRow,
    ReturnRow,
)
from api.contract.comparing import (
    ComparisonRow,
    ExceptionRow,
    GroupingCard,
    GroupMember,
    GroupRow,
    ProfileRow,
)
from api.contract.definitions import (
    FrameworkDomain,
    FrameworkPlace,
    IndicatorCard,
    IndicatorDetail,
    ReadFrom,
    SourceCard,
    SourceFileRow,
    SuppressionRule,
    TotalsMismatch,
    TotalsRow,
    UnitCard,
)
from api.contract.figures import (
    InequalityRow,
    ObservationRow,
    RankingRow,
    TrendRow,
)
from api.contract.history import (
    AvailabilityRow,
    VersionRow,
)
from api.contract.names import (
    ALL_MODELS,
    API_PREFIX,
    COMPARISON_COLUMNS,
    COUNTRY_WORD,
    DATA_KIND_HEADER,
    GROUPINGS,
    MOST_JSON_ROWS,
    OWN_MODEL,
    PRACTICE,
    Outcome,
    Paths,
    SourceKind,
)
from api.contract.pairs import (
    PairCard,
    PairRow,
)
from api.contract.places import (
    AreaCard,
    AreaChangeRow,
    AreaDetail,
    ContextCard,
    LikenessRow,
    NeighbourRow,
)
from api.contract.releases import (
    ChangeRow,
    ChangesSummary,
    DisclosureCard,
    DisclosureStatement,
    FileRow,
    KnownProblemRow,
    ReleaseDetail,
    ReleaseRow,
    RevisionRow,
)
from indicators.cells import BREAKDOWN_COLUMNS, ROW_COLUMNS, TOTAL, Flag, Status
from indicators.source_rows import POPULATION

__all__ = [
    "ALL_MODELS",
    "API_PREFIX",
    "BREAKDOWN_COLUMNS",
    "COMPARISON_COLUMNS",
    "COUNTRY_WORD",
    "DATA_KIND_HEADER",
    "GROUPINGS",
    "MOST_JSON_ROWS",
    "OWN_MODEL",
    "POPULATION",
    "PRACTICE",
    "ROW_COLUMNS",
    "TOTAL",
    "Answer",
    "AreaCard",
    "AreaChangeRow",
    "AreaDetail",
    "AvailabilityRow",
    "BoundaryCollection",
    "BoundaryFeature",
    "BoundaryMeta",
    "BoundaryNote",
    "BoundaryProperties",
    "ChangeRow",
    "ChangesSummary",
    "Citation",
    "CommentRow",
    "ComparisonRow",
    "ContextCard",
    "DisclosureCard",
    "DisclosureStatement",
    "ExceptionRow",
    "FigureProperties",
    "FileRow",
    "Flag",
    "FrameworkDomain",
    "FrameworkPlace",
    "GroupMember",
    "GroupRow",
    "GroupingCard",
    "IndicatorCard",
    "IndicatorDetail",
    "InequalityRow",
    "KnownProblemRow",
    "LikenessRow",
    "Meta",
    "NeighbourRow",
    "ObservationRow",
    "Outcome",
    "PairCard",
    "PairRow",
    "Paths",
    "Problem",
    "ProblemPart",
    "ProfileRow",
    "RankingRow",
    "ReadFrom",
    "ReleaseDetail",
    "ReleaseRow",
    "ReturnRow",
    "RevisionRow",
    "SourceCard",
    "SourceFileRow",
    "SourceKind",
    "Status",
    "SuppressionRule",
    "TotalsMismatch",
    "TotalsRow",
    "TrendRow",
    "UnitCard",
    "VersionRow",
]
