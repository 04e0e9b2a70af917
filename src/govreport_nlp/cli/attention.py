"""``govreport-nlp attention``: how large a share of each report the words of a list have."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any, get_args

import click
from click import Context

from govreport_nlp.analysis.attention import WordCounter
from govreport_nlp.analysis.columns import ATTENTION, ATTENTION_HITS
from govreport_nlp.analysis.word_counts import Overlap
from govreport_nlp.analysis.word_lists import shipped, together
from govreport_nlp.cli.common import counted, rules_option
from govreport_nlp.cli.reading import Reading, many_options
from govreport_nlp.rules import Ruleset
from govreport_nlp.tables import CsvTable, Table
from govreport_nlp.tables.atomic import atomic_file
from govreport_nlp.tables.csvfile import ENCODING


def _show_lists(ctx: Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        for name, lists in shipped().items():
            click.echo(name)
            for rule in lists:
                click.echo(f"  {rule.id}: {counted(len(rule.words), 'word')}; {rule.source}")
        ctx.exit()


@click.command()
@click.option(
    "--list",
    "lists",
    metavar="NAME|FILE",
    multiple=True,
    required=True,
    help="A shipped word list (see --lists), or a CSV or YAML file of your own. May be given several times.",
)
@click.option(
    "-o", "--output", metavar="FILE", required=True, type=click.Path(dir_okay=False), help="CSV file for the counts."
)
@click.option(
    "--hits", metavar="FILE", type=click.Path(dir_okay=False), help="CSV file for every occurrence with its sentence."
)
@click.option(
    "--overlap",
    type=click.Choice(get_args(Overlap)),
    default="longest",
    show_default=True,
    help="What counts where listed words overlap: the longest of each list, the longest of all lists, or every one.",
)
@click.option(
    "--lists",
    "show_lists",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_lists,
    help="Show the shipped lists.",
)
@many_options
@rules_option
@click.pass_context
def attention(
    ctx: Context,
    paths: tuple[str, ...],
    lists: tuple[str, ...],
    output: str,
    hits: str | None,
    overlap: Overlap,
    workers: int | None,
    text_column: str | None,
    rules: Ruleset,
) -> None:
    """Count the words of lists in every report of each PATH.

    FILE gets one row per report, list and scope (all, plan, review): hits, sentences with one, characters, words as
    jieba cuts them, and shares. A CSV list has the columns list and word, or one word a line; a YAML list maps names
    to words. Files that cannot be read are named on standard error; the exit status is 0 when one report was read.
    """
    counter = WordCounter(together(lists, rules), overlap, rules)
    reading = Reading(paths, rules, workers, text_column)
    rows = 0
    with ExitStack() as files:
        counts = _open(files, output, ATTENTION)
        places = _open(files, hits, ATTENTION_HITS) if hits else None
        for report in reading:
            rows += counts.write(counter.rows(report))
            if places:
                places.write(counter.hit_rows(report))
    click.echo(f"{reading.summary()} {counted(rows, 'row')} in {output}")
    reading.end(ctx)


def _open(files: ExitStack, name: str, made: Table) -> CsvTable:
    how: dict[str, Any] = {"encoding": ENCODING, "newline": ""}
    return CsvTable(files.enter_context(atomic_file(name, **how)), made)
