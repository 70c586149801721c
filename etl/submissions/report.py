"""A report as lines, in every format that can be asked for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from etl.findings import Finding, as_text
from etl.submissions.check import CheckedReturn
from etl.submissions.report_page import report_html
from etl.submissions.report_parts import Report, change_lines, report_of
from etl.submissions.report_tables import report_csv, report_xlsx
from etl.submissions.verdicts import report_json, verdict, worst_exit

_SHOWN_CHANGES: Final = 10


def report_text(checked: CheckedReturn, *, with_figures: bool) -> str:
    """Return the report of one return as lines: what it is, what was found, and the verdict."""
    report = report_of(checked, with_figures=with_figures)
    lines = [report.headline, as_text(_by_measure(report)), *change_lines(report, _SHOWN_CHANGES)]
    lines += [report.verdict, report.prompt]
    if with_figures and not checked.has_manifest:
        lines.append("It has no manifest: load it with --without-manifest.")
    if with_figures and checked.ruleset:
        lines.append(f"Rules: {checked.ruleset}.")
    return "\n".join(line for line in lines if line)


def _by_measure(report: Report) -> Sequence[Finding]:
    return [found for severity in report.counted for found in report.of(severity)]


def report_file(checked: CheckedReturn, form: str, *, with_figures: bool) -> bytes:
    """Return the report of one return in a format of FORMATS."""
    if form == "json":
        return report_json([checked], with_figures=with_figures).encode()
    if form == "text":
        return (report_text(checked, with_figures=with_figures) + "\n").encode()
    return FILES[form](report_of(checked, with_figures=with_figures))


FILES: Final[Mapping[str, Callable[[Report], bytes]]] = {
    "html": report_html,
    "csv": report_csv,
    "xlsx": report_xlsx,
}
FORMATS: Final = ("text", "json", *FILES)
ENDINGS: Final[Mapping[str, str]] = {"text": "txt", **{name: name for name in FORMATS[1:]}}
"""Format to the ending of a file's name."""

__all__ = [
    "ENDINGS",
    "FILES",
    "FORMATS",
    "report_file",
    "report_json",
    "report_text",
    "verdict",
    "worst_exit",
]
