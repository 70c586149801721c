"""Where the worker keeps its data and finds its files; read once from the environment."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of the worker: `OUTCOMES_*` variables, or the same names in a `.env` file."""

    model_config = SettingsConfigDict(
        env_prefix="OUTCOMES_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    home: Path = Field(
        default=Path(".outcomes"), description="Folder of the store and of the releases."
    )
    database_url: str = Field(
        default="", description="Address of PostgreSQL; empty means SQLite inside the home folder."
    )
    published_dir: Path | None = Field(
        default=None, description="Folder of published statistics to load from."
    )
    place_set: str = Field(default="england", description="The place set a new store is made for.")
    time_zone: str = Field(
        default="Europe/London", description="Zone of a moment that is given without one."
    )
    max_packed_bytes: int = Field(
        default=100_000_000, gt=0, description="Larger files are refused before they are read."
    )
    max_unpacked_bytes: int = Field(
        default=500_000_000, gt=0, description="Files that unpack to more are refused."
    )
    scanner: str = Field(
        default="",
        description="Command that gets what was sent on standard input; if it fails, the file is "
        "dropped. Empty: none.",
    )
    fetch_api_url: str = Field(
        default="https://api.education.gov.uk/statistics/v1",
        description="Public API that `outcomes fetch` asks.",
    )
    fetch_content_url: str = Field(
        default="https://content.explore-education-statistics.service.gov.uk/api",
        description="Website's interface, for files that are not in the public API.",
    )


def read_settings() -> Settings:
    """Read the settings now; a command calls this once."""
    return Settings()
