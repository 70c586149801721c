"""The pages of releases: what is new, what was revised, down to one figure and its publication.

Two vintages of two published tables are loaded as two releases, as tests/prove/revisions.py does.
"""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.contract import MOST_JSON_ROWS
from dashboard.answers import Library
from dashboard.client import ApiClient
from dashboard.components.changed_indicators import indicators_table
from dashboard.page import Node
from dashboard.prerender import to_html
from dashboard.state import State
from dashboard.views.release_view import ReleaseView
from dashboard.words.changes import KINDS
from outcomes import app
from tests.dashboard.fake_api import RELEASE, FakeApi
from tests.dashboard.reading import links_to, said_by, tables_of
from tests.dashboard.real import RealPages
from tests.prove.revisions import NEW, OLD, OLD_DAY, load
from tests.prove.two_vintages import PLAIN

MOVED, SUITABLE = "cla_3plus_placements_pct", "care_leaver_suitable_accom_17_18_pct"
LAMBETH, BOLTON, WAKEFIELD = "E09000022", "E08000001", "E08000036"
SHIPPED = "shipped-2026-04-02"


@pytest.fixture(scope="module")
def home(published_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the releases of two vintages."""
    made = tmp_path_factory.mktemp("releases") / "home"
    plains = [plain for plain in PLAIN if plain.indicator in {MOVED, SUITABLE}]
    for release, options in ((OLD, ("--published-on", OLD_DAY)), (NEW, ())):
        editions = [plain.old if release == OLD else plain.new for plain in plains]
        files = sorted({published_dir / "published" / edition.file for edition in editions})
        load(made, files, "--release", release, *options)
    return made


@pytest.fixture(scope="module")
def two(home: Path) -> RealPages:
    """Pages over both releases."""
    return RealPages(home)


# ---- all releases


def test_releases_are_listed_with_their_days_the_newest_first(two: RealPages) -> None:
    page = two.page("/releases")
    rows = tables_of(page)["Releases, the newest first"]
    assert [row[0] for row in rows] == [NEW, OLD]
    assert rows[1][1:] == ["31 December 2024", "Rebuilt from publications of its day"]
    assert page.description.startswith("2 releases of figures are held; the one shown is")


def test_the_calendar_gives_days_that_were_and_no_day_that_nobody_announced(
    real: RealPages,
) -> None:
    page = real.page("/releases")
    rows = {row[0]: row for row in tables_of(page)["Publications, the newest first"]}
    last = rows["Children looked after in England including adoptions"]
    assert last[1:3] == ["26 November 2025", "2025"]
    assert all(row[-1].startswith("Not known") for row in rows.values())
    assert "so none is given" in said_by(page)


def test_feeds_are_given_for_all_and_for_a_choice(real: RealPages) -> None:
    said = said_by(real.page(f"/releases?indicator={MOVED}&area={LAMBETH}"))
    assert "/api/v1/feeds/releases.atom" in said
    feed = f"/api/v1/feeds/revisions.atom?indicator={MOVED}&area={LAMBETH}"
    assert feed in said
    assert real.answer(feed).status_code == 200


def test_a_release_is_cited_in_words_and_for_reference_managers(real: RealPages) -> None:
    page = real.page("/releases")
    assert f"Release {SHIPPED}, published" in said_by(page)
    for suffix in ("bib", "ris", "cff"):
        (address,) = links_to(page, f"/api/v1/releases/{SHIPPED}/citation.{suffix}")
        assert real.answer(address).status_code == 200


# ---- one release


def table_of(new: int) -> Node:
    """Return what stands of the indicators of a made-up release with so many new figures."""
    fake = FakeApi()
    release = fake._release({}, RELEASE)
    counts = dict.fromkeys(KINDS, 0)
    row = {"indicator": "an_indicator_of_old", **counts, "new": new, "with_size": 0, "figures": 1}
    view = ReleaseView(
        State(),
        {},  # type: ignore[typeddict-item]
        release,
        Library(RELEASE, {}, {}, ()),
        revisions=[row],
    )
    return indicators_table(ApiClient(fake.client), view)


def test_a_list_too_long_for_json_is_offered_as_a_file_alone() -> None:
    for count, is_offered in ((MOST_JSON_ROWS, True), (MOST_JSON_ROWS + 1, False)):
        text = to_html(table_of(count))
        assert ("API answer for all changes" in text) == is_offered
        assert "CSV of all changes" in text


def test_an_indicator_that_a_release_has_no_more_is_named_by_its_id() -> None:
    assert "an_indicator_of_old" in to_html(table_of(1))


def test_the_first_release_says_that_there_is_none_to_compare_it_with(real: RealPages) -> None:
    page = real.page(f"/releases/{SHIPPED}")
    assert "is the first one held here" in page.description
    assert "What it is made of" in said_by(page)


def test_what_is_new_names_periods_and_publications(two: RealPages) -> None:
    said = said_by(two.page(f"/releases/{NEW}"))
    assert "New periods 2025 (RY2025)" in said
    assert "Children looked after in England including adoptions, 2025, published on" in said


def test_revisions_of_an_indicator_are_counted_and_measured(two: RealPages) -> None:
    rows = tables_of(two.page(f"/releases/{NEW}"))["Figures that differ, by indicator"]
    (moved,) = (row for row in rows if row[0].startswith("Three or more placements"))
    assert (moved[1], moved[-2], moved[-1]) == ("49", "1 point", "3 points")


def test_the_largest_revision_stands_first_with_both_values(two: RealPages) -> None:
    page = two.page(f"/releases/{NEW}?indicator={MOVED}&kind=revised")
    rows = tables_of(page)["49 figures that differ"]
    assert rows[0] == ["2024", "Lambeth", "11%", "14%", "+3 points", "revised"]
    assert page.description.endswith("49 figures differ between releases "
                                     f"{OLD} and {NEW}: 49 revised.")  # fmt: skip


def test_one_figure_says_what_it_was_what_it_is_and_from_which_publications(
    two: RealPages,
) -> None:
    page = two.page(f"/releases/{NEW}?indicator={MOVED}&area={LAMBETH}&period=RY2024")
    assert page.description == (
        "Three or more placements, Lambeth, in the year ending 31 March 2024: "
        f"11% in release {OLD}, 14% in release {NEW}."
    )
    said = said_by(page)
    assert re.search(r"Now: Children looked after[^:]*, published on 26 November 2025", said)
    assert re.search(r"Before: Children looked after[^:]*, published on 14 November 2024", said)


def test_a_figure_hidden_later_shows_no_number_before_nor_now(two: RealPages) -> None:
    page = two.page(f"/releases/{NEW}?indicator={SUITABLE}&area={WAKEFIELD}&kind=newly_suppressed")
    (rows,) = (held for title, held in tables_of(page).items() if "figure" in title)
    assert rows
    for row in rows:
        assert row[1:5] == ["shown, number not told", "suppressed", "", "newly suppressed"]


def test_a_figure_shown_again_has_its_reason_before(two: RealPages) -> None:
    page = two.page(f"/releases/{NEW}?indicator={SUITABLE}&area={BOLTON}&kind=no_longer_suppressed")
    (rows,) = (held for title, held in tables_of(page).items() if "figure" in title)
    assert ["2022", "suppressed", "95%"] in [row[:3] for row in rows]


def test_where_nothing_differs_the_page_says_so_and_what_to_do(two: RealPages) -> None:
    page = two.page(f"/releases/{NEW}?indicator={MOVED}&area={LAMBETH}&kind=withdrawn")
    assert "no figure differs between releases" in page.description
    assert "Choose another indicator" in said_by(page)


def test_a_release_is_compared_with_an_earlier_one_that_is_named(two: RealPages) -> None:
    page = two.page(f"/releases/{NEW}?against={OLD}")
    assert f"against release {OLD}" in page.description
    assert two.page(f"/releases/{NEW}?against=2020-01-01").status == 404


@pytest.mark.parametrize(
    "choice", ["", f"?indicator={MOVED}", f"?indicator={MOVED}&area={LAMBETH}", f"?against={OLD}"]
)
def test_a_page_of_a_release_costs_at_most_four_calls(two: RealPages, choice: str) -> None:
    two.page(f"/releases/{NEW}{choice}")
    lists = ("/api/v1/areas", "/api/v1/indicators", "/api/v1/groups")
    assert len([one for one in two.asked if not one.split("?")[0].endswith(lists)]) <= 4


def test_the_page_of_a_source_leads_to_what_became_of_its_figure(real: RealPages) -> None:
    page = real.page(
        f"/sources/dfe_cla_placement_stability_2025?indicator={MOVED}&area={LAMBETH}&period=RY2025"
    )
    (way,) = links_to(page, f"/releases/{SHIPPED}")
    assert way.endswith(f"?area={LAMBETH}&period=RY2025&indicator={MOVED}") or MOVED in way


def test_a_withdrawn_release_keeps_its_page_and_the_reason(two: RealPages, home: Path) -> None:
    words = ["release", "withdraw", NEW, "--reason", "Loaded from a wrong folder"]
    done = CliRunner().invoke(app, words, env={"OUTCOMES_HOME": str(home)})
    assert done.exit_code == 0, done.output
    fresh = RealPages(home)
    page = fresh.page(f"/releases/{NEW}")
    assert page.status == 410
    assert "was withdrawn on" in page.description
    assert "Loaded from a wrong folder" in page.description
    assert links_to(page, f"/releases/{OLD}")
    assert "Withdrawn" in said_by(fresh.page("/releases"))
