"""Spread points out until each has room for one tile, neighbours staying together (build time)."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

_STEPS = 1500
_GROWING = 1000
_PUSH = 0.4
_PULL = 0.01
_ANCHOR = 0.015
_START = 0.1


def spread(points: Points, pairs: Collection[tuple[int, int]]) -> Points:
    """Return points moved so that hardly any two are closer than 1.

    Points are in tiles east and north. They repel each other at less than a distance that grows
    slowly up to 1, so that crowded places unfold without turning over, and the given pairs
    (neighbours on the ground) attract each other when they are further apart.
    """
    placed = points.astype(np.float64).copy()
    first, second = np.array(sorted(pairs)).T
    for step in range(_STEPS):
        room = min(1.0, _START + (1 - _START) * step / _GROWING)
        placed += _PUSH * _repulsion(placed, room)
        pull = _PULL * _attraction(placed, first, second, room)
        placed += pull + _ANCHOR * (points - placed)
    return placed


def _repulsion(placed: Points, room: float) -> Points:
    apart = placed[:, None, :] - placed[None, :, :]
    distance = np.sqrt((apart**2).sum(axis=2))
    np.fill_diagonal(distance, room)
    overlap = np.clip(room - distance, 0, None)
    push: Points = (apart * (overlap / np.maximum(distance, 1e-9))[:, :, None]).sum(axis=1)
    return push


def _attraction(
    placed: Points, first: NDArray[np.int64], second: NDArray[np.int64], room: float
) -> Points:
    towards = placed[second] - placed[first]
    distance = np.sqrt((towards**2).sum(axis=1))
    pull = towards * (np.clip(distance - room, 0, 1) / np.maximum(distance, 1e-9))[:, None]
    total = np.zeros_like(placed)
    np.add.at(total, first, pull)
    np.add.at(total, second, -pull)
    return total
