"""Rules of the user's own as what can be sent to another machine."""

from __future__ import annotations

import pickle
import shutil
from importlib import resources
from pathlib import Path

import pytest

from govreport_nlp import parse
from govreport_nlp.batch import portable
from govreport_nlp.batch.portable import FileInMemory
from govreport_nlp.errors import RuleError
from govreport_nlp.rules import SHIPPED, Rule, Ruleset

BOUND = '[[rule]]\nid = "mine"\nplace = "after"\nbound = ">="\nwords = ["打底"]\nexamples = ["〔3所〕打底"]\n'
BOILERPLATE = '[[rule]]\nid = "a"\npart = "any"\npattern = "("\nexamples = ["a"]\n'
TEXT = "各位代表：\n二、2024年工作安排\n新建学校3所打底。"

# What the panel, word shares and projects over time are made with, on the machine where the command runs.
NOT_FOR_READING = {"constraints.toml", "panel.toml", "project_series.toml", "stopwords.toml"}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    made = tmp_path / "my rules"
    made.mkdir()
    (made / "bounds.toml").write_text(BOUND, encoding="utf-8")
    return made


def test_it_reads_as_the_directory_does_when_that_is_gone(directory: Path) -> None:
    rules = Ruleset((directory,))
    expected = parse(TEXT, year=2024, rules=rules).quantities
    packed = pickle.loads(pickle.dumps(portable(rules)))
    shutil.rmtree(directory)
    assert [q.bound for q in expected] == [">="]
    assert parse(TEXT, year=2024, rules=packed).quantities == expected
    assert parse(TEXT, year=2024).quantities != expected


def test_the_same_files_are_the_same_rules(directory: Path) -> None:
    one, two = (portable(Ruleset((directory,))) for _ in range(2))
    assert one == two
    assert hash(one) == hash(two)
    (directory / "bounds.toml").write_text(BOUND.replace("打底", "垫底"), encoding="utf-8")
    assert portable(Ruleset((directory,))) != one
    assert portable(one) == one


def test_the_order_of_directories_is_kept(directory: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "bounds.toml").write_text(BOUND.replace(">=", ">"), encoding="utf-8")
    for given, bound in (((directory, other), ">"), ((other, directory), ">=")):
        report = parse(TEXT, year=2024, rules=portable(Ruleset(given)))
        assert [q.bound for q in report.quantities] == [bound]


def test_files_in_directories_below_are_sent(directory: Path) -> None:
    (directory / "attention").mkdir()
    (directory / "attention" / "mine.toml").write_text('[[rule]]\nid = "a"\nexamples = ["一"]\n', encoding="utf-8")
    [packed] = portable(Ruleset((directory,))).directories
    assert (packed / "attention/mine.toml").is_file()
    assert not (packed / "attention/other.toml").is_file()
    assert [r.id for r in Ruleset((packed,)).load("attention/mine.toml", Rule)] == ["a"]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("bounds.toml", BOUND + "colour = 1\n", "unknown field `colour`"),
        ("bounds.toml", "[[rule", "it is not valid TOML"),
        ("bounds.toml", BOUND.encode("utf-16"), "byte 0 is no UTF-8"),
        ("units.csv", "id,colour\na,b\n", "entry 1 (a)"),
        (
            "bold_fonts.toml",
            '[[rule]]\nid = "a"\npattern = "("\nexamples = ["a"]\n',
            "with these rules no file is read",
        ),
        ("boilerplate.toml", BOILERPLATE, "with these rules a plain report is not read: "),
        ("regions.csv", "a,b\n", "its columns are not those of the table"),
    ],
)
def test_a_broken_file_is_found_before_anything_is_sent(
    directory: Path, name: str, content: str | bytes, problem: str
) -> None:
    (directory / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(RuleError) as error:
        portable(Ruleset((directory,)))
    assert problem in str(error.value)
    assert "my rules" in str(error.value)


def test_every_rule_that_reading_depends_on_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = set()

    class Listening:
        def __truediv__(self, name: str, /) -> FileInMemory:
            asked.add(name)
            return FileInMemory(name, None)

    portable(Ruleset((Listening(),)))
    shipped = {file.name for file in resources.files("govreport_nlp.rules").iterdir()}
    assert {name for name in shipped if name.endswith((".toml", ".csv"))} - asked == NOT_FOR_READING


def test_without_own_rules_nothing_is_done() -> None:
    assert portable(SHIPPED) is SHIPPED
