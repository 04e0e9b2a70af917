"""The pages of docs/ are current, and their examples are true."""

from __future__ import annotations

import glob
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import make_docs
from govreport_nlp import parse
from govreport_nlp.cli import main
from govreport_nlp.rules import SHIPPED, Ruleset

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


def test_pages_made_from_the_code_are_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert make_docs.main(["--check"]) == 0, capsys.readouterr().err


def test_a_page_that_is_not_current_is_noticed_and_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("README.md", "README.zh-CN.md", "docs/rules.md", "benchmarks/floors.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    rules = tmp_path / "docs" / "rules.md"
    rules.write_text(rules.read_text(encoding="utf-8").replace("entries;", "items;"), encoding="utf-8")
    monkeypatch.setattr(make_docs, "ROOT", tmp_path)
    assert make_docs.main(["--check"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "docs/rules.md is not current: run scripts/make_docs.py",
        "docs/tables.md is not current: run scripts/make_docs.py",
    ]
    assert make_docs.main([]) == 0
    assert make_docs.main(["--check"]) == 0
    assert rules.read_bytes() == (ROOT / "docs" / "rules.md").read_bytes()


def test_a_page_without_its_marks_is_not_overwritten() -> None:
    with pytest.raises(ValueError, match="lost the marks"):
        make_docs.between_marks("# Rule files\n", "")


def test_figures_are_those_of_the_floors() -> None:
    table = {"f1": 0.9, "record_f1": 0.8}
    floors = {"corpus": {"floors": {"targets": table}}, "dev": {"floors": {"targets": {"f1": 0.7, "record_f1": 0.6}}}}
    assert make_docs.accuracy_table(floors).splitlines()[-1] == "| targets | 0.900 | 0.800 | 0.700 | 0.600 |"


def test_the_rule_that_the_page_shows_does_what_the_page_says(tmp_path: Path) -> None:
    page = (DOCS / "rules.md").read_text(encoding="utf-8")
    entry = re.search(r"```toml\n(.*?)```", page, re.S)
    assert entry
    (tmp_path / "bounds.toml").write_text(entry[1], encoding="utf-8")
    for rules, bound in ((SHIPPED, "="), (Ruleset((tmp_path,)), ">=")):
        report = parse("各位代表：\n二、2024年工作安排\n新建学校3所打底。", year=2024, rules=rules)
        assert [(q.text, q.bound, q.status) for q in report.quantities] == [("3所", bound, "target")]


def test_every_rule_file_is_listed_with_its_keys() -> None:
    page = (DOCS / "rules.md").read_text(encoding="utf-8")
    assert "### bounds.toml" in page
    assert re.search(r"### units\.csv\n\n(?:```.*?```\n\n)?\d+ entries; keys of their own: `symbol`", page, re.S)


def test_what_the_page_about_pages_tells_to_run_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (DOCS / "page.md").read_text(encoding="utf-8")
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    monkeypatch.chdir(tmp_path)
    for line in re.findall(r"```sh\n(.*?)```", text, re.S)[0].splitlines():
        program, command, *arguments = line.split()
        files = [file for a in arguments for file in (sorted(glob.glob(a)) or [a])]
        assert program == "govreport-nlp"
        assert CliRunner().invoke(main, [command, *files], catch_exceptions=False).exit_code == 0, line
    first = (tmp_path / "wangshuo-2024.html").read_bytes()
    exec(re.findall(r"```python\n(.*?)```", text, re.S)[0], {})
    assert (tmp_path / "wangshuo-2024.html").read_bytes() == first
    assert {"pages", "out.pages", "out.xlsx"} <= {entry.name for entry in tmp_path.iterdir()}
