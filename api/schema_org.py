"""The latest release in the words of schema.org, which search engines for data read."""

from typing import Any, Final
from urllib.parse import quote

from api.contract import API_PREFIX, Paths
from api.datasets import Dataset, Holdings
from api.dcat import KEYWORDS
from api.release_files import ReleaseFile
from indicators.citation import citation_text, cite

_CONTEXT: Final = "https://schema.org"
_SHOWN: Final = ("observations.csv.gz", "observations.parquet", "datapackage.zip")


def dataset(held: Holdings) -> dict[str, Any]:
    """Return the latest release as a Dataset."""
    snapshot = held.latest.snapshot
    one = held.datasets[-1]
    address = held.address(Paths.RELEASE.format(release=quote(one.release.id)))
    days = f"{one.first_day}/{one.last_day}" if one.first_day else None
    maker = {"@type": "Organization", "name": held.publisher, "url": held.address("/")}
    return {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "@id": address,
        "url": held.address("/"),
        "name": f"{held.title}, release {one.release.id}",
        "description": (
            f"{len(snapshot.indicators)} outcome and performance indicators of children's social "
            "care by local authority, region and country, with definitions, intervals, releases "
            "and the reason of every missing value. Not an official statistics publication. "
            f"{snapshot.places.attribution}"
        ),
        "identifier": f"sha256:{one.release.digest}",
        "version": one.release.id,
        "datePublished": one.published.isoformat(timespec="seconds"),
        "dateModified": one.published.isoformat(timespec="seconds"),
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "license": [licence.url or licence.name for licence in one.licences],
        "creditText": citation_text(cite(snapshot)),
        "creator": maker,
        "publisher": maker,
        "keywords": KEYWORDS,
        "temporalCoverage": days,
        "spatialCoverage": {"@type": "Place", "name": snapshot.places.country.name},
        "includedInDataCatalog": {"@type": "DataCatalog", "url": held.address(Paths.CATALOGUE)},
        "variableMeasured": [
            {
                "@type": "PropertyValue",
                "propertyID": indicator.id,
                "name": indicator.title,
                "unitText": indicator.unit,
            }
            for indicator in snapshot.indicators
        ],
        "distribution": [
            _download(held, one, file) for file in one.files.values() if file.name.endswith(_SHOWN)
        ],
    }


def _download(held: Holdings, one: Dataset, file: ReleaseFile) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": file.name,
        "description": file.about,
        "contentUrl": held.address(f"{API_PREFIX}/files/{one.release.digest}/{quote(file.name)}"),
        "encodingFormat": file.media_type,
        "contentSize": f"{file.bytes} B",
        "sha256": file.sha256,
    }
