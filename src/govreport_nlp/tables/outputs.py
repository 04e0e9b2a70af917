"""Where rows go, chosen by the name's ending: one function that opens an output, whatever its format."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol, get_args

from govreport_nlp.errors import OutputError
from govreport_nlp.tables import atomic
from govreport_nlp.tables.columns import Heads
from govreport_nlp.tables.csvfile import csv_folder
from govreport_nlp.tables.duckfile import duckdb_file
from govreport_nlp.tables.jsonlines import errors_beside, is_json_lines, json_lines
from govreport_nlp.tables.parquet import parquet_folder
from govreport_nlp.tables.rows import Row
from govreport_nlp.tables.stata import stata_folder
from govreport_nlp.tables.workbook import is_workbook, workbook_file


class Output(Protocol):
    """Takes the rows of all tables, and those of ``errors``, in any order.

    ``tables`` are the names of the tables to give it; ``errors`` says where files that could not be read are listed.
    """

    @property
    def tables(self) -> tuple[str, ...]: ...
    @property
    def errors(self) -> str: ...
    def write(self, name: str, found: Iterable[Row]) -> int:
        """Append ``found`` to the table ``name``; how many rows that were."""


ENDINGS: dict[str, Callable[[str, Heads], AbstractContextManager[Output]]] = {
    ".xlsx": workbook_file,
    ".parquet": parquet_folder,
    ".duckdb": duckdb_file,
    ".dta": stata_folder,
    ".jsonl": json_lines,
}

# Endings of files that somebody may hope for; any other name is that of a directory of CSV files.
_NOT_WRITTEN = frozenset({".xls", ".ods", ".json", ".ndjson", ".tsv", ".txt", ".zip", ".gz", ".db", ".sqlite"}) | {
    ".feather",
    ".arrow",
    ".sav",
    ".rds",
    ".csv",
}


@contextmanager
def open_output(
    path: str | os.PathLike[str], columns: Heads = "en", pages: str | os.PathLike[str] | None = None
) -> Iterator[Output]:
    """An output for rows, of the format that ``path`` ends in; without such an ending a directory of CSV files.

    ``columns`` are the heads of the columns: "en" for their names, "zh" for their Chinese labels where the format
    allows (docs/outputs.md). ``pages`` is a directory of the reports' pages, to which the rows of a workbook get
    links; other formats have none. All of it appears when the block ends well; else nothing does, and what was there
    stays. Raises ``OutputError`` where the ending is none that is written, the format's library is not installed,
    the path holds what is no earlier output, or it cannot be written; ``ValueError`` for other ``columns``.

    >>> import tempfile
    >>> from govreport_nlp import parse
    >>> from govreport_nlp.tables import rows
    >>> report = parse("各位代表：")
    >>> with tempfile.TemporaryDirectory() as directory:
    ...     with open_output(f"{directory}/out.jsonl") as output:
    ...         n = [output.write(name, rows(name, report)) for name in output.tables]
    ...     len(open(f"{directory}/out.jsonl", encoding="utf-8").readlines())
    1
    """
    if columns not in get_args(Heads):
        raise ValueError(f"columns are {' or '.join(get_args(Heads))}, not {columns!r}")
    where = os.fspath(path)
    ending = os.path.splitext(where.rstrip("/" + os.sep))[1].lower()
    if ending in _NOT_WRITTEN and not os.path.isdir(where):
        known = ", ".join(ENDINGS)
        raise OutputError(where, f"no {ending} is written", f"use {known}, or the name of a directory for CSV files")
    made = ENDINGS.get(ending, csv_folder)
    if pages is not None and made is workbook_file:
        made = partial(workbook_file, links=os.path.relpath(pages, os.path.dirname(where) or os.curdir))
    with made(where, columns) as output:
        yield output


def clear_leftovers(path: str | os.PathLike[str], pages: str | None = None) -> None:
    """Remove what a run to ``path`` that was killed left beside it, and put back what it had already moved away.

    For the one process that writes to ``path``, and to the directory ``pages`` where that is given: the parts of a
    run under way are taken for leftovers too.
    """
    where = os.fspath(path).rstrip("/" + os.sep)
    beside = errors_beside(where) if where.lower().endswith(".jsonl") else None
    for target in (where, beside, pages):
        if target is not None:
            atomic.clear_leftovers(target)


def pages_beside(path: str | os.PathLike[str]) -> str:
    """The directory of the reports' pages beside the output ``path``.

    >>> pages_beside("results/out.xlsx"), pages_beside("results/out")
    ('results/out.pages', 'results/out.pages')
    """
    where = os.fspath(path).rstrip("/" + os.sep)
    stem, ending = os.path.splitext(where)
    return (stem if ending.lower() in ENDINGS else where) + ".pages"


def is_output(path: Path) -> bool:
    """Whether ``path``, among reports, is an earlier output: a directory of tables, a workbook, JSON lines, a page."""
    if path.is_dir():
        return atomic.is_output(path)
    if path.suffix.lower() == ".xlsx":
        return is_workbook(str(path))
    return is_json_lines(str(path)) or (path.suffix.lower() in (".html", ".htm") and atomic.is_page(path))
