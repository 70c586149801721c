"""Several drawings as one, each in its place of a grid: for where a picture must be single."""

import math
from collections.abc import Sequence

from dashboard.svg.element import drawing, element


def grid_of(
    id: str,
    title: str,
    description: str,
    panels: Sequence[str],
    size: tuple[float, float],
    columns: int,
) -> str:
    """Return drawings of one size as one drawing, line by line."""
    wide, high = size
    columns = max(1, min(columns, len(panels)))
    lines = math.ceil(len(panels) / columns) or 1
    placed = [
        element(
            "g",
            _sized(panel, wide, high),
            transform=f"translate({place % columns * wide:g} {place // columns * high:g})",
        )
        for place, panel in enumerate(panels)
    ]
    return drawing(id, title, description, (columns * wide, lines * high), placed, class_="grid-of")


def _sized(panel: str, wide: float, high: float) -> str:
    # A drawing within a drawing is as large as it says, not as its box would have it.
    return panel.replace("<svg ", f'<svg width="{wide:g}" height="{high:g}" ', 1)
