"""How a release is cited, in words and as reference managers read it."""

import re
from dataclasses import replace

import pytest
import yaml

from indicators.citation import (
    Citation,
    as_bibtex,
    as_cff,
    as_key_values,
    as_ris,
    citation_fields,
    citation_text,
    cite,
)
from indicators.snapshot import ReleaseCard, Snapshot, open_snapshot
from reference.licences import Licence, licence_named
from tests.api import world

DIGEST = "ab" * 32
ADDRESS = "https://example.org/api/v1/releases/2025-12-01"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    home = tmp_path_factory.mktemp("home")
    digest = world.write_release(home, world.NEW, world.new_cells())
    return open_snapshot(home / "snapshots" / digest)


@pytest.fixture
def citation(snapshot: Snapshot) -> Citation:
    return cite(snapshot, published_on="2025-12-01", digest=DIGEST, url=ADDRESS)


def test_a_citation_names_title_release_day_digest_licence_and_address(citation: Citation) -> None:
    assert citation_text(citation) == (
        "CSC Outcomes (2025). Children's social care outcomes: Made-up country. "
        "Release 2025-12-01, "
        f"published 1 December 2025. SHA-256 {DIGEST}. From figures of A publisher. "
        f"A licence v1.0. {ADDRESS}"
    )


def test_there_is_no_doi_and_the_day_of_access_is_left_to_the_reader(citation: Citation) -> None:
    fields = citation_fields(citation)
    assert fields["doi"] is None
    assert not [name for name in fields if "access" in name]


def test_the_files_of_a_release_are_cited_without_a_digest_they_cannot_know(
    snapshot: Snapshot,
) -> None:
    citation = cite(snapshot)
    assert citation_text(citation).endswith("From figures of A publisher. A licence v1.0.")
    assert "SHA" not in as_bibtex(citation) + as_cff(citation) + as_ris(citation)
    assert "digest" not in as_key_values(citation)


def test_what_is_made_up_says_so_in_every_form(snapshot: Snapshot) -> None:
    practice = replace(snapshot, card=ReleaseCard(id="practice-1", place_set="made_up"))
    citation = cite(practice)
    for text in (citation_text(citation), as_bibtex(citation), as_cff(citation), as_ris(citation)):
        assert "PRACTICE" in text
        assert "made up" in text


def test_many_publishers_are_counted_rather_than_all_named(citation: Citation) -> None:
    many = replace(citation, publishers=tuple(f"Publisher {n}" for n in range(160)))
    assert "Publisher 6 and 153 others. A licence" in citation_text(many)


def test_bibtex_keeps_the_name_whole_and_escapes_what_it_would_run(citation: Citation) -> None:
    entry = as_bibtex(replace(citation, attribution="100% of A & B_C"))
    assert entry.startswith("@misc{csc-outcomes-2025-12-01,\n")
    assert "  author = {{CSC Outcomes}},\n" in entry  # else it would be read as a surname
    assert r"100\% of A \& B\_C" in entry
    assert entry.count("{") == entry.count("}")


def test_the_citation_file_has_what_the_format_requires(citation: Citation) -> None:
    known = replace(citation, licences=(licence_named("Open Government Licence v3.0"),))
    content = yaml.safe_load(as_cff(known))
    assert content["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(content)
    assert content["type"] == "dataset"
    assert content["license"] == "OGL-UK-3.0"
    assert content["date-released"] == "2025-12-01"
    assert content["identifiers"][0]["value"] == f"sha256:{DIGEST}"


def test_a_licence_that_spdx_does_not_list_is_not_put_where_only_such_may_stand(
    citation: Citation,
) -> None:
    assert citation.licences == (Licence("A licence v1.0"),)
    assert "license" not in yaml.safe_load(as_cff(citation))


def test_a_citation_file_has_no_address_that_is_not_whole(citation: Citation) -> None:
    assert "url" not in yaml.safe_load(as_cff(replace(citation, url="/api/v1/releases/x")))


def test_a_ris_record_has_a_type_and_an_end(citation: Citation) -> None:
    lines = as_ris(citation).split("\r\n")
    assert lines[0] == "TY  - DATA"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])


def test_the_licence_of_the_publications_has_an_address(citation: Citation) -> None:
    known = replace(citation, licences=(licence_named("Open Government Licence v3.0"),))
    assert citation_fields(known)["licence_url"].startswith("https://")
    assert citation_fields(citation)["licence_url"] == ""
