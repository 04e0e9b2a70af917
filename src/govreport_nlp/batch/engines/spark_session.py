"""A Spark session: the one that is there, or a quiet one of our own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from govreport_nlp.batch import pool
from govreport_nlp.batch.engines import remote
from govreport_nlp.errors import EngineError

_JAVA = "install Java 17 or later (Debian, Ubuntu: apt-get install openjdk-17-jre-headless), or let JAVA_HOME name it"
_NAMED = re.compile(r"\b(?:[a-z]\w*\.)*[A-Z]\w*(?:Exception|Error): ")
_LOG4J = Path(__file__).with_name("spark_log4j2.properties")

# Of every session that is started here: no page in the browser, no bars, no log.
_QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_LOG4J.as_uri()}",
}
# Of one on this machine: it is all in the driver, and nobody else need reach it. A cluster's own settings are its
# owner's business (spark-defaults.conf).
_ON_THIS_MACHINE = {
    "spark.driver.memory": "2g",
    "spark.driver.maxResultSize": "1g",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}


@contextmanager
def session(scheduler: str | None, workers: int | None) -> Iterator[Any]:
    """The active session, else one of the master ``scheduler``, else one of this machine, stopped at the end.

    Raises ``EngineError`` where there is no PySpark, no Java or no master, and where the active session is another
    master's.
    """
    sql = remote.needed("pyspark.sql", "spark")
    active = sql.SparkSession.getActiveSession()
    if active is not None:
        master = active.sparkContext.master
        if scheduler not in (None, master):
            problem = f"the active Spark session is that of {master}"
            raise EngineError(str(scheduler), problem, "stop that session, or give no scheduler")
        yield active
        return
    interrupted = signal.getsignal(signal.SIGINT)
    spark = _start(sql, scheduler, workers)
    try:
        yield spark
    finally:
        spark.stop()
        # Spark's own answer to Ctrl-C asks the session that has just been stopped.
        if interrupted is not None and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, interrupted)


def _start(sql: Any, scheduler: str | None, workers: int | None) -> Any:
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ  # by spark-submit, which has said where and with what
    if not submitted:
        _must_have_java()
    if scheduler is not None and scheduler.startswith("spark://"):
        _must_answer(scheduler)
    settings = {} if submitted else dict(_QUIET)
    builder = sql.SparkSession.builder.appName("govreport_nlp")
    here = scheduler is None and not submitted
    if here:
        scheduler = f"local[{workers or pool.processors()}]"
        settings |= _ON_THIS_MACHINE
    if scheduler is not None:
        builder = builder.master(scheduler)
    for key, value in settings.items():
        builder = builder.config(key, value)
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    with warnings.catch_warnings(), _this_python(here or (scheduler or "").startswith("local")):
        warnings.simplefilter("ignore", FutureWarning)
        try:
            return builder.getOrCreate()
        except (Py4JError, PySparkException) as error:
            problem = f"Spark cannot be started ({reason(error)})"
            remedy = f"check the address and the settings, and that Java is one that Spark can use: {_JAVA}"
            raise EngineError(scheduler or "engine spark", problem, remedy) from error


def reason(error: BaseException) -> str:
    """The innermost error that the many lines of one of Spark's name.

    >>> reason(ValueError("o7 failed.\\n: a.SparkException: Task 0 failed: java.io.IOException: no such program\\n at"))
    'java.io.IOException: no such program'
    """
    for line in str(error).splitlines():
        named = list(_NAMED.finditer(line))
        if named:
            return line[named[-1].start() :].strip()[:300]
    return f"{type(error).__name__}: {error}"[:300]


@contextmanager
def _this_python(wanted: bool) -> Iterator[None]:
    """Workers of this machine run this Python, unless the user says otherwise."""
    key = "PYSPARK_PYTHON"
    if not wanted or key in os.environ:
        yield
        return
    os.environ[key] = sys.executable
    try:
        yield
    finally:
        del os.environ[key]


def _must_answer(scheduler: str) -> None:
    """One of the masters; several are written spark://one:7077,other:7077."""
    missed: EngineError | None = None
    for address in scheduler.removeprefix("spark://").split(","):
        try:
            return remote.must_answer(f"spark://{address}", "a Spark master", "spark://host:7077")
        except EngineError as error:
            missed = missed or error
    assert missed is not None
    raise missed


def _must_have_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = os.path.join(home, "bin", "java") if home else "java"
    if shutil.which(java) is None:
        raise EngineError("engine spark", "Java, which Spark runs on, is not installed", _JAVA)
