"""Every engine gives the rows that the local one gives: a Dask cluster of two processes, Spark on this machine."""

from __future__ import annotations

import functools
import json
import os
import shutil
import signal
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from govreport_nlp.batch import dask_meta, extract_frame, portable, spark_schema
from govreport_nlp.batch.engines import Engine, open_engine
from govreport_nlp.batch.items import expand
from govreport_nlp.batch.part import part_of, result_of, tabulate_part
from govreport_nlp.batch.paths import find
from govreport_nlp.batch.work import Failure, Job
from govreport_nlp.errors import EngineError, GovReportError
from govreport_nlp.rules import SHIPPED, Ruleset
from govreport_nlp.tables import TABLES
from tests.batch.conftest import CORPUS, must_have

Work = Callable[[pd.DataFrame], pd.DataFrame]
ENGINES = ["dask", "spark"]


@pytest.fixture(scope="module")
def dask() -> Iterator[Engine]:
    must_have("distributed")
    with open_engine("dask", None, 2) as engine:
        yield engine


@pytest.fixture(scope="module")
def spark() -> Iterator[Engine]:
    must_have("pyspark", java=True)
    interrupted = signal.getsignal(signal.SIGINT)
    with open_engine("spark", None, 2) as engine:
        yield engine
    assert signal.getsignal(signal.SIGINT) is interrupted


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return request.getfixturevalue(request.param)


def parts(jobs: Sequence[Job], size: int) -> list[pd.DataFrame]:
    return [part_of(jobs[i : i + size]) for i in range(0, len(jobs), size)]


def blank(data: bytes) -> Job:
    return Job(data.decode(), SHIPPED, {}, (), data)


def results(frames: Iterator[pd.DataFrame]) -> list[Any]:
    return [result for frame in frames for result in frame["result"]]


def echo() -> Work:
    """Gives what it is given, later the more of it there is; made here, so that it travels by value."""

    def work(part: pd.DataFrame) -> pd.DataFrame:

        for data in part["data"]:
            if data == b"die":
                os._exit(9)
            if data == b"refuse":
                raise GovReportError("a file", "it is refused", "give another one")
            time.sleep(0.2 if data == b"slow" else 0)
        return part[["data"]].rename(columns={"data": "result"})

    return work


def test_they_give_what_the_local_engine_gives(engine: Engine, rows: list[dict[str, Any]], tmp_path: Path) -> None:
    shutil.copytree(CORPUS, tmp_path / "corpus", ignore=shutil.ignore_patterns("gold", "*.json"))
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "broken.docx").write_bytes((CORPUS / "lishi-2023.docx").read_bytes()[:5000])
    (tmp_path / "other.txt").write_text("两只黄鹂鸣翠柳，一行白鹭上青天。" * 40, encoding="utf-8")
    lines = [*rows, {**rows[0], "正文": ""}, {**rows[0], "年份": "last"}]
    (tmp_path / "set.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    jobs = []
    for file in find(tmp_path).files:
        for job in expand(Job(file, SHIPPED, {}), None, Counter()):
            jobs.append(job if job.data is not None else job._replace(data=Path(file).read_bytes()))
    function = functools.partial(tabulate_part, names=tuple(TABLES), rules=SHIPPED)
    given = parts(jobs, 5)
    with open_engine("local", None, 1) as local:
        expected = list(local.map(function, given))
    got = list(engine.map(function, iter(given)))
    for one, other in zip(expected, got, strict=True):
        pd.testing.assert_frame_equal(one, other)
    read = [result_of(result) for frame in got for result in frame["result"]]
    assert sum(isinstance(result, Failure) for result in read) == 5
    assert sum(len(result["targets"]) for result in read if not isinstance(result, Failure)) > 200


def test_order_is_that_of_the_parts(engine: Engine) -> None:
    given = [[b"slow" if n % 20 == 0 else b"%d" % n] * (n % 4) for n in range(120)]
    frames = engine.map(echo(), (part_of([blank(data) for data in one]) for one in given))
    assert [list(frame["result"]) for frame in frames] == given


def test_a_process_that_dies_costs_one_report(engine: Engine) -> None:
    names = [b"%d" % n for n in range(10)]
    names[2] = names[7] = b"die"
    got = results(engine.map(echo(), parts([blank(name) for name in names], 4)))
    lost = [n for n, result in enumerate(got) if result != names[n]]
    assert lost == [2, 7]
    for n in lost:
        failure = result_of(got[n])
        assert isinstance(failure, Failure)
        assert (failure.file, failure.cause) == ("die", "crash")


def test_an_error_that_the_function_raises_is_raised_and_the_engine_goes_on(engine: Engine) -> None:
    with pytest.raises(GovReportError, match="a file: it is refused; give another one"):
        list(engine.map(echo(), parts([blank(b"1"), blank(b"refuse")], 1)))
    assert results(engine.map(echo(), parts([blank(b"1")], 1))) == [b"1"]


def test_no_parts_give_nothing(engine: Engine) -> None:
    assert list(engine.map(echo(), [])) == []


def test_parts_are_taken_as_they_are_needed(engine: Engine) -> None:
    taken = []

    def given() -> Iterator[pd.DataFrame]:
        for n in range(1000):
            taken.append(n)
            yield part_of([blank(b"%d" % n)] * 8)

    frames = engine.map(echo(), given())
    assert next(frames)["result"][0] == b"0"
    assert len(taken) < 30
    frames.close()  # type: ignore[attr-defined]
    assert results(engine.map(echo(), parts([blank(b"1")], 1))) == [b"1"]


def test_what_is_done_is_not_kept(engine: Engine) -> None:
    def work(part: pd.DataFrame) -> pd.DataFrame:
        return part[["job"]].rename(columns={"job": "result"})

    given = (part_of([Job("a", SHIPPED, {}, (), os.urandom(500_000))]) for _ in range(160))
    tracemalloc.start()
    assert len(list(engine.map(work, given))) == 160
    kept = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert kept < 40_000_000


def test_rules_of_the_users_own_are_sent(engine: Engine, tmp_path: Path) -> None:
    entry = '[[rule]]\nid = "mine"\nplace = "after"\nbound = ">="\nwords = ["打底"]\nexamples = ["〔3所〕打底"]\n'
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "bounds.toml").write_text(entry, encoding="utf-8")
    rules = portable(Ruleset((tmp_path / "rules",)))
    shutil.rmtree(tmp_path / "rules")
    job = Job("a.txt", SHIPPED, {"year": 2024}, (), "各位代表：\n二、2024年工作安排\n新建学校3所打底。".encode())
    bounds = []
    for own in (SHIPPED, rules):
        function = functools.partial(tabulate_part, names=("targets",), rules=own)
        [result] = results(engine.map(function, [part_of([job])]))
        tables = result_of(result)
        assert not isinstance(tables, Failure)
        names = [column.name for column in TABLES["targets"].columns]
        bounds.append([row[names.index("bound")] for row in tables["targets"]])
    assert bounds == [["="], [">="]]


