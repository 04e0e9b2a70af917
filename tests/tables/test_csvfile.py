"""CSV files: Chinese intact, numbers as numbers, no formulas, whole or not at all."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_nlp import parse
from govreport_nlp.errors import OutputError
from govreport_nlp.tables import ERRORS, TABLES, CsvTable, frame, rows, write_csv
from govreport_nlp.tables.csvfile import guarded

TEXT = "各位代表：\n一、2024年工作安排\n城镇新增就业7200人以上，粮食产量稳定在2.3万吨，生产总值增长5.5%。\n"


def test_a_table_reads_back_as_its_frame(tmp_path: Path) -> None:
    report = parse(TEXT, year=2024, region="望朔县", adcode="140000")
    for name in TABLES:
        file = tmp_path / f"{name}.csv"
        wanted = frame(name, [report])
        assert write_csv(file, name, [report]) == len(wanted)
        types = {column.name: column.dtype for column in TABLES[name].columns}
        read = pd.read_csv(file, dtype=types, keep_default_na=False, na_values={c: [""] for c in types})
        pd.testing.assert_frame_equal(read.convert_dtypes(), wanted.replace("", None).convert_dtypes())


def test_excel_knows_it_as_utf_8(tmp_path: Path) -> None:
    write_csv(tmp_path / "t.csv", "targets", [parse(TEXT, year=2024)])
    data = (tmp_path / "t.csv").read_bytes()
    assert data.startswith("\ufeffreport_id,".encode())
    assert "城镇新增就业".encode() in data
    assert data.count(b"\n") == data.count(b"\r\n")


def test_numbers_are_written_as_numbers(tmp_path: Path) -> None:
    write_csv(tmp_path / "t.csv", "targets", [parse(TEXT, year=2024)])
    with open(tmp_path / "t.csv", encoding="utf-8-sig", newline="") as file:
        found = [(row["value"], row["value_base"], row["annual_average"], row["bound"]) for row in csv.DictReader(file)]
    assert found == [("7200", "7200", "FALSE", ">="), ("2.3", "23000", "FALSE", "="), ("5.5", "5.5", "FALSE", "=")]


@pytest.mark.parametrize(
    "cell",
    [
        '=HYPERLINK("http://a","b")',
        "+1+cmd|' /C calc'!A0",
        "-2+3+cmd",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "＝1+1",
        "＋1+1",
        "－1+1",
        "＠SUM",
        "-",
    ],
)
def test_text_that_a_spreadsheet_would_run_is_guarded(cell: str) -> None:
    assert guarded(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["7200人", "——强产业", "-3.5", "+5%", "-12", "增长=0", "（一）", "'=1", ""])
def test_other_text_is_left_alone(cell: str) -> None:
    assert guarded(cell) == cell


def test_formulas_from_a_report_are_guarded_and_our_own_signs_are_not() -> None:
    report = parse("各位代表：\n=1+1的学校新建3所。\n", year=2024, region="=cmd")
    out = io.StringIO(newline="")
    CsvTable(out, TABLES["quantities"]).write(rows("quantities", report))
    row = next(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert row["sentence"].startswith("'=1+1")
    assert row["region"] == "'=cmd"
    assert row["bound"] == "="


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=4, max_size=4))
def test_any_text_comes_back_and_starts_no_formula(cells: list[str]) -> None:
    out = io.StringIO(newline="")
    CsvTable(out, ERRORS).write([tuple(cells)])
    back = list(csv.reader(io.StringIO(out.getvalue(), newline="")))[1]
    for cell, read in zip(cells, back, strict=True):
        assert read in (cell, "'" + cell)
        assert not read.lstrip().startswith(("=", "@"))


def test_what_was_there_stays_where_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "t.csv"
    file.write_text("before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write_csv(file, "targets", [parse(TEXT)])
    assert [p.name for p in tmp_path.iterdir()] == ["t.csv"]
    assert file.read_text() == "before"


def test_the_byte_order_mark_is_there_once_also_where_a_file_is_written_over(tmp_path: Path) -> None:
    for _ in range(2):
        write_csv(tmp_path / "t.csv", "targets", [parse(TEXT)])
    assert (tmp_path / "t.csv").read_bytes().count("\ufeff".encode()) == 1
