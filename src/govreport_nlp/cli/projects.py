"""``govreport-nlp projects``: each project of a place from plan to completion."""

from __future__ import annotations

import click
from click import Context

from govreport_nlp.analysis.columns import PROJECTS
from govreport_nlp.analysis.projects_over_time import project_rows
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
def projects(
    ctx: Context, paths: tuple[str, ...], output: str, workers: int | None, text_column: str | None, rules: Ruleset
) -> None:
    """Follow each project through the reports of each PATH that one place gave over the years.

    OUT gets CSV files: project_reports (one row per project and report with its stage) and project_paths (one row per
    project: planned, started, completed, and whether it stalled or vanished). Files that cannot be read are named on
    standard error; the exit status is 0 when one report was read.
    """
    reading = Reading(paths, rules, workers, text_column)
    with atomic_directory(output) as directory:
        done = write_tables(directory, zip(PROJECTS, project_rows(reading, rules=rules), strict=True))
    click.echo(f"{reading.summary()} {listed(done, output)}")
    reading.end(ctx)
