"""The examples run, and print what they say they print."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from govreport_nlp import read

ROOT = Path(__file__).resolve().parents[1]


def run(name: str, *arguments: str) -> str:
    command = [sys.executable, ROOT / "examples" / name, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout


def test_there_is_a_test_for_every_example() -> None:
    tested = {"targets.py", "slogans_that_come_and_go.py", "outline.py", "linked_workbook.py"}
    assert {file.name for file in (ROOT / "examples").glob("*.py")} == tested


@pytest.mark.parametrize("arguments", [[], ["corpus/songping-2023.html"]])
def test_targets(arguments: list[str]) -> None:
    report = read(ROOT / (arguments or ["corpus/wangshuo-2024.txt"])[0])
    lines = run("targets.py", *arguments).splitlines()
    assert lines[0] == f"{report.meta.region} {report.meta.year}"
    assert sum(line.startswith(" ") for line in lines) >= len(report.targets) > 10


def test_slogans_that_come_and_go() -> None:
    lines = run("slogans_that_come_and_go.py").splitlines()
    assert lines[0] == "泽阳市 2023 -> 2024"
    assert len(lines[1]) > 20
    both = {s.text for s in read(ROOT / "corpus" / "zeyang-2023.txt").slogans if s.is_slogan} & {
        s.text for s in read(ROOT / "corpus" / "zeyang-2024.txt").slogans if s.is_slogan
    }
    listed = {slogan for line in lines[1:3] for slogan in line.split(maxsplit=1)[1].split("、")}
    assert not both & listed


def test_outline() -> None:
    report = read(ROOT / "corpus" / "lishi-2024.docx")
    lines = run("outline.py").splitlines()
    assert lines[0] == "# 砺石区 2024"
    assert len(lines) == 1 + len(report.sections)
    assert lines[1].startswith("- 一、")


def test_linked_workbook(tmp_path: Path) -> None:
    assert run("linked_workbook.py", str(tmp_path)) == f"2 pages and {tmp_path / 'wangshuo.xlsx'}\n"
    sheet = openpyxl.load_workbook(tmp_path / "wangshuo.xlsx")["projects"]
    link = next(cell.hyperlink for cell in sheet[2] if cell.hyperlink)
    file = tmp_path / link.target.replace("\\", "/")
    assert f'id="{link.location}"' in file.read_text(encoding="utf-8")
