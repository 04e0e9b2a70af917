"""The options of commands that write tables: where to, and with which heads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_OUT = (
    "Where the tables go: a directory of CSV files, or by its ending a workbook (.xlsx), a directory of Parquet "
    "(.parquet) or Stata files (.dta), a database (.duckdb), or whole reports, one a line (.jsonl). A new name, an "
    "empty directory, or what an earlier run made."
)


def output_options(command: F) -> F:
    """The options ``-o``, given on as ``output``, and ``--columns``."""
    heads = click.option(
        "--columns",
        type=click.Choice(["en", "zh"]),
        default="en",
        show_default=True,
        help="Heads of the columns: their names, or Chinese where the format allows.",
    )
    where = click.option("-o", "--output", metavar="OUT", required=True, type=click.Path(), help=_OUT)
    return where(heads(command))
