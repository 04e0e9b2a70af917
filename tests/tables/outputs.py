"""What the tests of outputs share: outputs written from the corpus, and how what is read back is compared."""

from __future__ import annotations

import functools
from pathlib import Path

import pandas as pd

from govreport_nlp import Corpus, Report
from govreport_nlp.tables import ENDINGS, ERRORS, TABLES, frame, open_output, rows
from govreport_nlp.tables.columns import Heads, Table

ROOT = Path(__file__).resolve().parents[2]
ALL = ("", *ENDINGS)
EVERY = (*TABLES.values(), ERRORS)
FAILED = ("a.txt", "empty", "the file holds no text", "check it")


@functools.cache
def corpus() -> tuple[Report, ...]:
    return Corpus(str(ROOT / "corpus")).reports


def write(path: Path, reports: tuple[Report, ...], columns: Heads = "en") -> None:
    with open_output(path, columns) as output:
        for report in reports:
            for name in output.tables:
                output.write(name, rows(name, report))
        output.write("errors", [FAILED])


def written(tmp_path: Path, ending: str, columns: Heads = "en", reports: tuple[Report, ...] = ()) -> Path:
    path = tmp_path / f"out{ending}"
    write(path, reports or corpus(), columns)
    return path


def same(read: pd.DataFrame, name: str, reports: tuple[Report, ...] = ()) -> None:
    """That what was read is the frame; a text that is empty and one that is missing are one in some formats."""
    wanted = frame(name, reports or corpus())
    assert list(read.columns) == list(wanted.columns)
    assert len(read) == len(wanted)
    for column, dtype in wanted.dtypes.items():
        theirs, ours = read[column], wanted[column]
        if str(dtype) == "string":
            assert theirs.astype(object).fillna("").tolist() == ours.astype(object).fillna("").tolist(), column
        else:
            pd.testing.assert_series_equal(theirs.astype("Float64"), ours.astype("Float64"), check_exact=True)


def heads(made: Table, columns: Heads) -> list[str]:
    return [column.zh if columns == "zh" else column.name for column in made.columns]


def named(read: pd.DataFrame, made: Table, columns: Heads) -> pd.DataFrame:
    assert list(read.columns) == heads(made, columns)
    return read.set_axis([column.name for column in made.columns], axis=1)
