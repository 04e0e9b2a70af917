"""Headings and regions of real reports; skipped where the reports are not beside the project."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest

from govreport_nlp import source as sources
from govreport_nlp.rules import SHIPPED
from govreport_nlp.structure import build
from govreport_nlp.structure.outline import Document


@pytest.fixture(scope="module")
def shared() -> Path:
    """The directory of real reports and their gold."""
    path = Path(__file__).resolve().parents[2] / ".." / "shared"
    if not path.is_dir():
        pytest.skip("no ../shared beside the project")
    return path


def document(path: Path) -> Document:
    source = sources.read(path)
    return build(source, sources.fold(source), SHIPPED, {})


def folded(title: str) -> str:
    return re.sub(r"[\s“”‘’\"'「」『』《》()（）]", "", unicodedata.normalize("NFKC", title)).rstrip("。,，、;；:：")


def agree(doc: Document, gold: dict[str, object]) -> tuple[int, int, int]:
    """Headings right, found too many, and missed, inside the windows of the gold."""
    windows, wanted = gold["windows"], list(gold["headings"])  # type: ignore[call-overload]
    right = wrong = 0
    for node in doc.nodes:
        start = doc.view.span(node.start, node.end)[0]
        if node.kind == "glossary" or not any(a <= start < b for a, b in windows):  # type: ignore[attr-defined]
            continue
        match = next(
            (h for h in wanted if abs(h["start"] - start) <= 3 and folded(h["title"]) == folded(node.title)), None
        )
        if match is None:
            wrong += 1
            continue
        wanted.remove(match)
        if not match.get("optional"):
            assert node.kind == match["kind"]
            assert node.number == match["number"]
            right += 1
    return right, wrong, sum(not h.get("optional") for h in wanted)


def test_headings_are_those_of_the_gold(shared: Path) -> None:
    right = wrong = missed = 0
    for file in sorted((shared / "gold" / "dev").glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        a, b, c = agree(document(file.parent / gold["doc"]), gold)
        right, wrong, missed = right + a, wrong + b, missed + c
    assert 2 * right / (2 * right + wrong + missed) >= 0.98


REGIONS = {
    "hailar-2012.txt": ("海拉尔区", "county", 2012),
    "hailar-2018.txt": ("海拉尔区", "county", 2018),
    "xingping-2022.txt": ("兴平市", "county", 2022),
    "national-1954.txt": ("全国", "national", 1954),
    "national-1985.txt": ("全国", "national", 1985),
    "national-2024.txt": ("全国", "national", 2024),
    "2025年广西政府工作报告.docx": ("广西壮族自治区", "province", 2025),
    "2025年重庆市政府工作报告.docx": ("重庆市", "province", 2025),
}


@pytest.mark.parametrize("name", REGIONS)
def test_region_level_and_year_are_right(shared: Path, name: str) -> None:
    meta = document(shared / "reports" / name).meta
    assert (meta.region, meta.level, meta.year) == REGIONS[name]
