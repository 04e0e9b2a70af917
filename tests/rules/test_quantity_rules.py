"""The rule files of the quantities prove themselves: every example is read as it says, no counterexample is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govreport_nlp import parse
from govreport_nlp.extract.bounds import BoundRule, bounds
from govreport_nlp.extract.codebook import IndicatorRule, codebook
from govreport_nlp.extract.cues import ROLES, WordRule, lexicon
from govreport_nlp.extract.detect import NotQuantity, Number, detector
from govreport_nlp.extract.measures import MeasureRule
from govreport_nlp.extract.names import HeadRule, names
from govreport_nlp.extract.relative import RelativeRule
from govreport_nlp.extract.status import StatusRule
from govreport_nlp.extract.timeline import TenseRule, TimeRule
from govreport_nlp.extract.units import UnitRule, units
from govreport_nlp.rules import SHIPPED, Rule
from tests.marks import unmark

ROOT = Path(__file__).parents[2]


def cases(file: str, kind: type[Rule], *, counter: bool = False) -> list[object]:
    return [
        pytest.param(rule, text, id=f"{rule.id}-{i}")
        for rule in SHIPPED.load(file, kind)
        for i, text in enumerate(rule.counterexamples if counter else rule.examples)
    ]


def number_at(text: str, span: tuple[int, int]) -> Number | None:
    return next((n for n in detector(SHIPPED).find(text) if (n.start, n.end) == span), None)


@pytest.mark.parametrize(("rule", "text"), cases("units.csv", UnitRule))
def test_unit_examples_are_found_with_their_unit(rule: UnitRule, text: str) -> None:
    plain, spans = unmark(text)
    number = number_at(plain, spans[0])
    assert number is not None
    assert number.unit.name in (rule.symbol, *rule.aliases)


@pytest.mark.parametrize(
    ("rule", "word"),
    [pytest.param(r, b, id=f"{r.id}-{b}") for r in SHIPPED.load("units.csv", UnitRule) for b in r.blockers],
)
def test_unit_blockers_are_no_units(rule: UnitRule, word: str) -> None:
    symbols = [s for s in (rule.symbol, *rule.aliases) if word.startswith(s)]
    assert symbols
    for number in detector(SHIPPED).find(f"完成12{word}。"):
        assert number.unit.name not in symbols


def test_unit_symbols_are_unique() -> None:
    symbols = [s for r in units(SHIPPED).rules for s in (r.symbol, *r.aliases)]
    assert len(symbols) == len(set(symbols))


@pytest.mark.parametrize(("rule", "text"), cases("not_quantities.toml", NotQuantity))
def test_numbers_that_measure_nothing_are_left_out_by_their_rule(rule: NotQuantity, text: str) -> None:
    plain, spans = unmark(text)
    assert number_at(plain, spans[0]) is None
    bare = Number(*spans[0], 1.0, None, units(SHIPPED).parse(_unit_of(plain, spans[0])), "", "arabic")
    assert detector(SHIPPED).rejected_by(plain, bare) is not None


@pytest.mark.parametrize(("rule", "text"), cases("not_quantities.toml", NotQuantity, counter=True))
def test_numbers_like_them_that_measure_are_kept(rule: NotQuantity, text: str) -> None:
    plain, spans = unmark(text)
    assert number_at(plain, spans[0]) is not None


def _unit_of(text: str, span: tuple[int, int]) -> str:
    return re.sub(r"^[0-9.,零一二三四五六七八九十百千万亿两]+(?=.)", "", text[slice(*span)])


@pytest.mark.parametrize(("rule", "text"), cases("bounds.toml", BoundRule))
def test_bound_examples(rule: BoundRule, text: str) -> None:
    plain, spans = unmark(text)
    number = number_at(plain, spans[0])
    assert number is not None
    reading = bounds(SHIPPED).read(plain, number)
    assert (reading.bound, reading.rule) == (rule.bound, rule.id)


@pytest.mark.parametrize(("rule", "text"), cases("bounds.toml", BoundRule, counter=True))
def test_bound_counterexamples(rule: BoundRule, text: str) -> None:
    plain, spans = unmark(text)
    number = number_at(plain, spans[0])
    assert number is None or bounds(SHIPPED).read(plain, number).rule != rule.id


@pytest.mark.parametrize(("rule", "text"), cases("words.toml", WordRule))
def test_cue_words_are_found_with_their_roles(rule: WordRule, text: str) -> None:
    plain, spans = unmark(text)
    found = {(c.start, c.end): c.roles for c in lexicon(SHIPPED).scan(plain).items}
    for span in spans:
        assert plain[slice(*span)] in rule.words
        assert span in found
        # A word that is a name in another entry is a name everywhere.
        noun = found[span] & (1 << ROLES.index("noun"))
        assert noun or all(found[span] & (1 << ROLES.index(r)) for r in rule.roles)


@pytest.mark.parametrize(("rule", "text"), cases("words.toml", WordRule, counter=True))
def test_cue_words_inside_other_words_are_not_found(rule: WordRule, text: str) -> None:
    plain, spans = unmark(text)
    found = {(c.start, c.end): c.roles for c in lexicon(SHIPPED).scan(plain).items}
    bits = [1 << ROLES.index(r) for r in rule.roles if r not in ("tail", "lead", "stop")]
    for span in spans:
        assert not any(found.get(span, 0) & b for b in bits) or found[span] & (1 << ROLES.index("noun"))


@pytest.mark.parametrize("rule", SHIPPED.load("words.toml", WordRule), ids=lambda r: r.id)
def test_cue_word_entries_are_sound(rule: WordRule) -> None:
    assert set(rule.roles) <= set(ROLES)
    assert len(set(rule.words)) == len(rule.words)


@pytest.mark.parametrize(("rule", "text"), cases("name_heads.toml", HeadRule))
def test_heads_are_words_of_their_entry(rule: HeadRule, text: str) -> None:
    plain, spans = unmark(text)
    assert plain[slice(*spans[0])] in rule.words


def test_shared_heads_and_pairs_are_restored() -> None:
    cut = names(SHIPPED)
    assert cut.items("苹果、茶叶产量", 2) == ["苹果产量", "茶叶产量"]
    assert cut.items("发明专利拥有量、授权量", 2) == ["发明专利拥有量", "发明专利授权量"]
    assert cut.items("城乡居民人均可支配收入", 2) == ["城镇居民人均可支配收入", "农村居民人均可支配收入"]
    assert cut.items("进出口总额", 2) == ["进口总额", "出口总额"]
    assert cut.items("工业投资", 2) is None


@pytest.mark.parametrize(("rule", "text"), cases("indicators.toml", IndicatorRule))
def test_indicator_examples_get_their_id(rule: IndicatorRule, text: str) -> None:
    plain, spans = unmark(text)
    [quantity] = [q for q in parse(plain, year=2024).quantities if (q.start, q.end) == spans[0]]
    assert quantity.indicator_id == rule.id


@pytest.mark.parametrize(("rule", "text"), cases("indicators.toml", IndicatorRule, counter=True))
def test_indicator_counterexamples_do_not(rule: IndicatorRule, text: str) -> None:
    plain, spans = unmark(text)
    [quantity] = [q for q in parse(plain, year=2024).quantities if (q.start, q.end) == spans[0]]
    assert quantity.indicator_id != rule.id


def test_no_name_of_the_codebook_means_two_things_alike() -> None:
    seen: dict[tuple[str, str, str, str], str] = {}
    for rule in codebook(SHIPPED).rules.values():
        for word in rule.words:
            for measure in rule.measures:
                for base in rule.bases:
                    for direction in rule.directions:
                        other = seen.setdefault((word, measure, base, direction), rule.id)
                        assert other == rule.id, f"{word}: {other} and {rule.id}"


@pytest.mark.parametrize(("rule", "text"), cases("status.toml", StatusRule))
def test_status_examples(rule: StatusRule, text: str) -> None:
    plain, spans = unmark(text)
    [quantity] = [q for q in parse(plain, year=2024).quantities if (q.start, q.end) == spans[0]]
    assert quantity.status == rule.status
    assert quantity.rule.endswith(rule.id)


@pytest.mark.parametrize(("rule", "text"), cases("status.toml", StatusRule, counter=True))
def test_status_counterexamples(rule: StatusRule, text: str) -> None:
    plain, spans = unmark(text)
    for quantity in parse(plain, year=2024).quantities:
        assert (quantity.start, quantity.end) != spans[0] or not quantity.rule.endswith(rule.id)


@pytest.mark.parametrize(("rule", "text"), cases("time.toml", TimeRule))
def test_time_examples_move_the_years(rule: TimeRule, text: str) -> None:
    from govreport_nlp.extract.timeline import _patterns

    plain, spans = unmark(text)
    found = [(m.span(), m.lastgroup) for m in _patterns(SHIPPED).time.finditer(plain)]
    index = next(i for i, r in enumerate(SHIPPED.load("time.toml", TimeRule)) if r.id == rule.id)
    assert (spans[0], f"r{index}") in found


def test_the_characters_that_open_a_time_are_all_listed() -> None:
    text = "\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "scripts" / "corpus").glob("*.md")))
    text += "".join(unmark(e)[0] for r in SHIPPED.load("time.toml", TimeRule) for e in r.examples)
    for rule in SHIPPED.load("time.toml", TimeRule):
        assert {m[0][0] for m in re.finditer(rule.pattern, text)} <= set(rule.opens)


@pytest.mark.parametrize(("rule", "text"), cases("time.toml", TimeRule, counter=True))
def test_time_counterexamples(rule: TimeRule, text: str) -> None:
    from govreport_nlp.extract.timeline import _patterns

    index = next(i for i, r in enumerate(SHIPPED.load("time.toml", TimeRule)) if r.id == rule.id)
    assert f"r{index}" not in [m.lastgroup for m in _patterns(SHIPPED).time.finditer(unmark(text)[0])]


@pytest.mark.parametrize(("rule", "text"), cases("tense.toml", TenseRule))
def test_tense_examples_decide_a_fragment(rule: TenseRule, text: str) -> None:
    plain, spans = unmark(text)
    assert plain[slice(*spans[0])] in rule.words
    quantities = parse(plain, year=2024).quantities
    assert quantities
    # A silent word leaves a fragment what it is without any: a plan.
    assert quantities[0].status == ("target" if rule.silent else rule.status)


@pytest.mark.parametrize(("rule", "text"), cases("relative.toml", RelativeRule))
def test_relative_examples(rule: RelativeRule, text: str) -> None:
    plain, spans = unmark(text)
    [row] = parse(plain, year=2024).relative_targets
    assert (row.relation, row.rule, (row.start, row.end)) == (rule.relation, rule.id, spans[0])


@pytest.mark.parametrize(("rule", "text"), cases("relative.toml", RelativeRule, counter=True))
def test_relative_counterexamples(rule: RelativeRule, text: str) -> None:
    assert all(row.rule != rule.id for row in parse(unmark(text)[0], year=2024).relative_targets)


@pytest.mark.parametrize(("rule", "text"), cases("measures.toml", MeasureRule))
def test_measure_examples(rule: MeasureRule, text: str) -> None:
    marked, measure, direction = text.split("|")
    plain, spans = unmark(marked)
    [found] = [q for q in parse(plain, year=2024).quantities if (q.start, q.end) == spans[0]]
    assert (found.measure, found.direction or "", found.rule.split("/")[2]) == (measure, direction, rule.id)


@pytest.mark.parametrize(("rule", "text"), cases("measures.toml", MeasureRule, counter=True))
def test_measure_counterexamples(rule: MeasureRule, text: str) -> None:
    plain, spans = unmark(text)
    [found] = [q for q in parse(plain, year=2024).quantities if (q.start, q.end) == spans[0]]
    assert found.rule.split("/")[2] != rule.id
