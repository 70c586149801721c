"""How a release is cited: one set of facts, and the texts that reference managers read."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from indicators.practice import NOTICE, is_practice_release
from indicators.snapshot import Snapshot, Source
from reference.licences import Licence, licence_named
from reference.periods import day_in_words

SERVICE: Final = "CSC Outcomes"
"""Who made the release: the author of every citation."""
TITLE: Final = "Children's social care outcomes"
PRACTICE_TITLE: Final = "PRACTICE"

_MOST_PUBLISHERS: Final = 8
_CFF_VERSION: Final = "1.2.0"
_MESSAGE: Final = "If you use these figures, please cite the release as below."
_BIBTEX_SPECIAL: Final = re.compile(r"[&%$#_{}]")
_NOT_IN_A_KEY: Final = re.compile(r"[^A-Za-z0-9.:-]+")


@dataclass(frozen=True)
class Citation:
    """What a reader cites. When it was accessed is for the reader to say.

    `published_on` and `digest` are blank in the files of a release itself: both are known only
    once these are written. `url` is the lasting address of the release, blank where there is none.
    There is no DOI: nobody registers one for this service.
    """

    title: str
    author: str
    release: str
    published_on: str
    digest: str
    licences: tuple[Licence, ...]
    attribution: str
    publishers: tuple[str, ...]
    url: str
    is_practice: bool = False

    @property
    def licence(self) -> str:
        """The names of the licences."""
        return "; ".join(one.name for one in self.licences)


def cite(
    snapshot: Snapshot, *, published_on: str = "", digest: str = "", url: str = ""
) -> Citation:
    """Return the citation of a release; `published_on` is a date such as 2026-11-20."""
    is_practice = is_practice_release(snapshot.card.id)
    title = f"{TITLE}: {snapshot.places.country.name}"
    sources = snapshot.sources
    return Citation(
        title=f"{PRACTICE_TITLE} – {title}" if is_practice else title,
        author=SERVICE,
        release=snapshot.card.id,
        published_on=published_on,
        digest=digest,
        licences=tuple(
            licence_named(name) for name in dict.fromkeys(s.licence for s in sources) if name
        ),
        attribution=snapshot.places.attribution,
        publishers=publishers_of(sources),
        url=url,
        is_practice=is_practice,
    )


def publishers_of(sources: Iterable[Source]) -> tuple[str, ...]:
    """Return who published the figures; what this service computes is of no table."""
    return tuple(dict.fromkeys(one.publisher for one in sources if one.table and one.publisher))


def citation_fields(citation: Citation) -> dict[str, Any]:
    """Return the block that answers and files carry; blank where nothing is known."""
    return {
        "title": citation.title,
        "author": citation.author,
        "release": citation.release,
        "published_on": citation.published_on,
        "digest": citation.digest,
        "licence": citation.licence,
        "licence_url": next((one.url for one in citation.licences if one.url), ""),
        "attribution": citation.attribution,
        "url": citation.url,
        "doi": None,
        "how_to_cite": citation_text(citation),
        "bibtex": as_bibtex(citation),
    }


def citation_text(citation: Citation) -> str:
    """Return how to cite a release, in one paragraph."""
    published = date.fromisoformat(citation.published_on) if citation.published_on else None
    year = f" ({published.year})" if published else ""
    on = f", published {day_in_words(published)}" if published else ""
    parts = [
        f"{citation.author}{year}. {citation.title}. Release {citation.release}{on}",
        f"SHA-256 {citation.digest}" if citation.digest else "",
        f"From figures of {_listed(citation.publishers)}" if citation.publishers else "",
        citation.licence,
        NOTICE if citation.is_practice else "",
        citation.url,
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) + ("" if citation.url else ".")


def as_bibtex(citation: Citation) -> str:
    """Return a BibTeX entry: `misc`, which every style knows."""
    key = _NOT_IN_A_KEY.sub("-", f"{SERVICE}-{citation.release}".lower())
    note = [
        f"SHA-256 {citation.digest}" if citation.digest else "",
        citation.licence,
        citation.attribution,
        NOTICE if citation.is_practice else "",
    ]
    fields = {
        "title": f"{{{_bibtex_text(citation.title)}}}",
        "author": f"{{{_bibtex_text(citation.author)}}}",
        "year": citation.published_on[:4],
        "date": citation.published_on,
        "version": _bibtex_text(citation.release),
        "url": citation.url,
        "note": _bibtex_text(". ".join(part.rstrip(".") for part in note if part)),
    }
    lines = [f"  {name} = {{{text}}}" for name, text in fields.items() if text]
    return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}\n"


def as_cff(citation: Citation) -> str:
    """Return a CITATION.cff file (Citation File Format 1.2.0)."""
    content: dict[str, Any] = {
        "cff-version": _CFF_VERSION,
        "message": f"{NOTICE} {_MESSAGE}" if citation.is_practice else _MESSAGE,
        "type": "dataset",
        "title": citation.title,
        "authors": [{"name": citation.author}],
        "version": citation.release,
        "date-released": citation.published_on,
        # Several would mean that a reader may choose among them.
        "license": citation.licences[0].spdx if len(citation.licences) == 1 else "",
        "url": citation.url if "://" in citation.url else "",
        "abstract": f"{citation.attribution} {_sources(citation)}".strip(),
        "identifiers": [
            {
                "type": "other",
                "value": f"sha256:{citation.digest}",
                "description": "The digest of the release.",
            }
        ]
        if citation.digest
        else [],
    }
    # JSON is YAML: each value is written as JSON, so that nothing needs YAML's own quoting.
    lines = (f"{key}: {json.dumps(v, ensure_ascii=False)}\n" for key, v in content.items() if v)
    return "".join(lines)


def as_ris(citation: Citation) -> str:
    """Return a RIS record, which EndNote, Zotero and Mendeley read."""
    fields = (
        ("TY", "DATA"),
        ("TI", citation.title),
        ("AU", f"{citation.author},"),  # the comma keeps an organisation's name whole
        ("PY", citation.published_on[:4]),
        ("DA", citation.published_on.replace("-", "/")),
        ("ET", citation.release),
        ("PB", citation.author),
        ("UR", citation.url),
        ("N1", f"SHA-256 {citation.digest}" if citation.digest else ""),
        ("N1", citation.licence),
        ("N1", citation.attribution),
        ("N1", NOTICE if citation.is_practice else ""),
    )
    return "".join(f"{tag}  - {text}\r\n" for tag, text in fields if text) + "ER  - \r\n"


def as_key_values(citation: Citation) -> dict[str, str]:
    """Return the block as texts by name, for formats whose metadata are pairs of texts."""
    fields = citation_fields(citation)
    return {name: text for name, text in fields.items() if isinstance(text, str) and text}


def licences_of(citation: Citation) -> list[dict[str, str]]:
    """Return the licences as plain data: `name`, `url`, `spdx`."""
    return [asdict(one) for one in citation.licences]


def _sources(citation: Citation) -> str:
    return f"From figures of {_listed(citation.publishers)}." if citation.publishers else ""


def _listed(names: tuple[str, ...]) -> str:
    """Return names in a row; a release with returns has a publisher for every authority."""
    if len(names) > _MOST_PUBLISHERS:
        names = (*names[: _MOST_PUBLISHERS - 1], f"{len(names) - _MOST_PUBLISHERS + 1} others")
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _bibtex_text(text: str) -> str:
    return _BIBTEX_SPECIAL.sub(lambda found: f"\\{found[0]}", text)
