"""``govreport-nlp page``: reports as web pages that show what was found where."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import chain

import click
from click import Context

from govreport_nlp.cli.common import complain, counted, rules_option, text_column_option
from govreport_nlp.cli.reading import each_report
from govreport_nlp.errors import GovReportError, OutputError
from govreport_nlp.page import INDEX, write_page, write_pages
from govreport_nlp.report import Report
from govreport_nlp.rules import Ruleset

_ENDINGS = (".html", ".htm")


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "-o", "--output", metavar="OUT", required=True, type=click.Path(),
    help="Where the pages go: a file that ends in .html for one report, else a directory.",
)  # fmt: skip
@text_column_option
@rules_option
@click.pass_context
def page(ctx: Context, files: tuple[str, ...], output: str, text_column: str | None, rules: Ruleset) -> None:
    """Make a web page of each FILE that shows its text with all that was found marked in place.

    The page stands alone: any browser opens it, and nothing is loaded from elsewhere. It has the report's sections
    as a table of contents; a click on a mark shows the columns of its record, and each record and section has an
    address of its own (docs/page.md).

    One report goes to OUT, a file that ends in .html; for several OUT is a directory, with an index.html that lists
    them. FILE is what `extract` takes. A file that cannot be read is named on standard error, the others are still
    done, and the exit status is 1.
    """
    reading = _Reading(files, rules, text_column)
    reports = iter(reading)
    first = next(reports, None)
    if first is None:
        ctx.exit(1)
    if output.lower().endswith(_ENDINGS):
        if next(reports, None) is not None:
            raise OutputError(output, "there are several reports for this one page", "name a directory")
        write_page(output, first)
        click.echo(f"Page in {output}")
    else:
        n = write_pages(output, chain([first], reports))
        click.echo(f"{counted(n, 'report')} read, {reading.failed} failed. Pages in {os.path.join(output, INDEX)}")
    if reading.failed:
        ctx.exit(1)


class _Reading:
    """The readable reports of ``files``; each that is not is named on standard error and counted."""

    def __init__(self, files: tuple[str, ...], rules: Ruleset, text_column: str | None) -> None:
        self._files, self._rules, self._text_column = files, rules, text_column
        self.failed = 0

    def __iter__(self) -> Iterator[Report]:
        for file in self._files:
            for report in each_report(file, self._rules, self._text_column):
                if isinstance(report, GovReportError):
                    complain(report)
                    self.failed += 1
                else:
                    yield report
