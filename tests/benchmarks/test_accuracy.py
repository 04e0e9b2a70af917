"""The gate: open at the floors and above, shut below, and no way down but by other labels."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

import accuracy
from scoring import Tally

HEADING = "一、2024年工作安排"
TEXT = (
    f"各位代表：\n现在，我代表县人民政府，向大会报告工作，请予审议。\n{HEADING}\n城镇新增就业7200人，登记失业率3.9%。\n"
)


def label(text: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(text)
    return {"start": start, "end": start + len(text), "text": text, "value_max": None, "status": "target"} | more


JOBS = label("7200人", value=7200, unit="人")
RATE = label("3.9%", value=3.9, unit="%")
NEVER = label("一", value=1, unit="个")


class Gate:
    """A set of one document, and the gate over it."""

    def __init__(self, directory: Path) -> None:
        self.floors = directory / "floors.json"
        self.gold = directory / "gold"
        self.gold.mkdir()
        self.document = directory / "a.txt"
        self.document.write_text(TEXT, encoding="utf-8")
        self.set = accuracy.GoldSet("corpus", self.gold, directory)

    def label(self, *quantities: dict[str, Any]) -> None:
        digest = hashlib.sha256(self.document.read_bytes()).hexdigest()
        labels = {"doc": "a.txt", "sha256": digest, "windows": [[0, len(TEXT)]], "quantities": list(quantities)}
        (self.gold / "a.json").write_text(json.dumps(labels), encoding="utf-8")

    def run(self, *arguments: str) -> int:
        return accuracy.main(["--floors", str(self.floors), *arguments])

    def edit(self, change: float) -> None:
        floors = json.loads(self.floors.read_text())
        floors["corpus"]["floors"]["quantities"]["f1"] += change
        floors["corpus"]["documents"]["a.txt"]["quantities"]["f1"] += change
        self.floors.write_text(json.dumps(floors))

    @property
    def floor(self) -> float:
        return float(json.loads(self.floors.read_text())["corpus"]["floors"]["quantities"]["f1"])


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gate:
    made = Gate(tmp_path)
    made.label(JOBS, RATE, NEVER)
    monkeypatch.setattr(accuracy, "SETS", (made.set,))
    return made


def test_without_floors_it_is_open_and_says_so(gate: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    assert gate.run() == 0
    assert "it has no floors yet" in capsys.readouterr().out
    assert not gate.floors.exists()


def test_floors_are_set_from_the_figures_and_hold(gate: Gate) -> None:
    assert gate.run("--raise-floors") == 0
    assert gate.floor == 0.8  # two of two found are right, two of three asked are found
    assert gate.run() == 0


def test_below_a_floor_it_is_shut_and_names_figure_and_document(gate: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    gate.run("--raise-floors")
    gate.edit(+0.1)
    before = gate.floors.read_text()
    capsys.readouterr()
    assert gate.run() == 1
    printed = capsys.readouterr().out
    assert "FAILED quantities f1 is 0.800, below its floor 0.900" in printed
    assert "lost   a.txt: quantities f1 0.900 -> 0.800" in printed
    assert gate.run("--raise-floors") == 1
    assert gate.floors.read_text() == before


def test_a_floor_rises_with_the_figure(gate: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    gate.run("--raise-floors")
    gate.edit(-0.1)
    capsys.readouterr()
    assert gate.run() == 0
    assert "gained a.txt: quantities f1 0.700 -> 0.800" in capsys.readouterr().out
    assert gate.floor == pytest.approx(0.7)
    assert gate.run("--raise-floors") == 0
    assert gate.floor == 0.8


def test_other_labels_shut_it_until_floors_are_set_anew(gate: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    gate.run("--raise-floors")
    gate.label(JOBS, RATE, NEVER, label("县", value=1, unit="个"))
    assert gate.run() == 1
    assert "the labels are not those that the floors were set on" in capsys.readouterr().out
    assert gate.run("--raise-floors") == 0
    assert "LOWERED with the labels: quantities f1 0.800 -> 0.666" in capsys.readouterr().out
    assert gate.run() == 0


def test_a_table_that_is_gone_is_below_its_floor(gate: Gate) -> None:
    measured = accuracy.Measured({}, {}, "x")
    floors = {"pin": "x", "floors": {"slogans": {"f1": 0.5}}, "documents": {}}
    assert accuracy.judge(measured, floors).failures == ["slogans f1 is 0.000, below its floor 0.500"]


def test_a_document_that_is_not_the_one_labelled_stops_it(gate: Gate) -> None:
    gate.document.write_text(TEXT + "再见。", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.json"):
        gate.run()


def test_a_set_without_labels_is_left_out(gate: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    (gate.gold / "a.json").unlink()
    assert gate.run() == 0
    assert "its labels are not here" in capsys.readouterr().out


def test_figures_are_rounded_down() -> None:
    assert accuracy.figures({"t": Tally(tp=2, fn=1, strict=1)})["t"] == {"f1": 0.8, "record_f1": 0.4}
    assert accuracy.figures({"t": Tally(tp=2, fn=2, strict=2)})["t"]["f1"] == 0.666


def test_the_shipped_floors_are_pinned_to_the_shipped_labels() -> None:
    floors = json.loads((accuracy.HERE / "floors.json").read_text(encoding="utf-8"))
    shipped = accuracy.SETS[0]
    assert floors["corpus"]["pin"] == accuracy.pin(shipped)
    assert set(floors["corpus"]["floors"]) == {"headings", "quantities", "targets", "slogans", "projects"}


def test_pages_have_floors_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = next(labelled for labelled in accuracy.SETS if labelled.pages)
    for file in shipped.documents.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(accuracy, "SETS", (accuracy.GoldSet("pages", tmp_path, tmp_path, pages=True),))
    run = ["--floors", str(tmp_path / "floors.json")]
    assert accuracy.main([*run, "--raise-floors"]) == 0
    assert json.loads((tmp_path / "floors.json").read_text())["pages"]["floors"] == {
        "lines": {"precision": 1.0, "recall": 1.0}
    }
    assert accuracy.main(run) == 0
    floors = json.loads((tmp_path / "floors.json").read_text())
    labels = tmp_path / "share.txt.lines"
    labels.write_text(labels.read_text(encoding="utf-8").replace("\n- ", "\n+ ", 1), encoding="utf-8")
    floors["pages"]["pin"] = accuracy.pin(accuracy.SETS[0])
    (tmp_path / "floors.json").write_text(json.dumps(floors))
    capsys.readouterr()
    assert accuracy.main(run) == 1
    assert "FAILED lines recall is 0.9" in capsys.readouterr().out
