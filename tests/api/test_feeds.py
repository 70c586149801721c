"""Feeds: valid Atom, one entry for each release that matters, nothing hidden in them."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import feedparser
import pytest
from starlette.testclient import TestClient

from api.atom import Entry, Feed, feed_bytes, lasting_id
from api.registry import moment_of
from tests.api import world
from tests.api.conftest import client_for
from tests.api.live import serving

RELEASES = "/api/v1/feeds/releases.atom"
REVISIONS = "/api/v1/feeds/revisions.atom"


@pytest.fixture(scope="module")
def live(home: Path) -> Iterator[str]:
    with serving(home) as address:
        yield address


def read(client: TestClient, path: str, **query: str) -> Any:
    answer = client.get(path, params=query)
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["content-type"] == "application/atom+xml"
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def changed_home(home: Path, target: Path, change: Any) -> TestClient:
    """Return a client of a copy whose list of releases was changed."""
    shutil.copytree(home, target)
    listed = json.loads((target / "releases.json").read_bytes())
    change(listed)
    (target / "releases.json").write_text(json.dumps(listed))
    return client_for(target)


def test_the_feed_of_releases_has_each_with_the_moment_of_its_publication(
    client: TestClient,
) -> None:
    found = read(client, RELEASES)
    assert [entry.title for entry in found.entries] == [
        f"Release {id}" for id in (world.NEW, world.OLD)
    ]
    published = {
        row["id"]: row["published_at"] for row in client.get("/api/v1/releases").json()["data"]
    }
    for entry, id in zip(found.entries, (world.NEW, world.OLD), strict=True):
        assert moment_of(entry.published) == moment_of(entry.updated) == moment_of(published[id])
        assert entry.link.endswith(f"/api/v1/releases/{id}")
    assert moment_of(found.feed.updated) == moment_of(published[world.NEW])


def test_an_entry_says_what_came_with_the_release(client: TestClient) -> None:
    newest = read(client, RELEASES).entries[0]
    assert f"Since release {world.OLD}: " in newest.summary
    assert "revised" in newest.summary


def test_ids_are_all_different_and_stay_whatever_comes_after(home: Path, tmp_path: Path) -> None:
    def only_the_old(listed: dict[str, Any]) -> None:
        listed["releases"] = listed["releases"][:1]
        listed["latest"] = world.OLD

    before = read(changed_home(home, tmp_path / "home", only_the_old), RELEASES)
    after = read(client_for(home), RELEASES)
    assert before.feed.id == after.feed.id
    assert [entry.id for entry in before.entries] == [after.entries[-1].id]
    assert len({after.feed.id, *(entry.id for entry in after.entries)}) == 3


def test_a_withdrawn_release_stays_with_its_reason_and_the_day(home: Path, tmp_path: Path) -> None:
    def withdraw(listed: dict[str, Any]) -> None:
        told = {"reason": "It was wrong", "withdrawn_on": "2026-01-05"}
        listed["releases"][0] |= {"withdrawn": told, "digest": ""}

    client = changed_home(home, tmp_path / "home", withdraw)
    newest = read(client, RELEASES).entries[0]
    assert newest.title == f"Release {world.OLD} (withdrawn)"
    assert newest.summary == "Withdrawn: It was wrong."
    assert newest.updated.startswith("2026-01-05")
    assert all(world.OLD not in entry.title for entry in read(client, REVISIONS).entries)


def test_the_feed_of_revisions_tells_what_changed_as_the_changes_do(client: TestClient) -> None:
    (entry,) = read(client, REVISIONS).entries
    rows = client.get(f"/api/v1/releases/{world.NEW}/changes").json()["data"]
    kinds = {row["kind"] for row in rows}
    assert {tag.term for tag in entry.tags} == kinds
    for kind in kinds:
        count = sum(row["kind"] == kind for row in rows)
        assert f"{count} {kind.replace('_', ' ')}" in entry.title
    asked = entry.link[entry.link.index("/api/v1") :]
    assert client.get(asked).json()["data"] == rows


def test_the_feed_of_revisions_can_be_of_one_indicator_or_area(client: TestClient) -> None:
    rows = client.get(f"/api/v1/releases/{world.NEW}/changes").json()["data"]
    indicator, area = rows[0]["indicator"], rows[0]["area_code"]
    found = read(client, REVISIONS, indicator=indicator, area=area)
    mine = [r for r in rows if r["indicator"] == indicator and r["area_code"] == area]
    (entry,) = found.entries
    assert len(entry.summary.splitlines()) == len(mine)
    assert found.feed.id != read(client, REVISIONS).feed.id
    asked = entry.link[entry.link.index("/api/v1") :]
    assert client.get(asked).json()["data"] == mine


def test_a_feed_of_what_never_changed_is_empty_and_valid(client: TestClient) -> None:
    assert read(client, REVISIONS, indicator="a_quiet_pct").entries == []


def test_a_figure_that_is_suppressed_now_is_told_without_any_number(
    home: Path, client: TestClient
) -> None:
    rows = client.get(f"/api/v1/releases/{world.NEW}/changes?kind=newly_suppressed").json()["data"]
    assert rows
    found = read(client, REVISIONS, area=rows[0]["area_code"], indicator=rows[0]["indicator"])
    told = [line for line in found.entries[0].summary.splitlines() if "newly suppressed" in line]
    assert told
    for line in told:
        assert line.endswith(": newly suppressed")
        assert "→" not in line


@pytest.mark.parametrize(
    "query", [{"indicator": "no_such"}, {"area": "nowhere"}, {"release": "x"}, {"kind": "revised"}]
)
def test_what_a_feed_does_not_know_is_refused(client: TestClient, query: dict[str, str]) -> None:
    answer = client.get(REVISIONS, params=query)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_texts_are_escaped_and_what_xml_cannot_hold_is_left_out() -> None:
    day = moment_of("2026-01-05")
    links = {"alternate": "/?a=1&b=2"}
    entry = Entry(lasting_id("a"), 'A <b> & "c"\x00', day, day, "1 < 2\x0b", links)
    feed = Feed(lasting_id("b"), "Ä & Ö", "", "We", "", "https://example.org/csc", {}, (entry,))
    content = feed_bytes(feed)
    found = feedparser.parse(content)
    assert not found.bozo
    assert found.feed.title == "Ä & Ö"
    assert b'<title>A &lt;b&gt; &amp; "c"</title>' in content
    assert b"<summary>1 &lt; 2</summary>" in content
    assert found.entries[0].link == "https://example.org/csc/?a=1&b=2"


def test_a_feed_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    etag = client.get(RELEASES, headers={"accept-encoding": "identity"}).headers["etag"]
    headers = {"if-none-match": etag, "accept-encoding": "identity"}
    assert client.get(RELEASES, headers=headers).status_code == 304


def test_the_list_of_releases_names_the_feed(client: TestClient) -> None:
    answer = client.get("/api/v1/releases")
    assert answer.json()["links"]["feed"] == RELEASES
    link = f'<{RELEASES}>; rel="alternate"; type="application/atom+xml"'
    assert link in answer.headers["link"]
    service = client.get("/api/v1/").json()["links"]
    assert cast(dict[str, str], service)["releases_feed"] == RELEASES


def test_feedparser_reads_the_feeds_by_address(live: str) -> None:
    found = feedparser.parse(f"{live}{RELEASES}")
    assert (found.bozo, found.status, len(found.entries)) == (False, 200, 2)
    assert found.entries[0].link == f"{live}/api/v1/releases/{world.NEW}"
