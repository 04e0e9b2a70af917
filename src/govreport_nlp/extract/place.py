"""Where a record stands: its sentence, its section, its span in the source."""

from __future__ import annotations

from bisect import bisect_right
from typing import TypedDict

from govreport_nlp.structure.outline import Document


class Place(TypedDict):
    """The fields that every record shares (see ``model.Record``)."""

    start: int
    end: int
    text: str
    sentence: str
    section: str


class Places:
    """Finds the sentence and section of view offsets; made once a document."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._starts = [s.start for s in doc.sentences]
        self._texts: dict[int, str] = {}

    def index(self, offset: int) -> int:
        """The index of the sentence that holds the view's ``offset`` (the nearest before it, between sentences)."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def node(self, offset: int) -> int | None:
        """The index of the section node that holds ``offset``, or None outside all."""
        if not self._starts:
            return None
        return self._doc.sentences[self.index(offset)].section

    def place(self, start: int, end: int) -> Place:
        """The shared fields of a record whose span in the view is ``start`` to ``end``."""
        doc = self._doc
        a, b = doc.view.span(start, end)
        sentence, section = "", ""
        if self._starts:
            i = self.index(start)
            s = doc.sentences[i]
            if i not in self._texts:
                self._texts[i] = doc.view.original(s.start, s.end).strip()
            sentence = self._texts[i]
            section = doc.nodes[s.section].path if s.section is not None else ""
        return Place(start=a, end=b, text=doc.source.text[a:b], sentence=sentence, section=section)
