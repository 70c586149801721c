"""How figures are compared, in plain words: what each word of a page means."""

from typing import Final

from dashboard.components.text import bullets, section, summary_list
from dashboard.page import Node, node


def method() -> Node:
    """Return the section of the method."""
    return section(
        "method",
        "How figures are compared",
        bullets(
            [
                "Against the country or a region, we ask how far an authority lies from the "
                "published figure, allowing both for chance (small authorities vary more) and for "
                "how much authorities ordinarily differ. Only about one in twenty would stand out "
                "if nothing but ordinary variation were at work.",
                "Against statistical neighbours or another group, we compare with all the other "
                "members taken together, by an interval of 95% for the difference of two "
                "percentages or the ratio of two rates. The median and the mean of the members are "
                "shown as well; they are not what is tested.",
                "An authority’s own past: the figure of the period before is compared in the same "
                "way as two areas are. No change is told across a break in the series or in "
                "boundaries.",
                "Many at once: of a hundred tests of figures that do not differ, some five find a "
                "difference. So all indicators of one authority against one comparator are looked "
                "at together, and a difference that does not remain among them is called "
                "“similar”.",
                "“Better” and “worse” are said only where a definition states which way is good "
                "and who says so. Otherwise we say “higher” and “lower”.",
                "“Similar” means that the difference is no larger than chance and ordinary "
                "variation explain. It does not mean that two values are equal.",
                "“Cannot compare” comes with its reason: no valid interval, a missing figure, or "
                "too few members with data. Fewer than five members with data are flagged, and "
                "with fewer than three nothing is shown.",
                "Values are rounded once, half up, when they are shown. Medians, means and "
                "differences are worked out from values as shown, so that anyone can repeat them.",
                "Authorities with very few children appear in every list and in no ranking.",
            ]
        ),
        node("H3", "Further questions", id="further-methods"),
        summary_list(_FURTHER),
    )


_FURTHER: Final[tuple[tuple[str, Node], ...]] = (
    (
        "Trend",
        node(
            "Span",
            "The latest five yearly figures with an interval, of the last seven years; with fewer "
            "nothing is told. They are rising or falling only if chance hardly ever moves them so "
            "far (once in 500), if no single year makes the movement, and if it can be seen in the "
            "figures as shown. Otherwise there is no clear trend; across a break nothing is told.",
            id="trend",
        ),
    ),
    (
        "Do groups differ at all?",
        "Before groups are compared, one test over all of them asks whether authorities of "
        "different groups differ by more than authorities in any groups would, and how much of the "
        "variation lies between the groups.",
    ),
    (
        "Inequalities",
        "Each part of a figure, such as boys or an age, is compared with all children of the same "
        "area. The word comes from a test against the rest of them; all parts of a breakdown are "
        "looked at together.",
    ),
    (
        "Unlike others",
        "The page of an authority begins with what differs from the country or from its "
        "neighbours, and with what changed: the surest first, and then by size. Size is measured "
        "by how far authorities usually are apart, so that rates and percentages can stand in one "
        "list.",
    ),
    (
        "How far the comparator matters",
        "Where comparators disagree, the page says with how many of them a figure is similar, "
        "better or worse.",
    ),
    (
        "Read together",
        "A pair puts two figures that can mislead alone on one chart, parted by the figures of the "
        "country. A quadrant says where an authority stands; it is no finding by itself.",
    ),
)
