"""The releases as a catalogue in DCAT 2 (with the terms of DCAT-AP 3 that portals read)."""

from typing import Any, Final
from urllib.parse import quote

from api.contract import API_PREFIX, Paths
from api.datasets import Dataset, Holdings
from api.release_files import ReleaseFile

CONTEXT: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_EU: Final = "http://publications.europa.eu/resource/authority"
LANGUAGE: Final = {"@id": f"{_EU}/language/ENG"}
IRREGULAR: Final = {"@id": f"{_EU}/frequency/IRREG"}
THEMES: Final = [{"@id": f"{_EU}/data-theme/{name}"} for name in ("SOCI", "GOVE")]
KEYWORDS: Final = ["children's social care", "local authorities", "indicators", "statistics"]
_MEDIA_TYPE: Final = "https://www.iana.org/assignments/media-types/"
_PACKED: Final = {".csv": "text/csv", ".jsonl": "application/x-ndjson"}


def catalogue(held: Holdings) -> dict[str, Any]:
    """Return the catalogue as JSON-LD."""
    sets = [_dataset(held, place) for place in range(len(held.datasets))]
    return {
        "@context": CONTEXT,
        "@id": held.address(Paths.CATALOGUE),
        "@type": "dcat:Catalog",
        "dct:title": _english(held.title),
        "dct:description": _english(
            "Releases of outcome and performance indicators of children's social care by "
            "authority. This service is not an official statistics publication."
        ),
        "dct:publisher": _publisher(held),
        "dct:language": LANGUAGE,
        "dct:license": _licence(held.datasets[-1]) if held.datasets else None,
        "dct:modified": _moment(held.datasets[-1]) if held.datasets else None,
        "dcat:themeTaxonomy": {"@id": f"{_EU}/data-theme"},
        "dcat:service": _service(held),
        "dcat:dataset": [_series(held), *sets],
    }


def _series(held: Holdings) -> dict[str, Any]:
    sets = held.datasets
    ends = {"dcat:first": sets[0], "dcat:last": sets[-1]} if sets else {}
    return {
        "@id": held.address(Paths.RELEASES),
        "@type": ["dcat:DatasetSeries", "dcat:Dataset"],
        "dct:title": _english(f"{held.title}: all releases"),
        "dct:description": _english("Each release is a data set of its own and stays as it is."),
        "dct:publisher": _publisher(held),
        "dct:accrualPeriodicity": IRREGULAR,
        "dcat:theme": THEMES,
        **{name: {"@id": _address(held, one)} for name, one in ends.items()},
    }


def _dataset(held: Holdings, place: int) -> dict[str, Any]:
    one = held.datasets[place]
    release = one.release
    before = held.datasets[place - 1] if place else None
    note = f" {release.note.rstrip('.')}." if release.note else ""
    return {
        "@id": _address(held, one),
        "@type": "dcat:Dataset",
        "dct:title": _english(f"{held.title}, release {release.id}"),
        "dct:description": _english(
            "Figures of indicators by authority, region and country, with definitions, intervals "
            f"and the reason of every missing value.{note}"
        ),
        "dct:identifier": f"{release.id} sha256:{release.digest}",
        "dcat:version": release.id,
        "dct:issued": _moment(one),
        "dct:modified": _moment(one),
        "dct:publisher": _publisher(held),
        "dct:license": _licence(one),
        "dct:language": LANGUAGE,
        "dct:accrualPeriodicity": IRREGULAR,
        "dcat:theme": THEMES,
        "dcat:keyword": [_english(word) for word in KEYWORDS],
        "dct:temporal": _temporal(one),
        "dct:spatial": _spatial(held),
        "dcat:landingPage": {"@id": held.address("/")},
        "dcat:inSeries": {"@id": held.address(Paths.RELEASES)},
        "dcat:prev": {"@id": _address(held, before)} if before else None,
        "dcat:distribution": [_distribution(held, one, file) for file in one.files.values()],
    }


def _distribution(held: Holdings, one: Dataset, file: ReleaseFile) -> dict[str, Any]:
    url = held.address(f"{API_PREFIX}/files/{one.release.digest}/{quote(file.name)}")
    packed = _PACKED.get(f".{file.name.split('.')[-2]}") if file.name.endswith(".gz") else None
    form = packed or file.media_type.partition(";")[0]
    checksum = {
        "@type": "spdx:Checksum",
        "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
        "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": file.sha256},
    }
    return {
        "@id": url,
        "@type": "dcat:Distribution",
        "dct:title": _english(file.name),
        "dct:description": _english(file.about) if file.about else None,
        "dcat:accessURL": {"@id": f"{_address(held, one)}/files"},
        "dcat:downloadURL": {"@id": url},
        "dcat:mediaType": {"@id": f"{_MEDIA_TYPE}{form}"},
        "dcat:compressFormat": {"@id": f"{_MEDIA_TYPE}application/gzip"} if packed else None,
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(file.bytes)},
        "dct:license": _licence(one),
        "spdx:checksum": checksum if file.sha256 else None,
    }


def _service(held: Holdings) -> dict[str, Any]:
    return {
        "@id": held.address(Paths.SERVICE),
        "@type": "dcat:DataService",
        "dct:title": _english(f"{held.title}: open indicator API"),
        "dct:publisher": _publisher(held),
        "dcat:endpointURL": {"@id": held.address(Paths.SERVICE)},
        "dcat:endpointDescription": {"@id": held.address(Paths.OPENAPI)},
        "dcat:servesDataset": [{"@id": _address(held, one)} for one in held.datasets[-1:]],
    }


def _publisher(held: Holdings) -> dict[str, Any]:
    return {"@id": held.address("/"), "@type": "foaf:Agent", "foaf:name": held.publisher}


def _spatial(held: Holdings) -> dict[str, Any]:
    country = held.latest.snapshot.places.country
    return {
        "@id": held.address(Paths.AREA.format(code=country.code)),
        "@type": "dct:Location",
        "dct:identifier": country.code,
        "skos:prefLabel": _english(country.name),
    }


def _temporal(one: Dataset) -> dict[str, Any] | None:
    if not one.first_day:
        return None
    days = {"dcat:startDate": one.first_day, "dcat:endDate": one.last_day}
    return {
        "@type": "dct:PeriodOfTime",
        **{name: {"@type": "xsd:date", "@value": day} for name, day in days.items()},
    }


def _licence(one: Dataset) -> list[dict[str, Any]]:
    return [
        {"@id": licence.url} if licence.url else {"skos:prefLabel": licence.name}
        for licence in one.licences
    ]


def _address(held: Holdings, one: Dataset) -> str:
    return held.address(Paths.RELEASE.format(release=quote(one.release.id)))


def _moment(one: Dataset) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": one.published.isoformat(timespec="seconds")}


def _english(text: str) -> dict[str, str]:
    return {"@language": "en", "@value": text}
