"""The resources that give a release as a whole: files, package, catalogue, feeds, boundaries."""

from typing import Final

from api import contract
from api.atom import ATOM
from api.resource import PLACES, RELEASES, Handler, Resource
from api.routes import boundaries, catalogue, feeds, files

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
        media_types=("application/json",),
    ),
    Resource(
        "/v1/boundaries",
        boundaries.boundaries,
        PLACES,
        "Shapes of areas as GeoJSON, for maps; with `indicator`, its figures as properties. Also "
        "at /v1/boundaries.geojson.",
        boundaries.KNOWN,
        contract.BoundaryCollection,
        media_types=(boundaries.GEOJSON,),
    ),
    Resource(
        "/v1/catalogue",
        catalogue.catalogue,
        RELEASES,
        "The releases and their files as JSON-LD: DCAT for data portals, schema.org for search.",
        catalogue.KNOWN,
        media_types=(catalogue.JSON_LD,),
    ),
    Resource(
        "/v1/feeds/releases.atom",
        feeds.releases_feed,
        RELEASES,
        "An Atom feed of releases as they come out.",
        feeds.RELEASES,
        media_types=(ATOM,),
    ),
    Resource(
        "/v1/feeds/revisions.atom",
        feeds.revisions_feed,
        RELEASES,
        "An Atom feed of what releases change, of some indicators or areas or of all.",
        feeds.REVISIONS,
        media_types=(ATOM,),
        example="area=authority",
    ),
)

BY_SUFFIX: Final[tuple[tuple[str, Handler], ...]] = (
    ("/v1/boundaries.geojson", boundaries.boundaries),
)
"""The same under the suffix that programs look for."""
