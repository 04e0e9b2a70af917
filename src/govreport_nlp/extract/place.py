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
        self._held: dict[int, tuple[str, str]] = {}

    @classmethod
    def of(cls, doc: Document) -> Places:
        """The places of ``doc``, made at the first call."""
        known = doc.memo.get("places")
        if not isinstance(known, cls):
            known = doc.memo["places"] = cls(doc)
        return known

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
        return self.within(self.index(start), start, end)

    def within(self, index: int, start: int, end: int) -> Place:
        """As ``place``, for a span that begins in the sentence with that ``index``."""
        a, b = self._doc.view.span(start, end)
        sentence, section = self._held.get(index) or self._hold(index)
        return {"start": a, "end": b, "text": self._doc.source.text[a:b], "sentence": sentence, "section": section}

    def _hold(self, index: int) -> tuple[str, str]:
        """The text of a sentence and the path of its section."""
        doc = self._doc
        held = "", ""
        if self._starts:
            start, end, section = doc.sentences[index]
            held = doc.view.original(start, end).strip(), "" if section is None else doc.nodes[section].path
        self._held[index] = held
        return held
