"""From text to tree: markers, leads, sections, sentences, glossary, meta."""

from __future__ import annotations

from typing import Any

from govreport_nlp.rules import Ruleset
from govreport_nlp.source.document import Source, View
from govreport_nlp.structure import collect, opening, paragraphs, scopes, sentences, tree
from govreport_nlp.structure import meta as metadata
from govreport_nlp.structure.outline import Document

__all__ = ["build"]


def build(source: Source, view: View, rules: Ruleset, meta: dict[str, Any]) -> Document:
    """The sections, the sentences and the meta data of a report.

    ``meta`` is what the caller knows; it goes before what the text says. Raises ``TypeError`` for a field that
    ``Meta`` does not have, and ``RuleError`` where a rule file breaks its schema.

    >>> from govreport_nlp.rules import SHIPPED
    >>> text = "一、2031年工作回顾\\n（一）农业稳中有进。粮食总产12万吨。"
    >>> doc = build(Source(text, "txt", "a.txt"), View(text, text), SHIPPED, {})
    >>> [(node.kind, node.title, node.scope, node.path) for node in doc.nodes]
    [('part', '2031年工作回顾', 'review', '一'), ('area', '农业稳中有进', 'review', '一/一')]
    """
    text = view.text
    split = paragraphs.split(text)
    front = opening.find(text, split, rules)
    returns = opening.returns(text, split, front.body, rules)
    headings, stops = collect.headings(source, view, split, front.body, returns, rules)
    parts = [text[h.title_start : h.title_end] for h in headings if h.kind == "part"]
    known = metadata.read(source, view, split, front, parts, rules, meta)
    nodes = tree.build(view, headings, split, returns, stops)
    scopes.assign(nodes, text, known.year, rules)
    return Document(source, view, nodes, sentences.split(text, nodes), known, rules)
