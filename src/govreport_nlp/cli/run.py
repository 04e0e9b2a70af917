"""``govreport-nlp run``: every table of every report of some directories, as CSV files."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import click
from click import Context

from govreport_nlp.batch import Corpus, Failure
from govreport_nlp.cli.common import complain, console, counted, rules_option
from govreport_nlp.rules import Ruleset
from govreport_nlp.tables import ERRORS, TABLES, CsvTable, atomic_directory
from govreport_nlp.tables.csvfile import ENCODING


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    required=True,
    type=click.Path(),
    help="Directory for the tables: a new one, an empty one, or one that an earlier run made.",
)
@click.option(
    "--workers", type=click.IntRange(min=1), help="How many processes read at a time.  [default: what the machine has]"
)
@rules_option
@click.pass_context
def run(ctx: Context, paths: tuple[str, ...], output: str, workers: int | None, rules: Ruleset) -> None:
    """Read every report of each PATH and write all tables to OUT.

    PATH is a directory (with all below it), a file, or a pattern such as "reports/*.txt". OUT gets one CSV file a
    table (docs/tables.md tells what is in them), and errors.csv with the files that could not be read, why, and
    what to do; one broken file stops no other. OUT appears when all is done, never half-written. The exit status
    is 0 when at least one report was read.
    """
    corpus = Corpus(paths, rules=rules, workers=workers)
    with atomic_directory(output) as directory:
        done, causes = _write(corpus, directory)
    _summarise(corpus, done, causes, output)
    if not done["reports"]:
        complain(f"Nothing could be read; {Path(output, 'errors.csv')} says of each file why.")
        ctx.exit(1)


def _write(corpus: Corpus, directory: Path) -> tuple[Counter[str], Counter[str]]:
    """Fill ``directory``; how many rows each table got, and how many files failed for each cause."""
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
    with ExitStack() as files:
        writers = {
            made.name: CsvTable(
                files.enter_context(open(directory / f"{made.name}.csv", "w", encoding=ENCODING, newline="")), made
            )
            for made in (*TABLES.values(), ERRORS)
        }
        files.enter_context(bar)
        task = bar.add_task("", total=len(corpus), failed=0)
        for result in corpus.tabulate(tuple(TABLES)):
            if isinstance(result, Failure):
                done["errors"] += writers["errors"].write([result])
                causes[result.cause] += 1
            else:
                for name, found in result.items():
                    done[name] += writers[name].write(found)
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
    out.print(f"{counted(len(corpus), 'file')}: {done['reports']} read, {done['errors']} failed. Tables in {output}")
    for cause, n in causes.most_common():
        out.print(f"  {cause}: {n}")
    if corpus.left_out:
        endings = ", ".join(f"{ending} {n}" for ending, n in corpus.left_out.items())
        out.print(f"Left out, since their names do not end like a report's: {endings}")
