"""``govreport-nlp diffusion``: how slogans spread over years and places."""

from __future__ import annotations

import click
from click import Context

from govreport_nlp.analysis.columns import DIFFUSION
from govreport_nlp.analysis.diffusion import diffusion_rows
from govreport_nlp.cli.common import rules_option
from govreport_nlp.cli.reading import Reading, listed, many_options, write_tables
from govreport_nlp.rules import Ruleset
from govreport_nlp.tables import atomic_directory


@click.command()
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    required=True,
    type=click.Path(),
    help="Directory for the tables: a new one, an empty one, or one that an earlier run made.",
)
@many_options
@rules_option
@click.pass_context
def diffusion(
    ctx: Context, paths: tuple[str, ...], output: str, workers: int | None, text_column: str | None, rules: Ruleset
) -> None:
    """Follow each slogan through the reports of each PATH.

    OUT gets CSV files: slogan_first (where each was first used), slogan_uses and slogan_years (who used it when, how
    often), slogan_lags and slogan_follows (how long after others, and after whom), slogan_turnover (new, kept and
    dropped from one report of a place to its next). Files that cannot be read are named on standard error; the exit
    status is 0 when one report was read.
    """
    reading = Reading(paths, rules, workers, text_column)
    with atomic_directory(output) as directory:
        done = write_tables(directory, zip(DIFFUSION, diffusion_rows(reading, rules=rules), strict=True))
    click.echo(f"{reading.summary()} {listed(done, output)}")
    reading.end(ctx)
