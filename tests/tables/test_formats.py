"""Every format of output: written from the corpus and read back, as itself, with a library of its own."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from govreport_nlp import Report, parse
from govreport_nlp.tables import ERRORS, TABLES, frame, stata
from govreport_nlp.tables.atomic import MARK
from govreport_nlp.tables.columns import Heads
from tests.tables.outputs import EVERY, FAILED, corpus, heads, named, same, written


@pytest.mark.parametrize("columns", ["en", "zh"])
def test_csv(tmp_path: Path, columns: Heads) -> None:
    path = written(tmp_path, "", columns)
    assert sorted(os.listdir(path)) == sorted([MARK, *(f"{made.name}.csv" for made in EVERY)])
    for made in TABLES.values():
        texts = {head: str for head, c in zip(heads(made, columns), made.columns, strict=True) if c.dtype == "string"}
        read = pd.read_csv(path / f"{made.name}.csv", dtype=texts, keep_default_na=False, na_values=[""])
        read = named(read, made, columns).apply(
            lambda s: s.str.replace(r"^'(?=\W)", "", regex=True) if is_text(s) else s
        )
        same(read, made.name)


def is_text(series: pd.Series[Any]) -> bool:
    return pd.api.types.is_string_dtype(series) and not pd.api.types.is_bool_dtype(series)


@pytest.mark.parametrize("columns", ["en", "zh"])
def test_xlsx(tmp_path: Path, columns: Heads) -> None:
    book = openpyxl.load_workbook(written(tmp_path, ".xlsx", columns))
    assert book.sheetnames == [made.zh if columns == "zh" else made.name for made in EVERY]
    for made, sheet in zip(EVERY, book.worksheets, strict=True):
        first, *found = sheet.iter_rows(values_only=True)
        assert list(first) == heads(made, columns)
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(max(sheet.max_row, 2), len(first)).coordinate}"
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
        assert all(7 <= width <= 49 for width in widths)
        if made is ERRORS:
            assert found == [FAILED]
        else:
            same(pd.DataFrame(found, columns=[c.name for c in made.columns]), made.name)


@pytest.mark.parametrize("columns", ["en", "zh"])
def test_parquet(tmp_path: Path, columns: Heads) -> None:
    path = written(tmp_path, ".parquet", columns)
    assert sorted(os.listdir(path)) == sorted([MARK, *(f"{made.name}.parquet" for made in EVERY)])
    types = {"string": "string", "Int64": "int64", "int64": "int64", "float64": "double", "bool": "bool"}
    for made in TABLES.values():
        table = pq.read_table(path / f"{made.name}.parquet")
        assert [str(kind) for kind in table.schema.types] == [types[c.dtype] for c in made.columns]
        assert table.field(0).metadata[b"label_zh"].decode() == made.columns[0].zh
        read = named(table.to_pandas(), made, columns)
        same(read, made.name)
        missing = read.isna().sum().tolist()
        assert missing == frame(made.name, corpus()).isna().sum().tolist()  # missing and empty are kept apart
    assert pq.read_table(path / "errors.parquet").to_pylist() == [
        dict(zip(heads(ERRORS, columns), FAILED, strict=True))
    ]


@pytest.mark.parametrize("columns", ["en", "zh"])
def test_duckdb(tmp_path: Path, columns: Heads) -> None:
    path = written(tmp_path, ".duckdb", columns)
    assert os.listdir(tmp_path) == ["out.duckdb"]
    types = {"string": "VARCHAR", "Int64": "BIGINT", "int64": "BIGINT", "float64": "DOUBLE", "bool": "BOOLEAN"}
    with duckdb.connect(str(path), read_only=True) as base:
        for made in TABLES.values():
            same(named(base.table(made.name).df(), made, columns), made.name)
            asked = "SELECT data_type, comment FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index"
            found = base.execute(asked, [made.name]).fetchall()
            assert [kind for kind, _ in found] == [types[column.dtype] for column in made.columns]
            assert [text for _, text in found] == [f"{c.zh}: {c.description}" for c in made.columns]
        assert base.table("errors").fetchall() == [FAILED]


@pytest.mark.parametrize("columns", ["en", "zh"])
@pytest.mark.filterwarnings("error")
def test_stata(tmp_path: Path, columns: Heads) -> None:
    path = written(tmp_path, ".dta", columns)
    assert sorted(os.listdir(path)) == sorted([MARK, *(f"{made.name}.dta" for made in EVERY)])
    for made in EVERY:
        with pd.io.stata.StataReader(path / f"{made.name}.dta") as file:
            read = file.read()
            labels = file.variable_labels()
            assert file.data_label == made.zh
        names = [stata.RENAMED.get(column.name, column.name) for column in made.columns]
        assert list(labels.items()) == [(name, c.zh) for name, c in zip(names, made.columns, strict=True)]
        assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,31}", name) for name in labels)
        assert not set(labels) & {"byte", "double", "float", "if", "in", "int", "long", "using", "with"}
        if made is ERRORS:
            assert read.to_numpy().tolist() == [list(FAILED)]
        else:
            same(read.set_axis([column.name for column in made.columns], axis=1), made.name)


def test_jsonl(tmp_path: Path) -> None:
    path = written(tmp_path, ".jsonl", "zh")
    assert sorted(os.listdir(tmp_path)) == ["out.errors.jsonl", "out.jsonl"]
    lines = path.read_text(encoding="utf-8").splitlines()
    assert tuple(map(Report.from_json, lines)) == corpus()
    failed = pd.read_json(tmp_path / "out.errors.jsonl", lines=True)
    assert failed.to_numpy().tolist() == [list(FAILED)]
    assert list(failed.columns) == heads(ERRORS, "en")


def test_long_text_is_of_any_length_in_stata(tmp_path: Path) -> None:
    sentence = "深化" + "改革" * 2000 + "，新建学校3所。"
    report = parse(f"各位代表：\n二、2024年工作安排\n{sentence}\n", year=2024)
    path = written(tmp_path, ".dta", reports=(report,))
    assert pd.read_stata(path / "sentences.dta")["text"].tolist()[-1] == sentence
    raw = (path / "targets.dta").read_bytes()
    assert raw.count(b"GSO") >= 1
    assert pd.read_stata(path / "targets.dta")["sentence"].tolist() == [sentence]
