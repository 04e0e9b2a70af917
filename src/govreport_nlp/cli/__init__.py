"""The command ``govreport-nlp``: one file a subcommand."""

from __future__ import annotations

import click

from govreport_nlp import __version__
from govreport_nlp.cli.attention import attention
from govreport_nlp.cli.common import PlainErrors
from govreport_nlp.cli.diffusion import diffusion
from govreport_nlp.cli.extract import extract
from govreport_nlp.cli.page import page
from govreport_nlp.cli.panel import outcomes, panel
from govreport_nlp.cli.projects import projects
from govreport_nlp.cli.run import run
from govreport_nlp.cli.tree import tree


@click.group(cls=PlainErrors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="govreport-nlp", message="%(prog)s %(version)s")
def main() -> None:
    """Turn Chinese government work reports (政府工作报告) into trees and tables.

    Start with `govreport-nlp run DIRECTORY -o OUT`: it reads every report below DIRECTORY and writes their targets,
    slogans, projects and more as CSV files that spreadsheets open.
    """


for command in (extract, run, page, tree, panel, outcomes, projects, attention, diffusion):
    main.add_command(command)
