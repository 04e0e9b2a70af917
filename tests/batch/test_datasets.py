"""Data sets with one report a row: the same reports in every format, read a few at a time."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from govreport_nlp import Corpus, parse, read
from govreport_nlp.batch import items
from govreport_nlp.batch.binary_rows import stata_rows
from govreport_nlp.batch.text_rows import csv_rows
from govreport_nlp.batch.work import Job
from govreport_nlp.rules import SHIPPED
from govreport_nlp.tables import TABLES, open_output
from tests.batch.conftest import CORPUS

Rows = list[dict[str, Any]]
SHANGHAI = Path(__file__).resolve().parents[2] / "../shared/reports/shanghai-2020-2024.dta"


def as_csv(rows: Rows, path: Path, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    with open(path, "w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def as_jsonl(rows: Rows, path: Path) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def as_parquet(rows: Rows, path: Path) -> Path:
    pytest.importorskip("pyarrow")
    pd.DataFrame(rows).to_parquet(path, row_group_size=50)
    return path


def as_stata(rows: Rows, path: Path, version: int = 118) -> Path:
    names = {"年份": "year", "省份": "province", "县": "county", "正文": "report"} if version < 118 else {}
    pd.DataFrame(rows).rename(columns=names).to_stata(path, write_index=False, version=version, convert_strl=None)
    return path


def as_xlsx(rows: Rows, path: Path, sheets: int = 1) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for i in range(sheets):
        sheet = book.create_sheet(f"第{i + 1}页")
        sheet.append(list(rows[0]))
        sheet.append([])
        for row in rows[i::sheets]:
            sheet.append(list(row.values()))
    book.create_sheet("空白")
    book.save(path)
    return path


FORMATS: dict[str, Callable[[Rows, Path], Path]] = {
    "csv": as_csv,
    "tsv": lambda rows, path: as_csv(rows, path, "utf-16", "\t"),
    "gbk.csv": lambda rows, path: as_csv(rows, path, "gb18030", ";"),
    "bom.csv": lambda rows, path: as_csv(rows, path, "utf-8-sig"),
    "jsonl": as_jsonl,
    "parquet": as_parquet,
    "dta": as_stata,
    "xlsx": as_xlsx,
}


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_gives_the_same_reports(ending: str, rows: Rows, tmp_path: Path) -> None:
    path = FORMATS[ending](rows, tmp_path / f"reports.{ending}")
    corpus = Corpus(path)
    assert [(r.meta.file, r.meta.region, r.meta.province, r.meta.year, r.meta.level) for r in corpus] == [
        (f"{path}#{i}", row["县"], "岚江省", row["年份"], "county") for i, row in enumerate(rows, 1)
    ]
    assert corpus.errors.empty
    for report, row in zip(corpus, rows, strict=True):
        alone = parse(row["正文"], year=row["年份"], region=row["县"], province="岚江省")
        assert report.text == alone.text
        assert report.targets == alone.targets
        assert report.meta.meta_source["year"] == "caller"
        assert "file" not in report.meta.meta_source


def test_sheets_with_the_same_columns_are_read_in_order(rows: Rows, tmp_path: Path) -> None:
    path = as_xlsx(rows, tmp_path / "a.xlsx", sheets=2)
    assert [r.meta.region for r in Corpus(path)] == [row["县"] for row in (*rows[0::2], *rows[1::2])]


def test_a_workbook_with_other_sheets_is_refused_before_any_row(rows: Rows, tmp_path: Path) -> None:
    path = as_xlsx(rows, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet("说明").append(["来源", "日期"])
    book.save(path)
    corpus = Corpus(path)
    assert list(corpus) == []
    [problem] = corpus.errors["problem"]
    assert "'第1页' and '说明'" in problem


def test_a_workbook_of_tables_in_a_directory_is_passed_over(rows: Rows, tmp_path: Path) -> None:
    as_csv(rows, tmp_path / "a.csv")
    with open_output(tmp_path / "out.xlsx") as output:
        output.write("targets", [])
    corpus = Corpus(tmp_path)
    assert len(list(corpus)) == len(rows)
    assert corpus.errors.empty
    assert corpus.left_out == {}


def test_a_workbook_of_tables_with_a_sheet_of_the_users_is_left_out_and_counted(rows: Rows, tmp_path: Path) -> None:
    as_csv(rows, tmp_path / "a.csv")
    with open_output(tmp_path / "out.xlsx") as output:
        output.write("targets", [])
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    book.create_sheet("notes")
    book.save(tmp_path / "out.xlsx")
    corpus = Corpus(tmp_path)
    assert len(list(corpus)) == len(rows)
    assert corpus.errors.empty
    assert corpus.left_out == {".xlsx": 1}


def test_a_cell_that_excel_cut_off_is_an_error(rows: Rows, tmp_path: Path) -> None:
    long = {**rows[0], "正文": (rows[0]["正文"] * 10)[:32_767]}
    path = as_xlsx([long, rows[1]], tmp_path / "a.xlsx")
    corpus = Corpus(path)
    assert [r.meta.file for r in corpus] == [f"{path}#2"]
    [error] = corpus.errors.to_dict("records")
    assert (error["file"], error["cause"]) == (f"{path}#1", "format")
    assert "cut off" in error["problem"]


def test_a_damaged_workbook_is_an_error_in_words(rows: Rows, tmp_path: Path) -> None:
    path = as_xlsx(rows, tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes()[:2000])
    [error] = Corpus(path).errors.to_dict("records")
    assert error["cause"] == "format"
    assert "workbook is broken" in error["problem"]


def test_the_reports_of_shanghai() -> None:
    if not SHANGHAI.is_file():
        pytest.skip("the published reports are not here")
    reports = Corpus(SHANGHAI).reports
    assert [(r.meta.region, r.meta.year, r.meta.level) for r in reports] == [
        ("上海市", year, "province") for year in range(2020, 2025)
    ]
    assert min(len(r.targets) for r in reports) > 10


def test_a_data_set_of_a_province(tmp_path: Path) -> None:
    text = read(CORPUS / "lanjiang-2024.docx").text
    made = [{"year": 2020 + i, "area": "岚江省", "report": text} for i in range(4)]
    found = Corpus(as_stata(made, tmp_path / "a.dta")).reports
    assert [(r.meta.region, r.meta.year, r.meta.level) for r in found] == [
        ("岚江省", year, "province") for year in range(2020, 2024)
    ]


@pytest.mark.parametrize("name", TABLES)
def test_two_workers_give_the_same_rows(name: str, rows: Rows, tmp_path: Path) -> None:
    as_csv([*rows, {**rows[0], "正文": ""}, *rows], tmp_path / "a.csv")
    as_jsonl(rows, tmp_path / "b.jsonl")
    one, two = Corpus(tmp_path, workers=1), Corpus(tmp_path, workers=2)
    pd.testing.assert_frame_equal(one.to_frame(name), two.to_frame(name))
    pd.testing.assert_frame_equal(one.errors, two.errors)


def test_bad_rows_are_listed_and_stop_nothing(rows: Rows, tmp_path: Path) -> None:
    bad = [
        rows[0],
        {**rows[0], "正文": " "},
        {**rows[0], "正文": "两只黄鹂鸣翠柳，一行白鹭上青天。" * 40},
        {**rows[0], "年份": "last"},
        rows[1],
    ]
    path = as_csv(bad, tmp_path / "a.csv")
    with open(path, "a", encoding="utf-8") as file:
        file.write("2024,岚江省\r\n")
    corpus = Corpus(path)
    assert [r.meta.year for r in corpus] == [2023, 2024]
    assert corpus.errors[["file", "cause"]].values.tolist() == [
        [f"{path}#2", "empty"],
        [f"{path}#3", "not_a_report"],
        [f"{path}#4", "format"],
        [f"{path}#6", "format"],
    ]
    assert "'last', which is no year" in corpus.errors["problem"][2]


def test_lines_that_are_no_object_are_listed(rows: Rows, tmp_path: Path) -> None:
    path = as_jsonl(rows[:1], tmp_path / "a.jsonl")
    line = path.read_text(encoding="utf-8")
    path.write_text(line + '\n[1]\n{"正文"\n' + "[" * 100_000 + "\n" + line, encoding="utf-8")
    corpus = Corpus(path)
    assert [r.meta.file for r in corpus] == [f"{path}#1", f"{path}#5"]
    assert corpus.errors["cause"].tolist() == ["format"] * 3


def test_the_column_is_named_where_it_is_not_clear(rows: Rows, tmp_path: Path) -> None:
    twice = [{**row, "全文": row["正文"]} for row in rows]
    path = as_jsonl(twice, tmp_path / "a.jsonl")
    [problem] = Corpus(path).errors["problem"]
    assert problem == "more than one of its columns read like reports: 正文, 全文"
    assert "--text-column" in Corpus(path).errors["remedy"][0]
    assert len(Corpus(path, text_column="全文").reports) == 4
    [row] = Corpus(path, text_column="content").errors.itertuples()
    assert row.problem == "it has no column 'content'"
    assert row.remedy == "name one of its columns: 年份, 省份, 县, gdp, 正文, 全文"


def test_tables_without_reports_are_refused_with_their_columns(rows: Rows, tmp_path: Path) -> None:
    made = Corpus(as_jsonl(rows, tmp_path / "a.jsonl")).to_frame("targets")
    made.to_csv(tmp_path / "targets.csv", index=False)
    [problem] = Corpus(tmp_path / "targets.csv").errors["problem"]
    assert problem.startswith("none of its columns reads like reports; they are report_id, file, region")
    (tmp_path / "b.csv").write_text("a,b\n1,2\n")
    assert "they are a, b" in Corpus(tmp_path / "b.csv").errors["problem"][0]
    (tmp_path / "c.csv").write_bytes(b"")
    (tmp_path / "d.jsonl").write_text('{"a": 1}\n')
    assert Corpus([tmp_path / "c.csv", tmp_path / "d.jsonl"]).errors["cause"].tolist() == ["empty", "not_a_report"]


def test_tables_without_reports_in_a_directory_are_left_out_and_counted(rows: Rows, tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("a,b\n1,2\n")
    as_jsonl(rows, tmp_path / "a.jsonl")
    corpus = Corpus(tmp_path)
    assert len(corpus.reports) == 4
    assert corpus.errors.empty
    assert corpus.left_out == {".csv": 1}


def test_what_the_caller_gives_goes_first(rows: Rows, tmp_path: Path) -> None:
    path = as_jsonl(rows, tmp_path / "a.jsonl")
    assert {r.meta.year for r in Corpus(path, year=1999)} == {1999}


def test_binary_formats_are_known_by_content(rows: Rows, tmp_path: Path) -> None:
    for made in (as_parquet(rows, tmp_path / "a"), as_stata(rows, tmp_path / "b"), as_jsonl(rows, tmp_path / "c")):
        assert len(Corpus(made).reports) == 4


def test_parquet_without_pyarrow_says_how_to_get_it(
    rows: Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    [row] = Corpus(tmp_path / "a.parquet").errors.itertuples()
    assert "pyarrow" in row.problem
    assert "pip install 'govreport-nlp[parquet]'" in row.remedy


@pytest.mark.parametrize("ending", ["parquet", "dta", "csv", "jsonl"])
def test_broken_files_are_one_row_of_the_errors(ending: str, rows: Rows, tmp_path: Path) -> None:
    path = FORMATS[ending](rows, tmp_path / f"a.{ending}")
    data = path.read_bytes()
    for broken in (data[: len(data) // 2], data[: len(data) // 2] + b"\xff\xff\xff", b"\xff" * 400):
        path.write_bytes(broken)
        errors = Corpus(path).errors
        assert len(errors) >= 1
        assert set(errors["cause"]) <= {"format", "encoding"}, errors


def test_a_quotation_mark_that_is_not_closed_is_no_report(rows: Rows, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('年份,正文\n2024,望朔\n2023,"' + rows[0]["正文"], encoding="utf-8")
    [row] = Corpus(path, text_column="正文").errors.itertuples()
    assert "row 2 breaks the rules of CSV" in row.problem


def test_the_first_bad_byte_is_named(rows: Rows, tmp_path: Path) -> None:
    path = as_csv(rows, tmp_path / "a.csv")
    data = path.read_bytes()
    path.write_bytes(data + "2024,岚".encode() + b"\xff\xff,x\n")
    [row] = Corpus(path).errors.itertuples()
    assert row.cause == "encoding"
    assert f"byte {len(data) + 8} " in row.problem


def test_lines_without_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govreport_nlp.batch.text_rows.MAX_LINE", 1000)
    (tmp_path / "a.jsonl").write_text('{"a": "' + "0" * 5000 + '"}')
    (tmp_path / "b.csv").write_text("a,b\n" + "0" * 5000)
    assert Corpus(tmp_path).errors["cause"].tolist() == ["limit", "limit"]


def test_the_limit_of_the_csv_module_is_left_as_it_was(rows: Rows) -> None:
    before = csv.field_size_limit()
    data = ("a,b\n1," + "零" * 200_000 + "\n").encode()
    assert len(next(csv_rows(io.BytesIO(data), "a.csv")).cells["b"]) == 200_000
    assert csv.field_size_limit() == before


@pytest.mark.parametrize("version", [114, 117, 118, 119])
def test_versions_of_stata_files(version: int, rows: Rows, tmp_path: Path) -> None:
    length = 120 if version == 114 else 600
    made = [{"year": row["年份"], "report": row["正文"][:length]} for row in rows]
    path = tmp_path / "a.dta"
    frame = pd.DataFrame(made)
    if version == 114:  # as Stata of those days wrote Chinese: the bytes of GBK
        frame["report"] = [text.encode("gb18030").decode("latin-1") for text in frame["report"]]
    frame.to_stata(path, write_index=False, version=version, convert_strl=["report"] if version > 114 else None)
    if version == 114:
        assert b"<stata_dta>" not in path.read_bytes()[:20]
    assert [r.text for r in Corpus(path, text_column="report")] == [row["report"] for row in made]


@pytest.mark.parametrize("order", ["big", "little"])
def test_long_strings_are_those_that_pandas_reads(order: str, rows: Rows, tmp_path: Path) -> None:
    path = tmp_path / "a.dta"
    many = pd.DataFrame([{"年份": i, "正文": f"{i}{rows[i % 4]['正文']}", "注": f"{i % 3}"} for i in range(70)])
    many.to_stata(path, write_index=False, version=118, convert_strl=["注", "正文"], byteorder=order)
    with open(path, "rb") as stream:
        assert [row.cells for row in stata_rows(stream, "a")] == pd.read_stata(path).to_dict("records")


def test_values_of_stata_files_stand_for_their_labels(rows: Rows, tmp_path: Path) -> None:
    frame = pd.DataFrame({"county": pd.Categorical([r["县"] for r in rows]), "report": [r["正文"] for r in rows]})
    frame.to_stata(tmp_path / "a.dta", write_index=False, version=118)
    assert [r.meta.region for r in Corpus(tmp_path / "a.dta")] == [r["县"] for r in rows]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "dta"])
def test_memory_does_not_grow_with_the_rows(ending: str, rows: Rows, tmp_path: Path) -> None:
    peaks = []
    for n in (100, 1000):
        many = [{**rows[i % 4], "年份": 2000 + i % 20, "正文": f"{rows[i % 4]['正文']}{i}"} for i in range(n)]
        path = FORMATS[ending](many, tmp_path / f"{n}.{ending}")
        del many
        next(items.expand(Job(str(path), SHIPPED, {}), None, Counter()))
        tracemalloc.start()
        done = sum(1 for _ in items.expand(Job(str(path), SHIPPED, {}), None, Counter()))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert done == n
    assert peaks[1] < peaks[0] * 1.3


def test_a_tree_of_any_mix(rows: Rows, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    as_csv(rows, tmp_path / "x" / "a.csv")
    as_stata(rows, tmp_path / "b.dta")
    (tmp_path / "c.txt").write_text(rows[0]["正文"], encoding="utf-8")
    corpus = Corpus(tmp_path)
    assert len(corpus) == 3
    assert corpus.holds_many
    assert [Path(r.meta.file or "").name for r in corpus] == [
        *(f"b.dta#{i}" for i in range(1, 5)),
        "c.txt",
        *(f"a.csv#{i}" for i in range(1, 5)),
    ]


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    assert Corpus(tmp_path / "a.csv").errors["cause"].tolist() == ["not_found"]
    assert Corpus("no\0path.csv").errors["cause"].tolist() == ["not_found"]
