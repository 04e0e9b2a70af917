"""The shipped corpus is whole, and each of its reports is read as what it is."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from govreport_nlp import read

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
MANIFEST: list[dict[str, Any]] = json.loads((CORPUS / "manifest.json").read_text(encoding="utf-8"))
each = pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])


def test_every_place_has_two_years_one_after_the_other() -> None:
    places: dict[str, list[int]] = {}
    for entry in MANIFEST:
        places.setdefault(entry["region"], []).append(entry["year"])
    assert len(places) == 8
    assert set(map(tuple, places.values())) == {(2023, 2024)}
    assert all(entry["invented"] for entry in MANIFEST)


@each
def test_files_and_labels_are_those_of_the_manifest(entry: dict[str, Any]) -> None:
    file = CORPUS / entry["file"]
    assert hashlib.sha256(file.read_bytes()).hexdigest() == entry["sha256"]
    gold = json.loads((CORPUS / "gold" / f"{file.stem}.json").read_text(encoding="utf-8"))
    assert gold["doc"] == entry["file"]
    assert gold["sha256"] == entry["sha256"]


@each
def test_labels_stand_in_the_text_that_is_read(entry: dict[str, Any]) -> None:
    file = CORPUS / entry["file"]
    text = read(file).text
    gold = json.loads((CORPUS / "gold" / f"{file.stem}.json").read_text(encoding="utf-8"))
    for table in ("quantities", "slogans", "projects"):
        for label in gold[table]:
            assert text[label["start"] : label["end"]] == label["text"]


@each
def test_the_report_is_known_for_what_it_is(entry: dict[str, Any]) -> None:
    meta = read(CORPUS / entry["file"]).meta
    for field in ("region", "year", "session", "speaker", "date"):
        assert getattr(meta, field) == entry[field], field


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(
            entry,
            id=entry["file"],
            marks=pytest.mark.xfail(
                entry["file"] == "weidu-2024.txt",
                reason="a 市 that takes tasks from another 市 is not yet known as a county for that",
                strict=True,
            ),
        )
        for entry in MANIFEST
    ],
)
def test_the_level_is_known(entry: dict[str, Any]) -> None:
    assert read(CORPUS / entry["file"]).meta.level == entry["level"]


@each
def test_every_report_has_a_tree_and_rows_in_every_table(entry: dict[str, Any]) -> None:
    report = read(CORPUS / entry["file"])
    assert {section.kind for section in report.root.children} <= {"part", "glossary"}
    assert {section.scope for section in report.root.children} >= {"review", "plan"}
    assert min(map(len, (report.targets, report.slogans, report.projects))) >= 5
