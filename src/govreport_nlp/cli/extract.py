"""``govreport-nlp extract``: what is taken out of each file, as JSON or to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import click
from click import Context

from govreport_nlp.cli.common import (
    complain,
    console,
    counted,
    heading,
    printable,
    rules_option,
    text_column_option,
)
from govreport_nlp.cli.reading import each_report
from govreport_nlp.errors import GovReportError
from govreport_nlp.model import Quantity
from govreport_nlp.report import Report
from govreport_nlp.rules import Ruleset


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, one line a file.")
@text_column_option
@rules_option
@click.pass_context
def extract(ctx: Context, files: tuple[str, ...], as_json: bool, text_column: str | None, rules: Ruleset) -> None:
    """Print the targets, slogans and projects of each FILE.

    A FILE may be text, a web page, Word, PDF or Markdown, a zip archive of these, or a data set with one report a
    row; - is standard input, one report. With --json, all that is found is
    printed with the exact place of each record in the text. A file that cannot be read is named on standard error,
    the others are still done, and the exit status is 1.
    """
    failed = False
    for file in files:
        for report in each_report(file, rules, text_column):
            if isinstance(report, GovReportError):
                complain(report)
                failed = True
            elif as_json:
                click.echo(report.to_json().encode())
            else:
                _show(report)
    if failed:
        ctx.exit(1)


def _show(report: Report) -> None:
    out = console()
    out.print(heading(report), style="bold")
    _table(
        f"Targets ({len(report.targets)})",
        ("indicator", "bound", "number", "measure", "years", "commitment"),
        [(t.indicator, t.bound, t.text, t.measure, _years(t), t.commitment) for t in report.targets],
    )
    times = Counter((s.text, s.kind, "yes" if s.is_slogan else "no") for s in report.slogans)
    _table(
        f"Slogans and quoted expressions ({len(times)} different)",
        ("expression", "kind", "slogan", "times"),
        [(*key, str(n)) for key, n in times.items()],
    )
    _table(
        f"Projects ({len(report.projects)})",
        ("name", "kind", "stage", "status"),
        [(p.name, p.kind, p.stage or "", p.status) for p in report.projects],
    )
    found = (
        counted(len(report.sections), "section"),
        counted(len(report.sentences), "sentence"),
        counted(len(report.quantities), "quantity", "quantities"),
        counted(len(report.relative_targets), "relative target"),
    )
    out.print("Also: " + ", ".join(found) + ". --json prints everything.\n", style="dim")


def _table(title: str, names: Iterable[str], found: Iterable[Iterable[str]]) -> None:
    from rich.table import Table

    shown = Table(title=title, title_justify="left", title_style="bold cyan", expand=False)
    for name in names:
        shown.add_column(name, overflow="fold")
    for row in found:
        shown.add_row(*map(printable, row))
    console().print(shown)


def _years(target: Quantity) -> str:
    first, last = target.period_start, target.period_end
    return f"{first}–{last}" if first and last and first != last else str(last or first or "")
