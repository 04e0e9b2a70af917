"""Frames of reports in, frames of records out; test_engines.py does the same in Spark and Dask."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from govreport_nlp import Corpus, extract_frame, read
from govreport_nlp.batch import dask_meta, spark_schema
from govreport_nlp.errors import FormatError, NotAReportError
from govreport_nlp.rules import Ruleset
from govreport_nlp.tables import ERRORS, TABLES
from tests.batch.conftest import CORPUS

Rows = list[dict[str, Any]]


@pytest.mark.parametrize("table", TABLES)
def test_it_gives_what_a_data_set_gives(table: str, rows: Rows, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    pd.DataFrame(rows).to_json(path, orient="records", lines=True, force_ascii=False)
    expected = Corpus(path).to_frame(table)
    got = extract_frame(pd.DataFrame(rows), table)
    expected["file"] = [f"#{int(file.rpartition('#')[2]) - 1}" for file in expected["file"]]
    pd.testing.assert_frame_equal(got, expected.astype(got.dtypes))
    assert len(got) >= 2


def test_files_as_bytes() -> None:
    """As ``spark.read.format("binaryFile")`` gives them."""
    files = [CORPUS / name for name in ("lishi-2024.docx", "songping-2023.html", "jichuan-2023.txt")]
    cells: list[Any] = [files[0].read_bytes(), bytearray(files[1].read_bytes()), memoryview(files[2].read_bytes())]
    frame = pd.DataFrame({"path": map(str, files), "content": cells, "length": map(len, cells)})
    got = extract_frame(frame, "targets", text_column="content", file_column="path")
    expected = pd.concat([read(file).to_frame("targets") for file in files], ignore_index=True)
    pd.testing.assert_frame_equal(got, expected)


def test_rows_are_named_by_their_label_or_their_own_column(rows: Rows) -> None:
    frame = (
        pd.DataFrame(rows)
        .assign(id=["a", None, 3, "d"])
        .set_index(pd.Index([7, 7, "x", ("y", 1)], tupleize_cols=False))
    )
    assert extract_frame(frame, "reports")["file"].tolist() == ["#7", "#7", "#x", "#('y', 1)"]
    assert extract_frame(frame, "reports", file_column="id")["file"].tolist() == ["a", "#7", "3", "d"]


def test_rows_that_cannot_be_read_are_those_of_errors(rows: Rows) -> None:
    bad: Rows = [
        {**rows[0], "正文": None},
        {**rows[0], "正文": "两只黄鹂鸣翠柳，一行白鹭上青天。" * 40},
        {**rows[0], "年份": "last"},
        {**rows[0], "正文": "半\ud800" + rows[0]["正文"]},
        {**rows[0], "正文": b"PK\x03\x04 broken"},
    ]
    frame = pd.DataFrame([*bad, rows[1]])
    errors = extract_frame(frame, "errors", text_column="正文")
    assert list(errors) == [column.name for column in ERRORS.columns]
    assert errors[["file", "cause"]].values.tolist() == [
        ["#0", "empty"],
        ["#1", "not_a_report"],
        ["#2", "format"],
        ["#3", "encoding"],
        ["#4", "format"],
    ]
    assert extract_frame(frame, "reports", text_column="正文")["file"].tolist() == ["#5"]


def test_columns_of_every_type_tell_of_the_report(rows: Rows) -> None:
    frame = pd.DataFrame(
        {
            "年份": pd.array([2020, None], dtype="Int64"),
            "date": [datetime.date(2020, 1, 5), pd.Timestamp("2021-02-03")],
            "县": pd.Categorical(["望朔县", "渭渡区"]),
            7: [0.5, None],
            "text": pd.array([rows[0]["正文"], rows[2]["正文"]], dtype="string"),
        }
    ).rename(columns={"date": "report_date"})
    got = extract_frame(frame, "reports", text_column="text")
    assert got["year"].tolist() == [2020, 2023]
    assert got["date"].tolist() == ["2020-01-05", "2021-02-03"]
    assert got["region"].tolist() == ["望朔县", "渭渡区"]


@pytest.mark.parametrize("table", [*TABLES, "errors"])
def test_no_rows_give_the_table_without_rows(table: str, rows: Rows) -> None:
    empty = extract_frame(pd.DataFrame(rows).iloc[:0], table)
    pd.testing.assert_frame_equal(empty, dask_meta(table))
    assert spark_schema(table).count("`") == 2 * len(empty.columns)


def test_the_frame_is_left_as_it_was(rows: Rows) -> None:
    frame = pd.DataFrame(rows)
    before = frame.copy(deep=True)
    first, second = (extract_frame(frame, "targets") for _ in range(2))
    pd.testing.assert_frame_equal(frame, before)
    pd.testing.assert_frame_equal(first, second)


def test_what_it_refuses(rows: Rows) -> None:
    frame = pd.DataFrame(rows)
    for refused in (
        lambda: extract_frame(frame, "x"),
        lambda: spark_schema("x"),
        lambda: dask_meta("x"),
    ):
        with pytest.raises(ValueError, match="there is no table 'x'"):
            refused()
    with pytest.raises(FormatError, match="the frame: it has no column 'text'; name one of its columns: 年份, 省份"):
        extract_frame(frame, "targets", text_column="text")
    with pytest.raises(FormatError, match="the frame: it has no column 'id'"):
        extract_frame(frame, "targets", file_column="id")
    with pytest.raises(NotAReportError, match="none of its columns reads like reports"):
        extract_frame(frame.drop(columns="正文"), "targets")
    with pytest.raises(FormatError, match="more than one of its columns read like reports: 正文, 全文"):
        extract_frame(frame.assign(全文=frame["正文"]), "targets")


def test_rules_of_the_users_own(tmp_path: Path) -> None:
    entry = '[[rule]]\nid = "mine"\nplace = "after"\nbound = ">="\nwords = ["打底"]\nexamples = ["〔3所〕打底"]\n'
    (tmp_path / "bounds.toml").write_text(entry, encoding="utf-8")
    frame = pd.DataFrame({"year": [2024], "text": ["各位代表：\n二、2024年工作安排\n新建学校3所打底。"]})
    got = extract_frame(frame, "targets", text_column="text", rules=Ruleset((tmp_path,)))
    assert got["bound"].tolist() == [">="]
