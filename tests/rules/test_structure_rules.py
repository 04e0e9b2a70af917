"""The rule files of the structure room prove themselves: every example is read as it says, no counterexample is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govreport_nlp.errors import RuleError
from govreport_nlp.rules import SHIPPED, Rule, Ruleset
from govreport_nlp.structure import leads, markers, meta, regions, scopes
from govreport_nlp.structure.glossary import GlossaryRule
from govreport_nlp.structure.leads import LeadRule
from govreport_nlp.structure.markers import MarkerRule
from govreport_nlp.structure.meta import MetaRule
from govreport_nlp.structure.opening import OpeningRule
from govreport_nlp.structure.patterns import compiled
from govreport_nlp.structure.regions import SuffixRule
from govreport_nlp.structure.scopes import ScopeRule
from tests.marks import unmark


def cases(file: str, kind: type[Rule], *, counter: bool = False) -> list[object]:
    return [
        pytest.param(rule, text, id=f"{rule.id}-{i}")
        for rule in SHIPPED.load(file, kind)
        for i, text in enumerate(rule.counterexamples if counter else rule.examples)
    ]


def inside(text: str) -> tuple[str, str]:
    """The text without marks, and what they showed."""
    plain, spans = unmark(text)
    start, end = spans[0]
    return plain, plain[start:end]


@pytest.mark.parametrize(("rule", "text"), cases("markers.toml", MarkerRule))
def test_marker_examples_are_found_with_their_rule(rule: MarkerRule, text: str) -> None:
    plain, spans = unmark(text)
    marker = markers.find(plain, SHIPPED)[0]
    assert marker.rule.id == rule.id
    assert [(marker.start, marker.end)] == spans
    assert (marker.number is None) == (rule.numeral == "none")


@pytest.mark.parametrize(("rule", "text"), cases("markers.toml", MarkerRule, counter=True))
def test_marker_counterexamples_open_with_no_such_marker(rule: MarkerRule, text: str) -> None:
    found = markers.find(text, SHIPPED)
    assert rule.id not in {marker.rule.id for marker in found.values()}


def lead_of(text: str) -> str | None:
    """The clause that opens the text, if its words do not forbid that it is a lead."""
    found = leads.candidate(text, SHIPPED)
    return None if found is None else text[found.lead.start : found.lead.end]


@pytest.mark.parametrize(("rule", "text"), cases("leads.toml", LeadRule))
def test_lead_examples_are_read_as_marked(rule: LeadRule, text: str) -> None:
    if rule.effect not in ("opens", "closes", "sure"):
        assert lead_of(text) is None
        return
    plain, lead = inside(text)
    found = leads.candidate(plain, SHIPPED)
    assert found is not None
    assert found.strong
    assert plain[found.lead.start : found.lead.end] == lead
    at_end = "|".join(map(re.escape, rule.words))
    assert re.match(at_end, lead) if rule.effect == "opens" else re.search(f"(?:{at_end})$", lead)


@pytest.mark.parametrize(("rule", "text"), cases("leads.toml", LeadRule, counter=True))
def test_lead_counterexamples_are_left_alone(rule: LeadRule, text: str) -> None:
    if rule.effect in ("opens", "closes", "sure"):
        found = leads.candidate(text, SHIPPED)
        assert found is None or not found.strong
        return
    plain, lead = inside(text)
    assert lead_of(plain) == lead


@pytest.mark.parametrize(("rule", "text"), cases("scopes.toml", ScopeRule))
def test_scope_examples_show_what_the_pattern_finds(rule: ScopeRule, text: str) -> None:
    plain, shown = inside(text)
    match = re.search(rule.pattern, plain)
    assert match
    assert match[0] == shown


@pytest.mark.parametrize(("rule", "text"), cases("scopes.toml", ScopeRule, counter=True))
def test_scope_counterexamples_are_not_found(rule: ScopeRule, text: str) -> None:
    assert not re.search(rule.pattern, text)


@pytest.mark.parametrize(
    ("rule", "text"), [c for c in cases("scopes.toml", ScopeRule) if c.values[0].tells in ("review", "plan")]
)
def test_scope_examples_have_their_scope(rule: ScopeRule, text: str) -> None:
    plain, _ = inside(text)
    assert scopes.of_title(plain, None, SHIPPED) == rule.tells


@pytest.mark.parametrize(("rule", "text"), cases("glossary.toml", GlossaryRule))
def test_glossary_examples_show_what_the_pattern_finds(rule: GlossaryRule, text: str) -> None:
    plain, spans = unmark(text)
    match = compiled("glossary.toml", rule.id, rule.pattern).match(plain)
    assert match
    if rule.finds != "closes":
        assert [match.span(0 if rule.finds == "unnamed" else rule.finds)] == spans


@pytest.mark.parametrize(("rule", "text"), cases("glossary.toml", GlossaryRule, counter=True))
def test_glossary_counterexamples_are_not_found(rule: GlossaryRule, text: str) -> None:
    assert not compiled("glossary.toml", rule.id, rule.pattern).match(text)


@pytest.mark.parametrize(("rule", "text"), cases("opening.toml", OpeningRule))
def test_opening_examples_show_what_the_pattern_finds(rule: OpeningRule, text: str) -> None:
    plain, spans = unmark(text)
    match = compiled("opening.toml", rule.id, rule.pattern).match(plain)
    assert match
    assert [match.span()] == spans


@pytest.mark.parametrize(("rule", "text"), cases("opening.toml", OpeningRule, counter=True))
def test_opening_counterexamples_are_not_found(rule: OpeningRule, text: str) -> None:
    assert not compiled("opening.toml", rule.id, rule.pattern).match(text)


MAIN_GROUP = {"year": "y", "year_past": "y", "date": 0, "national": 0, "page_title": "title"}


@pytest.mark.parametrize(("rule", "text"), cases("meta.toml", MetaRule))
def test_meta_examples_show_what_the_main_group_holds(rule: MetaRule, text: str) -> None:
    plain, shown = inside(text)
    match = meta.pattern_of(rule).search(plain)
    assert match
    assert match[MAIN_GROUP.get(rule.finds, rule.finds)] == shown


@pytest.mark.parametrize(("rule", "text"), cases("meta.toml", MetaRule, counter=True))
def test_meta_counterexamples_are_not_found(rule: MetaRule, text: str) -> None:
    assert not meta.pattern_of(rule).search(text)


@pytest.mark.parametrize(("rule", "text"), cases("region_suffixes.toml", SuffixRule))
def test_suffix_examples_are_of_their_level(rule: SuffixRule, text: str) -> None:
    assert regions.take_apart(text, SHIPPED).level == rule.level


FILES = {
    "markers.toml": MarkerRule,
    "scopes.toml": ScopeRule,
    "glossary.toml": GlossaryRule,
    "opening.toml": OpeningRule,
    "meta.toml": MetaRule,
}


@pytest.mark.parametrize("file", ["markers.toml", "leads.toml", "scopes.toml", "glossary.toml", "meta.toml"])
def test_every_rule_but_glyphs_has_counterexamples(file: str) -> None:
    kinds = {**FILES, "leads.toml": LeadRule}
    without = {rule.id for rule in SHIPPED.load(file, kinds[file]) if not rule.counterexamples}
    assert without <= {"cn_glyph", "ar_glyph", "ar_round_glyph", "ar_half", "circled", "division", "session_without_di"}


@pytest.mark.parametrize("pattern", ["'('", "'第({cn})(回)'"])
def test_a_users_marker_with_a_broken_pattern_is_a_clear_error(tmp_path: Path, pattern: str) -> None:
    rule = f'id = "own"\npattern = {pattern}\nnumeral = "chinese"\nkind = "part"\nrank = 1\nexamples = ["第一回"]\n'
    (tmp_path / "markers.toml").write_text(f"[[rule]]\n{rule}", encoding="utf-8")
    with pytest.raises(RuleError, match="own"):
        markers.find("第一回 春耕", Ruleset((tmp_path,)))


def test_a_users_marker_is_read_like_the_shipped_ones(tmp_path: Path) -> None:
    rule = (
        'id = "own"\npattern = "第({cn})回{sp}"\nnumeral = "chinese"\nkind = "part"\nrank = 1\nexamples = ["第一回"]\n'
    )
    (tmp_path / "markers.toml").write_text(f"[[rule]]\n{rule}", encoding="utf-8")
    found = markers.find("第三回 春耕", Ruleset((tmp_path,)))
    assert [(m.number, m.style) for m in found.values()] == [(3, "own")]
