"""How each data format of SDMX writes keys, values and attributes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from api.sdmx.names import AGENCY, FLOW, VERSION
from api.sdmx.xml import escape
from indicators.export_rows import csv_text

Fields = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Dialect:
    """One format; `{}` in a text is where content goes."""

    name: str
    field: Callable[[str, str], str]
    series_begin: str
    series_end: str
    row_begin: str
    """The time of an observation inside a series."""
    flat_begin: str
    """Key and time of an observation that stands alone."""
    value: str
    attributes_begin: str
    attributes_end: str
    row_end: str
    no_value: str = ""
    """What stands for a value that is missing."""
    blank: str = ""
    """What stands for any other field without content."""
    repeats_release: bool = False
    """Whether each row says its release, for want of another place."""

    def fields(self, fields: Fields) -> str:
        """Return fields, those without content as the format has them."""
        return "".join(self.field(id, text) if text else self.blank for id, text in fields)


def _element(id: str, text: str) -> str:
    return f'<gen:Value id="{id}" value="{escape(text)}"/>'


def _attribute(id: str, text: str) -> str:
    return f' {id}="{escape(text)}"'


GENERIC: Final = Dialect(
    name="generic",
    field=_element,
    series_begin="<gen:Series><gen:SeriesKey>{}</gen:SeriesKey>\n",
    series_end="</gen:Series>\n",
    row_begin='<gen:Obs><gen:ObsDimension value="{}"/>',
    flat_begin="<gen:Obs><gen:ObsKey>{}</gen:ObsKey>",
    value='<gen:ObsValue value="{}"/>',
    attributes_begin="<gen:Attributes>",
    attributes_end="</gen:Attributes>",
    row_end="</gen:Obs>\n",
)
SPECIFIC: Final = Dialect(
    name="specific",
    field=_attribute,
    series_begin="<Series{}>\n",
    series_end="</Series>\n",
    row_begin='<Obs TIME_PERIOD="{}"',
    flat_begin="<Obs{}",
    value=' OBS_VALUE="{}"',
    attributes_begin="",
    attributes_end="",
    row_end="/>\n",
)


def _cell(_: str, text: str) -> str:
    return f",{csv_text(text)}"


CSV: Final = Dialect(
    name="csv",
    field=_cell,
    series_begin="{}",
    series_end="",
    row_begin="{}",
    flat_begin=f"{AGENCY}:{FLOW}({VERSION}){{}}",
    value=",{}",
    attributes_begin="",
    attributes_end="",
    row_end="\r\n",
    no_value=",",
    blank=",",
    repeats_release=True,
)
"""Only ever flat: each line is one observation with all its columns."""


MARK: Final = "\x1f"
LINE: Final = "\x1e"


def _marked(_: str, text: str) -> str:
    return f"{MARK}{text}"


TEXT: Final = Dialect(
    name="text",
    field=_marked,
    series_begin=f"{{}}{LINE}",
    series_end="",
    row_begin="{}",
    flat_begin="{}",
    value=f"{MARK}{{}}",
    attributes_begin="",
    attributes_end="",
    row_end=LINE,
    no_value=MARK,
    blank=MARK,
)
"""Texts between marks that no text holds, for formats that give each text a number."""
