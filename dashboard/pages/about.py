"""About the data: sources, totals, missing figures, method, licence, known problems."""

from collections.abc import Sequence

from api.contract import (
    FLAG_WORDS,
    STATUS_WORDS,
    Flag,
    Meta,
    ReleaseDetail,
    SourceCard,
    SourceKind,
    Status,
)
from dashboard.answers import Library
from dashboard.client import ApiClient
from dashboard.components.about_method import method
from dashboard.components.disclosure import DISCLOSURE, disclosure_section
from dashboard.components.figures import same_numbers
from dashboard.components.known_problems import problems_table
from dashboard.components.publications import (
    by_publication,
    publications_table,
    tables_by_publication,
    totals_by_publication,
    totals_sentence,
)
from dashboard.components.sources import release_section
from dashboard.components.table import Column, table
from dashboard.components.text import (
    breadcrumbs,
    bullets,
    contents,
    heading,
    inset,
    lead,
    section,
)
from dashboard.page import Node, Page, node
from dashboard.state import State
from dashboard.words.numbers import plural
from dashboard.words.periods import day
from dashboard.words.statuses import STATUS_MEANING, STATUS_SYMBOLS

_TOTALS = "totals"
_NO_PUBLICATION = (
    "No publication is in this release. What each authority sent is told on its page, under “What "
    "happened to what it sent”."
)
_CONTENTS = (
    ("Sources", "sources"),
    ("Do totals add up?", _TOTALS),
    ("Missing figures", "missing"),
    ("Hidden figures", DISCLOSURE),
    ("How figures are compared", "method"),
    ("Licence", "licence"),
    ("Known problems", "problems"),
)


async def page(client: ApiClient, state: State) -> Page:
    """Return the page about one release, the latest unless another is named."""
    release = await client.release(state.release)
    library = await client.library(release.meta)
    sources = release.data["sources"]
    sentence = opening_sentence(release.data, sources)
    published = _of_kind(sources, SourceKind.PUBLICATION)
    return Page(
        title="About the data",
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/")),
            heading("About the data"),
            lead(sentence),
            inset(
                node("Strong", "This service is not an official statistics publication. "),
                "It copies published figures as they are, names their source and date beside them, "
                "and computes only what the publishers do not publish; it says so where it does. "
                "Figures made of what authorities sent are marked provisional.",
            ),
            contents([one for one in _CONTENTS if published or one[1] != _TOTALS]),
            _sources(sources, release.address, state),
            _totals(sources, library) if published else None,
            _missing(),
            disclosure_section(release.data["disclosure"]),
            method(),
            _licence(release.meta),
            _problems(release.data, library, state),
            release_section(release.meta),
        ],
    )


def opening_sentence(release: ReleaseDetail, sources: Sequence[SourceCard]) -> str:
    """Return what the release is made from."""
    dates = sorted(one["published_on"] for one in _of_kind(sources, SourceKind.PUBLICATION))
    tables = (
        f"{plural(len(dates), 'table')} of {plural(len(by_publication(sources)), 'publication')}"
    )
    sent = _of_kind(sources, SourceKind.SUBMISSION)
    authorities = plural(len({one["publisher"] for one in sent}), "authority", "authorities")
    returns = f"{plural(len(sent), 'return')} of {authorities}"
    parts = [tables] if dates or not sent else []
    if sent:
        parts.append(returns)
    made = f"Release {release['id']} is made from {' and '.join(parts)}"
    if not dates:
        return f"{made}."
    return f"{made}, the newest table of {day(dates[-1])} and the oldest of {day(dates[0])}."


def _of_kind(sources: Sequence[SourceCard], kind: SourceKind) -> list[SourceCard]:
    return [source for source in sources if source["kind"] == kind]


