"""From a file to what is to be read: the file itself, the members of an archive, the rows of a data set."""

from __future__ import annotations

import io
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import chain, islice
from typing import IO, Any, TypeAlias

from govreport_nlp.batch import archives, columns
from govreport_nlp.batch.binary_rows import parquet_rows, stata_rows
from govreport_nlp.batch.paths import printable
from govreport_nlp.batch.row import Row
from govreport_nlp.batch.sheet_rows import excel_rows
from govreport_nlp.batch.text_rows import csv_rows, jsonl_rows
from govreport_nlp.batch.work import Failure, Job, read_report
from govreport_nlp.errors import GovReportError, NotAReportError
from govreport_nlp.report import Report
from govreport_nlp.rules import Ruleset

Rows: TypeAlias = Callable[[IO[bytes], str], Iterator[Row]]

_BY_ENDING: dict[str, Rows] = {
    ".csv": csv_rows,
    ".tsv": csv_rows,
    ".jsonl": jsonl_rows,
    ".ndjson": jsonl_rows,
    ".parquet": parquet_rows,
    ".dta": stata_rows,
}
_SHEETS = (".xlsx", ".xlsm")
_SAMPLE = 20  # rows by which the column with the reports is found
_BYTES_A_REPORT = 30_000
_AT_LEAST = 8  # reports that an archive or a data set is thought to hold


def expand(job: Job, text_column: str | None, left_out: Counter[str], *, named: bool = True) -> Iterator[Job]:
    """The jobs that the file of ``job`` gives, read as they are taken; what is wrong with one is in its ``failure``.

    ``left_out`` counts the members of archives whose names do not end like a report's, and the tables without
    reports that stand in a directory; one that is ``named`` itself, or by a ``text_column``, is an error.
    """
    try:
        stream = _open(job.file)
    except (OSError, ValueError):
        yield job  # reading it says what is wrong
        return
    if stream is None:
        yield job
        return
    with stream:
        if archives.is_archive(stream, job.file):
            yield from _members(stream, job, text_column, left_out)
        elif rows := rows_reader(stream, job.file):
            yield from _rows(rows, stream, job, text_column, None if named else left_out)
        else:
            yield job


def read_each(file: str, rules: Ruleset, text_column: str | None, left_out: Counter[str]) -> Iterator[Report | Failure]:
    """The reports of one file in order, each or why it cannot be read; ``left_out`` as for ``expand``."""
    return map(read_report, expand(Job(file, rules, {}), text_column, left_out))


def guessed(file: str) -> int:
    """How many reports a file may hold, by its size; for planning only."""
    ending = os.path.splitext(file)[1].lower()
    if ending not in _BY_ENDING and ending not in (*_SHEETS, ".zip"):
        return 1
    try:
        return max(_AT_LEAST, os.stat(file).st_size // _BYTES_A_REPORT)
    except (OSError, ValueError):
        return 1


def rows_reader(stream: IO[bytes], file: str) -> Rows | None:
    """What reads the rows of a data set; None where ``stream`` is none.

    By content where that can tell. A CSV file is text like any other and known by its name.

    >>> rows_reader(io.BytesIO(b"PAR1"), "data").__name__, rows_reader(io.BytesIO(b"a,b"), "a.csv").__name__
    ('parquet_rows', 'csv_rows')
    """
    stream.seek(0)
    head = stream.read(256).removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if head.startswith(b"PAR1"):
        return parquet_rows
    if head.startswith(b"<stata_dta>"):
        return stata_rows
    if head.startswith(b'{"'):
        return jsonl_rows
    ending = os.path.splitext(file)[1].lower()
    if ending in _SHEETS and head.startswith(b"PK"):
        return excel_rows
    return _BY_ENDING.get(ending)


def row_job(row: Row, column: str, job: Job) -> Job:
    """The job of one row, whose report is in ``column``, with what its other columns say of the report.

    ``job`` says the rest; what is wrong with the row is in the ``failure`` of what comes back.
    """
    cell: Any = row.cells.get(column)
    if row.problem:
        return _bad(job, "format", row.problem, "correct the row")
    if columns.is_missing(cell):
        return _bad(job, "empty", f"its column {column!r} is empty", "fill it in, or drop the row")
    try:
        meta = columns.meta_of({c: v for c, v in row.cells.items() if c != column}, job.rules)
        # The mark says that it is UTF-8, so that nothing is guessed.
        data = cell if isinstance(cell, bytes) else b"\xef\xbb\xbf" + str(cell).encode()
    except UnicodeEncodeError:
        return _bad(job, "encoding", f"its column {column!r} holds half a character", "correct the row")
    except ValueError as error:
        return _bad(job, "format", str(error), "correct the cell, or empty it")
    return job._replace(data=data, meta={**meta, **job.meta})


def _open(file: str) -> IO[bytes] | None:
    """The file, where it is an ordinary one; a pipe would have to be waited for."""
    if not stat.S_ISREG(os.stat(file).st_mode):
        return None
    return open(file, "rb")


def _members(stream: IO[bytes], job: Job, text_column: str | None, left_out: Counter[str]) -> Iterator[Job]:
    file = printable(job.file)
    try:
        for member in archives.members(stream, file, left_out):
            one = job._replace(file=member.file, data=member.data)
            content = io.BytesIO(member.data)
            if member.error is not None:
                yield _refused(one, member.error)
            elif archives.is_archive(content, member.file):
                yield _refused(one, archives.nested(member.file))
            elif rows := rows_reader(content, member.file):
                yield from _rows(rows, content, one, text_column, left_out)
            else:
                yield one
    except GovReportError as error:
        yield _refused(job, error)


def _rows(
    read: Rows, stream: IO[bytes], job: Job, text_column: str | None, left_out: Counter[str] | None
) -> Iterator[Job]:
    file = printable(job.file)
    stream.seek(0)
    rows = read(stream, file)
    with closing(rows):  # type: ignore[type-var]
        try:
            sample = list(islice(rows, _SAMPLE))
            column = columns.text_column(sample, text_column, file, job.rules)
            for row in chain(sample, rows):
                yield row_job(
                    row, column, job._replace(file=f"{file}#{row.number}", beside=os.path.dirname(file) or ".")
                )
        except NotAReportError as error:
            if left_out is None:
                yield _refused(job, error)
            else:
                left_out[os.path.splitext(job.file)[1].lower()] += 1
        except GovReportError as error:
            yield _refused(job, error)


def _bad(job: Job, cause: str, problem: str, remedy: str) -> Job:
    return job._replace(data=b"", failure=Failure(job.file, cause, problem, remedy))


def _refused(job: Job, error: GovReportError) -> Job:
    return job._replace(data=b"", failure=Failure(error.file, error.cause, error.problem, error.remedy))
