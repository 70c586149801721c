"""What a reader takes from a chart: its link, its code, its picture, its numbers, its citation."""

import pytest
from fastapi.testclient import TestClient
from lxml import etree, html

from dashboard.charts import one_chart
from dashboard.charts.chart import Chart, KeyItem
from dashboard.charts.embedding import frame_code, pinned_address
from dashboard.client import ApiClient
from dashboard.components.chart_card import chart_card
from dashboard.prerender import to_html
from dashboard.state import State
from dashboard.svg.picture import picture
from dashboard.svg.style import read_style
from tests.dashboard.conftest import dashboard_server
from tests.dashboard.fake_api import FakeApi
from tests.dashboard.test_practice import PracticeApi

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" class="drawing tilemap">'
    '<a href="/areas/E1" aria-label="Kent"><rect class="tile shade-4" width="90" height="40"/></a>'
    '<text x="5" y="60">Kent</text></svg>'
)
META = {
    "release": "2026-q1",
    "published_at": "2026-04-02T10:00:00Z",
    "attribution": "Contains public sector information",
    "not_official": "Not official.",
    "is_practice": False,
}


def made_up(**changes: object) -> Chart:
    given: dict[str, object] = {
        "kind": "spots",
        "subject": "a b",
        "state": State(area="E1"),
        "title": "A rate & more, 2025",
        "summary": "Kent has the “most”.",
        "svg": DRAWING.format(wide=400, high=200),
        "meta": META,
        "source": "A department, its statistics",
        "rows_address": "/api/v1/observations?indicator=a",
        "page_address": "/somewhere?area=E1",
        **changes,
    }
    return Chart(**given)  # type: ignore[arg-type]


def drawn(chart: Chart, **more: object) -> etree._Element:
    return etree.fromstring(picture(chart, **more).encode())  # type: ignore[arg-type]


def words(root: etree._Element) -> str:
    return " ".join(" ".join(root.itertext()).split())


def test_a_picture_holds_long_words_within_its_width() -> None:
    long = "Children who started to be looked after in the year, per 10,000 children " * 4
    root = drawn(made_up(title=long, summary=long, note=long, source=long))
    lines = [one.text or "" for one in root.iter("{*}text")]
    assert max(map(len, lines)) < 110
    assert words(root).count("per 10,000 children") >= 16


def test_a_wider_drawing_makes_a_wider_picture_and_both_are_shown_equally_wide() -> None:
    small, large = (drawn(made_up(svg=DRAWING.format(wide=w, high=200))) for w in (300, 900))
    assert small.get("width") == large.get("width") == "1200"
    assert small.get("viewBox", "").split()[2] < large.get("viewBox", "").split()[2]


def test_a_key_stands_in_the_picture_with_its_symbols() -> None:
    symbol = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h9"/></svg>'
    items = [KeyItem(symbol, f"fifth number {n}") for n in range(5)]
    for high in (100, 500):  # below the drawing, and beside a high one
        root = drawn(made_up(svg=DRAWING.format(wide=400, high=high), key=items, key_title="Key"))
        assert words(root).count("fifth number") == 5
        assert len(list(root.iter("{*}path"))) == 5


def test_links_of_a_picture_lead_to_the_service_where_its_address_is_known() -> None:
    assert list(drawn(made_up()).iter("{*}a")) == []
    root = drawn(made_up(), base="https://example.org")
    assert [one.get("href") for one in root.iter("{*}a")] == ["https://example.org/areas/E1"]
    assert "https://example.org/somewhere?area=E1&release=2026-q1" in words(root)


def test_a_picture_of_made_up_figures_says_so_in_a_band_and_across_the_drawing() -> None:
    said = words(drawn(made_up(), is_practice=True))
    assert "Every place and every figure here is made up" in said
    assert "PRACTICE" in said
    assert "made up" not in words(drawn(made_up()))


def test_a_style_keeps_what_draws_and_fills_colours_in() -> None:
    style = read_style(
        ":root { --ink: #111; --mark: var(--ink); } .a .b { fill: var(--mark); width: 3rem; }"
        " .a:hover { fill: red } @media print { .a { fill: blue } } .c { stroke: red }"
        " .b { font-size: 1.5rem; stroke: var(--none, green) }"
    )
    used = style.used_by('<g class="a"><path class="b"/></g>')
    assert used == ".a .b { fill: #111 }\n.b { font-size: 24px; stroke: green }"


