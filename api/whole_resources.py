"""The resources that give a release as a whole: files, package, catalogue, feeds, boundaries."""

from typing import Final

from api import contract
from api.resource import RELEASES, Resource
from api.routes import files

_RELEASE: Final = "A release id, or `latest`."

WHOLE: Final = (
    Resource(
        "/v1/releases/{release}/files",
        files.release_files,
        RELEASES,
        "The files of a release, with their sizes, digests and what each is for.",
        files.KNOWN,
        contract.FileRow,
        in_path={"release": _RELEASE},
    ),
    Resource(
        "/v1/datapackage",
        files.datapackage,
        RELEASES,
        "The latest release as a Frictionless data package; also at /v1/datapackage.json.",
        files.KNOWN,
        media_type="application/json",
    ),
)
