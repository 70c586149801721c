"""The command that tells an authority what happened to what it sent."""

from pathlib import Path

from etl.settings import Settings
from etl.store_commands import Answer, on_store
from etl.story_page import story_page
from indicators.lasting_files import write_private
from indicators.store import Store
from indicators.store.occasions import Occasion
from indicators.store.stories import tell_story


def story_command(authority: str, path: Path, settings: Settings, token: str) -> Answer:
    """Write the page about an authority's returns, for its own people and for stewards."""

    def told(store: Store, at: Occasion) -> str:
        stories = tell_story(store, authority, at)
        page = story_page(store.places.resolve(authority).name, stories, at.today)
        write_private(path, page.encode())
        return f"written: {path}, {len(stories)} returns"

    return on_store(settings, told, token=token)
