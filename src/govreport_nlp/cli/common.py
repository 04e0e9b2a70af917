"""What the commands share: options, the way in and out, and plain words where something is wrong."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from govreport_nlp.errors import GovReportError, RuleError
from govreport_nlp.report import Report, read
from govreport_nlp.rules import Ruleset

if TYPE_CHECKING:
    from rich.console import Console

F = TypeVar("F", bound=Callable[..., Any])

# Columns of print where no terminal says how wide it is.
_WIDTH = 120

# What a file could use to move a terminal's cursor, or to hide or turn text on it.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


class PlainErrors(click.Group):
    """A group of commands that say what is wrong in one sentence on standard error and end with status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except GovReportError as error:
            complain(error)
            ctx.exit(1)


def complain(problem: object) -> None:
    """One sentence on standard error."""
    click.echo(printable(str(problem)), err=True)


def printable(text: str) -> str:
    """``text`` on one line, without anything that a terminal would obey.

    >>> printable("一\\x1b[31m\\n二")
    '一 [31m 二'
    """
    return _CONTROLS.sub(" ", text)


def text_column_option(command: F) -> F:
    """The option ``--text-column``."""
    return click.option(
        "--text-column",
        metavar="NAME",
        help="Column of a data set (CSV, JSONL, Parquet, Stata) that holds the reports.  "
        "[default: the only one whose cells read like reports]",
    )(command)


def rules_option(command: F) -> F:
    """The option ``--rules``, given on as a ``Ruleset``."""
    return click.option(
        "--rules",
        "rules",
        type=click.Path(exists=True, file_okay=False),
        multiple=True,
        callback=lambda ctx, param, value: ruleset(value),
        help="Directory with rule files of your own, read after the shipped ones. May be given several times.",
    )(command)


def ruleset(directories: tuple[str, ...]) -> Ruleset:
    """The shipped rules and those of ``directories``. Raises ``RuleError`` for a file that no rule is read from."""
    known = {file.name for file in resources.files("govreport_nlp.rules").iterdir()}
    for directory in directories:
        inside = sorted(Path(directory).iterdir())
        strange = [file for file in inside if file.suffix in (".toml", ".csv") and file.name not in known]
        if strange or not any(file.name in known for file in inside):
            problem = "no rules are read from a file of this name" if strange else "the directory has no rule file"
            where = strange[0] if strange else directory
            raise RuleError(str(where), problem, "give the file the name of a shipped one; docs/rules.md lists them")
    return Ruleset(tuple(Path(directory) for directory in directories))


def open_report(file: str, rules: Ruleset) -> Report:
    """The report of a path, or of standard input where that is ``-``."""
    return read(sys.stdin.buffer if file == "-" else file, rules=rules)


def console(stderr: bool = False) -> Console:
    """Where text for people goes: as wide as the terminal, without colours where there is none."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")  # a locale without Chinese shows ? instead of failing
    width = None if stream.isatty() or "COLUMNS" in os.environ else _WIDTH
    return Console(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)


def heading(report: Report) -> str:
    """What report it is, on one line: place, year, title, file."""
    meta = report.meta
    parts = (meta.region, meta.year and str(meta.year), meta.title, meta.file)
    return printable(" · ".join(part for part in parts if part)) or "report"


def counted(n: int, one: str, more: str | None = None) -> str:
    """``n`` things in words.

    >>> counted(1, "target"), counted(0, "slogan"), counted(2, "quantity", "quantities")
    ('1 target', '0 slogans', '2 quantities')
    """
    return f"{n} {one}" if n == 1 else f"{n} {more or one + 's'}"
