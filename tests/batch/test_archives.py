"""Zip archives: every member read in memory or refused with its reason, whatever the archive claims."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections import Counter
from pathlib import Path

import pytest

from govreport_nlp import Corpus
from govreport_nlp.batch import archives

Texts = dict[str, str]


def pack(path: Path, files: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def pack_raw(path: Path, names: dict[bytes, bytes], extra: bytes = b"") -> Path:
    """An archive whose names are these very bytes, without the flag for UTF-8."""
    blocks, table = b"", b""
    for name, data in names.items():
        fields = struct.pack(
            "<HHHHHLLLHH", 20, 0, 0, 0, 0, zlib.crc32(data), len(data), len(data), len(name), len(extra)
        )
        start = len(blocks)
        blocks += b"PK\x03\x04" + fields + name + extra + data
        table += (
            b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHLL", 0, 0, 0, 0, start) + name + extra
        )
    end = struct.pack("<HHHHLLH", 0, 0, len(names), len(names), len(table), len(blocks), 0)
    path.write_bytes(blocks + table + b"PK\x05\x06" + end)
    return path


def members(path: Path) -> list[archives.Member]:
    with open(path, "rb") as stream:
        return list(archives.members(stream, "a.zip", Counter()))


def test_members_are_reports_named_by_archive_and_member(tmp_path: Path, texts: Texts) -> None:
    path = pack(
        tmp_path / "reports.zip",
        {
            "b/weidu-2024.txt": texts["weidu-2024"].encode("gb18030"),
            "a/wangshuo-2023.txt": texts["wangshuo-2023"],
            "a/.DS_Store": b"x",
            "__MACOSX/a/._wangshuo-2023.txt": b"x",
            "a/map.png": b"\x89PNG",
            "a/empty.txt": b"",
        },
    )
    corpus = Corpus(path)
    assert [(r.meta.file, r.meta.year) for r in corpus] == [
        (f"{path}/a/wangshuo-2023.txt", 2023),
        (f"{path}/b/weidu-2024.txt", 2024),
    ]
    assert corpus.errors[["file", "cause"]].values.tolist() == [[f"{path}/a/empty.txt", "empty"]]
    assert corpus.left_out == {".png": 1}
    assert list(corpus)
    assert corpus.left_out == {".png": 1}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["reports.zip"]


def test_formats_within_an_archive_are_known_by_content(tmp_path: Path) -> None:
    corpus = Path(__file__).resolve().parents[2] / "corpus"
    names = ("lishi-2024.docx", "songping-2024.html", "wangshuo-2024.txt")
    path = pack(tmp_path / "mixed.zip", {name: (corpus / name).read_bytes() for name in names})
    alone = [r.text for r in Corpus([corpus / name for name in names])]
    assert [r.text for r in Corpus(path)] == alone


def test_an_archive_is_known_by_its_content_and_a_word_file_is_none(tmp_path: Path, texts: Texts) -> None:
    path = pack(tmp_path / "reports.dat", {"a.txt": texts["weidu-2023"]})
    assert len(Corpus(path).reports) == 1
    docx = Path(__file__).resolve().parents[2] / "corpus" / "lishi-2024.docx"
    renamed = tmp_path / "lishi.zip"
    renamed.write_bytes(docx.read_bytes())
    assert [r.meta.file for r in Corpus(renamed)] == [str(renamed)]


def test_unsafe_names_are_rows_of_the_errors(tmp_path: Path, texts: Texts) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    path = tmp_path / "unsafe.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("good.txt", texts["wangshuo-2024"])
        archive.writestr("../../out.txt", "x")
        archive.writestr("/etc/passwd.txt", "x")
        archive.writestr("C:/Windows/a.txt", "x")
        archive.writestr("a\\..\\..\\b.txt", "x")
        archive.writestr(link, "/etc/passwd")
    corpus = Corpus(path)
    assert len(corpus.reports) == 1
    problems = dict(zip(corpus.errors["file"].str.removeprefix(f"{path}/"), corpus.errors["problem"], strict=True))
    assert len(problems) == 5
    assert set(corpus.errors["cause"]) == {"format"}
    assert "leads out of it" in problems["../../out.txt"]
    assert "leads out of it" in problems["a/../../b.txt"]
    assert "absolute" in problems["etc/passwd.txt"]
    assert "absolute" in problems["C:/Windows/a.txt"]
    assert "a link" in problems["link.txt"]


def test_an_archive_in_an_archive_is_refused_by_name_and_by_content(tmp_path: Path, texts: Texts) -> None:
    inner = pack(tmp_path / "inner", {"a.txt": texts["wangshuo-2024"]}).read_bytes()
    path = pack(tmp_path / "outer.zip", {"inner.zip": inner, "inner.txt": inner, "ok.txt": texts["weidu-2024"]})
    corpus = Corpus(path)
    assert len(corpus.reports) == 1
    assert corpus.errors["problem"].unique().tolist() == ["this is an archive inside an archive, which is not opened"]
    assert len(corpus.errors) == 2


def test_a_bomb_is_refused_before_anything_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "ALWAYS_ALLOWED", 1000)
    path = pack(tmp_path / "bomb.zip", {f"{i}.txt": b"0" * 200_000 for i in range(3)})
    corpus = Corpus(path)
    assert corpus.errors[["file", "cause"]].values.tolist() == [[str(path), "limit"]]
    assert "more than 100 times its size" in corpus.errors["problem"][0]


def test_a_member_or_a_list_that_is_too_long_is_refused(
    tmp_path: Path, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pack(tmp_path / "large.zip", {"a.txt": b"0" * 70_000, "b.txt": texts["wangshuo-2024"]})
    monkeypatch.setattr(archives, "MAX_MEMBER", 65_536)
    corpus = Corpus(path)
    assert len(corpus.reports) == 1
    assert corpus.errors["cause"].tolist() == ["limit"]
    monkeypatch.setattr(archives, "MAX_MEMBERS", 1)
    assert Corpus(path).errors[["file", "cause"]].values.tolist() == [[str(path), "limit"]]
    monkeypatch.setattr(archives, "_MAX_DIRECTORY", 10)
    assert Corpus(path).errors["cause"].tolist() == ["limit"]


def test_a_member_that_unpacks_to_more_than_it_says_is_damaged(tmp_path: Path) -> None:
    path = pack(tmp_path / "liar.zip", {"a.txt": b"0" * 100_000})
    data = path.read_bytes()
    size = struct.pack("<L", 100_000)
    path.write_bytes(data.replace(size, struct.pack("<L", 10)))
    [member] = members(path)
    assert member.data == b""
    assert "damaged" in str(member.error)


@pytest.mark.parametrize("damage", ["cut", "flipped", "encrypted", "method"])
def test_damage_costs_what_is_damaged(damage: str, tmp_path: Path, texts: Texts) -> None:
    path = pack(tmp_path / "reports.zip", {"a.txt": texts["wangshuo-2023"], "b.txt": texts["wangshuo-2024"]})
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    if damage == "cut":
        data = data[: len(data) // 2]
    elif damage == "flipped":
        data[200:210] = bytes(10)
    elif damage == "encrypted":
        data[central + 8] |= 1
        data[6] |= 1
    else:
        data[central + 10] = 99
        data[8] = 99
    path.write_bytes(data)
    corpus = Corpus(path)
    assert len(corpus.reports) == (0 if damage == "cut" else 1)
    assert corpus.errors["cause"].tolist() == ["format"]
    assert corpus.errors["remedy"].str.len().min() > 5


def test_chinese_names_in_the_encodings_of_their_systems(tmp_path: Path, texts: Texts) -> None:
    data = texts["wangshuo-2024"].encode()
    path = pack_raw(tmp_path / "a.zip", {"望朔县/二〇二四.txt".encode("gbk"): data, "联通.txt".encode("gbk"): data})
    assert [m.file for m in members(path)] == ["a.zip/望朔县/二〇二四.txt", "a.zip/联通.txt"]
    path = pack_raw(tmp_path / "b.zip", {"望朔县\\报告.txt".encode(): data})
    assert [m.file for m in members(path)] == ["a.zip/望朔县/报告.txt"]
    pack(tmp_path / "c.zip", {"望朔县/报告.txt": data})
    assert [m.file for m in members(tmp_path / "c.zip")] == ["a.zip/望朔县/报告.txt"]
    assert [r.meta.region for r in Corpus(tmp_path / "c.zip")] == ["望朔县"]


def test_a_name_given_in_unicode_beside_goes_first(tmp_path: Path) -> None:
    raw, name = "報告.txt".encode("cp950"), "報告.txt".encode()
    body = b"\x01" + struct.pack("<L", zlib.crc32(raw)) + name
    path = pack_raw(tmp_path / "a.zip", {raw: b"x"}, struct.pack("<HH", 0x7075, len(body)) + body)
    assert [m.file for m in members(path)] == ["a.zip/報告.txt"]


def test_a_name_in_no_encoding_is_refused(tmp_path: Path) -> None:
    [member] = members(pack_raw(tmp_path / "a.zip", {b"\xff\xff.txt": b"x"}))
    assert member.error is not None
    assert member.error.cause == "encoding"


def test_a_data_set_in_an_archive_is_read_too(tmp_path: Path, texts: Texts) -> None:
    table = "year,text\n" + "".join(f'{year},"{texts[f"wangshuo-{year}"]}"\n' for year in (2023, 2024))
    path = pack(tmp_path / "a.zip", {"data.csv": table})
    assert [r.meta.file for r in Corpus(path)] == [f"{path}/data.csv#1", f"{path}/data.csv#2"]


def test_what_begins_like_an_archive_is_no_archive() -> None:
    assert not archives.is_archive(io.BytesIO(b"PK\x03\x04 and then nothing"), "a.docx")
    assert archives.is_archive(io.BytesIO(b"PK\x03\x04 and then nothing"), "a.zip")
