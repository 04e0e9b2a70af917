"""The targets of many reports, found by Spark: how many each place has set itself.

spark-submit examples/spark_job.py [PATH]
python examples/spark_job.py [PATH]

PATH is whatever Spark can read: a directory, hdfs://..., s3a://...
"""

import os
import sys
from collections.abc import Iterator

import pandas as pd
from pyspark.sql import SparkSession

from govreport_nlp import extract_frame
from govreport_nlp.batch import spark_schema


def targets(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    for frame in frames:
        yield extract_frame(frame, "targets", text_column="content", file_column="path")


os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the Python that the workers run
spark = SparkSession.builder.appName("targets").getOrCreate()
spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 64)  # reports in memory at a time

path = sys.argv[1] if len(sys.argv) > 1 else "corpus"
files = spark.read.format("binaryFile").option("pathGlobFilter", "*-202?.*").load(path)
found = files.repartition(4).mapInPandas(targets, spark_schema("targets"))
for row in found.groupBy("region", "year").count().orderBy("region", "year").collect():
    print(row["region"], row["year"], row["count"])
spark.stop()
