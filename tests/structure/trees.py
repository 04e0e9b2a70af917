"""Documents for the tests: built from plain text in which ``**…**`` marks bold."""

from __future__ import annotations

import re

from govreport_nlp.rules import SHIPPED
from govreport_nlp.source.document import Source, View
from govreport_nlp.structure import build
from govreport_nlp.structure.outline import Document


def document(marked: str, name: str = "a.txt", **meta: object) -> Document:
    """The document of a text that needs no folding."""
    bold: list[tuple[int, int]] = []
    plain = ""
    for i, piece in enumerate(re.split(r"\*\*", marked)):
        if i % 2:
            bold.append((len(plain), len(plain) + len(piece)))
        plain += piece
    source = Source(plain, "txt", name, bold=tuple(bold) if bold else None)
    return build(source, View(plain, plain), SHIPPED, dict(meta))


def drawn(doc: Document) -> str:
    """The tree as lines: two spaces a level, kind, number, title, and the scope of a top section."""
    lines = []
    for node in doc.nodes:
        number = "-" if node.number is None else node.number
        scope = f" {{{node.scope}}}" if node.depth == 1 and node.scope else ""
        lines.append(f"{'  ' * (node.depth - 1)}{node.kind} {number} {node.title}{scope}")
    return "\n".join(lines)
