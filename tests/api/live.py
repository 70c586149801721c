"""The API over a home folder as a server on this machine, for the clients of others."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from api.front import ApiFirst
from api.main import create_api
from tests.api.conftest import settings_for


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """Serve for as long as the block lasts; give the address of /api/v1."""
    app = Starlette()
    app.add_middleware(ApiFirst, api=create_api(settings_for(home)), path="/api")
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/api/v1"
    finally:
        server.should_exit = True
        thread.join(10)
