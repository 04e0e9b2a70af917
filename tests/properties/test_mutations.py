"""Ten thousand damaged files of every format: a report or an error in words, in a time that grows with the size.

They come in slices that a run of the tests takes one of; GOVREPORT_SLICE chooses another, and all of them are

    for i in $(seq 0 39); do GOVREPORT_SLICE=$i pytest tests/properties/test_mutations.py; done

Each file is made from its number alone, so that a failure names the file that made it.
"""

from __future__ import annotations

import io
import os
import random
import time
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import pytest

from tests.properties.test_report import answer

ROOT = Path(__file__).resolve().parents[2]
FILES, PAGES, CORPUS = ROOT / "tests/source/files", ROOT / "tests/source/pages", ROOT / "corpus"
TOTAL, SLICES = 10_000, 40
SIZE = TOTAL // SLICES
SECONDS, SECONDS_A_MB = 4.0, 60.0  # the slowest machine in mind; a loop that does not end takes longer


def saved_page(page: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"] = "page"
    message.set_content("none")
    message.add_alternative(page.decode("utf-8", "replace"), subtype="html", cte="base64")
    message.replace_header("Content-Type", "multipart/related; boundary=" + (message.get_boundary() or "b"))
    return message.as_bytes()


@cache
def originals() -> tuple[tuple[str, bytes], ...]:
    """A file of each format and of each kind of page, in the order that the numbers count in."""
    text = (FILES / "report.txt").read_text(encoding="utf-8")
    lines = text.split("\n")
    marked = "\n".join(f"# {line}" if i == 0 else f"**{line[:6]}**{line[6:]}" for i, line in enumerate(lines))
    made = {
        "utf-8.txt": text.encode(),
        "gb18030.txt": text.encode("gb18030"),
        "utf-16.txt": text.encode("utf-16"),
        "big5.txt": "各位代表：現在，我代表縣人民政府，向大會報告工作。".encode("cp950") * 20,
        "report.md": marked.encode(),
        "saved.mhtml": saved_page((PAGES / "portal.html").read_bytes()),
    }
    kept = [
        *(FILES / name for name in ("report.doc", "notes.doc", "report.pdf", "columns.pdf", "encrypted.pdf")),
        *sorted(PAGES.glob("*.html")),
        CORPUS / "jichuan-2024.txt",
        CORPUS / "songping-2024.html",
        *(CORPUS / f"{name}.docx" for name in ("lanjiang-2024", "lishi-2023")),
    ]
    return (*made.items(), *((path.name, path.read_bytes()) for path in kept))


def change(data: bytearray, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 20)):
        data[dice.randrange(len(data))] = dice.randrange(256)


def flip(data: bytearray, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 8)):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def cut(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data))
    del data[at : at + dice.choice((1, 7, 300, len(data)))]


def insert(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data))
    data[at:at] = dice.choice((b"\0", b"\xff" * 9, b"<", b"&#x41;", b"<table><tr>", b"\r", b"PK\x03\x04", b"\x1a"))


def repeat(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data))
    data[at:at] = data[at : at + dice.randint(1, 400)] * dice.choice((1, 2, 50))


def swap(data: bytearray, dice: random.Random) -> None:
    a, b = sorted(dice.randrange(len(data)) for _ in range(2))
    size = min(dice.randint(1, 500), b - a)
    data[a : a + size], data[b : b + size] = data[b : b + size], data[a : a + size]


def extreme(data: bytearray, dice: random.Random) -> None:
    """A length or an offset of a binary file becomes the least or the greatest."""
    at = dice.randrange(len(data))
    data[at : at + 4] = dice.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\x80"))


CHANGES: tuple[Callable[[bytearray, random.Random], None], ...] = (change, flip, cut, insert, repeat, swap, extreme)


def damage(data: bytes, dice: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(dice.randint(1, 3)):
        if damaged:
            dice.choice(CHANGES)(damaged, dice)
    return bytes(damaged)


def damage_inside(data: bytes, dice: random.Random) -> bytes:
    """A package that is whole around a damaged part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(stream, "w") as broken:
        names = whole.namelist()
        chosen = dice.choice([name for name in names if name.endswith((".xml", ".rels"))])
        for name in names:
            part = whole.read(name)
            broken.writestr(name, damage(part, dice) if name == chosen else part)
    return stream.getvalue()


SIGNS = "，。；：、（）“”\n\r\u3000\u200b\ufeff\x00<>&;一二1%亿\ud7ff𠮷"


def damage_text(name: str, data: bytes, dice: random.Random) -> bytes:
    """Characters lost, moved, doubled and put in, so that the bytes still decode."""
    encoding = "utf-16" if name.startswith("utf-16") else "cp950" if name.startswith("big5") else "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text, encoding = data.decode("gb18030"), "gb18030"
    for _ in range(dice.randint(1, 12)):
        a, b = sorted(dice.randrange(len(text) + 1) for _ in range(2))
        piece = text[a : min(b, a + dice.choice((1, 5, 80, 1500)))]
        many = piece * (3000 // (len(piece) + 100))
        between = dice.choice(("", piece * 2, many, piece[::-1], *dice.choices(SIGNS, k=3)))
        text = text[:a] + between + text[a + len(piece) :]
    return text.encode(encoding, "ignore")


def mutant(number: int) -> tuple[str, bytes]:
    dice = random.Random(number)
    name, data = originals()[number % len(originals())]
    if dice.random() < 0.25:
        return name, damage(data, dice)
    if name.endswith(".docx"):
        return name, damage_inside(data, dice)
    if name.endswith((".txt", ".md", ".html")):
        return name, damage_text(name, data, dice)
    return name, damage(data, dice)


def chosen() -> range:
    first = int(os.environ.get("GOVREPORT_SLICE", "0")) % SLICES * SIZE
    return range(first, first + SIZE)


def test_the_slices_make_ten_thousand_different_files_of_all_formats() -> None:
    assert SLICES * SIZE == TOTAL == 10_000
    assert len(originals()) <= SIZE
    assert mutant(3) == mutant(3) != mutant(3 + len(originals()))


def test_a_slice_of_damaged_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    for number in chosen():
        name, data = mutant(number)
        start = time.process_time()
        try:
            answer(data)
        except Exception as error:
            error.add_note(f"file {number}, made of {name}")
            raise
        assert time.process_time() - start < SECONDS + SECONDS_A_MB * len(data) / 1e6, f"file {number}, made of {name}"
