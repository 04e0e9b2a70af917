"""What the analyses take: paths, a corpus, or reports that are already read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from govreport_nlp.batch import Corpus
from govreport_nlp.errors import GovReportError
from govreport_nlp.report import Report
from govreport_nlp.rules import SHIPPED, Ruleset

Reports: TypeAlias = str | os.PathLike[str] | Corpus | Iterable[Report | GovReportError]


def gather(where: Reports, rules: Ruleset = SHIPPED) -> Iterator[Report | GovReportError]:
    """The reports of ``where`` in order, and after those of a corpus an error for each file that could not be read."""
    if isinstance(where, (str, os.PathLike)):
        where = Corpus(where, rules=rules)
    if not isinstance(where, Corpus):
        yield from where
        return
    yield from where
    for row in where.errors.itertuples():
        yield GovReportError(str(row.file), str(row.problem), str(row.remedy))
