"""What the READMEs tell a reader to type works, and both say the same."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
MADE = json.loads((ROOT / "corpus" / "manifest.json").read_text(encoding="utf-8"))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text(name), re.M | re.S)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A directory with the corpus in it, to write into."""
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    return tmp_path


def shell(command: str, directory: Path) -> str:
    """Run it with the command of this environment, as after the set-up that the README gives."""
    bin_directory = Path(sys.executable).parent
    command = command.replace(".venv/bin/", f"{bin_directory}/")
    environment = os.environ | {"PATH": f"{bin_directory}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command], capture_output=True, text=True, cwd=directory, env=environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_first_command_sets_up_and_does_the_main_job(checkout: Path) -> None:
    setup, install, job = blocks("README.md", "sh")[0].strip().split(" && ")
    assert setup == "python3 -m venv .venv"
    assert install == ".venv/bin/pip install --quiet ."
    shell(job, checkout)
    with open(checkout / "out" / "reports.csv", encoding="utf-8-sig", newline="") as file:
        read = {row["file"] for row in csv.DictReader(file)}
    assert {f"corpus/{entry['file']}" for entry in MADE} <= read
    assert len(list((checkout / "out").glob("*.csv"))) == 9


def test_the_second_command_is_how_the_tests_are_run() -> None:
    """.ci/run runs it as it stands there; here it would run itself."""
    assert blocks("README.md", "sh")[1].strip().split(" && ") == [
        "python3 -m venv .venv",
        ".venv/bin/pip install --quiet -e '.[test]'",
        ".venv/bin/python -m pytest",
    ]
    assert "$(readme 2)" in text(".ci/run")


def test_the_shown_python_runs(checkout: Path) -> None:
    for block in blocks("README.md", "python"):
        subprocess.run([sys.executable, "-c", block], check=True, cwd=checkout, capture_output=True)


def test_the_shown_python_says_what_comes_out(checkout: Path) -> None:
    block = blocks("README.md", "python")[0]
    shown = re.search(r"^(report\.meta\.region, report\.meta\.year)  # (.*)$", block, re.M)
    assert shown
    head = block[: shown.start()]
    done = subprocess.run([sys.executable, "-c", f"{head}\nprint({shown[1]})"], cwd=checkout, capture_output=True)
    assert done.stdout.decode().strip() == f"{shown[2].strip('()').replace(', ', ' ')}".replace("'", "")


def test_the_shown_commands_run(checkout: Path) -> None:
    for command in blocks("README.md", "sh")[2].splitlines():
        assert shell(command, checkout), command


def test_both_have_the_same_commands_figures_and_parts() -> None:
    one, two = READMES
    for language in ("sh", "python"):
        assert blocks(one, language) == blocks(two, language)
    for pattern in (r"^\|.*\|$", r"^#+", r"^- ", r"\]\((?!README)[^)]*\)"):
        assert re.findall(pattern, text(one), re.M) == re.findall(pattern, text(two), re.M), pattern


@pytest.mark.parametrize(
    "name", [*READMES, "CHANGELOG.md", "docs/outputs.md", "docs/page.md", "docs/rules.md", "docs/tables.md"]
)
def test_links_lead_somewhere(name: str) -> None:
    here = (ROOT / name).parent
    for link in re.findall(r"\]\(([^)#]+)", text(name)):
        assert link.startswith("https://") or (here / link).exists(), link
