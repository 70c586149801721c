"""The command line, and the one place that puts the parts together."""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.command_line import app as worker_commands

if TYPE_CHECKING:
    from starlette.types import ASGIApp

# Heavy parts are imported inside the commands: what serves must not load pandas, and help
# should not wait for it.

SERVER_SETTINGS: Mapping[str, Any] = {
    "log_level": "warning",
    "access_log": False,
    "server_header": False,
}
"""How uvicorn serves; what we are measured against is served alike."""

app = typer.Typer(
    help="Outcome and performance indicators of children's social care.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(worker_commands)


def public_app() -> "ASGIApp":
    """Build the public process: the API at /api and the dashboard at /, from snapshots alone."""
    import httpx
    from fastapi import FastAPI
    from starlette.applications import Starlette
    from starlette.routing import Mount

    from api.front import ApiFirst, in_process
    from api.main import MOUNTED_AT, create_api
    from api.settings import read_api_settings
    from dashboard.app import create_dashboard

    settings = read_api_settings()
    api = create_api(settings)
    inner = in_process(Starlette(routes=[Mount(MOUNTED_AT, api)]))
    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(app=inner), base_url="http://in-process"
    )
    server = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    server.mount(MOUNTED_AT, api)
    create_dashboard(server, client, public_url=settings.public_url)
    return ApiFirst(server, api, MOUNTED_AT)


@app.command()
def up(
    host: Annotated[str | None, typer.Option(help="Default 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(help="Default 8000.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer.")] = 1,
) -> None:
    """Prepare the store if it is empty, then serve dashboard at /, API at /api."""
    from api.settings import read_api_settings

    settings = read_api_settings()
    address = (host or settings.host, settings.port if port is None else port)
    if told := taken(*address):
        typer.echo(told, err=True)
        raise typer.Exit(2)
    preparing = subprocess.Popen([sys.executable, "-m", "outcomes", "prepare"])
    # What serves reads snapshots only: it must not even know where a database is.
    os.environ.pop("OUTCOMES_DATABASE_URL", None)
    # Imported while the store is prepared beside us: that is half of the time a start takes.
    import uvicorn

    import dashboard.app  # noqa: F401
    from dashboard.static import NOT_BUILT, is_built

    if not is_built():
        preparing.wait()
        typer.echo(NOT_BUILT, err=True)
        raise typer.Exit(3)
    if preparing.wait():
        raise typer.Exit(preparing.returncode)
    typer.echo(f"serving on http://{address[0]}:{address[1]} (stop with Ctrl+C)")
    uvicorn.run(
        "outcomes:public_app",
        factory=True,
        host=address[0],
        port=address[1],
        workers=workers,
        **SERVER_SETTINGS,
        **proxy_options(settings.trusted_proxies),
    )


def taken(host: str, port: int) -> str:
    """Say why nobody can be served at an address, and what to do; blank where that can be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family):
            return ""
    except (OSError, OverflowError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else error
        return (
            f"cannot serve on http://{host}:{port}: {reason}. Nothing was started: stop what "
            f"answers there, or choose another port, such as `outcomes up --port {port + 1}`"
        )


def proxy_options(trusted: str) -> dict[str, Any]:
    """Return how a server learns who asks: by a header only where a trusted proxy wrote it."""
    return {"proxy_headers": bool(trusted), "forwarded_allow_ips": trusted}


def exceptions_of(home: Path, area: str) -> Sequence[Mapping[str, Any]]:
    """Return what stands out of an authority in the latest release, as the API works it out."""
    import asyncio

    import httpx

    from api.front import in_process
    from api.main import create_api
    from api.settings import ApiSettings

    async def asked() -> Sequence[Mapping[str, Any]]:
        api = in_process(create_api(ApiSettings(home=home)))
        transport = httpx.ASGITransport(app=api)
        async with httpx.AsyncClient(transport=transport, base_url="http://in-process") as client:
            answer = await client.get("/v1/exceptions", params={"area": area})
        rows: Sequence[Mapping[str, Any]] = answer.raise_for_status().json()["data"]
        return rows

    return asyncio.run(asked())


def main() -> None:
    """Run the command line; commands that need what the API works out are handed it."""
    app(obj=exceptions_of)


if __name__ == "__main__":
    main()