def test_a_card_without_a_script_has_links_to_all_of_it() -> None:
    page = html.fromstring(to_html(chart_card(made_up())))
    links = {link.text_content(): link.get("href") for link in page.iter("a")}
    assert links["This view"] == "/somewhere?area=E1"
    assert links["PNG"] == "/charts/spots/a%20b.png?area=E1"
    assert links["SVG"] == "/charts/spots/a%20b.svg?area=E1"
    assert links["CSV"].endswith("format=csv")
    assert links["The chart alone"] == "/embed/spots/a%20b?area=E1"
    assert links["BibTeX"] == "/api/v1/releases/2026-q1/citation.bib"
    assert "A rate & more, 2025. In: Children’s social care outcomes, release 2026-q1" in words(
        page
    )


def test_what_is_cited_keeps_its_release() -> None:
    assert pinned_address(made_up()) == "/somewhere?area=E1&release=2026-q1"
    assert pinned_address(made_up(page_address="/x?release=old")) == "/x?release=old"
    assert pinned_address(made_up(page_address="")).endswith("?area=E1&release=2026-q1")


def test_the_code_of_a_frame_is_html_with_a_title_and_a_size() -> None:
    frame = html.fromstring(frame_code(made_up(width=500), "https://example.org"))
    assert frame.get("src") == "https://example.org/embed/spots/a%20b?area=E1"
    assert frame.get("title") == "A rate & more, 2025"
    assert 400 < int(frame.get("height", "0")) < 700
    assert "max-width:500px" in frame.get("style", "")


@pytest.fixture
def spots(monkeypatch: pytest.MonkeyPatch) -> None:
    async def chart(_: ApiClient, state: State) -> Chart:
        return made_up(state=state, subject=state.subject)

    monkeypatch.setattr(one_chart, "CHARTS", {"spots": chart, "broken": _broken})


async def _broken(client: ApiClient, state: State) -> Chart:
    raise KeyError(state.subject)


@pytest.mark.usefixtures("spots")
def test_frames_and_pictures_of_practice_say_so() -> None:
    with TestClient(dashboard_server(PracticeApi())) as web:
        frame, picture = web.get("/embed/spots/x").text, web.get("/charts/spots/x.svg")
    image = picture.text
    assert 'filename="practice-' in picture.headers["content-disposition"]
    assert "<title>PRACTICE: A rate &amp; more" in frame
    assert "Every place and every figure here is made up." in frame
    assert "Every place and every figure here is made up." in image


@pytest.mark.usefixtures("spots")
def test_a_frame_leads_back_to_the_release_that_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    async def chart(_: ApiClient, state: State) -> Chart:
        return made_up(state=state, page_address="")

    monkeypatch.setattr(one_chart, "CHARTS", {"spots": chart})
    with TestClient(dashboard_server(FakeApi())) as web:
        frame = html.fromstring(web.get("/embed/spots?release=old").text)
    assert [link.get("href") for link in frame.findall(".//figure//p/a")][-1] == "/?release=old"


@pytest.mark.usefixtures("spots")
def test_a_fault_of_ours_is_said_to_people_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    with TestClient(dashboard_server(FakeApi())) as web:
        for address in ("/embed/broken", "/charts/broken.png"):
            answer = web.get(address)
            assert answer.status_code == 500
            assert "Please try again in a few minutes" in answer.text
    assert "chart failed: broken" in caplog.text


@pytest.mark.usefixtures("spots")
def test_pictures_are_kept_for_a_while_and_made_anew_for_another_state(fake: FakeApi) -> None:
    with TestClient(dashboard_server(fake)) as web:
        first = web.get("/charts/spots/x.svg?area=E1")
        asked = len(fake.asked)
        assert web.get("/charts/spots/x.svg?area=E1").content == first.content
        assert len(fake.asked) - asked <= 1
        assert web.get("/charts/spots/x.svg?area=E1&find=a").status_code == 200
