"""`outcomes practice`: a made-up country sends its returns, and a release comes of them."""

from pathlib import Path
from typing import Final

from etl.findings import ExitCode
from etl.practice.folder import write_sendings, write_stories
from etl.practice.made_up_country import MadeUpCountry
from etl.practice.packages import PROFILE
from etl.practice.rounds import RoundReport, run_round
from etl.practice.sending import sendings
from etl.practice.stories import outliers_of, stories_of
from etl.progress import shown
from etl.settings import Settings
from etl.store_commands import Answer, store_code
from indicators.practice import PRACTICE_PLACES
from indicators.store import StoreError, open_store
from reference.periods import parse_period
from reference.placesets import load_place_set

LAST_YEAR: Final = 2025
MOST_YEARS: Final = 8


def practice_command(settings: Settings, home: Path | None, years: int) -> Answer:
    """Run the rounds of some years into a store of their own, and say how to look at it."""
    if not 1 <= years <= MOST_YEARS:
        return f"--years {years}: give 1 to {MOST_YEARS}", ExitCode.USAGE
    folder = home or settings.home / "practice"
    if (folder / "releases.json").exists():
        return f"{folder} holds a round already: remove it or give another --home", ExitCode.USAGE
    places = load_place_set(PRACTICE_PLACES)
    last = parse_period(f"RY{LAST_YEAR}")
    stories = stories_of(places, last, PROFILE)
    country = MadeUpCountry(places, PROFILE, outliers_of(stories, last))
    reports = []
    try:
        store = open_store("", folder, places, for_practice=True)
    except StoreError as error:
        return str(error), ExitCode.UNREADABLE
    try:
        write_stories(folder, stories, places)
        for year in range(LAST_YEAR - years + 1, LAST_YEAR + 1):
            period = parse_period(f"RY{year}")
            write_sendings(folder, period.id, sendings(country, period, stories))
            with shown(f"practice {period.id}") as progress:
                reports.append(run_round(store, country, period, stories, progress))
    except StoreError as error:
        return str(error), store_code(error)
    finally:
        store.close()
    return _told(folder, reports), ExitCode.OK


def _told(folder: Path, reports: list[RoundReport]) -> str:
    lines = [
        f"{one.release}: {one.accepted} returns accepted, {one.explained} queries explained, "
        f"{one.refused} files refused, {one.decided} decisions about missing returns"
        for one in reports
    ]
    look = f"OUTCOMES_HOME={folder} OUTCOMES_PLACE_SET={PRACTICE_PLACES} outcomes up"
    stories = f"what is planted: {folder / 'stories.json'}"
    return "\n".join([*lines, stories, f"look at it: {look}"])
