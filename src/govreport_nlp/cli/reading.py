"""What the analyses' commands share: reading many reports, saying which could not be read, writing a table."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from govreport_nlp.batch import Corpus, Failure, read_each
from govreport_nlp.cli.common import complain, counted, open_report, text_column_option
from govreport_nlp.errors import GovReportError, RuleError
from govreport_nlp.report import Report
from govreport_nlp.rules import Ruleset
from govreport_nlp.tables import CsvTable, Row, Table
from govreport_nlp.tables.csvfile import ENCODING

F = TypeVar("F", bound=Callable[..., Any])


def many_options(command: F) -> F:
    """The arguments and options of a command that reads many reports: PATH..., --workers, --text-column."""
    workers = click.option(
        "--workers",
        type=click.IntRange(min=1),
        help="How many processes read at a time.  [default: what the machine has]",
    )
    return click.argument("paths", metavar="PATH...", nargs=-1, required=True)(workers(text_column_option(command)))


def each_report(file: str, rules: Ruleset, text_column: str | None) -> Iterator[Report | GovReportError]:
    """The reports of ``file`` (``-`` is standard input), each or why it cannot be read."""
    if file == "-":
        try:
            yield open_report(file, rules)
        except RuleError:
            raise
        except GovReportError as error:
            yield error
        return
    left_out: Counter[str] = Counter()
    for report in read_each(file, rules, text_column, left_out):
        yield GovReportError(report.file, report.problem, report.remedy) if isinstance(report, Failure) else report
    if left_out:
        endings = ", ".join(f"{ending} {n}" for ending, n in sorted(left_out.items()))
        complain(f"{file}: left out, since their names do not end like a report's: {endings}.")


class Reading:
    """The readable reports of ``paths``; each file that is not is named on standard error and counted."""

    def __init__(self, paths: tuple[str, ...], rules: Ruleset, workers: int | None, text_column: str | None) -> None:
        self._corpus = Corpus(paths, rules=rules, workers=workers, text_column=text_column)
        self.read = 0
        self.failed = 0

    def __iter__(self) -> Iterator[Report]:
        for report in self._corpus:
            self.read += 1
            yield report
        for row in self._corpus.errors.itertuples():
            self.failed += 1
            complain(GovReportError(str(row.file), str(row.problem), str(row.remedy)))

    def summary(self) -> str:
        """What was read, in words."""
        return f"{counted(self.read + self.failed, 'file')}: {self.read} read, {self.failed} failed."

    def end(self, ctx: click.Context) -> None:
        """Exit status 1 where nothing could be read."""
        if not self.read:
            ctx.exit(1)


def write_tables(directory: Path, tables: Iterable[tuple[Table, Iterable[Row]]]) -> dict[str, int]:
    """Write each table as a CSV file into ``directory``; how many rows each has."""
    done = {}
    for made, rows in tables:
        with open(directory / f"{made.name}.csv", "w", encoding=ENCODING, newline="") as file:
            done[made.name] = CsvTable(file, made).write(rows)
    return done


def listed(done: dict[str, int], output: str | os.PathLike[str]) -> str:
    """How many rows went where, in words.

    >>> listed({"project_paths": 1, "project_reports": 2}, "out")
    'project_paths: 1 row, project_reports: 2 rows. Tables in out'
    """
    rows = ", ".join(f"{name}: {counted(n, 'row')}" for name, n in done.items())
    return f"{rows}. Tables in {os.fspath(output)}"
