"""The API as a real server on this machine, for the programs of others that read by address."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from api.front import ApiFirst
from api.main import create_api
from tests.api.conftest import settings_for


@contextmanager
def serving(home: Path, **changes: Any) -> Iterator[str]:
    """Serve the releases of a home folder for as long as the block lasts; give the address."""
    api = create_api(settings_for(home, **changes))
    app = Starlette(routes=[Mount("/api", api)])
    app.add_middleware(ApiFirst, api=api, path="/api")
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
