"""The key of missing figures: every reason and note in words, with how many there are of each."""

import asyncio
from collections.abc import Mapping

from api.contract import FLAG_WORDS, STATUS_WORDS, Flag, Paths, Status
from dashboard.client import ApiClient
from dashboard.components.disclosure import disclosure_section
from dashboard.components.figures import same_numbers
from dashboard.components.sources import release_line
from dashboard.components.table import Column, table
from dashboard.components.text import (
    breadcrumbs,
    bullets,
    heading,
    lead,
    section,
    sentence_case,
)
from dashboard.page import Node, Page, link, node
from dashboard.state import State
from dashboard.words.numbers import number
from dashboard.words.statuses import FLAG_MEANING, STATUS_MEANING, STATUS_SYMBOLS

Counts = Mapping[str, int]
_DIMENSIONS = ("status", "flags", "source_symbol")


async def page(client: ApiClient, state: State) -> Page:
    """Return the key, with the counts of a release; what it counts is held for all readers."""
    release = await client.release(state.release)
    paths = [Paths.DIMENSION.format(dimension=one) for one in _DIMENSIONS]
    asked = [client.held_get(path, release.meta) for path in paths]
    statuses, flags, signs = await asyncio.gather(*asked)
    counts, noted = (
        {row["code"]: row["cells"] for row in reply.data} for reply in (statuses, flags)
    )
    sentence = opening_sentence(counts)
    return Page(
        title="Missing figures",
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/"), ("Methods", "/methods")),
            heading("Missing figures"),
            lead(sentence),
            _reasons(counts),
            _notes(noted),
            _signs(signs.data),
            same_numbers(statuses.address, "how many of each"),
            disclosure_section(release.data["disclosure"]),
            _rules(),
            release_line(release.meta),
        ],
    )


def opening_sentence(counts: Counts) -> str:
    """Return how many figures there are and how many are missing, for which main reason."""
    missing = {code: count for code, count in counts.items() if code != Status.OK and count}
    held = f"{number(counts.get(Status.OK, 0))} figures are held"
    if not missing:
        return f"{held} and none is missing; a missing figure is never shown as zero."
    most = max(missing, key=lambda code: missing[code])
    return (
        f"{held} and {number(sum(missing.values()))} are missing, most of them "
        f"{STATUS_WORDS[Status(most)]} ({number(missing[most])}); a missing figure is never shown "
        "as zero and never without its reason."
    )


def _reasons(counts: Counts) -> Node:
    columns = [
        Column("Shown as"),
        Column("What it means"),
        Column("Publishers’ signs"),
        Column("In this release", is_number=True),
    ]
    rows = [
        (
            sentence_case(STATUS_WORDS[status]),
            STATUS_MEANING[status],
            STATUS_SYMBOLS.get(status, ""),
            number(counts.get(status, 0)),
        )
        for status in Status
        if status is not Status.OK
    ]
    made = table(
        "Reasons, with how many there are", columns, rows, look="key-of-words", is_headed=True
    )
    return section("reasons", "Why a figure is missing", made)


def _notes(counts: Counts) -> Node:
    columns = [Column("Note"), Column("What it means"), Column("In this release", is_number=True)]
    rows = [
        (sentence_case(FLAG_WORDS[flag]), FLAG_MEANING[flag], _told(flag, counts)) for flag in Flag
    ]
    made = table(
        "Notes, with how many there are", columns, rows, look="key-of-words", is_headed=True
    )
    return section("notes", "Notes beside a figure", made)


def _told(flag: Flag, counts: Counts) -> str:
    # Notes of groups are worked out for an answer; no figure of a release has them.
    return number(counts[flag]) if flag in counts else "not counted"


def _signs(rows: list[dict[str, object]]) -> Node:
    columns = [Column("Sign"), Column("Its meaning"), Column("In this release", is_number=True)]
    lines = [
        (node("Code", row["code"]), f"{row['label']}, {row['about']}", number(row["cells"]))  # type: ignore[arg-type]
        for row in rows
        if row["code"] and row["cells"]
    ]
    if not lines:
        return None
    return section(
        "signs",
        "Signs that publishers write instead of a figure",
        node("P", "The sign of each figure is kept beside it, in the column source_symbol."),
        table("Signs, with how many there are", columns, lines, is_headed=True),
    )


def _rules() -> Node:
    return section(
        "rules",
        "What we do with a missing figure",
        bullets(
            [
                "It counts in no median, rank, group, trend or comparison; each says how many "
                "authorities it rests on.",
                "It is not estimated, and nothing that would reveal it is shown: no numerator, no "
                "denominator, no interval.",
                "In tables and files it is a row with its reason, and its value is empty.",
                [
                    "A figure that is withheld later is withheld in every release. ",
                    link("How releases change", "/methods/revisions"),
                ],
            ]
        ),
    )
