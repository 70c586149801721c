"""The figures of rows as columns and as text, hidden where their status hides them."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, Final

import numpy as np
import orjson
from numpy.typing import NDArray

from api.opened import OpenRelease
from api.rows import Block
from indicators.cells import STATUSES, Status
from indicators.export_rows import INTERVAL_DECIMALS, NOISE_DECIMALS

OK: Final = STATUSES.index(Status.OK)
HIDDEN_COLUMNS: Final = ("value", "numerator", "ci_lower", "ci_upper")
"""What is null whenever a cell has a status other than ok."""


class Columns:
    """The figures of a block, hidden where their status hides them."""

    def __init__(self, release: OpenRelease, block: Block) -> None:
        self._release = release
        self._block = block
        self._cells = release.snapshot.columns
        self._is_held = block.position >= 0
        self._all_held = bool(self._is_held.all())
        self._is_ok = block.status == OK
        self._all_ok = bool(self._is_ok.all())

    def numbers(self, name: str) -> NDArray[np.float64]:
        """Return a column of numbers, NaN where there is none or it is hidden."""
        numbers: NDArray[np.float64] = np.round(
            self._cells[name][self._block.position], NOISE_DECIMALS
        )
        if not self._all_ok and name in HIDDEN_COLUMNS:
            return np.where(self._is_ok, numbers, np.nan)
        return numbers if self._all_held else np.where(self._is_held, numbers, np.nan)

    def codes(self, name: str, missing: int = -1) -> list[int]:
        """Return a column of codes, with a code for where there is no cell."""
        codes = self._cells[name][self._block.position]
        if not self._all_held:
            codes = np.where(self._is_held, codes, missing)
        found: list[int] = codes.tolist()
        return found

    @cached_property
    def decimals(self) -> NDArray[np.int64]:
        """Return the decimals of each row's value."""
        return _by_indicator(self._release, "decimals")[self._block.indicator]

    @cached_property
    def versions(self) -> list[int]:
        """Return the version of the definition; the present one where there is no cell."""
        held: NDArray[np.int64] = self._cells["definition_version"][self._block.position]
        if not self._all_held:
            present = _by_indicator(self._release, "version")[self._block.indicator]
            held = np.where(self._is_held, held, present)
        versions: list[int] = held.tolist()
        return versions

    @cached_property
    def period_places(self) -> list[int]:
        """Return where each row's period stands in Fragments.periods."""
        offset = _by_indicator(self._release, "during")[self._block.indicator]
        places = self._block.period + offset * len(self._release.snapshot.periods)
        found: list[int] = places.tolist()
        return found

    def values(self, null: str = "null") -> list[str]:
        """Return values as text; a whole number where the indicator has no decimals."""
        numbers = self.numbers("value")
        if not self.decimals.any():
            return number_tokens(numbers, null, whole=True)
        tokens = number_tokens(numbers, null)
        if self.decimals.all():
            return tokens
        return [
            token if places else token.removesuffix(".0")
            for token, places in zip(tokens, self.decimals.tolist(), strict=True)
        ]

    def counts(self, name: str, null: str = "null") -> list[str]:
        """Return numerators or denominators as text, whole ones as whole numbers."""
        return number_tokens(self.numbers(name), null, whole=True)

    def limits(self, name: str, null: str = "null") -> list[str]:
        """Return the limits of intervals as text."""
        return number_tokens(self.limit_numbers(name), null)

    def limit_numbers(self, name: str) -> NDArray[np.float64]:
        """Return the limits of intervals, rounded for showing."""
        numbers = self.numbers(name)
        scale = 10.0 ** (self.decimals + INTERVAL_DECIMALS)
        limits: NDArray[np.float64] = np.rint(numbers * scale) / scale
        return limits

    def tail_keys(self) -> Iterator[tuple[Any, ...]]:
        """Return for each row what its tail depends on."""
        level = self._cells["ci_level"][self._block.position]
        if not self._all_ok:
            level = np.where(self._is_ok, level, np.float32(0))
        level = np.where(np.isnan(level), np.float32(0), level)
        return zip(
            self._block.indicator.tolist(), self._block.status.tolist(), level.tolist(),
            self.codes("flags", 0), self.codes("symbol"), self.codes("source"),
            self.codes("updated_release"), strict=True,
        )  # fmt: skip


def number_tokens(
    numbers: NDArray[np.float64], null: str = "null", *, whole: bool = False
) -> list[str]:
    """Return numbers as text in their shortest form, NaN as null.

    `whole` writes whole numbers without a decimal.
    """
    if not len(numbers):
        return []
    text = orjson.dumps(np.ascontiguousarray(numbers), option=orjson.OPT_SERIALIZE_NUMPY)
    text = text[1:-1]
    if whole:
        text = (text + b",").replace(b".0,", b",")[:-1]
    if null != "null":
        text = text.replace(b"null", null.encode())
    return text.decode().split(",")


def number_token(number: float) -> str:
    """Return one number as text, a whole one without its zero decimal."""
    return orjson.dumps(number).decode().removesuffix(".0")


def _by_indicator(release: OpenRelease, name: str) -> NDArray[np.int64]:
    key = ("by_indicator", name)
    found: NDArray[np.int64] | None = release.kept.get(key)
    if found is None:
        read: dict[str, Callable[[Any], int]] = {
            "decimals": lambda indicator: indicator.decimals,
            "version": lambda indicator: indicator.version,
            "during": lambda indicator: int(indicator.measured == "during"),
        }
        codes = [read[name](indicator) for indicator in release.snapshot.indicators]
        found = release.kept[key] = np.asarray(codes, dtype=np.int64)
    return found
