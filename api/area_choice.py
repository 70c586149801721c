"""Which areas a query means: codes and names, levels, what lies within, neighbours, classes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from api.area_names import NUMBER_WORD, lies_in, neighbour_model, resolve_area, with_commas
from api.opened import OpenRelease
from api.parameters import Parameter, Query, described, one_of
from api.problems import ProblemError, bad_value, closest, unknown_value
from indicators.export_rows import shown_type
from reference.areas import Area, AreaKind
from reference.inspections import areas_by_grade
from reference.places import PlaceSet

CLASSES: Final = ("rural_urban", "deprivation", "population_band")
NO_GRADE: Final = "none"
GROUP_WORD: Final = "group"
"""What other services write for a group; here each kind of group is a parameter."""


def area_parameter(default: str) -> Parameter:
    """Return `area=` of a resource, with what it means there when it is left out."""
    text = (
        "Areas: any code (of today or of the past), number (also as `la:NUMBER`) or name, "
        "`england`, `region`, `subregion`, `authority`, `within:CODE`, `neighbours:CODE` or "
        "`neighbours:CODE:MODEL`. Groups of authorities by type, grade or class: `region`, "
        f"`area_type`, `ofsted` and so on, as parameters of their own. Default: {default}."
    )
    return Parameter("area", text, "authority")


AREA: Final = area_parameter("all")
NARROWING: Final[Mapping[str, Parameter]] = described(
    (
        Parameter("region", "Only authorities and subregions of these regions."),
        Parameter("area_type", "Only areas of these types."),
        Parameter(
            "ofsted",
            "Only authorities with these grades, as `JUDGEMENT:GRADE`, as they stood at the end of "
            "the latest period shown. A grade alone, such as `good`, is of the judgement that "
            "the release takes for the default.",
        ),
        Parameter("rural_urban", "Only authorities of these rural-urban classes."),
        Parameter("deprivation", "Only authorities of these fifths of deprivation."),
        Parameter("population_band", "Only authorities of these fifths of child population."),
    )
)
MACHINE_READ: Final = Parameter(
    "machine_read",
    "`include` also counts judgements that a machine read from reports; default `exclude`.",
    "include",
    is_list=False,
    form=one_of("include", "exclude"),
)
PARAMETERS: Final = described((AREA, *NARROWING.values(), MACHINE_READ))


@dataclass(frozen=True)
class AreaChoice:
    """Areas by their code in the cells, in the order of answers, and which were named singly."""

    codes: NDArray[np.int64]
    named: NDArray[np.bool_] | None = None
    """By area code: whether the query named that very area; None where it named none singly."""


def choose_areas(release: OpenRelease, query: Query) -> AreaChoice:
    """Return the areas that `area=` means, before they are narrowed; raises ProblemError."""
    tokens = query.all("area")
    if not tokens:
        return AreaChoice(np.arange(len(release.areas)))
    if len(tokens) == 1 and tokens[0] in LEVELS:
        return AreaChoice(release.of_kind(LEVELS[tokens[0]]))
    named = np.zeros(len(release.areas), dtype=np.bool_)
    chosen = np.zeros(len(release.areas), dtype=np.bool_)
    for codes, is_named in _each(release, tokens):
        chosen[codes] = True
        if is_named:
            named[codes] = True
    return AreaChoice(np.flatnonzero(chosen), named if named.any() else None)


def narrow(release: OpenRelease, query: Query, choice: AreaChoice, on: date | None) -> AreaChoice:
    """Keep the areas that meet every narrowing parameter; inspections as they stood on a day."""
    counts_machine_read(query)  # refused when misspelt, whether or not anything is graded
    wanted = [name for name in NARROWING if name in query]
    if not wanted:
        return choice
    kept = np.zeros(len(release.areas), dtype=np.bool_)
    kept[choice.codes] = True
    for name in wanted:
        kept &= _matching(release, query, name, on)
    return AreaChoice(np.flatnonzero(kept), choice.named)


def graded(
    release: OpenRelease, judgement: str, on: date, *, machine_read: bool
) -> Mapping[str, tuple[str, ...]]:
    """Return grade to authority codes on a day."""
    places = release.snapshot.places
    return release.recall(
        ("graded", judgement, on, machine_read),
        lambda: areas_by_grade(places, judgement, on, include_machine_read=machine_read),
    )


def counts_machine_read(query: Query) -> bool:
    """Say whether judgements read by machine are asked for."""
    word = query.one("machine_read") or "exclude"
    if word not in {"include", "exclude"}:
        raise unknown_value("machine_read", word, ("include", "exclude"), "include or exclude")
    return word == "include"


def judgement_of(places: PlaceSet, text: str, parameter: str) -> str:
    """Return a judgement's id; raises ProblemError for one that is not made here."""
    if text not in places.judgements:
        raise unknown_value(parameter, text, places.judgements, "a judgement")
    return text


def _each(release: OpenRelease, tokens: Sequence[str]) -> list[tuple[NDArray[np.int64], bool]]:
    """Return what each token means; a name may have a comma, which also parts tokens."""

    def is_known(text: str) -> bool:
        try:
            return len(_selected(release, text)) > 0
        except ProblemError:
            return False

    try:
        return [_selected(release, token) for token in tokens]
    except ProblemError:
        whole = with_commas(tokens, is_known)
        if len(whole) == len(tokens):
            raise
        return [_selected(release, token) for token in whole]


