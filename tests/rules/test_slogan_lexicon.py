"""rules/slogan_lexicon.csv proves itself: entries are found as their examples say, and count as many as their parts."""

from __future__ import annotations

import pytest

import govreport_nlp
from govreport_nlp.extract.slogan_count import counts
from govreport_nlp.extract.slogan_lexicon import FILE, Entry, key
from govreport_nlp.extract.slogan_words import classes
from govreport_nlp.model import Slogan
from govreport_nlp.rules import SHIPPED
from tests.marks import unmark

ENTRIES = SHIPPED.load(FILE, Entry)
COUNTED = [e for e in ENTRIES if e.parts and e.kind == "numeric"]
BARE = [e for e in ENTRIES if e.bare]
SHARED = {key(e.term) for e in ENTRIES if sum(key(o.term) == key(e.term) for o in ENTRIES) > 1}


def rows(text: str) -> tuple[Slogan, ...]:
    return govreport_nlp.parse(text).slogans


def marked(entry: Entry) -> tuple[str, int, int]:
    plain, spans = unmark(entry.examples[0])
    ((start, end),) = spans
    assert key(plain[start:end]) == key(entry.term)
    return plain, start, end


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.id)
def test_an_example_in_quotes_is_read_with_its_meaning(entry: Entry) -> None:
    plain, start, end = marked(entry)
    text = f"{plain[:start]}“{plain[start:end]}”{plain[end:]}。"
    row = next(r for r in rows(text) if r.start == start + 1)
    assert (row.kind, row.quoted) == (entry.kind, True)
    assert row.definition == entry.definition
    assert row.parts == entry.parts
    assert row.definition_source == "lexicon"


@pytest.mark.parametrize("entry", BARE, ids=lambda e: e.id)
def test_a_bare_example_is_found_without_quotes(entry: Entry) -> None:
    plain, start, end = marked(entry)
    row = next(r for r in rows(plain + "。") if r.start == start)
    assert (row.text, row.kind, row.quoted) == (plain[start:end], entry.kind, False)


@pytest.mark.parametrize("entry", [e for e in ENTRIES if not e.bare], ids=lambda e: e.id)
def test_other_examples_are_not_found_without_quotes(entry: Entry) -> None:
    plain, start, end = marked(entry)
    assert [r for r in rows(plain + "。") if r.start == start and r.end == end and not r.quoted] == []


@pytest.mark.parametrize(
    ("entry", "text"), [pytest.param(e, t, id=f"{e.id}-{i}") for e in ENTRIES for i, t in enumerate(e.counterexamples)]
)
def test_counterexamples_hold_no_such_slogan(entry: Entry, text: str) -> None:
    assert [r for r in rows(text + "。") if r.rule == entry.id] == []


@pytest.mark.parametrize("entry", COUNTED, ids=lambda e: e.id)
def test_parts_are_as_many_as_the_term_counts(entry: Entry) -> None:
    assert len(entry.parts) in counts(key(entry.term), SHIPPED)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.id)
def test_entries_are_complete_and_clean(entry: Entry) -> None:
    assert entry.definition == entry.definition.strip()
    assert len(set(entry.parts)) == len(entry.parts)
    assert entry.kind not in {"plan", "quotation"}
    assert entry.first is None or 1949 <= entry.first <= 2026
    assert entry.last is None or (entry.first is not None and entry.first <= entry.last <= 2026)
    assert not entry.heads or entry.bare
    assert not entry.region or entry.level == "local"


def test_bare_terms_are_distinctive() -> None:
    assert [e.id for e in BARE if len(e.term) < 3 and not e.heads] == []


def test_senses_of_one_term_are_told_apart() -> None:
    for term in SHARED:
        senses = [e for e in ENTRIES if key(e.term) == term]
        assert len({e.kind for e in senses}) == 1
        assert all(e.contexts or e.region for e in senses[:-1])


def test_there_are_at_least_500() -> None:
    slogans = [e for e in ENTRIES if e.kind in {"numeric", "abbreviation", "phrase", "model"}]
    assert len({key(e.term) for e in slogans}) >= 500
    assert len({e.level for e in slogans}) == 2


def test_no_term_is_also_a_metaphor_or_a_name() -> None:
    known = classes(SHIPPED)
    others = {*known["figure_word"], *known["name_word"]}
    assert sorted({e.term for e in ENTRIES if e.kind not in {"figure", "name"}} & others) == []
