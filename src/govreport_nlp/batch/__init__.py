"""Many files: which ones, what is done with each, and how many at a time."""

from govreport_nlp.batch.corpus import Corpus
from govreport_nlp.batch.items import read_each
from govreport_nlp.batch.work import Failure, Tables

__all__ = ["Corpus", "Failure", "Tables", "read_each"]
