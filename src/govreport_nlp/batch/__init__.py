"""Many files: which ones, what is done with each, and how many at a time."""

from govreport_nlp.batch.corpus import Corpus
from govreport_nlp.batch.engines import ENGINES
from govreport_nlp.batch.engines import Name as EngineName
from govreport_nlp.batch.extract_frame import dask_meta, extract_frame, spark_schema
from govreport_nlp.batch.items import read_each
from govreport_nlp.batch.journal import Journal, journal_of, open_journal
from govreport_nlp.batch.portable import portable
from govreport_nlp.batch.work import Failure, Tables

__all__ = [
    "ENGINES",
    "Corpus",
    "EngineName",
    "Failure",
    "Journal",
    "Tables",
    "dask_meta",
    "extract_frame",
    "journal_of",
    "open_journal",
    "portable",
    "read_each",
    "spark_schema",
]
