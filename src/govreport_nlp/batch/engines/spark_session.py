"""A Spark session: the one that is there, or a quiet one of our own."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from govreport_nlp.batch import pool
from govreport_nlp.batch.engines import remote
from govreport_nlp.errors import EngineError

_JAVA = "install Java 17 or later (Debian, Ubuntu: apt-get install openjdk-17-jre-headless), or let JAVA_HOME name it"
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
    spark = _start(sql, scheduler, workers)
    try:
        yield spark
    finally:
        spark.stop()


def _start(sql: Any, scheduler: str | None, workers: int | None) -> Any:
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ  # by spark-submit, which has said where and with what
    if not submitted:
        _must_have_java()
    if scheduler is not None and scheduler.startswith("spark://"):
        for address in scheduler.removeprefix("spark://").split(","):
            remote.must_answer(f"spark://{address}", "a Spark master", "spark://host:7077")
            break
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
            said = next((line for line in str(error).splitlines()[1:] if "Exception: " in line), str(error))
            problem = f"Spark cannot be started ({said.strip()[:300]})"
            remedy = f"check the address and the settings, and that Java is one that Spark can use: {_JAVA}"
            raise EngineError(scheduler or "engine spark", problem, remedy) from error


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


def _must_have_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = os.path.join(home, "bin", "java") if home else "java"
    if shutil.which(java) is None:
        raise EngineError("engine spark", "Java, which Spark runs on, is not installed", _JAVA)
