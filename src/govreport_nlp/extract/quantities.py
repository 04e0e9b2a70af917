"""To be written."""

from __future__ import annotations

from typing import Any

from govreport_nlp.structure.outline import Document


def extract(doc: Document) -> tuple[Any, ...]:
    return ()
