"""A report as one page that needs nothing else: no scripts, readable in print and by ear."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from etl.findings import Finding, Severity
from etl.submissions.report_parts import Report, change_rows, standing
from etl.submissions.rules import load_rules

_HEADINGS: Final = {
    Severity.UNREADABLE: "Unreadable",
    Severity.CRITICAL: "Critical: nothing was stored",
    Severity.ERROR: "Errors: must be mended",
    Severity.QUERY: "Queries: mend or explain",
    Severity.WARNING: "Warnings: for information",
    Severity.NOTE: "Notes",
}
_STYLE: Final = """
:root { color-scheme: light; }
body { font: 1rem/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; margin: 0 auto;
  max-width: 68rem; padding: 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin-top: 2rem; border-bottom: 2px solid #1b1b1b; }
h3 { font-size: 1.05rem; margin-bottom: 0.25rem; overflow-wrap: anywhere; }
.verdict { border-left: 0.4rem solid #1d4f91; padding: 0.5rem 1rem; background: #f1f4f8; }
.verdict.stops { border-color: #9b1c1c; background: #fbf1f1; }
article { border: 1px solid #767676; padding: 0.5rem 1rem; margin: 0.75rem 0; break-inside: avoid; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 1rem; margin: 0.25rem 0; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
.small { color: #4a4a4a; font-size: 0.9rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; } caption { text-align: left; font-weight: 600; }
th, td { border: 1px solid #767676; padding: 0.25rem 0.6rem; text-align: left; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
@media (max-width: 36rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 0.4rem; } }
@media print { body { max-width: none; font-size: 10pt; } .scroll { overflow: visible; } }
"""


def report_html(report: Report) -> bytes:
    """Return the report as a page."""
    body = "\n".join((*_top(report), *_findings(report), *_changes(report)))
    title = escape(report.headline)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    ).encode()


def _top(report: Report) -> Iterator[str]:
    stops = " stops" if any(found.stops for found in report.findings) else ""
    yield f"<h1>{escape(report.headline)}</h1>"
    yield f'<p class="verdict{stops}"><strong>{escape(report.verdict)}</strong></p>'
    if report.prompt:
        yield f"<p>{escape(report.prompt)}</p>"
    figures = "" if report.with_figures else " This copy shows no figure of the return."
    rules = escape(report.ruleset or "of no year")
    yield f'<p class="small">Checked with the rules {rules}.{figures}</p>'


def _findings(report: Report) -> Iterator[str]:
    for severity, count in report.counted.items():
        yield f"<section>\n<h2>{_HEADINGS[severity]} ({count:,})</h2>"
        yield from (_one(report, found) for found in report.of(severity))
        yield "</section>"


def _one(report: Report, found: Finding) -> str:
    rule = load_rules().get(found.rule)
    parts = [found.measure, "" if found.breakdown == "ALL" else found.breakdown]
    about = " / ".join(part for part in parts if part) or "The whole return"
    listed = [
        ("Where", str(found.place)),
        ("Found", found.found),
        ("Expected", found.expected),
        ("How to fix", found.advice),
        ("Since the version before", standing(report, found)),
    ]
    told = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in listed if text)
    says = f": {escape(rule.says)}" if rule else ""
    return (
        f"<article>\n<h3>{escape(about)}</h3>\n<dl>{told}</dl>\n"
        f'<p class="small">Rule {escape(found.rule)}{says}</p>\n</article>'
    )


def _changes(report: Report) -> Iterator[str]:
    held = report.differences
    if held is None:
        return
    yield f"<section>\n<h2>What changed against version {held.version}</h2>"
    yield (
        f"<p>Findings: {len(held.new):,} new, {len(held.gone):,} gone, {len(held.still):,} still "
        f"there, {len(held.explained):,} still explained.</p>"
    )
    if held.gone:
        gone = ", ".join(escape(" ".join((one.rule, one.about[0])).strip()) for one in held.gone)
        yield f"<p>Gone: {gone}.</p>"
    rows = change_rows(report)
    yield _table(rows) if rows else "<p>No figure changed.</p>"
    yield "</section>"


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    body = "".join(
        f'<tr><th scope="row">{escape(measure)}</th><td>{escape(_breakdown(kind, code))}</td>'
        f'<td class="number">{escape(before or "not sent")}</td>'
        f'<td class="number">{escape(now or "not sent")}</td></tr>'
        for measure, kind, code, before, now in rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="Figures that changed"><table>'
        f"<caption>Figures that changed ({len(rows):,})</caption><thead><tr>"
        '<th scope="col">Measure</th><th scope="col">Breakdown</th><th scope="col">Before</th>'
        f'<th scope="col">Now</th></tr></thead><tbody>{body}</tbody></table></div>'
    )


def _breakdown(kind: str, code: str) -> str:
    return "all" if code == "ALL" else f"{kind} {code}"