def _sources(sources: Sequence[SourceCard], address: str, state: State) -> Node:
    if not _of_kind(sources, SourceKind.PUBLICATION):
        return section(
            "sources",
            "Sources",
            node("P", _NO_PUBLICATION),
            same_numbers(address, "this release", has_csv=False),
        )
    return section(
        "sources",
        "Sources",
        node(
            "P",
            "A vintage is one edition of a publication. Where two vintages hold the same figure, "
            "the newest counts; an older one stays in use for periods that newer ones no longer "
            "cover. “Day not confirmed” means that we found no record of the very day.",
        ),
        publications_table(sources),
        node("H3", "Tables, with their files and columns", id="tables"),
        *tables_by_publication(sources, state),
        same_numbers(address, "this release", has_csv=False),
    )


def _totals(sources: Sequence[SourceCard], library: Library) -> Node:
    measured = {id: card["measured"] for id, card in library.indicators.items()}
    return section(
        "totals",
        "Do published totals add up?",
        node("P", totals_sentence(sources)),
        node(
            "P",
            "Where they do not, an authority is most often missing: its figure is hidden or was "
            "never sent, and the publisher put another in its place. We show published totals as "
            "they are.",
        ),
        *totals_by_publication(sources, library.areas, measured),
    )


def _missing() -> Node:
    columns = [Column("Shown as"), Column("What it means"), Column("Publishers’ symbols")]
    rows = [
        (STATUS_WORDS[status], STATUS_MEANING[status], STATUS_SYMBOLS.get(status, ""))
        for status in Status
        if status is not Status.OK
    ]
    flags = [
        (FLAG_WORDS[flag][:1].upper() + FLAG_WORDS[flag][1:], _FLAG_MEANING[flag]) for flag in Flag
    ]
    return section(
        "missing",
        "Missing figures",
        node(
            "P",
            "A missing figure is never zero and is never left blank without its reason. A figure "
            "that is missing counts in no median, rank, group or comparison.",
        ),
        table("Why a figure is missing", columns, rows),
        table("Notes beside a figure", [Column("Note"), Column("What it means")], flags),
    )


_FLAG_MEANING = {
    Flag.BREAK: "Earlier figures cannot be compared with this one.",
    Flag.DEFINITION_DIFFERS: "What was counted differs a little from the definition shown.",
    Flag.ESTIMATED: "The publisher estimated part of the figure.",
    Flag.FEW_MEMBERS: "Fewer than five members of the group have data.",
    Flag.IMPUTED: "The publisher filled a gap from other figures.",
    Flag.JOINT_RETURN: "Two authorities report together; both show the same figure, and a group "
    "counts it once.",
    Flag.LOW_RELIABILITY: "The publisher advises caution.",
    Flag.PARTIAL_COVERAGE: "Some authorities are missing from this total.",
    Flag.PROVISIONAL: "Sent by the authority itself and not yet published officially.",
    Flag.RECONSTRUCTED: "The file published could not be had; the figure comes from the tables of "
    "a dashboard that was built on it.",
    Flag.REVISED: "The publisher has changed it since it first appeared.",
}


def _licence(meta: Meta) -> Node:
    return section(
        "licence",
        "Licence",
        node("P", f"{meta['attribution']} Licence: {meta['licence']}."),
        node("P", meta["not_official"]),
    )


def _problems(release: ReleaseDetail, library: Library, state: State) -> Node:
    return section(
        "problems",
        "Known problems",
        problems_table(release["known_problems"], library.areas, state),
        node("H3", "Of all figures", id="problems-all"),
        bullets(
            [
                "Figures are published once a year, most of them months after the period they are "
                "about. Pages say which period the latest figures held are for.",
                "Authorities record and return some facts differently; a difference may lie in the "
                "recording.",
                "Some grades of inspections were read by a machine from the report, because no "
                "official table holds them. They are marked where they are shown, and such a "
                "judgement puts no authority in a group: pages say how many are left out.",
                "Some authorities lack a class, such as one of an older classification. They are "
                "in no group of it, and pages say how many.",
                "Where boundaries changed, earlier figures belong to the predecessor and are not "
                "carried over to the successor.",
                "A change is tested against chance where both figures have what a test needs; "
                "averages, scores and sums of money have not, and their change is shown plainly.",
                "Maps show each authority as one hexagon of equal size, not its outline.",
            ]
        ),
    )
