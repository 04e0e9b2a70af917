"""``govreport-nlp run``: every table of every report of some directories, as CSV files or in another format."""

from __future__ import annotations

import sys
from collections import Counter

import click
from click import Context

from govreport_nlp.batch import Corpus, Failure
from govreport_nlp.cli.common import complain, console, counted, rules_option, text_column_option
from govreport_nlp.cli.outputs import output_options
from govreport_nlp.errors import GovReportError
from govreport_nlp.rules import Ruleset
from govreport_nlp.tables import ERRORS, TABLES, Heads, Output, open_output


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@output_options
@click.option(
    "--workers", type=click.IntRange(min=1), help="How many processes read at a time.  [default: what the machine has]"
)
@click.option("--fail-fast", is_flag=True, help="Stop at the first file that cannot be read, and write nothing.")
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
    text_column: str | None,
    rules: Ruleset,
) -> None:
    """Read every report of each PATH and write all tables to OUT.

    PATH is a directory (with all below it), a file, or a pattern such as "reports/*.txt"; a zip archive stands for
    the files in it, a data set (.csv, .jsonl, .parquet, .dta) for its rows, one report each. OUT gets all tables
    (docs/tables.md tells what is in them, docs/outputs.md how each format holds them), and a table of errors with
    the files that could not be read, why, and what to do; one broken file stops no other, unless --fail-fast is given.
    OUT appears when all is done, never half-written. The exit status is 0 when at least one report was read.
    """
    corpus = Corpus(paths, rules=rules, workers=workers, text_column=text_column)
    with open_output(output, columns) as out:
        done, causes = _write(corpus, out, fail_fast=fail_fast)
    _summarise(corpus, done, causes, output)
    if not done["reports"]:
        complain(f"Nothing could be read; {out.errors} says of each file why.")
        ctx.exit(1)


def _write(corpus: Corpus, out: Output, *, fail_fast: bool) -> tuple[Counter[str], Counter[str]]:
    """Fill ``out``; how many rows each table got, and how many files failed for each cause."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[failed]} failed"),
        TimeRemainingColumn(),
        console=console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    )
    done: Counter[str] = Counter()
    causes: Counter[str] = Counter()
    with bar:
        task = bar.add_task("", total=None if corpus.holds_many else len(corpus), failed=0)
        for result in corpus.tabulate(out.tables):
            if isinstance(result, Failure):
                if fail_fast:
                    raise GovReportError(result.file, result.problem, result.remedy)
                done["errors"] += out.write("errors", [result])
                causes[result.cause] += 1
            else:
                for name, found in result.items():
                    done[name] += out.write(name, found)
            bar.update(task, advance=1, failed=done["errors"])
    return done, causes


def _summarise(corpus: Corpus, done: Counter[str], causes: Counter[str], output: str) -> None:
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
    for cause, n in causes.most_common():
        out.print(f"  {cause}: {n}")
    if corpus.left_out:
        endings = ", ".join(f"{ending} {n}" for ending, n in corpus.left_out.items())
        out.print(f"Left out, since they are no reports by their names or columns: {endings}")
