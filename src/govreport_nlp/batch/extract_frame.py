"""A frame of reports in, a frame of records out: for users who have frames of their own, in Spark, Dask or pandas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from govreport_nlp.batch import columns
from govreport_nlp.batch.items import row_job
from govreport_nlp.batch.row import Row
from govreport_nlp.batch.work import Failure, Job, read_report, tabulate
from govreport_nlp.rules import SHIPPED, Ruleset
from govreport_nlp.tables import ERRORS, Table
from govreport_nlp.tables import table as declared
from govreport_nlp.tables.frames import of_rows

if TYPE_CHECKING:
    import pandas as pd

_SAMPLE = 20  # rows by which the column with the reports is found
_SPARK = {"string": "string", "Int64": "bigint", "int64": "bigint", "float64": "double", "bool": "boolean"}


def extract_frame(
    frame: pd.DataFrame,
    table: str,
    *,
    text_column: str | None = None,
    file_column: str | None = None,
    rules: Ruleset = SHIPPED,
) -> pd.DataFrame:
    """The rows of ``table`` from a frame with a report a row; a pure function of its arguments.

    ``frame`` has shape (reports, columns). Its column ``text_column`` holds the reports: texts, or the bytes of files
    in any format that ``read`` takes. Without it, it is the only column whose cells read like reports; where the frame
    comes in pieces, as in Spark and Dask, name it, for a piece may have no such cell. Columns that tell region, year
    and the like settle these (docs/inputs.md), and all others are left aside. The column ``file`` of the result says
    which row a record is from: as ``file_column`` calls it (a path, an id), else ``#`` and its label in the index.

    The result has the columns of docs/tables.md, in their types, also where there is no row. Rows whose report cannot
    be read give nothing, but are the rows of the table ``errors``. Raises ``ValueError`` for an unknown table,
    ``FormatError`` and ``NotAReportError`` where the column with the reports is not there or not clear, and
    ``RuleError`` for a broken rule.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"year": [2024, 2024], "text": ["二、2024年工作安排\\n城镇新增就业7200人。", ""]})
    >>> extract_frame(frame, "targets", text_column="text")[["file", "year", "indicator", "value"]].values.tolist()
    [['#0', 2024, '城镇新增就业', 7200.0]]
    >>> extract_frame(frame, "errors", text_column="text")[["file", "problem"]].values.tolist()
    [['#1', "its column 'text' is empty"]]
    """
    made = _declared(table)
    jobs = _jobs(frame, (made.name,), text_column, file_column, rules) if len(frame) else iter(())
    if made is ERRORS:
        return of_rows(made, (result for result in map(read_report, jobs) if isinstance(result, Failure)))
    tables = (result for result in map(tabulate, jobs) if not isinstance(result, Failure))
    return of_rows(made, (row for rows in tables for row in rows[made.name]))


def spark_schema(table: str) -> str:
    """The columns of the table of that name as Spark wants them: ``mapInPandas(function, schema)``.

    Raises ``ValueError`` for an unknown table.

    >>> spark_schema("sentences")
    '`report_id` string, `file` string, `region` string, `adcode` string, `year` bigint, `index` bigint, \
`text` string, `section` string, `start` bigint, `end` bigint'
    """
    return ", ".join(f"`{column.name}` {_SPARK[column.dtype]}" for column in _declared(table).columns)


def dask_meta(table: str) -> pd.DataFrame:
    """The table of that name without rows, as Dask wants it: ``map_partitions(function, meta=...)``.

    Raises ``ValueError`` for an unknown table.

    >>> dask_meta("errors").shape, list(dask_meta("errors"))
    ((0, 4), ['file', 'cause', 'problem', 'remedy'])
    """
    return of_rows(_declared(table), ())


def _declared(name: str) -> Table:
    return ERRORS if name == ERRORS.name else declared(name)


def _jobs(
    frame: pd.DataFrame, names: tuple[str, ...], text_column: str | None, file_column: str | None, rules: Ruleset
) -> Iterator[Job]:
    labels, cells = frame.index.tolist(), frame.rename(columns=str).to_dict("records")
    rows = [Row(number, {str(c): _plain(v) for c, v in row.items()}) for number, row in enumerate(cells, 1)]
    column = columns.text_column(rows[:_SAMPLE], text_column, "the frame", rules)
    if file_column is not None:
        columns.text_column(rows[:1], file_column, "the frame", rules)
    for label, row in zip(labels, rows, strict=True):
        called = None if file_column is None else row.cells[file_column]
        file = f"#{label}" if columns.is_missing(called) else str(called)
        yield row_job(row, column, Job(file, rules, {}, names, beside=file))


def _plain(cell: Any) -> Any:
    return bytes(cell) if isinstance(cell, (bytearray, memoryview)) else cell
