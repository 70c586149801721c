"""The code lists: what the codes of a release mean, in the release's own words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from api.opened import OpenRelease
from api.sdmx.status import CONF_STATUS_TEXTS, OBS_STATUS_TEXTS, STATUS_TEXTS
from api.sdmx.times import KIND_NAMES, QUARTERLY, YEARLY, frequency
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL
from indicators.export_rows import shown_type
from reference.areas import AreaKind


@dataclass(frozen=True)
class Code:
    """One code with its words; `parent` is the code that it lies in."""

    id: str
    name: str
    text: str = ""
    parent: str = ""


@dataclass(frozen=True)
class CodeList:
    """One list of codes, in the order of reading."""

    id: str
    name: str
    codes: tuple[Code, ...] = field(repr=False)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The codes without their words."""
        return frozenset(code.id for code in self.codes)


def code_lists(release: OpenRelease) -> Mapping[str, CodeList]:
    """Return the code lists of a release by id; made once and kept with it."""
    found: Mapping[str, CodeList] | None = release.kept.get("sdmx code lists")
    if found is None:
        lists = (*_fixed(), *_of_release(release))
        found = release.kept["sdmx code lists"] = {one.id: one for one in lists}
    return found


def _fixed() -> Iterator[CodeList]:
    yield _listed("CL_OBS_STATUS", "Status of the observation", OBS_STATUS_TEXTS)
    yield _listed("CL_CONF_STATUS", "Confidentiality", CONF_STATUS_TEXTS)
    statuses = {str(status): texts for status, texts in STATUS_TEXTS.items()}
    yield _listed("CL_STATUS", "Status of this service", statuses)
    yield CodeList("CL_UNIT_MULT", "Unit multiplier", (Code("0", "Units"),))


def _listed(id: str, name: str, texts: Mapping[str, tuple[str, str]]) -> CodeList:
    return CodeList(id, name, tuple(Code(code, *told) for code, told in texts.items()))


def _of_release(release: OpenRelease) -> Iterator[CodeList]:
    kinds = tuple(dict.fromkeys(period.kind for period in release.snapshot.periods))
    names = {YEARLY: "Yearly", QUARTERLY: "Quarterly"}
    used = sorted({frequency(kind) for kind in kinds})
    yield CodeList("CL_FREQ", "Frequency", tuple(Code(id, names[id]) for id in used))
    yield CodeList(
        "CL_PERIOD_KIND", "Kind of period", tuple(Code(str(k), KIND_NAMES[k]) for k in kinds)
    )
    yield CodeList(
        "CL_INDICATOR",
        "Indicators",
        tuple(Code(i.id, i.title, i.definition) for i in release.snapshot.indicators),
    )
    yield CodeList("CL_AREA", "Areas", tuple(_areas(release)))
    for column in BREAKDOWN_COLUMNS:
        name = column.replace("_", " ").capitalize()
        yield CodeList(f"CL_{column.upper()}", name, tuple(_parts(release, column)))


def _areas(release: OpenRelease) -> Iterator[Code]:
    """Give the areas with what they lie in: the nearest level that has codes of its own."""
    known = {area.code for area in release.areas}
    country = next((a.code for a in release.areas if a.kind is AreaKind.COUNTRY), "")
    for area in release.areas:
        above = (area.subregion, area.region, country)
        parent = next((code for code in above if code in known and code != area.code), "")
        dates = f"until {area.last_day:%Y-%m-%d}" if area.last_day else ""
        text = "; ".join(part for part in (shown_type(area).replace("_", " "), dates) if part)
        yield Code(area.code, area.name, text, parent or "")


def _parts(release: OpenRelease, column: str) -> Iterator[Code]:
    """Give the codes of a breakdown that figures have, in the order of their titles."""
    titles: dict[str, str] = {TOTAL: "Total"}
    for indicator in release.snapshot.indicators:
        for code, title in indicator.breakdown_titles.get(column, {}).items():
            titles.setdefault(code, title)
    held = {getattr(breakdown, column) for breakdown in release.snapshot.index.breakdowns}
    yield Code(TOTAL, titles[TOTAL])
    for code in (*titles, *sorted(held - set(titles))):
        if code in held and code != TOTAL:
            yield Code(code, titles.get(code, code))
