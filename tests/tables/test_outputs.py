"""Outputs of every format: text stays text, whole or not at all, nothing of others overwritten."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from govreport_nlp import parse
from govreport_nlp.errors import OutputError
from govreport_nlp.page import write_page
from govreport_nlp.tables import ENDINGS, TABLES, is_output, open_output, workbook
from tests.tables.outputs import ALL, EVERY, FAILED, ROOT, corpus, heads, write, written

# What a report may hold to do harm: text that a spreadsheet, a database or a file format would take for its own.
HARM = (
    '=HYPERLINK("http://a.example","x")',
    "=1+1",
    "@SUM(1)",
    "+7",
    "-x",
    "{=1}",
    "http://a.example/",
    "_x0041_",
    "a\x01b\x0bc",
    "x'); DROP TABLE reports; --",
    "<c r='A1'>&amp;</c>",
    "\ufffe",
    "a\0b",
)


def harmful() -> list[tuple[Any, ...]]:
    return [(text, "c", text, text) for text in HARM]


@pytest.mark.parametrize("ending", ALL)
def test_text_stays_text(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out{ending}"
    with open_output(path) as output:
        assert output.write("errors", harmful()) == len(HARM)
    if ending == "":
        with open(path / "errors.csv", encoding="utf-8-sig", newline="") as file:
            found = [row[0] for row in csv.reader(file)][1:]
        wanted = ["'" + text if text[0] in "=@" or text == "-x" else text for text in HARM]
    elif ending == ".xlsx":
        with zipfile.ZipFile(path) as book:
            sheet = book.read(f"xl/worksheets/sheet{len(EVERY)}.xml").decode()
            assert not [name for name in book.namelist() if "rels" in name and "sheet" in name]
        assert "<f" not in sheet
        assert "<hyperlink" not in sheet
        assert "_x005F_x0041_" in sheet
        assert {cell.data_type for row in openpyxl.load_workbook(path)["errors"] for cell in row} == {"s"}
        texts = re.findall(r"<c r=\"A\d+\"[^>]*><is><t[^>]*>(.*?)</t>", sheet, re.S)[1:]
        assert len(texts) == len(HARM)
        return
    elif ending == ".parquet":
        found, wanted = pq.read_table(path / "errors.parquet").column(0).to_pylist(), list(HARM)
    elif ending == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as base:
            found, wanted = [row[0] for row in base.table("errors").fetchall()], list(HARM)
    elif ending == ".dta":
        found = pd.read_stata(path / "errors.dta")["file"].tolist()
        wanted = [text.replace("\0", "\ufffd") for text in HARM]
    else:
        lines = (tmp_path / "out.errors.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
        found = [json.loads(line)["file"] for line in lines]
        wanted = list(HARM)
    assert found == wanted


@pytest.mark.parametrize("ending", ALL)
def test_a_number_beyond_all_bounds(tmp_path: Path, ending: str) -> None:
    report = parse("各位代表：\n二、2024年工作安排\n新增就业" + "9" * 400 + "人。", year=2024)
    assert report.targets[0].value == np.inf
    path = written(tmp_path, ending, reports=(report,))
    read = {
        ".xlsx": lambda: openpyxl.load_workbook(path)["targets"].cell(2, 9).value == "inf",
        ".parquet": lambda: pd.read_parquet(path / "targets.parquet")["value"][0] == np.inf,
        ".duckdb": lambda: duckdb.connect(str(path)).table("targets").df()["value"][0] == np.inf,
        ".dta": lambda: np.isnan(pd.read_stata(path / "targets.dta")["value"][0]),
    }
    assert read.get(ending, lambda: True)()


@pytest.mark.parametrize("ending", ALL)
def test_no_row_at_all(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out{ending}"
    with open_output(path):
        pass
    if ending == ".dta":
        assert pd.read_stata(path / "targets.dta").shape == (0, len(TABLES["targets"].columns))
    if ending == ".parquet":
        assert list(pd.read_parquet(path / "targets.parquet").columns) == heads(TABLES["targets"], "en")
    with open_output(path):  # an empty output is an earlier output
        pass


@pytest.mark.parametrize("ending", ALL)
def test_whole_or_not_at_all(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out{ending}"
    with pytest.raises(KeyboardInterrupt):
        broken_off(path, KeyboardInterrupt())
    assert os.listdir(tmp_path) == []
    write(path, corpus()[:1])
    before = content(tmp_path)
    with pytest.raises(ValueError, match="broken"):
        broken_off(path, ValueError("broken"))
    assert content(tmp_path) == before


def broken_off(path: Path, error: BaseException) -> None:
    with open_output(path) as output:
        output.write("errors", [FAILED, FAILED])
        raise error


def content(directory: Path) -> dict[str, bytes]:
    return {str(f.relative_to(directory)): f.read_bytes() for f in directory.rglob("*") if f.is_file()}


FULL = """
import resource, sys
from govreport_nlp import parse
from govreport_nlp.errors import OutputError
from govreport_nlp.tables import open_output
row = ("r0", "a.txt", None, None, 2024)
try:
    with open_output(sys.argv[1]) as output:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
        for i in range(3_000):
            output.write("sentences", [(*row, i, hex(i ** 40) * 9, "", 0, 1)])
            output.write("json", [("{}" * 900,)]) if "json" in output.tables else None
