"""A bare ASGI application: it sends the very bytes that were put into a folder, and does no more.

Started with the settings of `outcomes up`. `OUTCOMES_BARE` names the folder: each answer is
NAME.json (status and headers, without those of the server) and NAME.body, sent at `/NAME`;
NAME.file is sent as files are by the framework.
"""

import os
from pathlib import Path
from typing import Any, Final

import orjson
from starlette.responses import FileResponse
from starlette.types import ASGIApp, Receive, Scope, Send

FOLDER: Final = "OUTCOMES_BARE"
READY: Final = "/ready"
_BODY: Final = "http.response.body"
OF_THE_SERVER: Final = frozenset({"date", "transfer-encoding", "connection"})


def put(folder: Path, name: str, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
    """Put an answer into a folder."""
    kept = [(key.lower(), value) for key, value in headers if key.lower() not in OF_THE_SERVER]
    (folder / f"{name}.json").write_bytes(orjson.dumps({"status": status, "headers": kept}))
    (folder / f"{name}.body").write_bytes(body)


def put_file(folder: Path, name: str, file: Path) -> None:
    """Put a file into a folder."""
    link = folder / f"{name}.file"
    link.unlink(missing_ok=True)
    link.symlink_to(file)


def bare_app() -> ASGIApp:
    """Return the application; the answers are read once, into memory."""
    folder = Path(os.environ[FOLDER])
    answers = {f"/{path.stem}": _answer(path) for path in folder.glob("*.json")}
    files = {f"/{path.stem}": path for path in folder.glob("*.file")}
    answers[READY] = ({"type": "http.response.start", "status": 200}, {"type": _BODY})

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if scope["path"] in files:
            await FileResponse(files[scope["path"]])(scope, receive, send)
            return
        start, body = answers[scope["path"]]
        await send(start)
        await send(body)

    return app


def _answer(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    told = orjson.loads(path.read_bytes())
    headers = [(name.encode(), value.encode()) for name, value in told["headers"]]
    start = {"type": "http.response.start", "status": told["status"], "headers": headers}
    return start, {"type": _BODY, "body": path.with_suffix(".body").read_bytes()}


def main(port: int) -> None:
    """Serve, as `outcomes up` does."""
    import uvicorn  # the command that starts us imports this module for `put` alone

    from outcomes import SERVER_SETTINGS, proxy_options

    uvicorn.run(
        "tests.bench.api.bare:bare_app",
        factory=True,
        host="127.0.0.1",
        port=port,
        **SERVER_SETTINGS,
        **proxy_options(""),
    )


if __name__ == "__main__":
    import sys

    main(int(sys.argv[1]))
