"""The command as it is started from a shell."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import govreport_nlp
from tests.cli.conftest import Command

MODULE = [sys.executable, "-m", "govreport_nlp"]


def test_version(command: Command) -> None:
    assert command("--version").stdout == f"govreport-nlp {govreport_nlp.__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["extract", "-h"], ["run", "--help"], ["tree", "--help"]])
def test_help_is_in_plain_words(command: Command, arguments: list[str]) -> None:
    result = command(*arguments)
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")


def test_as_a_module(reports: Path) -> None:
    done = subprocess.run([*MODULE, "tree", reports / "county-2024.txt"], capture_output=True, text=True, check=True)
    assert "稳就业" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("what", [["extract", "--json"], ["extract"], ["tree"]])
def test_a_reader_that_stops_reading_gets_no_traceback(reports: Path, what: list[str]) -> None:
    files = [reports / "county-2024.txt"] * (1 if what == ["tree"] else 200)
    process = subprocess.Popen([*MODULE, *what, *files], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    process.stdout.read(1)
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait(timeout=60)


def test_chinese_is_printed_where_the_locale_knows_none(reports: Path) -> None:
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PATH": "/usr/bin:/bin"}
    for what in (["extract", "--json"], ["extract"], ["tree"]):
        done = subprocess.run([*MODULE, *what, reports / "county-2024.txt"], capture_output=True, env=environment)
        assert done.returncode == 0, done.stderr.decode()
        assert b"Traceback" not in done.stderr


def test_errors_are_printed_where_the_locale_knows_no_chinese(tmp_path: Path) -> None:
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PATH": "/usr/bin:/bin"}
    done = subprocess.run([*MODULE, "extract", tmp_path / "gone.txt"], capture_output=True, env=environment)
    assert done.returncode == 1
    assert done.stderr.endswith(b"check the path.\n")
