"""``govreport-nlp run``: every table of every report of some directories, as CSV files or in another format."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import click
from click import Context

from govreport_nlp.batch import ENGINES, Corpus, EngineName, Failure, Journal, journal_of, open_journal
from govreport_nlp.cli.common import complain, console, counted, rules_option, text_column_option
from govreport_nlp.cli.outputs import output_options
from govreport_nlp.errors import GovReportError
from govreport_nlp.page import PageFolder
from govreport_nlp.report import Report
from govreport_nlp.rules import Ruleset
from govreport_nlp.tables import (
    ERRORS,
    TABLES,
    Heads,
    Output,
    atomic_directory,
    clear_leftovers,
    open_output,
    pages_beside,
)
from govreport_nlp.tables.columns import WHOLE

if TYPE_CHECKING:
    from rich.progress import Progress

# What a shell makes of a command that Ctrl-C ended.
_INTERRUPTED = 130


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@output_options
@click.option(
    "--workers", type=click.IntRange(min=1), help="How many processes read at a time.  [default: what the machine has]"
)
@click.option("--fail-fast", is_flag=True, help="Stop at the first file that cannot be read, and write nothing.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Take the first N reports only.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"]),
    metavar="DATE",
    help="Take only files that were changed on that day or later (YYYY-MM-DD, with or without THH:MM:SS).",
)
@click.option(
    "--pages",
    "with_pages",
    is_flag=True,
    help="Also make a web page of every report, in a directory beside OUT (out.pages for out.xlsx); the rows of a "
    "workbook then link to their words there.",
)
@click.option("--no-journal", is_flag=True, help="Read every file again, and keep nothing for the next run.")
@click.option(
    "--engine",
    type=click.Choice(list(ENGINES)),
    default="local",
    show_default=True,
    help="Where reports are read: processes of this machine, or a cluster (docs/engines.md).",
)
@click.option("--scheduler", metavar="ADDRESS", help="Address of the cluster, such as tcp://head:8786.")
@text_column_option
@rules_option
@click.pass_context
def run(
    ctx: Context,
    paths: tuple[str, ...],
    output: str,
    columns: Heads,
    workers: int | None,
    fail_fast: bool,
    limit: int | None,
    since: datetime | None,
    with_pages: bool,
    no_journal: bool,
    engine: EngineName,
    scheduler: str | None,
    text_column: str | None,
    rules: Ruleset,
) -> None:
    """Read every report of each PATH and write all tables to OUT.

    PATH is a directory (with all below it), a file, or a pattern such as "reports/*.txt"; a zip archive stands for
    the files in it, a data set (.csv, .xlsx, .jsonl, .parquet, .dta) for its rows, one report each. OUT gets all tables
    (docs/tables.md tells what is in them, docs/outputs.md how each format holds them), and a table of errors with
    the files that could not be read, why, and what to do; one broken file stops no other, unless --fail-fast is given.
    OUT appears when all is done, never half-written. The exit status is 0 when at least one report was read.

    What is found is kept as well in a journal beside OUT. A run that was broken off goes on where it stopped when it
    is started again, and a later run reads only what is new or has changed (docs/batch.md).
    """
    if scheduler and engine == "local":
        raise click.UsageError("--scheduler is the address of a cluster: give --engine dask or spark with it")
    pages = pages_beside(output) if with_pages else None
    begun = time.monotonic()
    try:
        corpus = Corpus(
            paths, rules=rules, workers=workers, text_column=text_column, limit=limit, since=since, engine=engine,
            scheduler=scheduler,
        )  # fmt: skip
        if not corpus.files:
            console().print(f"No file was changed since then ({corpus.older} are older); {output} is left as it is.")
            return
        with open_journal(journal_of(output)) as journal:
            clear_leftovers(output, pages)  # nobody else writes here now: it is from a run that was killed
            kept = None if no_journal else journal
            with _pages(pages) as folder, open_output(output, columns, pages) as out:
                done, causes = _write(corpus, out, kept, folder, fail_fast=fail_fast)
    except KeyboardInterrupt:
        goes_on = "" if no_journal else "; what was read is kept, and the same command goes on from there"
        complain(f"Interrupted: {output} was not written{goes_on}.")
        ctx.exit(_INTERRUPTED)
    _summarise(corpus, done, causes, output, pages, time.monotonic() - begun)
    if not done["reports"]:
        complain(f"Nothing could be read; {out.errors} says of each file why.")
        ctx.exit(1)


@contextmanager
def _pages(directory: str | None) -> Iterator[PageFolder | None]:
    """Where pages go, if they are asked for: ``directory``, which appears when the block ends well."""
    if directory is None:
        yield None
        return
    with atomic_directory(directory) as part:
        yield PageFolder(part)


def _write(
    corpus: Corpus, out: Output, journal: Journal | None, pages: PageFolder | None, *, fail_fast: bool
) -> tuple[Counter[str], Counter[str]]:
    """Fill ``out`` and ``pages``; how many rows each table got, and how many files failed for each cause."""
    done: Counter[str] = Counter()
    causes: Counter[str] = Counter()
    names = out.tables if pages is None else tuple(dict.fromkeys((*out.tables, WHOLE.name)))
    with _progress() as bar, closing(corpus.tabulate(names, journal)) as results:
        task = bar.add_task("", total=corpus.expected, failed=0)
        for result in results:
            if isinstance(result, Failure):
                if fail_fast:
                    raise GovReportError(result.file, result.problem, result.remedy)
                done["errors"] += out.write("errors", [result])
                causes[result.cause] += 1
            else:
                if pages is not None:
                    pages.add(Report.from_json(result[WHOLE.name][0][-1]))
                for name in out.tables:
                    done[name] += out.write(name, result[name])
            bar.update(task, advance=1, failed=done["errors"])
    return done, causes


def _progress() -> Progress:
    """A bar with the reports done and failed, their rate and the time left; nothing where nobody watches."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:.0f} reports/s" if speed else "")

    return Progress(
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[failed]} failed"),
        Rate(),
        TimeRemainingColumn(),
        console=console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    )


def _summarise(
    corpus: Corpus, done: Counter[str], causes: Counter[str], output: str, pages: str | None, seconds: float
) -> None:
    from rich.table import Table

    out = console()
    shown = Table("table", "rows")
    shown.columns[1].justify = "right"
    for name in (*TABLES, ERRORS.name):
        shown.add_row(name, str(done[name]))
    out.print(shown)
    files, found = counted(len(corpus), "file"), done["reports"] + done["errors"]
    many = f" with {counted(found, 'report')}" if found != len(corpus) else ""
    out.print(f"{files}{many}: {done['reports']} read, {done['errors']} failed. Tables in {output}")
    if pages:
        out.print(f"Pages in {pages}", soft_wrap=True)
    for cause, n in causes.most_common():
        out.print(f"  {cause}: {n}")
    if corpus.reused:
        out.print(f"{counted(corpus.reused, 'report')} unchanged since an earlier run, taken from its journal")
    if corpus.limit is not None and found == corpus.limit:
        out.print(f"Only the first {counted(corpus.limit, 'report')} were asked for")
    if corpus.older:
        out.print(f"{counted(corpus.older, 'file')} older than asked for, not read")
    if corpus.left_out:
        endings = ", ".join(f"{ending} {n}" for ending, n in corpus.left_out.items())
        out.print(f"Left out, since they are no reports by their names or columns: {endings}")
    out.print(f"{seconds:.1f} seconds, {found / max(seconds, 0.001):.1f} reports a second")
