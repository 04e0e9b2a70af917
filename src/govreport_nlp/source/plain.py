"""Plain text: the file itself, decoded; only its line ends are made one kind."""

from __future__ import annotations

from govreport_nlp.rules import Ruleset
from govreport_nlp.source import encoding
from govreport_nlp.source.document import Source


def matches(data: bytes) -> bool:
    """Plain text is what no other reader claims."""
    return True


def read(data: bytes, name: str, rules: Ruleset) -> Source:
    """Raises ``EncodingError`` where the bytes are not wholly in one known encoding."""
    text = encoding.decode(data, name, rules)
    return Source(text=unify(text), format="txt", name=name)


def unify(text: str) -> str:
    """``\\r\\n`` and ``\\r`` as ``\\n``; nothing else changes."""
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n")
