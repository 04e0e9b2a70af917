"""``govreport-nlp page``, and ``run --pages``."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest

from govreport_nlp import Corpus, read
from govreport_nlp.page import PageFolder, page
from govreport_nlp.tables import ENDINGS, pages_beside, report_id
from govreport_nlp.tables.atomic import MARK
from tests.cli.conftest import Command


def names(reports: Path) -> list[str]:
    return sorted(f"{report_id(report.text)}.html" for report in Corpus(reports))


def test_one_report_is_one_file(command: Command, reports: Path, tmp_path: Path) -> None:
    file = reports / "county-2024.txt"
    result = command("page", file, "-o", tmp_path / "a.html")
    assert (result.exit_code, result.stdout) == (0, f"Page in {tmp_path / 'a.html'}\n")
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == page(read(file))


def test_several_are_a_directory_with_an_index(command: Command, reports: Path, tmp_path: Path) -> None:
    for _ in range(2):
        result = command("page", *sorted(reports.iterdir()), "-o", tmp_path / "pages")
        assert result.exit_code == 0
        assert result.stdout == f"2 reports read, 0 failed. Pages in {tmp_path / 'pages' / 'index.html'}\n"
    assert sorted(os.listdir(tmp_path / "pages")) == sorted([*names(reports), "index.html", MARK])


def test_standard_input(command: Command, reports: Path, tmp_path: Path) -> None:
    text = (reports / "county-2024.txt").read_bytes()
    assert command("page", "-", "-o", tmp_path / "a.html", input=text).exit_code == 0
    assert "7200人" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_what_cannot_be_read_stops_no_other(command: Command, reports: Path, tmp_path: Path) -> None:
    (reports / "b.txt").touch()
    result = command("page", *sorted(reports.iterdir()), "-o", tmp_path / "pages")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "b.txt" in result.stderr
    assert len(os.listdir(tmp_path / "pages")) == 4


@pytest.mark.parametrize("out", ["a.html", "pages"])
def test_nothing_is_written_where_nothing_can_be_read(command: Command, tmp_path: Path, out: str) -> None:
    result = command("page", tmp_path / "gone.txt", "-o", tmp_path / out)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_one_file_is_no_place_for_two(command: Command, reports: Path, tmp_path: Path) -> None:
    result = command("page", *reports.iterdir(), "-o", tmp_path / "a.html")
    assert result.exit_code == 1
    assert "name a directory" in result.stderr
    assert os.listdir(tmp_path) == ["reports"]


def test_a_report_is_not_overwritten(command: Command, reports: Path) -> None:
    file = reports / "a.html"
    file.write_text((reports / "county-2024.txt").read_text(encoding="utf-8"), encoding="utf-8")
    before = file.read_bytes()
    result = command("page", file, "-o", file)
    assert result.exit_code == 1
    assert "no earlier page" in result.stderr
    assert file.read_bytes() == before


@pytest.mark.parametrize("ending", ["", *ENDINGS])
def test_run_makes_pages_beside_its_output(command: Command, reports: Path, tmp_path: Path, ending: str) -> None:
    (reports / "empty.txt").touch()
    out = tmp_path / f"out{ending}"
    result = command("run", reports, "-o", out, "--pages")
    assert result.exit_code == 0, result.stderr
    assert f"Pages in {tmp_path / 'out.pages'}\n" in result.stdout
    assert sorted(os.listdir(tmp_path / "out.pages")) == sorted([*names(reports), MARK])
    [file] = [file for file in reports.iterdir() if "2024" in file.name]
    made = tmp_path / "out.pages" / f"{report_id(read(file).text)}.html"
    assert made.read_text(encoding="utf-8") == page(read(file))


def test_pages_are_replaced_and_come_from_the_journal_too(command: Command, reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    assert command("run", reports, "-o", out).exit_code == 0  # a journal without whole reports
    assert not (tmp_path / "out.pages").exists()
    for n in (0, 2):
        result = command("run", reports, "-o", out, "--pages")
        assert (f"{n} reports unchanged" in result.stdout) == bool(n)
        assert sorted(os.listdir(tmp_path / "out.pages")) == sorted([*names(reports), MARK])
        assert openpyxl.load_workbook(out)["targets"]["H2"].hyperlink is not None
    (reports / "county-2023.txt").unlink()
    assert command("run", reports, "-o", out, "--pages").exit_code == 0
    assert sorted(os.listdir(tmp_path / "out.pages")) == sorted([*names(reports), MARK])


def test_the_same_bytes_for_any_number_of_workers(command: Command, reports: Path, tmp_path: Path) -> None:
    for i in range(12):
        (reports / f"copy-{i}.txt").write_bytes((reports / "county-2023.txt").read_bytes())
    made = []
    for workers in ("1", "2"):
        out = tmp_path / "out.xlsx"
        assert command("run", reports, "-o", out, "--pages", "--workers", workers, "--no-journal").exit_code == 0
        made.append([out.read_bytes(), *(file.read_bytes() for file in sorted((tmp_path / "out.pages").iterdir()))])
    assert made[0] == made[1]
    assert len(made[0]) == 1 + 2 + 1  # reports with the same text share a page


def test_pages_among_the_input_are_not_read_again(command: Command, reports: Path) -> None:
    for _ in range(2):
        result = command("run", reports, "-o", reports / "out.xlsx", "--pages")
        assert "2 read, 0 failed" in result.stdout


def test_a_directory_that_holds_something_else_is_left_alone(command: Command, reports: Path, tmp_path: Path) -> None:
    (tmp_path / "out.pages").mkdir()
    (tmp_path / "out.pages" / "mine.html").touch()
    result = command("run", reports, "-o", tmp_path / "out.xlsx", "--pages")
    assert result.exit_code == 1
    assert "mine.html" in result.stderr
    assert not (tmp_path / "out.xlsx").exists()
    assert os.listdir(tmp_path / "out.pages") == ["mine.html"]


def test_nothing_is_half_written(
    command: Command, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command("run", reports, "-o", tmp_path / "out.xlsx", "--pages").exit_code == 0
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file() and "journal" not in file.name}

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(PageFolder, "add", interrupted)
    assert command("run", reports, "-o", tmp_path / "out.xlsx", "--pages").exit_code == 130
    after = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file() and "journal" not in file.name}
    assert before == after


def test_the_name_of_the_directory() -> None:
    assert pages_beside("a/out.XLSX") == "a/out.pages"
    assert pages_beside("a/out.d/") == "a/out.d.pages"
    assert pages_beside("out.pages") == "out.pages.pages"


def test_what_a_killed_run_left_of_its_pages_goes(command: Command, reports: Path, tmp_path: Path) -> None:
    (tmp_path / ".out.pages.0123abcd.part").mkdir()
    (tmp_path / ".out.pages.0123abcd.part" / "r1.html").touch()
    assert command("run", reports, "-o", tmp_path / "out.xlsx", "--pages").exit_code == 0
    assert not list(tmp_path.glob(".*.part"))
