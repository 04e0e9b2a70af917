"""rules/slogan_words.toml proves itself: every example marks a word of its class, no counterexample is one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govreport_nlp.errors import RuleError
from govreport_nlp.extract.slogan_kind import FILE as KINDS
from govreport_nlp.extract.slogan_kind import KindRule
from govreport_nlp.extract.slogan_words import FILE, WordClass, classes, either, expand
from govreport_nlp.rules import SHIPPED
from tests.marks import unmark

RULES = SHIPPED.load(FILE, WordClass)
CODE = Path(__file__).resolve().parents[2] / "src" / "govreport_nlp" / "extract"


def cases(field: str) -> list[object]:
    return [pytest.param(r, text, id=f"{r.id}-{i}") for r in RULES for i, text in enumerate(getattr(r, field))]


@pytest.mark.parametrize(("rule", "text"), cases("examples"))
def test_examples_mark_words_of_the_class(rule: WordClass, text: str) -> None:
    plain, spans = unmark(text)
    assert spans
    assert [plain[a:b] for a, b in spans if plain[a:b] not in rule.words] == []


@pytest.mark.parametrize(("rule", "word"), cases("counterexamples"))
def test_counterexamples_are_no_words_of_the_class(rule: WordClass, word: str) -> None:
    assert word not in rule.words


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_words_are_given_once_and_have_proof(rule: WordClass) -> None:
    assert sorted({w for w in rule.words if rule.words.count(w) > 1}) == []
    assert rule.counterexamples
    assert rule.note
    assert all(w == w.strip() and w for w in rule.words)


def test_every_class_is_used() -> None:
    kinds = SHIPPED.load(KINDS, KindRule)
    patterns = "".join(r.inside + r.after + r.before for r in kinds)
    code = "".join(path.read_text(encoding="utf-8") for path in CODE.glob("slogan*.py"))
    in_code = re.findall(r"""\[["']([a-z_]+)["']\]""", code)
    used = {r.words for r in kinds} | set(re.findall(r"\{<?([a-z_]+)\}", patterns)) | set(in_code)
    assert {r.id for r in RULES} - used == set()


def test_no_word_is_both_a_metaphor_and_a_name() -> None:
    known = classes(SHIPPED)
    assert sorted(set(known["figure_word"]) & set(known["name_word"])) == []


def test_the_longest_word_is_tried_first() -> None:
    assert re.match(either(["和", "和谐"]), "和谐号")[0] == "和谐"  # type: ignore[index]


def test_an_unknown_class_is_named() -> None:
    with pytest.raises(RuleError, match="no_such"):
        expand("{no_such}", SHIPPED, "rules/mine.toml")
