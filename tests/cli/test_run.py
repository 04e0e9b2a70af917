"""``govreport-nlp run``."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pandas as pd
import pytest

from govreport_nlp import Corpus
from govreport_nlp.batch import Failure, journal_of, open_journal, runner
from govreport_nlp.tables import ENDINGS, ERRORS, TABLES
from govreport_nlp.tables.atomic import MARK
from tests.batch.conftest import must_have
from tests.cli.conftest import Command

FILES = sorted([*(f"{name}.csv" for name in (*TABLES, ERRORS.name)), MARK])


def read(file: Path) -> list[dict[str, str]]:
    with open(file, encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def test_every_table_is_a_file(command: Command, reports: Path, tmp_path: Path) -> None:
    result = command("run", reports, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert sorted(os.listdir(tmp_path / "out")) == FILES
    assert sorted(os.listdir(tmp_path)) == [".out.journal", "out", "reports"]
    corpus = Corpus(reports)
    for name, made in TABLES.items():
        found = read(tmp_path / "out" / f"{name}.csv")
        assert len(found) == len(corpus.to_frame(name))
        assert all(list(row) == [column.name for column in made.columns] for row in found)
    assert [(row["year"], row["text"]) for row in read(tmp_path / "out" / "targets.csv")] == [
        ("2023", "7200人"),
        ("2024", "7200人"),
    ]
    assert read(tmp_path / "out" / "errors.csv") == []


def test_the_summary_says_what_was_done(command: Command, reports: Path, tmp_path: Path) -> None:
    (reports / "empty.txt").write_bytes(b"")
    (reports / "slides.pptx").write_bytes(b"x")
    result = command("run", reports, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert "3 files: 2 read, 1 failed." in result.stdout
    assert "empty: 1" in result.stdout
    assert ".pptx 1" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("workers", [1, 2])
def test_the_first_broken_file_stops_all_where_that_is_asked_for(
    command: Command, reports: Path, tmp_path: Path, workers: int
) -> None:
    good = tmp_path / "good"
    assert command("run", reports, "-o", good, "--fail-fast", "--workers", workers).exit_code == 0
    (reports / "b.txt").write_bytes(b"")
    result = command("run", reports, "-o", tmp_path / "out", "--fail-fast", "--workers", workers)
    assert result.exit_code == 1
    assert "b.txt" in result.stderr
    assert result.stderr.count("\n") == 1
    assert sorted(set(os.listdir(tmp_path)) - {".out.journal"}) == [".good.journal", "good", "reports"]


def test_one_broken_file_stops_no_other(command: Command, reports: Path, tmp_path: Path) -> None:
    (reports / "a.docx").write_bytes(b"PK\x03\x04 and then nothing")
    (reports / "b.txt").write_bytes(b"")
    result = command("run", reports, tmp_path / "gone", "-o", tmp_path / "out")
    assert result.exit_code == 0
    errors = read(tmp_path / "out" / "errors.csv")
    assert [Path(row["file"]).name for row in errors] == ["a.docx", "b.txt", "gone"]
    assert all(row["cause"] and row["problem"] and row["remedy"] for row in errors)
    assert len(read(tmp_path / "out" / "reports.csv")) == 2


def test_where_nothing_could_be_read_the_status_says_so(command: Command, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "b.txt").write_bytes(b"")
    result = command("run", tmp_path / "reports", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stderr.startswith("Nothing could be read;")
    assert len(read(tmp_path / "out" / "errors.csv")) == 1


def test_a_directory_without_reports(command: Command, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    result = command("run", tmp_path / "reports", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{tmp_path / 'reports'}: there is no report here;")
    assert not (tmp_path / "out").exists()


def test_the_same_bytes_every_time_and_for_any_number_of_workers(
    command: Command, reports: Path, tmp_path: Path
) -> None:
    for i in range(12):
        (reports / f"copy-{i}.txt").write_bytes((reports / "county-2023.txt").read_bytes())
    for out, workers in (("a", "1"), ("b", "2"), ("b", "8"), ("a", "1")):
        assert command("run", reports, "-o", tmp_path / out, "--workers", workers).exit_code == 0
        for name in FILES:
            assert (tmp_path / "a" / name).read_bytes() == (tmp_path / out / name).read_bytes()


def test_an_earlier_output_is_replaced(command: Command, reports: Path, tmp_path: Path) -> None:
    command("run", reports, "-o", tmp_path / "out")
    (reports / "county-2023.txt").unlink()
    assert command("run", reports, "-o", tmp_path / "out").exit_code == 0
    assert len(read(tmp_path / "out" / "reports.csv")) == 1


def test_another_directory_is_not_overwritten(command: Command, reports: Path, tmp_path: Path) -> None:
    result = command("run", reports, "-o", reports)
    assert result.exit_code == 1
    assert "holds what is no earlier output (county-2023.txt)" in result.stderr
    assert sorted(os.listdir(reports)) == ["county-2023.txt", "county-2024.txt"]


def test_output_among_the_input_is_not_read_again(command: Command, reports: Path) -> None:
    for _ in range(2):
        result = command("run", reports, "-o", reports / "out")
        assert result.exit_code == 0
        assert "2 files: 2 read" in result.stdout


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_format_gives_the_same_whatever_the_number_of_workers(
    command: Command, reports: Path, tmp_path: Path, ending: str
) -> None:
    for i in range(6):
        (reports / f"copy-{i}.txt").write_bytes((reports / "county-2023.txt").read_bytes())
    (reports / "empty.txt").touch()
    made = []
    for workers in ("1", "2"):
        out = reports / f"out{ending}"  # among the input, where it must not be read again
        result = command("run", reports, "-o", out, "--columns", "zh", "--workers", workers)
        assert result.exit_code == 0, result.stderr
        assert "9 files: 8 read, 1 failed." in result.stdout
        made.append({file.name: file.read_bytes() for file in (out.iterdir() if out.is_dir() else [out])})
    assert made[0] == made[1] or ending == ".duckdb"  # whose bytes differ from run to run


def test_what_cannot_be_written_is_said_before_anything_is_read(
    command: Command, reports: Path, tmp_path: Path
) -> None:
    result = command("run", reports, "-o", tmp_path / "out.xls")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no .xls is written; use .xlsx, " in result.stderr


def test_an_interrupted_run_leaves_nothing(
    command: Command, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Corpus, "tabulate", interrupted)
    result = command("run", reports, "-o", tmp_path / "out")
    assert result.exit_code == 130
    assert "Interrupted" in result.stderr
    assert os.listdir(tmp_path) == ["reports"]


def test_excel_and_pandas_read_the_same_text(command: Command, reports: Path, tmp_path: Path) -> None:
    command("run", reports, "-o", tmp_path / "out")
    assert (tmp_path / "out" / "targets.csv").read_bytes()[:3] == b"\xef\xbb\xbf"
    frame = pd.read_csv(tmp_path / "out" / "targets.csv")
    assert frame["indicator"].tolist() == ["城镇新增就业"] * 2
    assert frame["value"].tolist() == [7200, 7200]


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "x"],
        ["run", "-o", "out"],
        ["run", "x", "-o", "y", "--workers", "0"],
        ["run", "x", "-o", "y", "--limit", "0"],
        ["run", "x", "-o", "y", "--since", "2024"],
        ["run", "x", "-o", "y", "--scheduler", "tcp://a:8786"],
    ],
)
def test_faults_of_usage(command: Command, arguments: list[str]) -> None:
    assert command(*arguments).exit_code == 2


def test_a_data_set_gives_the_same_bytes_for_any_number_of_workers(
    command: Command, reports: Path, tmp_path: Path
) -> None:
    texts = [file.read_text(encoding="utf-8") for file in sorted(reports.iterdir())]
    rows = pd.DataFrame({"年份": [2023, 2024, 2025] * 6, "正文": [texts[0], texts[1], "无"] * 6, "备注": texts * 9})
    (tmp_path / "data").mkdir()
    rows.to_csv(tmp_path / "data" / "a.csv", index=False, encoding="gb18030")
    for out, workers in (("one", "1"), ("two", "2")):
        arguments = ("-o", tmp_path / out, "--workers", workers, "--text-column", "正文")
        result = command("run", tmp_path / "data", *arguments)
        assert result.exit_code == 0
        assert "1 file with 18 reports: 12 read, 6 failed." in result.stdout
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_only_the_first_reports_are_taken_where_that_is_asked_for(
    command: Command, reports: Path, tmp_path: Path
) -> None:
    result = command("run", reports, "-o", tmp_path / "out", "--limit", 1)
    assert result.exit_code == 0
    assert "1 read, 0 failed" in result.stdout
    assert [row["year"] for row in read(tmp_path / "out" / "reports.csv")] == ["2023"]


def test_only_files_changed_since_a_day_are_taken_where_that_is_asked_for(
    command: Command, reports: Path, tmp_path: Path
) -> None:
    os.utime(reports / "county-2023.txt", (1.6e9, 1.6e9))  # September 2020
    result = command("run", reports, "-o", tmp_path / "out", "--since", "2020-10-01")
    assert result.exit_code == 0
    assert "1 file older than asked for, not read" in result.stdout
    assert [row["year"] for row in read(tmp_path / "out" / "reports.csv")] == ["2024"]
    both = command("run", reports, "-o", tmp_path / "out", "--since", "2020-09-01")
    assert "2 files: 2 read" in both.stdout


def test_rate_and_failures_by_cause_are_told(command: Command, reports: Path, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (reports / name).touch()
    (reports / "c.pdf").write_bytes(b"%PDF-1.4 and then nothing")
    result = command("run", reports, "-o", tmp_path / "out")
    assert "  empty: 2\n  format: 1\n" in result.stdout
    assert "reports a second" in result.stdout


@pytest.mark.parametrize(("engine", "module"), [("dask", "distributed"), ("spark", "pyspark")])
def test_every_engine_writes_the_same_bytes(
    command: Command, reports: Path, tmp_path: Path, engine: str, module: str
) -> None:
    must_have(module, java=module == "pyspark")
    (reports / "empty.txt").touch()
    for out, options in (("local", ()), (engine, ("--engine", engine, "--workers", 2))):
        result = command("run", reports, "-o", tmp_path / out, *options)
        assert result.exit_code == 0, result.stderr
        assert "3 files: 2 read, 1 failed" in result.stdout
    for name in FILES:
        assert (tmp_path / "local" / name).read_bytes() == (tmp_path / engine / name).read_bytes()
    again = command("run", reports, "-o", tmp_path / engine, "--engine", "local")
    assert "2 reports unchanged" in again.stdout


def test_a_cluster_that_is_not_there(command: Command, reports: Path, tmp_path: Path) -> None:
    must_have("distributed")
    options = ("--engine", "dask", "--scheduler", "tcp://127.0.0.1:9")
    result = command("run", reports, "-o", tmp_path / "out", *options)
    assert result.exit_code == 1
    assert "tcp://127.0.0.1:9" in result.stderr
    assert result.stderr.count("\n") == 1
    assert os.listdir(tmp_path) == ["reports"]


def test_where_no_file_is_new_the_output_stays(command: Command, reports: Path, tmp_path: Path) -> None:
    assert command("run", reports, "-o", tmp_path / "out").exit_code == 0
    before = {name: (tmp_path / "out" / name).read_bytes() for name in FILES}
    result = command("run", reports, "-o", tmp_path / "out", "--since", "2100-01-01")
    assert result.exit_code == 0
    assert "No file was changed since then (2 are older)" in result.stdout
    assert {name: (tmp_path / "out" / name).read_bytes() for name in FILES} == before


@pytest.mark.parametrize("options", [(), ("--no-journal",)])
def test_a_second_run_to_the_same_output_is_told(
    command: Command, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.setattr("govreport_nlp.batch.journal._PAUSE", 0.1)
    with open_journal(journal_of(tmp_path / "out")):  # as the first run has it
        result = command("run", reports, "-o", tmp_path / "out", *options)
    assert result.exit_code == 1
    assert "another run is writing to this output" in result.stderr
    assert not (tmp_path / "out").exists()


def test_what_another_output_is_writing_is_no_leftover(command: Command, reports: Path, tmp_path: Path) -> None:
    parts = [tmp_path / f".out{middle}.0123abcd.part" for middle in (".errors.jsonl", ".pages", ".jsonl")]
    for part in parts:
        part.mkdir()
    (tmp_path / ".out.4567cdef.part").mkdir()
    assert command("run", reports, "-o", tmp_path / "out").exit_code == 0
    assert all(part.exists() for part in parts)
    assert not (tmp_path / ".out.4567cdef.part").exists()


def test_json_lines_whose_errors_alone_were_in_place(command: Command, reports: Path, tmp_path: Path) -> None:
    (reports / "empty.txt").touch()
    assert command("run", reports, "-o", tmp_path / "out.jsonl").exit_code == 0
    (tmp_path / "out.jsonl").unlink()  # killed between the two
    assert command("run", reports, "-o", tmp_path / "out.jsonl").exit_code == 0
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 2


def test_a_large_file_that_changes_meanwhile_is_not_kept_under_its_old_content(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govreport_nlp.batch.runner._BYTES", 10)  # every file is large
    first, second = (file.read_bytes() for file in sorted(reports.iterdir()))
    file = tmp_path / "a.txt"
    file.write_bytes(first)

    def years(change: bool) -> list[int]:
        corpus = Corpus(file)
        reading = corpus.tabulate(["reports"], str(tmp_path / "j"))
        if change:
            loaded = runner._loaded
            monkeypatch.setattr(runner, "_loaded", lambda job: (loaded(job), file.write_bytes(second))[0])
        found = [result["reports"][0][4] for result in reading if not isinstance(result, Failure)]
        monkeypatch.undo()
        monkeypatch.setattr("govreport_nlp.batch.runner._BYTES", 10)
        return found

    assert years(change=True) == [2024]  # read after it was changed
    file.write_bytes(first)
    assert years(change=False) == [2023]
