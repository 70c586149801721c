"""The process that the public reaches has no way to the store: no address, no engine, no login."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from tests.journeys.public import public_over
from tests.tree import ROOT

NO_ENGINE = ("alembic", "psycopg", "sqlalchemy")
# Does what `outcomes up` does, up to the server; then asks, and says what the process holds.
PROGRAM = """
import json, os, sys
import uvicorn

def run(target, **options):
    from starlette.testclient import TestClient
    from outcomes import public_app
    with TestClient(public_app()) as client:
        addresses = [
            "/", "/about", "/api/v1/", "/api/v1/releases", "/api/openapi.json",
            "/api/v1/observations.csv?area=england", "/api/v1/observations.parquet?area=england",
            "/api/v1/observations.xlsx?area=england", "/api/v1/releases/latest/changes",
            "/api/v1/comparisons?area=authority&with=region&indicator=cla_31mar_rate_10k",
        ]
        statuses = {address: client.get(address).status_code for address in addresses}
    engines = [name for name in ENGINES if name in sys.modules]
    told = {name: text for name, text in os.environ.items() if name.startswith("OUTCOMES_")}
    print(json.dumps({"statuses": statuses, "engines": engines, "environment": told}))

uvicorn.run = run
import outcomes
sys.argv = ["outcomes", "up", "--port", "0"]
outcomes.main()
"""


def test_what_serves_the_public_knows_no_database_though_the_command_did(
    shipped_home: Path, tmp_path: Path
) -> None:
    home = shutil.copytree(shipped_home, tmp_path / "home")
    environment = {
        **os.environ,
        "OUTCOMES_HOME": str(home),
        "OUTCOMES_DATABASE_URL": f"sqlite:///{home / 'outcomes.sqlite'}",
    }
    program = PROGRAM.replace("ENGINES", repr(NO_ENGINE))
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True, text=True, check=False, cwd=ROOT, env=environment, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.strip().splitlines()[-1])
    assert {at: status for at, status in told["statuses"].items() if status != 200} == {}
    assert "OUTCOMES_DATABASE_URL" not in told["environment"]
    assert told["engines"] == []


def test_the_public_serves_on_without_the_store(shipped_home: Path, tmp_path: Path) -> None:
    home = shutil.copytree(shipped_home, tmp_path / "home")
    (home / "outcomes.sqlite").unlink()
    with public_over(home) as client:
        for address in ("/api/v1/observations?area=england", "/api/v1/releases", "/"):
            assert client.get(address).status_code == 200
    assert not (home / "outcomes.sqlite").exists()


def test_a_port_that_is_taken_is_told_before_anything_is_done(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "outcomes.py", "up", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "OUTCOMES_HOME": str(home)},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 2
    assert f"cannot serve on http://127.0.0.1:{port}: Address already in use" in done.stderr
    assert f"--port {port + 1}" in done.stderr
    assert "serving on" not in done.stdout
    assert not home.exists()


def test_help_and_readme_name_the_command_that_prepares() -> None:
    told = subprocess.run(
        [sys.executable, "outcomes.py", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    readme = (ROOT / "README.md").read_text("utf-8")
    assert " prepare " in told
    assert "outcomes prepare " in readme
