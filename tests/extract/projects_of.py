"""Documents made by hand, so that the projects of a text are found without the rooms below."""

from __future__ import annotations

import re

from govreport_nlp.extract.projects import extract
from govreport_nlp.model import Meta, Project
from govreport_nlp.rules import SHIPPED, Ruleset
from govreport_nlp.source.document import Source, View
from govreport_nlp.structure.outline import Document, Span


def document(text: str, rules: Ruleset = SHIPPED) -> Document:
    """A document whose view is ``text`` itself, with a sentence up to each 。."""
    sentences = tuple(Span(m.start(), m.end(), None) for m in re.finditer(r"[^\n。]+。?", text))
    source = Source(text=text, format="txt", name="<text>")
    return Document(source, View(text, text), (), sentences, Meta(year=2024), rules)


def projects_of(text: str, rules: Ruleset = SHIPPED) -> tuple[Project, ...]:
    return extract(document(text, rules))
