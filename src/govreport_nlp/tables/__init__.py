"""The tables: columns declared once, frames, CSV files."""

from govreport_nlp.tables.atomic import atomic_directory, is_output
from govreport_nlp.tables.columns import ERRORS, TABLES, Column, Table, table
from govreport_nlp.tables.csvfile import CsvTable, write_csv
from govreport_nlp.tables.frames import errors, frame
from govreport_nlp.tables.rows import Row, report_id, rows

__all__ = [
    "ERRORS",
    "TABLES",
    "Column",
    "CsvTable",
    "Row",
    "Table",
    "atomic_directory",
    "errors",
    "frame",
    "is_output",
    "report_id",
    "rows",
    "table",
    "write_csv",
]
