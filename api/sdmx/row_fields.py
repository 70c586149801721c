"""The text of everything that a code of a row stands for, in one dialect of SDMX."""

from dataclasses import dataclass
from functools import cached_property

from api.columns import End, ends_of
from api.opened import OpenRelease
from api.row_text import named, number_token
from api.sdmx.dialects import Dialect
from api.sdmx.names import BREAKDOWNS, RELEASE, TIME
from api.sdmx.series import KINDS
from api.sdmx.status import conf_status, obs_status
from api.sdmx.times import frequency, time_of
from indicators.cells import STATUSES, Flag, flag_names
from indicators.model import Indicator


@dataclass(frozen=True)
class RowFields:
    """Fragments of one release in one dialect, made once."""

    release: OpenRelease
    dialect: Dialect

    @cached_property
    def frequencies(self) -> list[str]:
        """By kind of period."""
        return [self.dialect.field("FREQ", frequency(kind)) for kind in KINDS]

    @cached_property
    def areas(self) -> list[str]:
        """By area."""
        return [self.dialect.field("REF_AREA", area.code) for area in self.release.areas]

    @cached_property
    def breakdowns(self) -> list[str]:
        """By breakdown."""
        return [
            self.dialect.fields(zip(BREAKDOWNS, breakdown.codes, strict=True))
            for breakdown in self.release.snapshot.index.breakdowns
        ]

    @cached_property
    def kinds(self) -> list[str]:
        """By kind of period."""
        return [self.dialect.field("PERIOD_KIND", str(kind)) for kind in KINDS]

    @cached_property
    def times(self) -> list[str]:
        """TIME_PERIOD by period, as it is."""
        return [time_of(period) for period in self.release.snapshot.periods]

    @cached_property
    def timed(self) -> list[str]:
        """By period, the end of the key of a row that stands alone."""
        periods = self.release.snapshot.periods
        return [
            self.kinds[KINDS.index(period.kind)] + self.dialect.field(TIME, time)
            for period, time in zip(periods, self.times, strict=True)
        ]

    def periods(self, indicator: Indicator) -> list[str]:
        """By period: its id, first and last day."""
        bounds = (period.bounds(indicator.measured) for period in self.release.snapshot.periods)
        return [
            self.dialect.fields(
                (
                    ("PERIOD_ID", period),
                    ("PERIOD_START", start.isoformat()),
                    ("PERIOD_END", end.isoformat()),
                )
            )
            for period, (start, end) in zip(
                self.release.snapshot.index.periods, bounds, strict=True
            )
        ]

    def ends(self, indicator: int) -> list[str]:
        """By end of a row: status and what else few rows differ in; kept with the release."""
        key = ("sdmx ends", self.dialect.name, indicator)
        found: list[str] | None = self.release.kept.get(key)
        if found is None:
            ends = ends_of(self.release, indicator).ends
            found = self.release.kept[key] = [self._end(end) for end in ends]
        return found

    def _end(self, end: End) -> str:
        snapshot = self.release.snapshot
        status, flags = STATUSES[end.status], flag_names(end.flags)
        return self.dialect.fields(
            (
                ("OBS_STATUS", obs_status(status, flags)),
                ("CONF_STATUS", conf_status(status)),
                ("STATUS", str(status)),
                ("FLAGS", ";".join(flags)),
                ("REVISED", "true" if Flag.REVISED in flags else ""),
                ("SOURCE_SYMBOL", named(snapshot.index.symbols, end.symbol)),
                ("SOURCE", named(snapshot.source_ids, end.source)),
                ("DEFINITION_VERSION", str(end.version)),
                ("UPDATED_RELEASE", named(snapshot.index.releases, end.updated)),
                ("CI_LEVEL", "" if end.level is None else number_token(end.level)),
            )
        )

    def units(self, indicator: Indicator) -> str:
        """Return what the figures of an indicator are in."""
        return self.dialect.fields(
            (
                ("UNIT_MEASURE", indicator.unit),
                ("UNIT_MULT", "0"),
                ("DECIMALS", str(indicator.decimals)),
            )
        )

    @cached_property
    def of_release(self) -> str:
        """The attribute that all rows share."""
        return self.dialect.field(RELEASE.id, self.release.id)


def fields_of(release: OpenRelease, dialect: Dialect) -> RowFields:
    """Return the fragments of a release, made once and kept with it."""
    key = ("sdmx fields", dialect.name)
    found: RowFields | None = release.kept.get(key)
    if found is None:
        found = release.kept[key] = RowFields(release, dialect)
    return found
