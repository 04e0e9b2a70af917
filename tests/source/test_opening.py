"""What a bad input gets: one clear sentence with the file and the remedy."""

from __future__ import annotations

import io
import os
import re
import socket
import threading
import time
import zipfile
from pathlib import Path

import pytest

from govreport_nlp import parse
from govreport_nlp import source as sources
from govreport_nlp.errors import (
    EmptyInputError,
    EncodingError,
    FormatError,
    GovReportError,
    InputNotFoundError,
    LimitError,
    NotAReportError,
)
from govreport_nlp.source import opening

REPORT = "各位代表：\n现在，我代表县人民政府向大会报告工作，请予审议。\n"


def fails(file: object, kind: type[GovReportError], words: str) -> None:
    with pytest.raises(kind) as caught:
        sources.read(file)  # type: ignore[arg-type]
    said = str(caught.value)
    assert re.search(words, said), said
    assert said.endswith(".")
    assert said.count("\n") == 0


def test_path_bytes_and_file_give_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT, encoding="utf-8")
    with path.open("rb") as stream:
        opened = sources.read(stream)
    assert opened.text == sources.read(path).text == sources.read(str(path)).text == sources.read(REPORT.encode()).text
    assert sources.read(path).name == opened.name == str(path)
    assert sources.read(io.BytesIO(REPORT.encode())).name == "<file>"


def test_no_such_file(tmp_path: Path) -> None:
    fails(tmp_path / "none.txt", InputNotFoundError, "none.txt: there is no such file; check the path")


