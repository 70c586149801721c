"""What the public process needs to know; read once from the environment."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ApiSettings(BaseSettings):
    """Settings of the public process: `OUTCOMES_*` variables, or the same names in a `.env` file.

    No database address is among them: the public process reads snapshots and nothing else.
    """

    model_config = SettingsConfigDict(
        env_prefix="OUTCOMES_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    home: Path = Field(
        default=Path(".outcomes"), description="Folder of the store and of the releases."
    )
    host: str = Field(default="127.0.0.1", description="Address that the server listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port that it listens on.")
    public_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s?#]*[^\s?#/])?$",
        description="Address at which readers find the service, such as `https://example.org`, "
        "without a slash at its end: it stands before the addresses that are cited. Without it "
        "they begin with `/`.",
    )
    rate_limit: str = Field(
        default="60000/minute",
        description="Requests that one address may make, as NUMBER/second, minute or hour; "
        "`off` for no limit. Each worker counts for itself.",
    )
    trusted_proxies: str = Field(
        default="",
        description="Addresses or networks of the proxies in front, with commas, whose "
        "`X-Forwarded-For` says who asks. Without any, the address of the connection counts, and "
        "behind a proxy all readers would share one limit.",
    )
    cache_bytes: int = Field(
        default=128_000_000,
        ge=0,
        description="Memory for finished answers in each worker; 0 for none.",
    )
    kept_rows: int = Field(
        default=20_000,
        ge=0,
        description="Rows whose text is kept in each worker, for each open release in each format "
        "of text; 0 for none. A thousand rows of JSON take some 700 kB.",
    )


def read_api_settings() -> ApiSettings:
    """Read the settings now; a command calls this once."""
    return ApiSettings()
