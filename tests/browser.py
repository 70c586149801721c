"""How tests and measurements start a browser: the machine's Chromium, asking no other host."""

import os
import shutil
from typing import Any, Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str | None:
    """Return the program of a Chromium, or None where the machine has none."""
    named = os.environ.get("OUTCOMES_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def chromium_options() -> dict[str, Any]:
    """Return the options for `playwright.chromium.launch`; raises RuntimeError without one."""
    program = chromium()
    if program is None:
        msg = f"no Chromium on the path, under any of: {', '.join(NAMES)}"
        raise RuntimeError(msg)
    return {"executable_path": program, "args": list(ARGUMENTS)}