except OutputError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on files there")
@pytest.mark.parametrize("ending", ALL)
def test_a_disk_that_is_full(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out{ending}"
    write(path, corpus()[:1])
    before = content(tmp_path)
    done = subprocess.run([sys.executable, "-c", FULL, path], capture_output=True, text=True, cwd=ROOT)
    assert "cannot be written" in done.stdout, done.stderr
    assert str(path) in done.stdout
    assert done.stderr == ""
    assert content(tmp_path) == before


@pytest.mark.parametrize("ending", [".xlsx", ".duckdb", ".jsonl"])
@pytest.mark.parametrize("held", [b"mine\n", b"PK\x03\x04"])
def test_another_file_is_not_overwritten(tmp_path: Path, ending: str, held: bytes) -> None:
    path = tmp_path / f"out{ending}"
    path.write_bytes(held)
    with pytest.raises(OutputError, match="no earlier output"), open_output(path):
        pytest.fail("it was opened")
    assert content(tmp_path) == {path.name: held}


def test_a_workbook_or_database_with_more_in_it_is_not_overwritten(tmp_path: Path) -> None:
    book, base = written(tmp_path, ".xlsx"), written(tmp_path, ".duckdb")
    sheets = openpyxl.load_workbook(book)
    sheets.create_sheet("notes")
    sheets.save(book)
    with duckdb.connect(str(base)) as opened:
        opened.execute("CREATE TABLE notes (a INT)")
    for path in (book, base):
        with pytest.raises(OutputError, match=r"earlier output \(.*notes\)"), open_output(path):
            pytest.fail("it was opened")


@pytest.mark.parametrize("ending", [".xlsx", ".duckdb", ".jsonl"])
def test_an_empty_file_is_replaced(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out{ending}"
    path.touch()
    write(path, corpus()[:1])
    assert path.stat().st_size > 1000


def test_json_lines_of_somebody_else_are_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text('{"meta": 1}\n')
    with pytest.raises(OutputError, match="no earlier output"), open_output(path):
        pytest.fail("it was opened")
    path.unlink()
    (tmp_path / "out.errors.jsonl").write_text("mine")
    with pytest.raises(OutputError, match="no earlier output"), open_output(path):
        pytest.fail("it was opened")


def test_an_earlier_output_is_known_among_reports(tmp_path: Path) -> None:
    assert is_output(written(tmp_path, ".parquet"))
    assert is_output(written(tmp_path, ".jsonl"))
    assert is_output(tmp_path / "out.errors.jsonl")
    (tmp_path / "out.errors.jsonl").unlink()
    assert not is_output(tmp_path / "out.jsonl")
    assert not is_output(tmp_path / "gone.jsonl")
    write_page(tmp_path / "a.html", parse("各位代表："))
    assert is_output(tmp_path / "a.html")
    assert not is_output(ROOT / "corpus" / "songping-2024.html")
    assert not is_output(ROOT / "corpus" / "wangshuo-2024.txt")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_directory_or_a_file_in_the_way(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out{ending}"
    if ending in (".parquet", ".dta"):
        path.write_text("mine")
    else:
        path.mkdir()
    with pytest.raises(OutputError, match="this is a "), open_output(path):
        pytest.fail("it was opened")


@pytest.mark.parametrize("ending", set(ALL) - {".duckdb"})
def test_the_same_bytes_every_time(tmp_path: Path, ending: str) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        written(tmp_path / name, ending)
    assert content(tmp_path / "a") == content(tmp_path / "b")


@pytest.mark.parametrize(
    ("ending", "module", "extra"),
    [(".xlsx", "xlsxwriter", "xlsx"), (".parquet", "pyarrow", "parquet"), (".duckdb", "duckdb", "duckdb")],
)
def test_a_library_that_is_absent_is_named_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, module: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(OutputError) as caught, open_output(tmp_path / f"out{ending}"):
        pytest.fail("it was opened")
    assert f"{module}, which writes it, is not installed; run pip install 'govreport-nlp[{extra}]'" in str(caught.value)
    assert os.listdir(tmp_path) == []


def test_libraries_are_loaded_where_they_are_used() -> None:
    code = (
        "import sys, govreport_nlp.tables; print([m for m in ('xlsxwriter', 'pyarrow', 'duckdb') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


@pytest.mark.parametrize("name", ["out.xls", "out.json", "out.csv", "OUT.SQLITE"])
def test_an_ending_that_is_not_written(tmp_path: Path, name: str) -> None:
    with (
        pytest.raises(OutputError, match=r"use \.xlsx, \.parquet, \.duckdb, \.dta, \.jsonl"),
        open_output(tmp_path / name),
    ):
        pytest.fail("it was opened")


def test_endings_in_capitals_dots_in_names_and_directories_that_are_not_there(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b" / "OUT.XLSX", corpus()[:1])
    write(tmp_path / "c" / "2024.v1", corpus()[:1])
    assert openpyxl.load_workbook(tmp_path / "a" / "b" / "OUT.XLSX").sheetnames[0] == "reports"
    assert (tmp_path / "c" / "2024.v1" / "reports.csv").is_file()


def test_other_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="columns are en or zh"), open_output(tmp_path / "out", "de"):  # type: ignore[arg-type]
        pytest.fail("it was opened")


def test_a_sheet_that_is_full_goes_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS", 4)
    path = tmp_path / "out.xlsx"
    for _ in range(2):  # the second replaces the first
        with open_output(path, "zh") as output:
            output.write("errors", [(str(i), "", "", "") for i in range(7)])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[-3:] == ["错误", "错误 2", "错误 3"]
    found = [[row[0] for row in book[name].iter_rows(values_only=True)] for name in book.sheetnames[-3:]]
    assert found == [["文件", "0", "1", "2"], ["文件", "3", "4", "5"], ["文件", "6"]]


@pytest.mark.parametrize("text", ["改" * 40_000, "𠮷" * 20_000])
def test_a_text_longer_than_a_cell_ends_in_dots(tmp_path: Path, text: str) -> None:
    with open_output(tmp_path / "out.xlsx") as output:
        output.write("errors", [(text, "", "", "")])
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["errors"].cell(2, 1).value
    assert isinstance(cell, str)
    assert len(cell.encode("utf-16-le")) // 2 in (workbook.CELL, workbook.CELL - 1)
    assert cell[-1] == "…"
    assert text.startswith(cell[:-1])


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    for ending in set(ALL) - {".jsonl"}:
        with pytest.raises(KeyError), open_output(tmp_path / f"out{ending}") as output:
            output.write("target", [])


def test_the_page_names_every_ending_and_library() -> None:
    page = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
    for ending in ENDINGS:
        assert f"`{ending}`" in page
    for module, extra in (("xlsxwriter", "xlsx"), ("pyarrow", "parquet"), ("duckdb", "duckdb")):
        assert importlib.util.find_spec(module)
        assert f"govreport-nlp[{extra}]" in page


def test_what_the_page_shows_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    monkeypatch.chdir(tmp_path)
    code = "\n".join(re.findall(r"```python\n(.*?)```", page, re.S))
    exec(compile(code, "outputs.md", "exec"), {})
    assert (tmp_path / "out.xlsx").is_file()
