"""Cells of returns that are not there or cannot be relied on, as a steward decided."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np

from indicators.cells import Flag, Status
from indicators.disclosure.figures import fed_by, indicators_in
from indicators.disclosure.showing import cell_rest
from indicators.draft import Decision, DraftRelease
from indicators.totals import COMPUTED_SOURCE

STATUS_OF_DECISION: Final[Mapping[Decision, tuple[Status, str]]] = {
    Decision.EXCLUDED: (Status.NOT_AVAILABLE, "x"),
    Decision.UNRELIABLE: (Status.UNRELIABLE_WITHHELD, "u"),
    Decision.IMPUTED: (Status.NOT_AVAILABLE, "x"),
    Decision.EXEMPT: (Status.NOT_APPLICABLE, "z"),
}


def decided_cells(draft: DraftRelease) -> Iterator[dict[str, Any]]:
    """Yield a cell without numbers for every figure that a decided return would have made."""
    fed = fed_by(draft.indicators)
    for one in draft.decisions:
        status, symbol = STATUS_OF_DECISION[one.decision]
        for indicator in indicators_in(fed[one.collection], one.period):
            yield {
                "indicator": indicator.id,
                "period": one.period,
                "area": one.authority,
                **cell_rest((np.nan,) * 5, status, [Flag.PROVISIONAL], symbol),
                "source": COMPUTED_SOURCE,
                "definition_version": indicator.version,
            }
