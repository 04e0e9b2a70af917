"""The speed benchmark runs and measures what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

import speed

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def test_it_prints_a_table_with_ratios(capsys: pytest.CaptureFixture[str]) -> None:
    assert speed.main([str(CORPUS / "wangshuo-2024.txt"), "--repeats", "1", "--times", "2", "--quick"]) == 0
    lines = capsys.readouterr().out.splitlines()
    jieba = next(line for line in lines if line.startswith("jieba.lcut"))
    assert jieba.split()[-1] == "1.0"
    assert any(line.startswith("whole extraction") for line in lines)
    assert any(line.startswith("plain regex") for line in lines)


def test_it_fails_where_the_ratio_is_not_reached(capsys: pytest.CaptureFixture[str]) -> None:
    file = str(CORPUS / "wangshuo-2024.txt")
    assert speed.main([file, "--repeats", "1", "--times", "2", "--quick", "--at-least", "1000000"]) == 1
    assert "FAILED whole extraction is" in capsys.readouterr().out


def test_a_timing_is_the_median() -> None:
    timing = speed.timed("sleep", lambda: None, 1_000_000, 5)
    assert timing.speed == pytest.approx(1 / timing.seconds)


def test_the_corpus_is_that_of_the_manifest() -> None:
    assert all(file.is_file() for file in speed.corpus())


def test_hard_texts_are_as_long_as_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    lengths: list[int] = []
    monkeypatch.setattr(speed, "parse", lambda text: lengths.append(len(text)))
    names = [name for name, _, _ in speed.hard_growth(1)]
    assert len(names) == len(set(names)) >= 10
    assert {round(length, -3) for length in lengths} == {20_000, 100_000}


def test_it_writes_the_page_with_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "performance.md"
    monkeypatch.setattr(speed, "PAGE", page)
    monkeypatch.setattr(speed, "ROOT", tmp_path)
    file = str(CORPUS / "wangshuo-2024.txt")
    assert speed.main([file, "--repeats", "1", "--times", "2", "--quick", "--write"]) == 0
    printed = capsys.readouterr().out
    assert printed.strip() in page.read_text(encoding="utf-8")
    assert speed.machine() in page.read_text(encoding="utf-8")


def test_importing_is_timed() -> None:
    assert 0 < speed.import_seconds() < 60
