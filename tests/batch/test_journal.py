"""What is kept between runs: found again, never stale, whole or not there."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from govreport_nlp.batch import journal_of, open_journal
from govreport_nlp.batch.journal import Keys, library_version
from govreport_nlp.batch.work import Job
from govreport_nlp.errors import OutputError
from govreport_nlp.rules import SHIPPED, Ruleset

JOB = Job("a.txt", SHIPPED, {"year": 2024})


def test_what_was_kept_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    file = tmp_path / "new" / ".out.journal"
    with open_journal(file) as journal:
        assert b"one" not in journal
        journal.put(b"one", b"\0result")
    with open_journal(file) as journal:
        assert b"one" in journal
        assert journal.get(b"one") == b"\0result"
        assert journal.reused == 1
        with pytest.raises(KeyError):
            journal.get(b"two")


def test_what_a_run_did_not_use_is_dropped_when_it_says_so(tmp_path: Path) -> None:
    file = tmp_path / "a.journal"
    with open_journal(file) as journal:
        for i in range(20):
            journal.put(bytes([i]), b"x" * 1000)
    size = file.stat().st_size
    with open_journal(file) as journal:
        journal.get(b"\1")
        journal.put(b"new", b"y")
        journal.forget_unused()
    with open_journal(file) as journal:
        assert [bytes([i]) in journal for i in range(3)] == [False, True, False]
        assert b"new" in journal
    assert file.stat().st_size < size


def test_a_journal_with_nothing_in_it_is_not_left_behind(tmp_path: Path) -> None:
    with open_journal(tmp_path / "a.journal"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_an_error_in_the_block_keeps_what_there_was(tmp_path: Path) -> None:
    def broken() -> None:
        with open_journal(tmp_path / "a.journal") as journal:
            journal.put(b"one", b"result")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    with open_journal(tmp_path / "a.journal") as journal:
        assert b"one" in journal


def test_two_runs_cannot_have_it_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govreport_nlp.batch.journal._PAUSE", 0.1)
    with open_journal(tmp_path / "a.journal") as journal:
        journal.put(b"one", b"result")
        with pytest.raises(OutputError, match="another run is writing"), open_journal(tmp_path / "a.journal"):
            pass


def test_another_file_is_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "text.journal"
    text.write_bytes("不是日志".encode() * 400)
    base = sqlite3.connect(tmp_path / "base.journal")
    base.execute("CREATE TABLE results (mine TEXT)")
    base.close()
    for file in sorted(tmp_path.iterdir()):
        before = file.read_bytes()
        with pytest.raises(OutputError, match=str(file)), open_journal(file):
            pass
        assert file.read_bytes() == before


def test_a_damaged_one_is_named_with_the_remedy(tmp_path: Path) -> None:
    file = tmp_path / "a.journal"
    with open_journal(file) as journal:
        for i in range(200):
            journal.put(bytes([i]), b"x" * 500)
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    file.write_bytes(data)
    with pytest.raises(OutputError, match="delete it, and all files are read again"), open_journal(file) as journal:
        journal.get(b"\1")


def test_a_disk_without_room_is_told(tmp_path: Path) -> None:
    with open_journal(tmp_path / "a.journal") as journal:
        journal.put(b"one", b"result")

    def too_much() -> None:
        with open_journal(tmp_path / "a.journal") as journal:
            # SQLite then says of the file what it says of a full disk.
            journal._base.execute("PRAGMA max_page_count = 4")
            journal.put(b"two", b"x" * 100_000)

    with pytest.raises(OutputError, match=r"full.*goes on where it stopped"):
        too_much()
    with open_journal(tmp_path / "a.journal") as journal:
        assert b"one" in journal
        assert b"two" not in journal


@pytest.mark.parametrize(
    "other",
    [
        {"job": JOB._replace(file="b.txt")},
        {"job": JOB._replace(beside="dir")},
        {"job": JOB._replace(meta={"year": 2023})},
        {"data": b"other"},
        {"names": ("targets",)},
    ],
)
def test_anything_that_reading_depends_on_makes_another_key(other: dict[str, Any]) -> None:
    given: dict[str, Any] = {"names": ("reports",), "job": JOB, "data": b"text"}
    first, second = (Keys(g["names"], SHIPPED)(g["job"], g["data"]) for g in (given, {**given, **other}))
    assert first != second
    assert first == Keys(("reports",), SHIPPED)(JOB._replace(meta=dict(JOB.meta)), b"text")


def test_rules_of_the_user_count_by_content(tmp_path: Path) -> None:
    def key() -> bytes:
        return Keys(("reports",), Ruleset((tmp_path,)))(JOB, b"text")

    empty = key()
    (tmp_path / "indicators.toml").write_text("# one\n")
    one = key()
    (tmp_path / "indicators.toml").write_text("# two\n")
    assert empty == Keys(("reports",), SHIPPED)(JOB, b"text")
    assert len({empty, one, key()}) == 3


def test_the_library_is_known_by_its_code_and_what_it_is_built_on() -> None:
    version = library_version()
    assert "jieba 0." in version
    assert "pytest" not in version
    assert "pyarrow" not in version


def test_it_is_hidden_beside_the_output() -> None:
    assert Path(journal_of("a/out.xlsx")) == Path("a/.out.xlsx.journal").resolve()
    assert Path(journal_of("out/")) == Path(".out.journal").resolve()


def test_one_output_has_one_journal_however_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    monkeypatch.chdir(tmp_path / "real")
    names = (".", "../real", "../link", str(tmp_path / "link"))
    assert {journal_of(name) for name in names} == {str(tmp_path.resolve() / ".real.journal")}


def test_a_journal_that_is_deleted_while_it_is_waited_for_is_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "a.journal"
    waiting: list[bool] = []

    def second() -> None:
        with open_journal(file) as journal:
            journal.put(b"one", b"result")
            waiting.append(file.exists())

    thread = threading.Thread(target=second)
    with open_journal(file):  # which is empty, and so goes when this block ends
        thread.start()
        time.sleep(0.5)
    thread.join()
    assert waiting == [True]
    with open_journal(file) as journal:
        assert b"one" in journal
