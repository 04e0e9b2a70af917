"""Whether a place in the report looks back or ahead, and for which years."""

from __future__ import annotations

from typing import NamedTuple

from govreport_nlp.model import Status
from govreport_nlp.structure.outline import Document


class Moment(NamedTuple):
    """What holds at a place in the text: promised or past, and for which years."""

    status: Status
    period_start: int | None
    period_end: int | None


class Timeline:
    """The moments of a document; made once a document."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc

    def at(self, offset: int) -> Moment:
        """The moment of the view's ``offset``."""
        year = self._doc.meta.year
        return Moment("target", year, year)
