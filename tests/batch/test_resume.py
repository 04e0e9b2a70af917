"""A run that is killed, interrupted or left without room: nothing half-written, and the next one goes on from there."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.batch.conftest import text

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")

REPORTS = 90
PATIENCE = 60.0


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports enough for some seconds of work, each a little different, and two that cannot be read."""
    directory = tmp_path_factory.mktemp("many") / "reports"
    directory.mkdir()
    bodies = [text(f"{place}-2024") for place in ("wangshuo", "weidu", "zeyang")]
    for i in range(REPORTS):
        (directory / f"{i:03}.txt").write_text(bodies[i % 3] + f"\n新建学校{i + 1}所。\n", encoding="utf-8")
    (directory / "010.txt").write_bytes(b"")
    (directory / "050.docx").write_bytes(b"PK\3\4 and then nothing")
    return directory


@pytest.fixture(scope="module")
def whole(many: Path) -> dict[str, bytes]:
    """What a run that nothing disturbs writes."""
    done = run(many, many.parent / "whole")
    assert done.returncode == 0, done.stderr
    return contents(many.parent / "whole")


def run(reports: Path, out: Path, *more: str, limit: int | None = None) -> subprocess.CompletedProcess[str]:
    def begin() -> None:
        if limit is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(arguments(reports, out, *more), capture_output=True, text=True, preexec_fn=begin)


def arguments(reports: Path, out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "govreport_nlp", "run", str(reports), "-o", str(out), *more]


def contents(out: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(out.iterdir())}


def broken_off(reports: Path, out: Path, how: int, workers: int) -> tuple[int, str]:
    """A run that gets the signal ``how`` as soon as something of it is in the journal; its status and what it said."""
    journal = out.parent / f".{out.name}.journal"
    before = journal.stat().st_size if journal.exists() else 0
    started = subprocess.Popen(
        arguments(reports, out, "--workers", str(workers)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    waited(lambda: journal.exists() and journal.stat().st_size > max(before, 50_000))
    os.kill(started.pid, how)
    _, said = started.communicate(timeout=PATIENCE)
    waited(lambda: not alive(started.pid))
    return started.returncode, said


def alive(session: int) -> list[str]:
    """The processes of a session that have not ended."""
    listed = subprocess.run(["ps", "-o", "pid=,stat=", "-s", str(session)], capture_output=True, text=True).stdout
    return [line for line in listed.splitlines() if "Z" not in line]


def waited(for_it: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not for_it():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def reused(said: str) -> int:
    found = re.search(r"(\d+) reports? unchanged", said)
    return int(found[1]) if found else 0


@pytest.mark.parametrize(("how", "workers"), [(signal.SIGKILL, 1), (signal.SIGKILL, 2), (signal.SIGINT, 2)])
def test_it_goes_on_where_it_was_broken_off(
    many: Path, whole: dict[str, bytes], tmp_path: Path, how: int, workers: int
) -> None:
    out = tmp_path / "out"
    status, said = broken_off(many, out, how, workers)
    assert not out.exists()
    if how == signal.SIGINT:
        assert status == 130
        assert said.startswith("Interrupted:")
        assert said.count("\n") == 1
    else:
        assert status == -signal.SIGKILL
    again = run(many, out)
    assert again.returncode == 0, again.stderr
    assert 0 < reused(again.stdout) < REPORTS
    assert contents(out) == whole
    assert sorted(os.listdir(tmp_path)) == [".out.journal", "out"]


def test_the_earlier_output_stays_until_the_new_one_is_whole(
    many: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert run(many, out, "--limit", "5").returncode == 0
    earlier = contents(out)
    broken_off(many, out, signal.SIGKILL, 1)
    assert contents(out) == earlier
    assert run(many, out).returncode == 0
    assert contents(out) == whole


@pytest.mark.parametrize("limit", [200_000, 1_000_000])
def test_a_file_that_cannot_grow_stops_it_with_a_sentence(
    many: Path, whole: dict[str, bytes], tmp_path: Path, limit: int
) -> None:
    out = tmp_path / "out"
    stopped = run(many, out, limit=limit)
    assert stopped.returncode == 1
    assert stopped.stderr.count("\n") == 1
    assert "check the disk's space" in stopped.stderr
    assert not out.exists()
    again = run(many, out)
    assert again.returncode == 0, again.stderr
    assert reused(again.stdout) > 0
    assert contents(out) == whole


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True)
    if made.returncode:
        pytest.skip("a file system may not be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk_stops_it_and_room_lets_it_go_on(many: Path, whole: dict[str, bytes], small_disk: Path) -> None:
    out = small_disk / "out"
    stopped = run(many, out)
    assert stopped.returncode == 1
    assert re.search(r"No space left|full", stopped.stderr)
    assert stopped.stderr.count("\n") == 1
    assert not out.exists()
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    again = run(many, out)
    assert again.returncode == 0, again.stderr
    assert reused(again.stdout) > 0
    assert contents(out) == whole


def test_unchanged_reports_are_not_read_again(many: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    out, reports = tmp_path / "out", tmp_path / "reports"
    reports.mkdir()
    for file in many.iterdir():
        (reports / file.name).write_bytes(file.read_bytes())
    assert reused(run(reports, out).stdout) == 0
    first = contents(out)
    assert reused(run(reports, out, "--workers", "2").stdout) == REPORTS  # all but the one that holds nothing
    assert contents(out) == first
    # One is changed, one is new, one is gone, one has only been touched.
    (reports / "000.txt").write_text(text("wangshuo-2023"), encoding="utf-8")
    (reports / "new.txt").write_text(text("weidu-2023"), encoding="utf-8")
    (reports / "001.txt").unlink()
    os.utime(reports / "002.txt")
    assert reused(run(reports, out).stdout) == REPORTS - 2
    fresh = tmp_path / "fresh"
    assert reused(run(reports, fresh, "--no-journal").stdout) == 0
    assert contents(fresh) == contents(out)
    assert not (tmp_path / ".fresh.journal").exists()
    # What is gone is dropped from the journal as well; what a part of a run did not look at is not.
    assert reused(run(reports, out, "--limit", "3").stdout) == 3
    assert reused(run(reports, out).stdout) == REPORTS
