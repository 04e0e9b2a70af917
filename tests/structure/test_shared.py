"""Headings and regions of real reports; skipped where the reports are not beside the project."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
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


WORD_REPORTS = ("云南", "吉林", "安徽", "山西", "广西", "浙江", "海南", "湖南", "重庆", "陕西")


@pytest.mark.parametrize("place", WORD_REPORTS)
def test_what_is_set_bold_is_found_with_bold_and_without(shared: Path, tmp_path: Path, place: str) -> None:
    """The labels are the bold leads that python-docx sees; a numbered heading that is not bold is none of them."""
    name = "重庆市" if place == "重庆" else "广西" if place == "广西" else f"{place}省"
    word = shared / "reports" / f"2025年{name}政府工作报告.docx"
    made = [sys.executable, str(shared / "tools" / "bold_gold.py"), str(word), str(tmp_path)]
    subprocess.run(made, check=True, capture_output=True)
    labels = json.loads((tmp_path / f"{word.stem}.json").read_text(encoding="utf-8"))["headings"]
    wanted = Counter(folded(label["title"]) for label in labels)
    for file in (word, tmp_path / f"{word.stem}.txt"):
        nodes = [node for node in document(file).nodes if node.kind != "glossary"]
        assert wanted - Counter(folded(node.title) for node in nodes) == Counter()


REGIONS = {
    **{f"hailar-{year}.txt": ("海拉尔区", "county", year) for year in (2012, 2013, 2014, 2016, 2018)},
    **{f"national-{year}.txt": ("全国", "national", year) for year in (1954, 1985, 1998, 2003, 2010, 2016, 2021, 2024)},
    "xingping-2022.txt": ("兴平市", "county", 2022),
    "2025年广西政府工作报告.docx": ("广西壮族自治区", "province", 2025),
    "2025年重庆市政府工作报告.docx": ("重庆市", "province", 2025),
    **{
        f"2025年{place}省政府工作报告.docx": (f"{place}省", "province", 2025)
        for place in WORD_REPORTS
        if place not in ("广西", "重庆")
    },
}


@pytest.mark.parametrize("name", REGIONS)
def test_region_level_and_year_are_right(shared: Path, name: str) -> None:
    meta = document(shared / "reports" / name).meta
    assert (meta.region, meta.level, meta.year) == REGIONS[name]
