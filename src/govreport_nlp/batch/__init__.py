"""Many files: which ones, what is done with each, and how many at a time."""

from govreport_nlp.batch.corpus import Corpus
from govreport_nlp.batch.engines import ENGINES
from govreport_nlp.batch.engines import Name as EngineName
from govreport_nlp.batch.items import read_each
from govreport_nlp.batch.journal import journal_of, open_journal
from govreport_nlp.batch.work import Failure, Tables

__all__ = ["ENGINES", "Corpus", "EngineName", "Failure", "Tables", "journal_of", "open_journal", "read_each"]
