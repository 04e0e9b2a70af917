"""What a slogan means: from the report's own glossary, or from an explanation beside it in the text."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from govreport_nlp.extract import quotes
from govreport_nlp.extract.slogan_lexicon import key
from govreport_nlp.extract.slogan_parts import itemize
from govreport_nlp.extract.slogan_words import classes, either
from govreport_nlp.model import SloganKind
from govreport_nlp.rules.loader import Ruleset
from govreport_nlp.structure.outline import Document

_LONGEST = 400
_REACH = 24
_LEAST_HAN = 3
_HAN = re.compile(r"[\u3400-\u9fff]")
_BRACKET = re.compile("[（(）)]")
_COMMA = re.compile("[，,]")
_PARAGRAPH_START = re.compile(r"(?:^|\n)[^\w“「\"]{0,4}[0-9]{0,3}[^\w“「\"]{0,3}$")
_MOST_COMMAS = 16
_EDGES = " \t\n。；;"


class Definition(NamedTuple):
    """An explanation, and the parts that it lists where they are as many as the term counts."""

    text: str
    parts: tuple[str, ...]
    source: str


class _Beside(NamedTuple):
    """The patterns of explanations beside a term, made of the word classes."""

    explained: re.Pattern[str]
    lead: re.Pattern[str]
    no_gloss: re.Pattern[str]
    end: re.Pattern[str]
    may_fail: frozenset[str]


def glossary(doc: Document) -> dict[str, str]:
    """The explanations of the report's own glossary, by the key of each term and of each quote within a term."""
    found: dict[str, str] = {}
    text, lead = doc.view.text, _patterns(doc.rules).lead
    for node in doc.nodes:
        if node.kind != "glossary" or node.parent is None or doc.nodes[node.parent].kind != "glossary":
            continue
        definition = _without_lead(text[node.title_end : node.end].lstrip(' \t\n”’」』"：:，,—-'), lead).strip(_EDGES)
        if not definition:
            continue
        found.setdefault(key(node.title), definition)
        for quote in quotes.find(node.title):
            found.setdefault(key(node.title[quote.start : quote.end]), definition)
    return found


def beside(text: str, quote: quotes.Quote, kind: SloganKind, rules: Ruleset) -> Definition | None:
    """The explanation that follows ``quote`` in ``text``, or None.

    It may stand in brackets (“…”（即…）), after a word that says so (“…”，即…; “…”是指…) or after a colon.

    >>> from govreport_nlp.rules import SHIPPED
    >>> text = "落实“三资”（资金、资产、资源）管理"
    >>> beside(text, quotes.find(text)[0], "numeric", SHIPPED).parts
    ('资金', '资产', '资源')
    """
    patterns = _patterns(rules)
    match = patterns.explained.match(text, quote.close, quote.close + _REACH)
    if match is None or match.lastindex is None:
        return None
    term, start, mark = text[quote.start : quote.end], match.end(), match[match.lastindex]
    if mark in "（(":
        if patterns.no_gloss.match(text, start):
            return None
        inside = _bracketed(text, start)
        definition = _without_lead(inside, patterns.lead)
        parts = itemize(definition, term, kind, rules)
        sure = bool(parts) or definition != inside or start == quote.close + 1
    else:
        end = patterns.end.search(text, start, start + _LONGEST)
        definition, parts = _listed(text[start : end.start() if end else start + _LONGEST].strip(), term, kind, rules)
        if mark in "：:":
            leads = _PARAGRAPH_START.search(text, max(0, quote.open - 10), quote.open) is not None
            sure = bool(parts) or (leads and kind != "numeric")
        else:
            sure = bool(parts) or mark not in patterns.may_fail
    return Definition(definition, parts, "text") if sure and len(_HAN.findall(definition)) >= _LEAST_HAN else None


def _listed(explanation: str, term: str, kind: SloganKind, rules: Ruleset) -> tuple[str, tuple[str, ...]]:
    """As much of ``explanation`` as lists the parts; without parts, all of it."""
    commas = [m.start() for m in _COMMA.finditer(explanation)][:_MOST_COMMAS]
    for end in [*commas, len(explanation)]:
        if parts := itemize(explanation[:end], term, kind, rules):
            return explanation[:end], parts
    return explanation, ()


def _bracketed(text: str, start: int) -> str:
    """What stands between the bracket that opens before ``start`` and the one that closes it."""
    depth = 1
    for match in _BRACKET.finditer(text, start, start + _LONGEST):
        depth += 1 if match[0] in "（(" else -1
        if not depth:
            return text[start : match.start()]
    return ""


def _without_lead(text: str, lead: re.Pattern[str]) -> str:
    match = lead.match(text)
    return text[match.end() :].strip() if match else text


@functools.cache
def _patterns(rules: Ruleset) -> _Beside:
    known = classes(rules)
    cues, never = either(known["definition_cue"]), either(known["no_cue"])
    head = r"[^，,。；;：:、（）()\n“”‘’「」『』\"]{0,8}?"
    return _Beside(
        explained=re.compile(f"{head}(?:([（(])|([：:])(?![“「]?[一1])|(?:[，,]|——)?(?!{never})({cues})[：:，,]?)"),
        lead=re.compile(f"(?!{never}){either(known['gloss_lead'])}[：:，,]?"),
        no_gloss=re.compile(rf"\s*(?:{either(known['no_gloss'])}|[\s0-9—–.%％年月日至-]*[）)]|[0-9]{{4}}年)"),
        # A sentence ends an explanation, and so does the next term that is explained: “甲”即…，“乙”即…
        end=re.compile(f"[。！？；;\n]|[，,](?=[“「][^“”「」\n]{{1,12}}[”」]{cues})"),
        may_fail=frozenset(known["loose_cue"]),
    )
