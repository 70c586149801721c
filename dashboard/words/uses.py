"""Words that people use for what has another name here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Place:
    """A page, and the words by which people look for it."""

    title: str
    address: str
    note: str
    words: str = ""


PLACES: Final = (
    Place(
        "Heat table",
        "/heat",
        "Authorities and indicators in one table",
        "tartan rug heatmap dashboard matrix RAG traffic light",
    ),
    Place(
        "Groups of authorities",
        "/compare",
        "By region, type, inspection grade, deprivation and more",
        "compare benchmark Ofsted rating inspection grade judgement ILACS good outstanding "
        "inadequate requires improvement rural rurality urban deprivation deprived IMD IDACI "
        "region type London county unitary metropolitan size",
    ),
    Place("Trends", "/trends", "Several areas over the years", "time series history change years"),
    Place(
        "Gaps between groups of children",
        "/gaps",
        "Sex, age, ethnicity, placement and more",
        "inequalities inequality disparity disproportionality characteristics ethnicity sex age "
        "breakdown",
    ),
    Place(
        "Indicators read together",
        "/pairs",
        "Two figures that mislead when read alone",
        "pairs quadrant scatter counterbalanced balance proportionality",
    ),
    Place(
        "Intervention beside need",
        "/proportionality",
        "Referrals, children in need and in care beside deprivation",
        "proportionality threshold thresholds poverty deprivation",
    ),
    Place("Scatter", "/scatter", "Any two indicators against each other", "correlation plot xy"),
    Place(
        "Your own list of authorities",
        "/own",
        "Make, name and share a list",
        "own group custom comparator set",
    ),
    Place(
        "Take data away",
        "/data",
        "As CSV, Excel, Parquet and more, with code for R and Python",
        "download export spreadsheet csv excel bulk dataset",
    ),
    Place(
        "Releases",
        "/releases",
        "What is new, what was revised, what comes next",
        "revisions changes calendar updates news feed",
    ),
    Place(
        "Missing figures",
        "/missing",
        "Why a figure is missing, and what its signs mean",
        "suppressed suppression hidden blank dash symbol c x z k low confidential disclosure small "
        "numbers key",
    ),
    Place(
        "Data sources",
        "/sources",
        "Every publication with dates, licence and tables",
        "DfE Ofsted publisher publication statistics release licence OGL provenance",
    ),
    Place("Definitions", "/definitions", "Every word and every indicator", "glossary dictionary"),
    Place(
        "Methods",
        "/methods",
        "How figures are made and compared",
        "significance confidence interval funnel chance statistics methodology",
    ),
    Place(
        "Statistical neighbours",
        "/methods/neighbours",
        "Who is like whom; each authority’s page names its own",
        "comparators NFER similar authorities peers model",
    ),
    Place(
        "Ranks and quarters",
        "/methods/position",
        "Where an authority stands, and why that says little",
        "league table ranking rank quartile LAIT band",
    ),
    Place("The API", "/api/docs", "The same figures for programs", "SDMX JSON developers code"),
    Place("Accessibility", "/accessibility", "What was tested, what falls short", "WCAG statement"),
)

LONG_FORMS: Final[Mapping[str, str]] = {
    "cin": "in need",
    "cla": "looked after",
    "cpp": "protection plan",
    "lac": "looked after",
    "uasc": "unaccompanied",
}
"""Abbreviations, in small letters, to words that more titles have."""

LITTLE: Final = frozenset({"a", "across", "and", "at", "by", "for", "in", "of", "on", "the", "to"})
"""Words that say nothing of what a page is about."""

SAID_AS: Final[Mapping[str, str]] = {
    "council": "authority",
    "councils": "authority",
    "la": "authority",
    "las": "authority",
    "local authority": "authority",
    "local authorities": "authority",
    "metric": "indicator",
    "kpi": "indicator",
    "kpis": "indicator",
    "suppressed": "suppression",
    "statistical neighbour": "neighbour",
    "statistical neighbours": "neighbour",
    "neighbours": "neighbour",
    "rag": "outcome",
    "significance": "similar",
    "significant": "similar",
    "quartile": "quarter",
    "league table": "rank",
    "confidence interval": "similar",
    "ssda903": "return",
    "time series": "trend",
    "download": "data package",
}
"""What people say, in small letters, to the word of the glossary."""
