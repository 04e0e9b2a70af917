"""What an engine says when it cannot be had, or is lost on the way, and what it leaves behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from govreport_nlp.batch.engines import dask_engine, open_engine
from govreport_nlp.batch.part import part_of
from govreport_nlp.batch.work import Job
from govreport_nlp.errors import EngineError
from govreport_nlp.rules import SHIPPED
from tests.batch.conftest import must_have

ROOT = Path(__file__).resolve().parents[2]


def one(data: bytes) -> Any:
    return part_of([Job(data.decode(), SHIPPED, {}, (), data)])


def said(name: Any, scheduler: str | None) -> str:
    """What opening the engine says; it must not take long."""
    start = time.monotonic()
    with pytest.raises(EngineError) as error, open_engine(name, scheduler, 2):
        pass
    assert time.monotonic() - start < 12
    return str(error.value)


@pytest.fixture
def nobody() -> str:
    """Host and port where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


@pytest.fixture
def somebody() -> Iterator[str]:
    """Host and port where somebody listens who is no scheduler."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")

        threading.Thread(target=serve, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(("name", "scheme"), [("dask", "tcp"), ("spark", "spark")])
def test_nobody_at_the_address(name: str, scheme: str, nobody: str) -> None:
    must_have("distributed" if name == "dask" else "pyspark", java=name == "spark")
    told = said(name, f"{scheme}://{nobody}")
    assert told.startswith(f"{scheme}://{nobody}: a {name.capitalize()} ")
    assert "does not answer there" in told
    assert told.endswith("start it, or correct the address.")


@pytest.mark.parametrize("address", ["", "nowhere", "host:port", "http://", "tcp://:8786"])
def test_what_is_no_address(address: str) -> None:
    must_have("distributed")
    assert "give one like tcp://host:8786" in said("dask", address)


def test_somebody_else_at_the_address(somebody: str) -> None:
    must_have("distributed")
    assert f"tcp://{somebody}: a Dask scheduler does not answer there" in said("dask", f"tcp://{somebody}")


@pytest.mark.parametrize(("name", "module"), [("dask", "distributed"), ("spark", "pyspark.sql")])
def test_a_package_that_is_not_installed(name: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    assert said(name, None).endswith(f"run pip install 'govreport-nlp[{name}]'.")


def test_no_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    must_have("pyspark")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "Java, which Spark runs on, is not installed; install Java 17" in said("spark", None)


@pytest.fixture
def cluster() -> Iterator[Any]:
    """A Dask cluster of two processes that is not the library's own."""
    must_have("distributed")
    import distributed

    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as made:
        yield made


def told_by(cluster: Any, setting: str) -> str:
    """What the engine says of a cluster with a worker in which ``setting`` is done."""
    with cluster.get_client() as client:
        client.run(exec, setting, workers=list(client.nthreads())[:1])
    return said("dask", cluster.scheduler_address)


def test_a_worker_with_another_version(cluster: Any) -> None:
    told = told_by(cluster, "import govreport_nlp; govreport_nlp.__version__ = '0.0.1'")
    assert "govreport_nlp 0.0.1 is installed there" in told
    assert "install govreport-nlp" in told


def test_a_worker_without_the_library(cluster: Any) -> None:
    told = told_by(cluster, "import sys; sys.modules['govreport_nlp'] = None")
    assert "govreport_nlp cannot be imported there; install govreport-nlp" in told


def test_a_scheduler_without_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    must_have("distributed")
    import distributed

    monkeypatch.setattr(dask_engine, "_WORKERS_PATIENCE", 0.5)
    with distributed.LocalCluster(n_workers=0, dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        assert said("dask", address) == (
            f"{address}: the scheduler has no workers; start some with: dask worker {address}."
        )


def test_a_cluster_that_is_reached_by_its_address_is_left_running(cluster: Any) -> None:
    with open_engine("dask", cluster.scheduler_address, None) as engine:
        [frame] = engine.map(lambda part: part[["data"]].rename(columns={"data": "result"}), [one(b"1")])
        assert frame["result"].tolist() == [b"1"]
    with cluster.get_client() as client:
        assert client.submit(abs, -1).result() == 1


def test_all_workers_gone(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_engine, "_WORKERS_PATIENCE", 0.5)
    with open_engine("dask", cluster.scheduler_address, None) as engine:
        cluster.scale(0)
        with pytest.raises(EngineError, match="none of its workers is left"):
            list(engine.map(len, [one(b"1")]))  # type: ignore[arg-type]


SCRIPT = """
    import sys
    from govreport_nlp.batch.engines import open_engine
    from govreport_nlp.batch.part import part_of
    from govreport_nlp.batch.work import Job
    from govreport_nlp.rules import SHIPPED

    def parts():
        while True:
            yield part_of([Job("a", SHIPPED, {}, (), b"a")])

    def work(part):
        import time
        time.sleep(0.05)
        return part[["data"]].rename(columns={"data": "result"})

    if __name__ == "__main__":
        with open_engine(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None, 2) as engine:
            for n, frame in enumerate(engine.map(work, parts())):
                if n == 3:
                    print("under way", flush=True)
"""


def started(tmp_path: Path, *arguments: str) -> subprocess.Popen[str]:
    (tmp_path / "script.py").write_text(textwrap.dedent(SCRIPT), encoding="utf-8")
    command = [sys.executable, str(tmp_path / "script.py"), *arguments]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, start_new_session=True, cwd=ROOT)
    assert process.stdout is not None
    assert process.stdout.readline() == "under way\n", process.communicate()[1]
    return process


@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
@pytest.mark.parametrize("name", ["dask", "spark"])
def test_ctrl_c_ends_all_that_was_started(name: str, tmp_path: Path) -> None:
    must_have("distributed" if name == "dask" else "pyspark", java=name == "spark")
    process = started(tmp_path, name)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert told.rstrip().endswith("KeyboardInterrupt"), told
    assert told.count("Traceback") == 1, told
    for _ in range(100):
        if not alive(process.pid):
            return
        time.sleep(0.1)
    pytest.fail("processes are left behind")


def alive(group: int) -> bool:
    """Whether a process of the group runs; one that only nobody has asked after does not."""
    import psutil

    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE:
                return True
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue
    return False


def test_a_scheduler_that_dies_is_named(tmp_path: Path) -> None:
    must_have("distributed")
    code = (
        "import distributed, time\n"
        "if __name__ == '__main__':\n"
        "    c = distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)\n"
        "    print(c.scheduler_address, flush=True); time.sleep(600)\n"
    )
    (tmp_path / "cluster.py").write_text(code, encoding="utf-8")
    scheduler = subprocess.Popen(
        [sys.executable, str(tmp_path / "cluster.py")], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert scheduler.stdout is not None
    try:
        address = scheduler.stdout.readline().strip()
        process = started(tmp_path, "dask", address)
        os.killpg(scheduler.pid, signal.SIGKILL)
        _, told = process.communicate(timeout=60)
    finally:
        if scheduler.poll() is None:
            os.killpg(scheduler.pid, signal.SIGKILL)
        scheduler.communicate()
    assert f"EngineError: {address}: it is gone" in told