def test_a_file_as_directory(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    fails(tmp_path / "a" / "b.txt", InputNotFoundError, "not a directory")


def test_directory(tmp_path: Path) -> None:
    fails(tmp_path, InputNotFoundError, "this is a directory")


def test_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    fails(tmp_path / "a.txt", EmptyInputError, "a.txt: the file is empty")


@pytest.mark.parametrize("data", [b" \n\r\n\t", "\ufeff".encode(), "\u3000\u3000\n\u200b".encode(), b"\xff\xfe"])
def test_file_without_text(data: bytes) -> None:
    fails(data, EmptyInputError, "holds no text")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT)
    path.chmod(0)
    fails(path, InputNotFoundError, "may not be read")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_never_blocks(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    worker = threading.Thread(target=fails, args=(tmp_path / "pipe", InputNotFoundError, "pipe"))
    worker.start()
    worker.join(5)
    assert not worker.is_alive()


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no sockets here")
def test_a_socket(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        fails(tmp_path / "s", InputNotFoundError, "socket")


def test_a_device() -> None:
    if os.path.exists("/dev/null"):
        fails("/dev/null", InputNotFoundError, "device")


def test_a_path_with_a_zero_byte() -> None:
    fails("a\0b", InputNotFoundError, "no path")


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    fails(os.fsencode(tmp_path).decode() + "/\udcff.txt", InputNotFoundError, "no such file")


def test_wrong_types() -> None:
    with pytest.raises(TypeError, match="mode 'rb'"):
        sources.read(io.StringIO(REPORT))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not int"):
        sources.read(3)  # type: ignore[arg-type]


def test_one_gigantic_line_is_refused_at_once() -> None:
    data = (REPORT * (8_000_000 // len(REPORT))).encode()
    start = time.process_time()
    fails(data, LimitError, "longer than 1,000,000 characters; a report is far shorter")
    assert time.process_time() - start < 10


def test_a_file_of_two_hundred_megabytes_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(REPORT.encode() * (200 * 1024 * 1024 // len(REPORT.encode())))
    start = time.process_time()
    fails(tmp_path / "a.txt", LimitError, "a.txt: the text is larger than 64 MiB")
    assert time.process_time() - start < 10


def test_size_limit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(opening, "MAX_BYTES", 50)
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    fails(tmp_path / "a.txt", LimitError, "larger than")
    fails(REPORT.encode(), LimitError, "larger than")
    fails(io.BytesIO(REPORT.encode()), LimitError, "larger than")


def archive(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as zipped:
        for name, text in parts.items():
            zipped.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04 cut", "this .docx is broken"),
        (archive(xl__workbook_xml="<a/>"), "spreadsheet"),
        (archive(ppt__presentation_xml="<a/>"), "presentation"),
        (archive(content_xml="<a/>", mimetype="x"), "OpenDocument"),
        (archive(a="b"), "zip archive"),
        (b"{\\rtf1\\ansi abc}", "Rich Text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "image"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "image"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"\x1f\x8b\x08\x00" + bytes(20), "gzip"),
        (b"SQLite format 3\x00" + bytes(80), "database"),
        (bytes(range(256)) * 8, "no text and no format"),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w/>", "Word 2003"),
    ],
)
def test_other_formats(data: bytes, words: str) -> None:
    fails(data, FormatError, words)


@pytest.mark.parametrize(
    "text",
    [
        "The quick brown fox jumps over the lazy dog. " * 20,
        "def main():\n    print('hello')\n" * 20,
        "id,name,value\n1,a,3\n2,b,4\n" * 20,
        "清晨的雾还没有散，老船工已经把小船撑到了河心。他不说话，只听水声。岸上的芦苇低着头，像在想心事。" * 6,
        "葱姜切末，锅里放油烧热，下肉片炒到变色，加一勺酱油、半勺糖，翻匀后盖上锅盖焖三分钟，出锅前撒香菜。" * 6,
        "她推开门，屋里没有人。桌上的茶还温着，窗帘被风吹得鼓起来。她坐下来等，一直等到天黑，谁也没有回来。" * 6,
        "第三节比赛开始后，客队连续命中三分球，把比分追到只差两分。最后时刻主队后卫突破上篮得手，锁定胜局。" * 6,
    ],
)
def test_other_texts_are_no_reports(text: str) -> None:
    fails(text.encode(), NotAReportError, "does not read like a government work report")


@pytest.mark.parametrize(
    "text",
    [
        "城镇新增就业7200人。",
        "守牢生态底线。持续推进河道整治，完成造林3万亩，空气质量优良天数达到310天。",
        "三、今年重点工作\n（一）抓好项目建设。全年实施重点项目58个，完成投资73亿元。",
        "國民經濟恢復發展，工業總產值增長百分之三十六，建設鐵路八百公里。",
    ],
)
def test_fragments_of_reports_are_read(text: str) -> None:
    assert sources.read(text.encode()).text == text


def test_short_texts_are_never_refused() -> None:
    assert sources.from_text("猫睡着了。").text == "猫睡着了。"
    assert sources.from_text("").text == ""


def test_all_shared_reports_are_read(shared: Path) -> None:
    for path in sorted((shared / "reports").iterdir()):
        if (path.suffix in (".txt", ".docx") and "政府工作报告" in path.name) or path.suffix == ".txt":
            assert len(sources.read(path).text) > 2000


@pytest.mark.parametrize("between", [" ", "\u200b", "\u3000"])
def test_a_report_set_with_spaces_between_its_characters_is_one(between: str) -> None:
    text = "各位代表：现在，我代表县人民政府向大会报告工作。全县生产总值增长5%，城镇新增就业2000人。"
    assert sources.read(between.join(text * 3).encode()).format == "txt"
    fails(
        between.join("她推开门，屋里没有人。桌上的茶还温着，窗帘被风吹得鼓起来。" * 9).encode(),
        NotAReportError,
        "read like",
    )


def test_no_permission_whoever_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    monkeypatch.setattr(os, "open", refuse)
    fails(tmp_path / "a.txt", InputNotFoundError, "may not be read; change its permissions")


def test_a_text_with_half_a_character_is_refused_with_its_place() -> None:
    with pytest.raises(EncodingError, match="character 5 is half a character"):
        parse("各位代表：\ud800增长5%")


def test_a_text_longer_than_any_report_is_refused() -> None:
    with pytest.raises(LimitError, match="1,000,000 characters"):
        parse("各位代表：" * 200_001)
