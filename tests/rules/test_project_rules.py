"""The project rule files prove themselves: every example is read by its rule as it says, no counterexample is."""

from __future__ import annotations

import re
from collections import Counter
from typing import TypeVar

import pytest

from govreport_nlp.extract.project_lexicon import lexicon
from govreport_nlp.extract.project_rules import (
    CommonRule,
    FillRule,
    HeadRule,
    KnownRule,
    PatternRule,
    VerbRule,
)
from govreport_nlp.rules import SHIPPED, Rule
from tests.extract.projects_of import projects_of
from tests.marks import unmark

R = TypeVar("R", bound=Rule)

VERBS = SHIPPED.load("project_verbs.toml", VerbRule)
HEADS = SHIPPED.load("project_heads.toml", HeadRule)
FILLS = SHIPPED.load("project_fill.toml", FillRule)
KNOWN = SHIPPED.load("project_known.toml", KnownRule)
COMMON = SHIPPED.load("project_common.toml", CommonRule) + SHIPPED.load("project_sorts.toml", CommonRule)
PATTERNS = SHIPPED.load("project_patterns.toml", PatternRule)


def cases(rules: tuple[R, ...], field: str) -> list[object]:
    return [pytest.param(r, text, id=f"{r.id}-{i}") for r in rules for i, text in enumerate(getattr(r, field))]


def marked(text: str) -> tuple[str, list[str]]:
    plain, spans = unmark(text)
    return plain, [plain[a:b] for a, b in spans]


@pytest.mark.parametrize(("rule", "text"), cases(VERBS, "examples"))
def test_a_verb_governs_the_projects_of_its_examples(rule: VerbRule, text: str) -> None:
    plain, names = marked(text)
    found = projects_of(plain)
    assert [p.text for p in found] == names
    assert any(word in plain for word in rule.words)
    if not (rule.weak and rule.side == "before"):
        assert {(p.rule.split("+")[0], p.stage) for p in found} <= {(rule.id, rule.stage)}
        assert {p.action for p in found} <= set(rule.words)


@pytest.mark.parametrize(("rule", "text"), cases(HEADS, "examples"))
def test_a_head_ends_the_names_of_its_examples(rule: HeadRule, text: str) -> None:
    plain, names = marked(text)
    found = projects_of(plain)
    assert [p.text for p in found] == names
    if names:
        assert rule.id in {p.rule.split("+")[1] for p in found}


@pytest.mark.parametrize(("rule", "text"), cases((*FILLS, *KNOWN), "examples"))
def test_words_around_and_within_names(rule: FillRule | KnownRule, text: str) -> None:
    plain, names = marked(text)
    assert [p.text for p in projects_of(plain)] == names


@pytest.mark.parametrize(("rule", "text"), cases((*VERBS, *HEADS, *FILLS, *KNOWN), "counterexamples"))
def test_counterexamples_hold_no_project(rule: Rule, text: str) -> None:
    assert projects_of(text) == ()


@pytest.mark.parametrize(("rule", "text"), [*cases(COMMON, "examples"), *cases(COMMON, "counterexamples")])
def test_common_words_leave_what_is_marked(rule: CommonRule, text: str) -> None:
    plain, names = marked(text)
    assert lexicon(SHIPPED).common.rest(plain) == names


@pytest.mark.parametrize(("rule", "text"), cases(COMMON, "counterexamples"))
def test_a_common_word_is_no_name(rule: CommonRule, text: str) -> None:
    assert marked(text)[1], "the counterexample of a common word shows a name beside it"


@pytest.mark.parametrize(("rule", "text"), cases(PATTERNS, "examples"))
def test_a_shape_finds_what_is_marked(rule: PatternRule, text: str) -> None:
    plain, spans = unmark(text)
    assert [m.span() for m in re.finditer(rule.pattern, plain) if m.group()] == spans


@pytest.mark.parametrize(("rule", "text"), cases(PATTERNS, "counterexamples"))
def test_a_shape_finds_nothing_in_its_counterexamples(rule: PatternRule, text: str) -> None:
    assert [m.group() for m in re.finditer(rule.pattern, text) if m.group()] == []


SCANNED = (*VERBS, *(rule for rule in FILLS if rule.role != "particle"))


@pytest.mark.parametrize("rules", [SCANNED, tuple(rule for rule in HEADS if not rule.shared), KNOWN])
def test_no_word_has_two_meanings(rules: tuple[VerbRule | FillRule | HeadRule | KnownRule, ...]) -> None:
    counts = Counter(word for rule in rules for word in rule.words)
    assert [word for word, n in counts.items() if n > 1] == []


@pytest.mark.parametrize("rule", COMMON, ids=lambda r: r.id)
def test_common_words_are_words(rule: CommonRule) -> None:
    assert len(set(rule.words)) == len(rule.words)
    assert all(re.fullmatch(r"[\u4e00-\u9fffA-Z0-9]+", word) for word in rule.words)


def test_particles_are_single_characters() -> None:
    assert {len(word) for f in FILLS if f.role == "particle" for word in f.words} == {1}


def test_a_common_word_is_not_known_as_a_name() -> None:
    known = {word for rule in KNOWN for word in rule.words}
    assert sorted(known & {word for rule in COMMON for word in rule.words}) == []
