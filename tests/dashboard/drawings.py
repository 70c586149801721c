"""Samples of the charts of one width, for tests."""

from xml.etree import ElementTree

from dashboard.svg.distribution import Quarters, distribution
from dashboard.svg.dots import Dot
from dashboard.svg.funnel import Limits, Placed, funnel
from dashboard.svg.lines import At, Course, Mark, Middle, courses_chart
from dashboard.svg.ranked import ranked

SPACE = "{http://www.w3.org/2000/svg}"


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - made by us a line above


def dots_of(name: str = "Vale", count: int = 40) -> list[Dot]:
    many = [
        Dot(f"Area {n}", f"Area {n}: {n}", float(n), n - 2.0, n + 2.0, f"{n}", f"/x?area=X{n}")
        for n in range(count)
    ]
    chosen = Dot(name, f"{name}: 53", 53, 50, 56, "53", "/x?area=C", is_chosen=True)
    near = Dot("Near", "Near: 12", 12, 9, 15, "12", "/x?area=N", is_neighbour=True)
    pointed = Dot("There", "There: 33", 33, 30, 36, "33", "/x?area=P", is_pointed=True)
    return [*many, chosen, near, pointed]


LINES = [("Country 30", 30.0, "country"), ("median 25", 25.0, "median")]


def ranked_svg(name: str = "Vale") -> str:
    return ranked("ranked", f"Ranked: {name}", "By value.", dots_of(name), LINES, "per 10,000")


def distribution_svg(name: str = "Vale") -> str:
    quarters = Quarters(10, 25, 40, ("lowest", "middle half", "highest"))
    return distribution("d", f"Lie: {name}", "Dots.", dots_of(name), LINES[:1], quarters, "%")


def funnel_svg(name: str = "Vale") -> str:
    placed = [
        Placed(dot, 100.0 * (place + 1), is_unusual=dot.value > 38)
        for place, dot in enumerate(dots_of(name))
    ]
    points = tuple((100.0 * n, 30.0 - 100 / n, 30.0 + 100 / n) for n in range(1, 44))
    limits = [Limits("wide-95", "wide", points), Limits("plain-95", "plain", points)]
    return funnel("f", f"Funnel: {name}", "Size.", placed, limits, ("Country 30", 30), "%", "size")


def trend_svg(name: str = "Vale") -> str:
    courses = [
        Course(
            name, "53", "chosen", (At(55, f"{name} 2024"), At(None), At(53, "", is_hollow=True))
        ),
        Course("Country", "54", "country", (At(54), At(52), At(54)), frozenset({1})),
    ]
    middle = Middle("middle half", ((40.0, 60.0), None, (41.0, 59.0)))
    marks = [Mark(0.5, "break", "break"), Mark(1.2, "inspected", "inspection")]
    labels = ("2023", "2024", "2025")
    return courses_chart(
        "trend", f"Change: {name}", "Lines.", labels, courses, "%", middle=middle, marks=marks
    )
