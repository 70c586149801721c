"""What made-up authorities are like: size, density, deprivation, rurality (build time only)."""

from collections.abc import Callable, Iterator, Mapping

from reference.build_england_context import VARIABLES
from reference.build_made_up_areas import TINY, Authority, draw

Line = tuple[object, ...]

_PEOPLE_PER_KM2 = {"town": 1500, "city": 2500, "borough": 7000, "vale": 250}


def variable_lines() -> Iterator[Line]:
    """Yield the variables of England under their own names, their sources invented."""
    for *fact, _, _ in VARIABLES:
        yield (*fact, "Invented", "")


def context_lines(
    current: tuple[Authority, ...], children: Mapping[str, list[int]]
) -> Iterator[Line]:
    """Yield the values; the smallest authorities have none of children in income deprivation."""

    def people(area: Authority) -> int:
        return round(children[area.code][-1] * (4 + draw(area.code, "age")))

    def square(area: Authority) -> str:
        density = _PEOPLE_PER_KM2[area.type] * (0.4 + 1.2 * draw(area.code, "density"))
        return f"{people(area) / density:.2f}"

    values: Mapping[str, Callable[[Authority], object]] = {
        "population": people,
        "area_km2": square,
        "income_deprivation": lambda a: f"{5 + 30 * a.need + 3 * draw(a.code, 'income'):.1f}",
        "child_income_deprivation": lambda a: f"{8 + 42 * a.need + draw(a.code, 'child'):.1f}",
        "rural_population": _rural,
    }
    for name, value in values.items():
        for area in current:
            if name != "child_income_deprivation" or area.code not in TINY:
                yield name, area.code, value(area), ""


def _rural(area: Authority) -> str:
    share = draw(area.code, "rural")
    return f"{100 * share:.1f}" if area.type == "vale" else "100.0" if share > 0.9 else "0.0"
