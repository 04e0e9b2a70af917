"""The other rule files of the source room prove themselves both ways."""

from __future__ import annotations

import re

import pytest

from govreport_nlp.errors import RuleError
from govreport_nlp.rules import SHIPPED
from govreport_nlp.source import characters, encoding, plausible, wraps
from govreport_nlp.source.characters import Exchange, exchange
from govreport_nlp.source.encoding import CommonCharacters
from govreport_nlp.source.html_page import Region, names_frame
from govreport_nlp.source.plausible import Evidence
from govreport_nlp.source.wraps import LinePattern, patterns

EXCHANGES = [r for name in ("characters.toml", "traditional.toml") for r in SHIPPED.load(name, Exchange)]
LINES = SHIPPED.load("lines.toml", LinePattern)
REGIONS = SHIPPED.load("html_regions.toml", Region)
EVIDENCE = SHIPPED.load("report_words.toml", Evidence)
COMMON = SHIPPED.load("common_characters.toml", CommonCharacters)


@pytest.mark.parametrize("rule", EXCHANGES, ids=lambda r: r.id)
def test_exchanges_read_their_examples(rule: Exchange) -> None:
    own = rule.pairs()
    for example in rule.examples:
        before, after = example.split(" → ")
        assert set(before) & own.keys()
        assert exchange(before) == after
    for text in rule.counterexamples:
        assert not set(text) & own.keys()
        assert exchange(text) == text


def test_exchanges_are_final() -> None:
    table = characters.table()
    assert {old for old, new in table.items() if new in table and table[new] != new} == set()


def test_every_character_is_exchanged_by_one_entry() -> None:
    pairs = [(old, new) for rule in EXCHANGES for old, new in rule.pairs().items()]
    twice = {old for old, _ in pairs if len({new for o, new in pairs if o == old}) > 1}
    assert twice == set()


def test_unequal_columns_are_an_error() -> None:
    rule = Exchange(id="x", examples=("a → b",), before="ab", after="c")
    with pytest.raises(RuleError, match="'from' has 2 characters"):
        rule.pairs()


@pytest.mark.parametrize("rule", LINES, ids=lambda r: r.id)
def test_line_patterns(rule: LinePattern) -> None:
    own = re.compile(rule.pattern)
    for text in rule.examples:
        assert own.match(exchange(text)), text
    for text in rule.counterexamples:
        assert not getattr(patterns(), rule.role).match(exchange(text)), text


@pytest.mark.parametrize("rule", REGIONS, ids=lambda r: r.id)
def test_region_names(rule: Region) -> None:
    words = frozenset(rule.words)
    for name in rule.examples:
        assert names_frame(name, words), name
    for name in rule.counterexamples:
        assert not names_frame(name, words), name


@pytest.mark.parametrize("rule", EVIDENCE, ids=lambda r: r.id)
def test_report_words(rule: Evidence) -> None:
    for text in rule.examples:
        assert any(word in text for word in rule.words)
        assert plausible.score(text) >= 1.0
    for text in rule.counterexamples:
        assert not any(word in text for word in rule.words)


@pytest.mark.parametrize("rule", COMMON, ids=lambda r: r.id)
def test_common_characters(rule: CommonCharacters) -> None:
    for text in rule.examples:
        assert encoding.plausibility(text) >= 0.9
    for text in rule.counterexamples:
        assert encoding.plausibility(text) < 0.5


def test_no_line_is_both_marker_and_opening() -> None:
    for rule in LINES:
        if rule.role in ("title", "speaker"):
            for text in rule.examples:
                assert not wraps.patterns().marker.match(exchange(text))