def test_an_active_spark_session_is_used_and_left_open(spark: Engine) -> None:
    from pyspark.sql import SparkSession

    with open_engine("spark", None, 1) as engine:
        assert results(engine.map(echo(), parts([blank(b"1"), blank(b"2")], 1))) == [b"1", b"2"]
    session = SparkSession.getActiveSession()
    assert session is not None
    assert session.range(3).count() == 3
    with pytest.raises(EngineError, match=r"the active Spark session is that of local\[2\]; stop that session"):
        open_engine("spark", "spark://nowhere:7077", None).__enter__()


def frame_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame([*rows, {**rows[0], "正文": "short"}, {**rows[1], "年份": None}]).assign(
        id=lambda frame: [f"row {n}" for n in range(len(frame))]
    )


def function_of(table: str) -> Work:
    return functools.partial(extract_frame, table=table, text_column="正文", file_column="id")


@pytest.mark.parametrize("table", ["reports", "targets", "projects", "sections", "errors"])
def test_a_spark_frame_of_the_users_own(spark: Engine, rows: list[dict[str, Any]], table: str) -> None:
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    assert session is not None
    frame, function = frame_of(rows), function_of(table)
    schema = "`年份` double, `省份` string, `县` string, gdp double, `正文` string, id string"
    given = session.createDataFrame(frame.values.tolist(), schema).repartition(3)
    found = given.mapInPandas(lambda frames: map(function, frames), spark_schema(table))
    by = list(dask_meta(table))
    got = pd.DataFrame([row.asDict() for row in found.collect()], columns=by).astype(dask_meta(table).dtypes)
    expected = function(frame)
    order = ["file"] + (["start"] if "start" in by else []) + (["text"] if "text" in by else [])
    pd.testing.assert_frame_equal(*(one.sort_values(order, ignore_index=True) for one in (got, expected)))
    if table in ("reports", "errors"):
        assert len(got) == (5 if table == "reports" else 1)


@pytest.mark.parametrize("table", ["reports", "targets", "projects", "sections", "errors"])
def test_a_dask_frame_of_the_users_own(rows: list[dict[str, Any]], table: str) -> None:
    must_have("distributed")
    import dask.dataframe as dd

    frame, function = frame_of(rows), function_of(table)
    given = dd.from_pandas(frame, npartitions=3)
    found = given.map_partitions(function, meta=dask_meta(table))
    got = found.compute(scheduler="threads").reset_index(drop=True)
    pd.testing.assert_frame_equal(got, function(frame))
    assert found.dtypes.to_dict() == got.dtypes.to_dict()