def _selected(release: OpenRelease, token: str) -> tuple[NDArray[np.int64], bool]:
    word, _, rest = token.partition(":")
    if rest and word in _SELECTORS:
        return _SELECTORS[word](release, rest), False
    if token in LEVELS:
        return release.of_kind(LEVELS[token]), False
    if word.casefold() == GROUP_WORD:
        ways = [f"{name}=" for name in NARROWING]
        detail = f"'{token[:40]}': a group of authorities is chosen by a parameter of its own: use "
        raise bad_value("area", f"{detail}{', '.join(ways)}", [*NARROWING])
    if word in _SELECTORS:
        whose = "a region or country" if word == "within" else "an authority"
        detail = f"'{word}' needs the code of {whose}: write {word}:CODE"
        raise bad_value("area", detail, [f"{word}:CODE"])
    area = resolve_area(release, token)
    return _codes(release, [area.code]), True


def _codes(release: OpenRelease, areas: Iterable[str]) -> NDArray[np.int64]:
    known = release.snapshot.area_codes
    return np.asarray(sorted(known[area] for area in areas), dtype=np.int64)


def _within(release: OpenRelease, text: str) -> NDArray[np.int64]:
    whole = resolve_area(release, text)
    if whole.kind is AreaKind.AUTHORITY:
        raise bad_value("area", f"within: {whole.name} is an authority; give a region or country")
    return _codes(release, [area.code for area in release.areas if lies_in(area, whole)])


def _neighbours(release: OpenRelease, text: str) -> NDArray[np.int64]:
    number = NUMBER_WORD if text.casefold().startswith(NUMBER_WORD) else ""
    code, _, model = text[len(number) :].partition(":")
    places = release.snapshot.places
    area = resolve_area(release, code)
    if area.kind is not AreaKind.AUTHORITY:
        level = f"{area.name} is a {area.kind.value}"
        raise bad_value("area", f"neighbours: {level}; only authorities have statistical ones")
    rows = places.neighbours_of(area.code, neighbour_model(places, model or None, "area"))
    return _codes(release, [row.neighbour for row in rows])


REGION_KINDS: Final = frozenset({AreaKind.REGION, AreaKind.SUBREGION})
MOST_NAMED: Final = 3
"""Regions that are suggested."""
LEVELS: Final[Mapping[str, AreaKind]] = {
    kind.value: kind for kind in AreaKind if kind is not AreaKind.COUNTRY
}
_SELECTORS: Final[Mapping[str, Callable[[OpenRelease, str], NDArray[np.int64]]]] = {
    "within": _within,
    "neighbours": _neighbours,
}


def _matching(release: OpenRelease, query: Query, name: str, on: date | None) -> NDArray[np.bool_]:
    if name == "region":
        codes = _regions(release, query.all(name))
        return _where(release, lambda area: bool({area.region, area.subregion} & codes))
    if name == "area_type":
        return _by_type(release, query.all(name))
    if name == "ofsted":
        return _by_grade(release, query, on)
    return _by_class(release, name, query.all(name))


def _where(release: OpenRelease, holds: Callable[[Area], bool]) -> NDArray[np.bool_]:
    return np.asarray([holds(area) for area in release.areas], dtype=np.bool_)


def _regions(release: OpenRelease, values: Iterable[str]) -> set[str | None]:
    codes: set[str | None] = set()
    for value in values:
        try:
            area = resolve_area(release, value, "region")
        except ProblemError:
            area = None
        if area is None or area.kind not in REGION_KINDS:
            raise _no_region(release, value, area)
        codes.add(area.code)
    return codes


def _no_region(release: OpenRelease, text: str, area: Area | None) -> ProblemError:
    """Return the problem of what names no region, with the regions that were likely meant."""
    regions = [one for one in release.areas if one.kind in REGION_KINDS]
    names = {one.code: f"{one.name} ({one.code})" for one in regions}
    if area is not None:
        around = names.get(area.region or "")
        meant = f"; it lies in {around}" if around else ""
        detail = f"{area.name} is not a region{meant}"
        return bad_value("region", detail, [around] if around else [])
    wanted = text.casefold()
    holding = [name for name in names.values() if wanted in name.casefold()]
    near = [names[code] for code in closest(text, names)]
    close = [*holding, *near] or closest(text, [one.name for one in regions])
    return unknown_value("region", text, names.values(), "a region", close=close[:MOST_NAMED])


def _by_type(release: OpenRelease, values: tuple[str, ...]) -> NDArray[np.bool_]:
    known = sorted({shown_type(area) for area in release.areas})
    for value in values:
        if value not in known:
            raise unknown_value("area_type", value, known, "a type of area", ", ".join(known))
    return _where(release, lambda area: shown_type(area) in values)


def _by_class(release: OpenRelease, name: str, values: tuple[str, ...]) -> NDArray[np.bool_]:
    places = release.snapshot.places
    known = class_values(places, name)
    for value in values:
        if value not in known:
            advice = f"use {', '.join(known)}" if known else "this place set has no such classes"
            raise unknown_value(name, value, known, f"a class of {name}", advice)
    return _where(release, lambda area: places.class_of(name, area.code) in values)


def class_values(places: PlaceSet, name: str) -> Mapping[str, str]:
    """Return the classes of a classification with their labels, none where it is not held."""
    held = {classification.id: classification.values for classification in places.classifications}
    return held.get(name, {})


def _by_grade(release: OpenRelease, query: Query, on: date | None) -> NDArray[np.bool_]:
    places = release.snapshot.places
    known = tuple(dict.fromkeys((*places.grades, NO_GRADE)))
    members: set[str] = set()
    for value in query.all("ofsted"):
        first, colon, second = value.partition(":")
        judgement, grade = (first, second) if colon else (places.default_judgement, first)
        judgement_of(places, judgement, "ofsted")
        if grade not in known:
            raise unknown_value("ofsted", grade, known, "a grade", f"use {', '.join(known)}")
        if on is not None:
            held = graded(release, judgement, on, machine_read=counts_machine_read(query))
            members.update(held.get(grade, ()))
    return _where(release, lambda area: area.code in members)
