"""Numbers as a reader sees them."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

NO_VALUE = "–"
_TEN: Final = 10
_THOUSAND: Final = 1000
_PLAIN = str.maketrans("−", "-", ",")


def number(value: float | int | None, decimals: int = 0) -> str:
    """Return `1,067` or `53.1`: rounded half up, thousands marked, a real minus sign."""
    if value is None:
        return NO_VALUE
    # Through text, so that 0.15 is the decimal 0.15 and not the binary number below it.
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    sign = "−" if exact < 0 else ""
    return f"{sign}{abs(exact):,}"


def signed(value: float | int | None, decimals: int) -> str:
    """Return a difference with its sign: `+2`, `−14`, and `0` without one."""
    plain = number(value, decimals)
    return f"+{plain}" if value is not None and Decimal(plain.translate(_PLAIN)) > 0 else plain


def quantity(value: float | int | None, unit: str, decimals: int) -> str:
    """Return a value with a sign that belongs to it, such as `53.1%` or `£1,067`, without words."""
    if value is None:
        return NO_VALUE
    plain = number(value, decimals)
    if unit == "%":
        return f"{plain}%"
    return f"£{plain}" if unit == "£" else plain


def amount(value: float | int | None, unit: str, decimals: int) -> str:
    """Return a value with its unit in words, such as `53 per 10,000`, `£1,067` or `10 months`."""
    plain = quantity(value, unit, decimals)
    return plain if value is None or not unit_word(unit) else f"{plain} {unit_word(unit)}"


def unit_word(unit: str) -> str:
    """Return what is said after a number: nothing for signs, nor for a score."""
    return "" if unit in {"%", "£", "score"} else unit


def unit_heading(unit: str) -> str:
    """Return what the head of a column says of the unit of its numbers."""
    return {"%": "per cent", "£": "pounds"}.get(unit, unit)


def span(lower: float | None, upper: float | None, unit: str, decimals: int) -> str:
    """Return an interval as `52.1 to 54.0`, or nothing where there is none."""
    if lower is None or upper is None:
        return NO_VALUE
    first, last = (quantity(limit, unit, decimals) for limit in (lower, upper))
    return f"{first} to {last}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return `1 authority` or `2 authorities`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def bytes_words(count: float) -> str:
    """Return a size of a file in few digits: `467 bytes`, `33 kB`, `4.4 MB`."""
    if count < _THOUSAND:
        return plural(round(count), "byte")
    size, unit = count / _THOUSAND, "kB"
    if size >= _THOUSAND:
        size, unit = size / _THOUSAND, "MB"
    return f"{number(size, 0 if size >= _TEN else 1)} {unit}"
