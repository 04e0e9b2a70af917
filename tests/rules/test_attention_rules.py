"""rules/attention/*.toml and rules/stopwords.toml prove themselves: what an example marks is what is counted."""

from __future__ import annotations

import pytest

from govreport_nlp.analysis.word_counts import Finder, StopWords
from govreport_nlp.analysis.word_lists import WordListRule, shipped
from govreport_nlp.rules import SHIPPED
from tests.marks import unmark

LISTS = [rule for lists in shipped().values() for rule in lists]
STOPS = SHIPPED.load("stopwords.toml", StopWords)


def cases(rules: object, field: str) -> list[object]:
    return [pytest.param(r, text, id=f"{r.id}-{i}") for r in rules for i, text in enumerate(getattr(r, field))]  # type: ignore[attr-defined]


def hits(rule: WordListRule, text: str) -> list[tuple[int, int]]:
    return [(hit.start, hit.end) for hit in Finder({rule.id: rule.words}, "longest").hits(text)]


@pytest.mark.parametrize(("rule", "text"), cases(LISTS, "examples"))
def test_what_an_example_marks_is_counted_and_nothing_else(rule: WordListRule, text: str) -> None:
    plain, spans = unmark(text)
    assert spans
    assert hits(rule, plain) == spans


@pytest.mark.parametrize(("rule", "text"), cases(LISTS, "counterexamples"))
def test_in_a_counterexample_nothing_is_counted(rule: WordListRule, text: str) -> None:
    assert hits(rule, text) == []


@pytest.mark.parametrize(("rule", "text"), cases(STOPS, "examples"))
def test_examples_mark_stop_words_of_the_entry(rule: StopWords, text: str) -> None:
    plain, spans = unmark(text)
    assert spans
    assert {plain[a:b] for a, b in spans} <= set(rule.words)


@pytest.mark.parametrize(("rule", "word"), cases(STOPS, "counterexamples"))
def test_counterexamples_are_no_stop_words(rule: StopWords, word: str) -> None:
    assert word not in {w for r in STOPS for w in r.words}


def test_words_are_given_once_in_an_entry() -> None:
    for rule in (*LISTS, *STOPS):
        assert len(set(rule.words)) == len(rule.words), rule.id
        assert all(word and word == "".join(word.split()) for word in rule.words)
        assert rule.note
