"""From text to tree: markers, leads, sections, sentences, glossary, meta."""

from __future__ import annotations

import re
from typing import Any

from govreport_nlp.model import Meta
from govreport_nlp.rules import Ruleset
from govreport_nlp.source.document import Source, View
from govreport_nlp.structure.outline import Document, Span


def build(source: Source, view: View, rules: Ruleset, meta: dict[str, Any]) -> Document:
    sentences = tuple(Span(m.start(), m.end(), None) for m in re.finditer(r"[^\n。！？]+[。！？]*", view.text))
    return Document(source, view, (), sentences, Meta(**meta), rules)
