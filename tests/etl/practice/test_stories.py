"""The stories of a round are there to be found: each planted once, and nothing else is."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from etl.practice.folder import write_sendings, write_stories
from etl.practice.made_up_country import MadeUpCountry
from etl.practice.packages import PROFILE, made_up_country
from etl.practice.sending import Sending, sendings
from etl.practice.stories import Story, of_kind, outliers_of, stories_of
from etl.submissions.check import Setting, check_opened, check_package
from etl.submissions.package import Package
from reference.periods import parse_period
from reference.placesets import load_place_set

PLACES = load_place_set("made_up")
PERIOD = parse_period("RY2025")
STORIES = stories_of(PLACES, PERIOD, PROFILE)


@pytest.fixture(scope="module")
def country() -> MadeUpCountry:
    return MadeUpCountry(PLACES, PROFILE, outliers_of(STORIES, PERIOD))


@pytest.fixture(scope="module")
def sent(country: MadeUpCountry) -> tuple[Sending, ...]:
    return tuple(sendings(country, PERIOD, STORIES))


def the(kind: str) -> Story:
    [story] = of_kind(STORIES, kind)
    return story


def of(sent: tuple[Sending, ...], story: Story) -> Sending:
    wanted = (story.authority, story.collection)
    [found] = [one for one in sent if (one.authority, one.collection) == wanted]
    return found


def test_every_kind_of_story_is_told() -> None:
    assert Counter(story.kind for story in STORIES) == {
        "late": 2,
        "missing": 1,
        "unreliable": 1,
        "corrected": 1,
        "records of children": 1,
        "outlier": 5,
        "split": 2,
        "shock": 1,
        "tiny": 2,
    }


def test_no_authority_has_two_stories_of_sending_or_of_its_own_figures() -> None:
    own = [s.authority for s in STORIES if s.kind not in {"split", "shock", "tiny"}]
    assert len(own) == len(set(own))


def test_everybody_sends_but_the_one_that_is_missing(sent: tuple[Sending, ...]) -> None:
    story = the("missing")
    expected = {(a.code, c) for a in PLACES.authorities(PERIOD.end) for c in ("CLA", "CIN", "CL")}
    came = {(one.authority, one.collection) for one in sent}
    assert expected - came == {(story.authority, story.collection)}


def test_two_returns_are_late(sent: tuple[Sending, ...]) -> None:
    late = {(one.authority, one.collection) for one in sent if one.is_late}
    assert late == {(s.authority, s.collection) for s in of_kind(STORIES, "late")}


def test_the_first_version_of_a_corrected_return_is_wrong_in_one_count(
    sent: tuple[Sending, ...],
) -> None:
    one = of(sent, the("corrected"))
    assert one.first is not None
    pairs = zip(one.first.table.splitlines(), one.package.table.splitlines(), strict=True)
    differing = [new for old, new in pairs if old != new]
    assert len(differing) == 1
    assert b"OC2_DENT" in differing[0]
    assert json.loads(one.package.manifest)["submission_reason"] == "correction"


def test_an_unreliable_count_is_sent_with_its_reason(sent: tuple[Sending, ...]) -> None:
    lines = of(sent, the("unreliable")).package.table.decode().splitlines()
    [told] = [line for line in lines if ",REF_RE12," in line]
    assert told.split(",")[-2] == "u"
    assert "old case system" in told


def test_records_of_children_are_refused_by_the_rules(
    sent: tuple[Sending, ...], tmp_path: Path
) -> None:
    records = of(sent, the("records of children")).records
    assert records is not None
    path = tmp_path / "episodes.csv"
    path.write_bytes(records)
    checked = check_package(path, Setting(PLACES, date(2025, 9, 1)), without_manifest=True)
    assert checked.sent is None
    assert {found.rule for found in checked.findings} == {"D01"}


def test_a_new_authority_has_no_year_before(country: MadeUpCountry) -> None:
    period = parse_period("RY2022")
    told = {story.authority for story in of_kind(STORIES, "split")}
    lines = [
        line
        for one in sendings(country, period, STORIES)
        if one.authority in told
        for line in one.package.table.decode().splitlines()
        if "_OPEN_PRIOR" in line
    ]
    assert len(lines) == 4
    assert all(line.endswith(",,z,") for line in lines)
    with pytest.raises(KeyError):
        country.counts(next(iter(told)), "CLA", 2021)


def test_an_outlier_lies_far_from_where_it_would_lie(country: MadeUpCountry) -> None:
    plain = made_up_country(PROFILE)
    for story in of_kind(STORIES, "outlier"):
        before, after = (
            held.counts(story.authority, story.collection, 2025) for held in (plain, country)
        )
        [key] = [k for k in before if k[0] == story.measure and k[2] in ("ALL", "19_21")]
        assert abs(after[key] - before[key]) > 0.15 * before[key], story


def test_all_that_is_sent_passes_the_rules_but_what_must_not(sent: tuple[Sending, ...]) -> None:
    setting = Setting(PLACES, date(2025, 9, 1))
    for one in sent:
        for made in filter(None, (one.first, one.package)):
            package = Package(made.name, "data.csv", made.table, made.manifest, False, False)
            stopping = [f.rule for f in check_opened(package, setting).findings if f.stops]
            assert stopping == [], made.name


def test_the_folder_of_a_round_holds_packages_and_stories(
    sent: tuple[Sending, ...], tmp_path: Path
) -> None:
    few = tuple(one for one in sent if one.first is not None or one.records is not None)
    assert write_sendings(tmp_path, PERIOD.id, few) == 3
    listed = json.loads(write_stories(tmp_path, STORIES, PLACES).read_text())
    assert "made up" in listed["notice"]
    assert [story["kind"] for story in listed["stories"]] == [story.kind for story in STORIES]
    named = listed["stories"][0]
    assert named["name"] == PLACES.area(named["authority"]).name
    corrected = the("corrected")
    folder = tmp_path / "packages" / "RY2025" / corrected.authority / "CLA"
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 2
