"""``govreport-nlp extract``."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from govreport_nlp import Report, read
from tests.cli.conftest import Command


def test_json_is_the_report_without_loss(command: Command, reports: Path) -> None:
    file = reports / "county-2024.txt"
    result = command("extract", file, "--json")
    assert result.exit_code == 0
    assert Report.from_json(result.stdout) == read(file)


def test_json_has_the_keys_of_the_contract(command: Command, reports: Path) -> None:
    found = json.loads(command("extract", reports / "county-2024.txt", "--json").stdout)
    assert {"meta", "text", "boilerplate", "sections", "sentences"} < set(found)
    assert {"quantities", "relative_targets", "slogans", "projects"} < set(found)
    assert {"kind", "number", "marker", "title", "start", "end", "depth", "parent"} <= set(found["sections"][0])
    assert {"start", "end", "section"} <= set(found["sentences"][0])
    target = next(q for q in found["quantities"] if q["status"] == "target")
    assert (target["text"], target["value"], target["bound"]) == ("7200人", 7200, ">=")


def test_several_files_are_an_object_a_line(command: Command, reports: Path) -> None:
    files = sorted(reports.iterdir())
    lines = command("extract", *files, "--json").stdout.splitlines()
    assert [json.loads(line)["meta"]["year"] for line in lines] == [2023, 2024]


def test_standard_input(command: Command, reports: Path) -> None:
    data = (reports / "county-2024.txt").read_bytes()
    result = command("extract", "-", "--json", input=data)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["text"] == data.decode()


def test_the_summary_shows_what_was_found(command: Command, reports: Path) -> None:
    result = command("extract", reports / "county-2024.txt")
    assert result.exit_code == 0
    for words in ("望朔县 · 2024", "Targets (1)", "城镇新增就业", "7200人", ">=", "放管服", "abbreviation", "望河大桥"):
        assert words in result.stdout
    assert "\x1b" not in result.stdout


def test_one_broken_file_stops_no_other(command: Command, reports: Path) -> None:
    broken = reports / "broken.txt"
    broken.write_bytes(b"")
    result = command("extract", broken, reports / "county-2024.txt", "--json")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith(str(broken))


def test_what_is_wrong_is_one_sentence_on_standard_error(command: Command, tmp_path: Path) -> None:
    result = command("extract", tmp_path / "gone.txt")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == f"{tmp_path / 'gone.txt'}: there is no such file; check the path.\n"


def test_a_directory_is_refused(command: Command, tmp_path: Path) -> None:
    result = command("extract", tmp_path)
    assert result.exit_code == 1
    assert "this is a directory" in result.stderr


def test_no_file_is_a_fault_of_usage(command: Command) -> None:
    result = command("extract")
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr


def test_rules_of_ones_own(command: Command, reports: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    result = command("extract", reports / "county-2024.txt", "--rules", rules)
    assert result.exit_code == 1
    assert "the directory has no rule file" in result.stderr
    (rules / "unit.csv").write_text("id,examples\n")
    result = command("extract", reports / "county-2024.txt", "--rules", rules)
    assert result.exit_code == 1
    assert "no rules are read from a file of this name" in result.stderr
    (rules / "unit.csv").rename(rules / "units.csv")
    (rules / "units.csv").write_text("id,nonsense\nx,y\n")
    result = command("extract", reports / "county-2024.txt", reports / "county-2023.txt", "--rules", rules)
    assert result.exit_code == 1
    assert "units.csv: entry 1 (x)" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_rules_that_are_not_there_are_a_fault_of_usage(command: Command, reports: Path) -> None:
    assert command("extract", reports / "county-2024.txt", "--rules", "gone").exit_code == 2


def test_a_file_cannot_move_the_terminals_cursor(command: Command, reports: Path) -> None:
    file = reports / "county-2024.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("望河大桥", "“\x1b[2J\u202e望河”大桥"), encoding="utf-8")
    for name in ("extract", "tree"):
        result = command(name, file)
        assert result.exit_code == 0
        assert not {"\x1b", "\u202e"} & set(result.stdout)


def test_archives_and_data_sets(command: Command, reports: Path, tmp_path: Path) -> None:
    files = sorted(reports.iterdir())
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for file in files:
            archive.write(file, file.name)
        archive.writestr("empty.txt", "")
        archive.writestr("map.png", "")
    result = command("extract", tmp_path / "a.zip", "--json")
    assert result.exit_code == 1
    found = [json.loads(line)["meta"] for line in result.stdout.splitlines()]
    assert [(meta["year"], meta["file"]) for meta in found] == [
        (year, f"{tmp_path}/a.zip/county-{year}.txt") for year in (2023, 2024)
    ]
    assert "a.zip/empty.txt: the file is empty" in result.stderr
    assert ".png 1" in result.stderr
    lines = [json.dumps({"year": 2030, "a": f.read_text(), "b": f.read_text()}) for f in files]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    result = command("extract", tmp_path / "a.jsonl", "--json")
    assert result.exit_code == 1
    assert "more than one of its columns read like reports: a, b; name the one" in result.stderr
    result = command("extract", tmp_path / "a.jsonl", "--json", "--text-column", "b")
    assert result.exit_code == 0
    assert [json.loads(line)["meta"]["year"] for line in result.stdout.splitlines()] == [2030, 2030]
