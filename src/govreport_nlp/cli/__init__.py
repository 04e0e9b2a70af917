"""The command ``govreport-nlp``: one file a subcommand."""

from __future__ import annotations

import click

from govreport_nlp.report import read


@click.group()
def main() -> None:
    """Read Chinese government work reports into trees and tables."""


@main.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True)
def extract(files: tuple[str, ...], as_json: bool) -> None:
    """Print what is taken out of each FILE."""
    for file in files:
        click.echo(read(file).to_json())
